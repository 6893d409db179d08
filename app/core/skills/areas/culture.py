"""Skills of culture, in the notation of `app.core.skills.taxonomy`."""

SKILLS = """
graphic_arts = Graphic design | graphic arts; photoshop; illustrator; indesign
  en adobe creative suite; graphics; visual design; layout
  de Grafikdesign; Grafik | uk графічний дизайн | be графічны дызайн | ru графический дизайн
  ro design grafic | el γραφιστική; γραφικός σχεδιασμός
illustration = Illustration | drawing; sketching; comics
  de Zeichnen | uk ілюстрація; малювання | be ілюстрацыя; маляванне | ru иллюстрация; рисование
  ro ilustrație; desen | el εικονογράφηση; σχέδιο
storytelling_media = Storytelling and media | storytelling; media production; narrative design
  de Geschichtenerzählen | uk сторітелінг | be сторытэлінг | ru сторителлинг | ro povestire
  el αφήγηση ιστοριών
photography = Photography | photo; photo editing
  de Fotografie | uk фотографія | be фатаграфія | ru фотография | ro fotografie | el φωτογραφία
video_production = Video production | video; filming; videography; camera
  de Videoproduktion | uk відеовиробництво; відеозйомка | be відэаздымка
  ru видеопроизводство; видеосъемка | ro producție video | el παραγωγή βίντεο
video_editing = Video editing | premiere; final cut; davinci resolve; film editing
  de Videoschnitt | uk відеомонтаж | be відэамантаж | ru видеомонтаж | ro montaj video | el μοντάζ
film = Film making | filmmaking; film making; cinema; directing; documentary film
  de Film; Filmemachen; Regie | uk кіно; кіновиробництво; режисура | be кіно; рэжысура
  ru кинопроизводство; режиссура | ro cinematografie; regie | el κινηματογράφος; σκηνοθεσία
screenwriting = Screenwriting | scriptwriting; script writing
  de Drehbuchschreiben | uk сценарна майстерність | be напісанне сцэнарыяў | ru написание сценариев
  ro scenaristică | el συγγραφή σεναρίου
animation = Animation | motion design; motion graphics; after effects
  de Trickfilm | uk анімація | be анімацыя | ru анимация | ro animație | el κινούμενα σχέδια
three_d_modelling = 3D modelling | 3d modeling; blender; maya; 3d; cinema 4d
  de 3D-Modellierung | uk 3D-моделювання | be 3D-мадэляванне | ru 3D-моделирование | ro modelare 3D
  el τρισδιάστατη μοντελοποίηση
music = Music | musician; songwriting; composing; composition
  de Musik; Komposition | uk музика | be музыка | ro muzică | el μουσική
singing = Singing | choir; vocals
  de Gesang; Singen; Chor | uk спів; хор | be спевы | ru пение | ro canto; cor
  el τραγούδι; χορωδία
sound_design = Sound design | audio; audio engineering; sound engineering; music production
  en ableton
  de Tontechnik; Sounddesign | uk звукорежисура; саунд-дизайн | be гукарэжысура | ru звукорежиссура
  ro ingineria sunetului | el ηχοληψία
podcasting = Podcasting | podcast; podcasts; radio
  de Podcast; Hörfunk | uk подкастинг; радіо | be падкастынг | ru подкастинг; подкасты
  ro podcasturi | el ραδιόφωνο
theatre = Theatre | theater; acting; drama; stage
  de Theater; Schauspiel | uk театр; акторська майстерність | be тэатр; акцёрскае майстэрства
  ru актерское мастерство | ro teatru; actorie | el θέατρο; υποκριτική
dance = Dance | choreography
  de Tanz; Choreografie | uk танець; хореографія | be танец; харэаграфія | ru хореография; танцы
  ro dans; coregrafie | el χορός; χορογραφία
creative_writing = Creative writing | fiction writing; poetry; literature
  de kreatives Schreiben; Literatur; Lyrik | uk творче письмо; література; поезія
  be творчае пісьмо; літаратура; паэзія | ru творческое письмо; поэзия
  ro scriere creativă; literatură; poezie | el δημιουργική γραφή; λογοτεχνία; ποίηση
journalism = Journalism | reporting; investigative journalism; reporter
  de Journalismus | uk журналістика | be журналістыка | ru журналистика | ro jurnalism
  el δημοσιογραφία
data_journalism = Data journalism | data-driven journalism
  de Datenjournalismus | uk журналістика даних | be журналістыка даных | ru журналистика данных
  ro jurnalism de date | el δημοσιογραφία δεδομένων
editing = Editing and proofreading | editing; proofreading; copy editing; copyediting
  de Lektorat; Korrekturlesen | uk редагування; коректура | be рэдагаванне
  ru редактирование; корректура | ro editare; corectură | el επιμέλεια κειμένων
copywriting = Copywriting | content writing; content creation; blogging; texting
  de Texten; Werbetexten | uk копірайтинг | be капірайтынг | ru копирайтинг | ro redactare de texte
  el κειμενογραφία
translation = Translation | translating
  de Übersetzung; Übersetzen | uk переклад | be пераклад | ru перевод; письменный перевод
  ro traducere; traduceri | el μετάφραση
interpreting = Interpreting | simultaneous interpreting; interpretation; interpreter
  de Dolmetschen | uk усний переклад | be вусны пераклад | ru устный перевод | ro interpretariat
  el διερμηνεία
curating = Curating | curation; exhibitions; exhibition design; curator
  de Kuratieren; Ausstellungsgestaltung | uk кураторство; виставки | be куратарства
  ru кураторство | ro curatoriat; expoziții | el επιμέλεια εκθέσεων
museum_work = Museum work | museums; museology; museum studies
  de Museumsarbeit; Museologie | uk музейна справа | be музейная справа | ru музейное дело
  ro muzeologie | el μουσειολογία
archives = Archives | archiving; archival science; archivist
  de Archivwesen; Archivarbeit | uk архівна справа | be архіўная справа | ru архивное дело
  ro arhivistică | el αρχειονομία
libraries = Library work | library science; librarianship; librarian; libraries
  de Bibliothekswesen | uk бібліотечна справа | be бібліятэчная справа | ru библиотечное дело
  ro biblioteconomie | el βιβλιοθηκονομία
metadata = Metadata and cataloguing | metadata; cataloguing; cataloging; dublin core
  de Metadaten; Katalogisierung | uk метадані; каталогізація | be метаданыя; каталагізацыя
  ru метаданные; каталогизация | ro metadate; catalogare | el μεταδεδομένα; καταλογογράφηση
digitisation = Digitisation | digitization; scanning; digital preservation; digital archiving
  de Digitalisierung von Kulturgut; Langzeitarchivierung | uk оцифрування | be аблічбоўка
  ru оцифровка | ro digitizare | el ψηφιοποίηση
cultural_heritage = Cultural heritage | heritage; heritage conservation; monuments
  de Kulturerbe; Denkmalpflege | uk культурна спадщина | be культурная спадчына
  ru культурное наследие | ro patrimoniu cultural | el πολιτιστική κληρονομιά
restoration = Conservation and restoration | restoration; conservation of art
  de Restaurierung | uk реставрація | be рэстаўрацыя | ru реставрация | ro restaurare
  el συντήρηση έργων τέχνης
art_history = Art history | history of art
  de Kunstgeschichte | uk історія мистецтва | be гісторыя мастацтва | ru история искусства
  ro istoria artei | el ιστορία της τέχνης
history = History | historical research; oral history
  de Geschichte; Geschichtsforschung | uk історія | be гісторыя | ru история | ro istorie
  el ιστορία
visual_arts = Visual arts | painting; fine arts; sculpture; printmaking
  de bildende Kunst; Malerei; Bildhauerei | uk образотворче мистецтво; живопис; скульптура
  be выяўленчае мастацтва; жывапіс | ru изобразительное искусство; живопись; скульптура
  ro arte vizuale; pictură; sculptură | el εικαστικές τέχνες; ζωγραφική; γλυπτική
performance_art = Performance art | live art
  de Performancekunst | uk мистецтво перформансу | be мастацтва перформансу
  ru искусство перформанса | ro artă performativă | el τέχνη της περφόρμανς
media_art = Media art | digital art; new media art; creative coding; generative art; processing
  de Medienkunst | uk медіамистецтво; цифрове мистецтво | be медыямастацтва
  ru медиаискусство; цифровое искусство | ro artă digitală | el ψηφιακή τέχνη
crafts = Crafts | handicraft; woodworking; carpentry; pottery; ceramics; sewing; textile; knitting
  de Handwerk; Kunsthandwerk; Töpfern; Nähen | uk ремесла; рукоділля; кераміка; шиття
  be рамёствы; рукадзелле | ru ремесла; рукоделие; керамика; шитье
  ro meșteșuguri; ceramică; croitorie | el χειροτεχνία; κεραμική; ραπτική
fashion_design = Fashion design | fashion; costume design
  de Modedesign; Mode | uk дизайн одягу | be дызайн адзення | ru дизайн одежды
  ro design vestimentar | el σχέδιο μόδας
product_design = Product design | industrial design
  de Produktdesign | uk промисловий дизайн | be прамысловы дызайн | ru промышленный дизайн
  ro design industrial | el βιομηχανικός σχεδιασμός
architecture = Architecture | architect; building design
  de Architektur | uk архітектура | be архітэктура | ru архитектура | ro arhitectură
  el αρχιτεκτονική
interior_design = Interior design | interiors; scenography; set design
  de Innenarchitektur; Bühnenbild | uk дизайн інтер'єру; сценографія | be дызайн інтэр'ера
  ru дизайн интерьера; сценография | ro design interior; scenografie | el διακόσμηση; σκηνογραφία
typography = Typography | type design; lettering; calligraphy
  de Typografie; Schriftgestaltung | uk типографіка; каліграфія | be тыпаграфіка
  ru типографика; каллиграфия | ro tipografie; caligrafie | el τυπογραφία; καλλιγραφία
publishing = Publishing | book publishing; self-publishing; desktop publishing
  de Verlagswesen | uk видавнича справа | be выдавецкая справа | ru издательское дело
  ro activitate editorială | el εκδόσεις
cultural_mgmt = Cultural management | arts management; arts administration
  de Kulturmanagement | uk культурний менеджмент | be культурны менеджмент
  ru культурный менеджмент; арт-менеджмент | ro management cultural | el πολιτιστική διαχείριση
festival_mgmt = Festivals and concerts | festival organisation; concert organisation; booking
  de Festivalorganisation | uk організація фестивалів | be арганізацыя фестываляў
  ru организация фестивалей | ro organizare de festivaluri | el διοργάνωση φεστιβάλ
game_design = Game design | board games; level design; gamification
  de Spieldesign | uk геймдизайн | be геймдызайн | ru геймдизайн | ro design de jocuri
  el σχεδιασμός παιχνιδιών
"""
