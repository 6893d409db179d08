"""Skills of education, in the notation of `app.core.skills.taxonomy`."""

SKILLS = """
teaching = Teaching | teacher; instruction; lecturing; training; trainer; education; tutoring
  de Unterrichten; Lehren; Lehre; Schulung | uk викладання; навчання; тренерство
  be выкладанне; навучанне | ru преподавание; обучение | ro predare; instruire
  el διδασκαλία; εκπαίδευση
curriculum_design = Curriculum design | course design; instructional design; learning design
  de Lehrplanentwicklung; Didaktik | uk розробка навчальних програм
  be распрацоўка навучальных праграм | ru разработка учебных программ
  ro proiectarea curriculumului | el σχεδιασμός προγραμμάτων σπουδών
elearning = E-learning | e-learning; elearning; online learning; moodle; lms; blended learning
  de Online-Lernen | uk електронне навчання; онлайн-навчання | be анлайн-навучанне
  ru электронное обучение; онлайн-обучение | ro învățare online | el ηλεκτρονική μάθηση
early_childhood = Early childhood education | kindergarten; preschool education
  de Frühpädagogik; Kindergartenpädagogik | uk дошкільна освіта | be дашкольная адукацыя
  ru дошкольное образование | ro educație timpurie; educație preșcolară | el προσχολική αγωγή
primary_education = Primary education | primary school teaching; elementary education
  de Grundschulpädagogik | uk початкова освіта | be пачатковая адукацыя | ru начальное образование
  ro învățământ primar | el πρωτοβάθμια εκπαίδευση
special_education = Special needs education | special education; inclusive education
  de Sonderpädagogik | uk спеціальна освіта; інклюзивна освіта | be інклюзіўная адукацыя
  ru специальное образование; инклюзивное образование | ro educație specială; educație incluzivă
  el ειδική αγωγή
adult_education = Adult education | lifelong learning; andragogy
  de Erwachsenenbildung | uk освіта дорослих | be адукацыя дарослых | ru образование взрослых
  ro educația adulților | el εκπαίδευση ενηλίκων
vocational_training = Vocational training | apprenticeships; vocational education
  de Berufsbildung; Berufsausbildung | uk професійна освіта | be прафесійная адукацыя
  ru профессиональное образование | ro formare profesională | el επαγγελματική κατάρτιση
civic_education = Civic education | democracy education; citizenship education
  de politische Bildung; Demokratiebildung | uk громадянська освіта | be грамадзянская адукацыя
  ru гражданское образование | ro educație civică | el αγωγή του πολίτη
media_literacy = Media literacy | media education
  de Medienkompetenz; Medienpädagogik | uk медіаграмотність; медіаосвіта | be медыяпісьменнасць
  ru медиаграмотность | ro educație media | el μιντιακός γραμματισμός; παιδεία στα μέσα
digital_literacy = Digital literacy | digital skills; computer literacy; basic it skills
  de digitale Kompetenzen | uk цифрова грамотність | be лічбавая пісьменнасць
  ru цифровая грамотность | ro competențe digitale | el ψηφιακός γραμματισμός; ψηφιακές δεξιότητες
environmental_education = Environmental education | education for sustainable development
  de Umweltbildung | uk екологічна освіта | be экалагічная адукацыя | ru экологическое образование
  ro educație ecologică | el περιβαλλοντική εκπαίδευση
museum_education = Museum education | art education; cultural education; arts education
  de Museumspädagogik; Kulturvermittlung; Kunstvermittlung
  uk музейна педагогіка; мистецька освіта | be музейная педагогіка | ru музейная педагогика
  ro pedagogie muzeală | el μουσειοπαιδαγωγική
stem_education = STEM education | stem; science education; steam education
  de MINT-Bildung | uk STEM-освіта | be STEM-адукацыя | ru STEM-образование | ro educație STEM
  el εκπαίδευση STEM
language_teaching = Language teaching | esl; teaching languages; english teaching
  de Sprachunterricht | uk викладання мов | be выкладанне моў | ru преподавание языков
  ro predarea limbilor străine | el διδασκαλία γλωσσών
mentoring = Mentoring | mentor
  de Mentoring | uk менторство; наставництво | be ментарства; настаўніцтва
  ru менторство; наставничество | ro mentorat | el καθοδήγηση
coaching = Coaching | coach; life coaching; team coaching
  de Coaching | uk коучинг | be коўчынг | ru коучинг
career_guidance = Career guidance | career counselling; career counseling; career advice
  de Berufsberatung | uk профорієнтація | be прафарыентацыя | ru профориентация
  ro orientare profesională | el επαγγελματικός προσανατολισμός
research = Research | academic research; scientific research; research methods
  de Forschung | uk наукові дослідження; дослідження | be навуковыя даследаванні; даследаванні
  ru научные исследования; исследования | ro cercetare | el έρευνα
qualitative_research = Qualitative research | interviews; ethnography; focus groups
  de qualitative Forschung | uk якісні дослідження; інтерв'ю | be якасныя даследаванні
  ru качественные исследования | ro cercetare calitativă | el ποιοτική έρευνα
survey_design = Survey design | surveys; questionnaires; quantitative research; polling
  de Umfragen; Fragebogengestaltung | uk опитування; анкетування | be апытанні
  ru опросы; анкетирование | ro sondaje; chestionare | el έρευνες με ερωτηματολόγιο
academic_writing = Academic writing | scientific writing; paper writing
  de wissenschaftliches Schreiben | uk академічне письмо | be акадэмічнае пісьмо
  ru академическое письмо | ro scriere academică | el ακαδημαϊκή γραφή
science_communication = Science communication | scicomm; popular science
  de Wissenschaftskommunikation | uk популяризація науки; наукова комунікація
  be папулярызацыя навукі | ru популяризация науки; научная коммуникация | ro comunicarea științei
  el επικοινωνία της επιστήμης
citizen_science = Citizen science | public participation in science
  de Bürgerwissenschaft | uk громадянська наука | be грамадзянская навука | ru гражданская наука
  ro știință cetățenească | el επιστήμη των πολιτών
sociology = Sociology | social sciences; social research
  de Soziologie; Sozialwissenschaften | uk соціологія | be сацыялогія | ru социология
  ro sociologie | el κοινωνιολογία
anthropology = Anthropology | ethnology
  de Anthropologie; Ethnologie | uk антропологія; етнологія | be антрапалогія
  ru антропология; этнология | ro antropologie; etnologie | el ανθρωπολογία
philosophy = Philosophy and ethics | philosophy; ethics
  de Philosophie; Ethik | uk філософія; етика | be філасофія; этыка | ru философия; этика
  ro filosofie; etică | el φιλοσοφία; ηθική
linguistics = Linguistics | philology
  de Sprachwissenschaft; Linguistik | uk лінгвістика; мовознавство; філологія
  be лінгвістыка; мовазнаўства | ru лингвистика; филология | ro lingvistică; filologie
  el γλωσσολογία
mathematics = Mathematics | maths; math
  de Mathematik | uk математика | be матэматыка | ro matematică | el μαθηματικά
physics = Physics | astronomy
  de Physik | uk фізика | be фізіка | ru физика | ro fizică | el φυσική
chemistry = Chemistry
  de Chemie | uk хімія | be хімія | ru химия | ro chimie | el χημεία
biology = Biology | life sciences; biotechnology
  de Biologie | uk біологія | be біялогія | ru биология | ro biologie | el βιολογία
geography = Geography | geology
  de Geografie | uk географія | be геаграфія | ru география | ro geografie | el γεωγραφία
engineering = Engineering | mechanical engineering; civil engineering; electrical engineering
  de Ingenieurwesen; Maschinenbau | uk інженерія | be інжынерыя | ru инженерия | ro inginerie
  el μηχανική
archaeology = Archaeology | archeology
  de Archäologie | uk археологія | be археалогія | ru археология | ro arheologie | el αρχαιολογία
public_speaking = Public speaking | presentation skills; presenting; rhetoric; presentations
  de öffentliches Reden; Rhetorik; Präsentieren
  uk публічні виступи; ораторське мистецтво; презентації | be публічныя выступы
  ru публичные выступления; ораторское искусство; презентации
  ro vorbit în public; retorică; prezentări | el δημόσιος λόγος; ρητορική; παρουσιάσεις
debating = Debating | debate; critical thinking
  de Debattieren; kritisches Denken | uk дебати; критичне мислення | be дэбаты; крытычнае мысленне
  ru дебаты; критическое мышление | ro dezbateri; gândire critică
  el ρητορική αντιπαράθεση; κριτική σκέψη
play_pedagogy = Play and experiential learning | experiential education; game-based learning
  en theatre pedagogy
  de Erlebnispädagogik; Spielpädagogik; Theaterpädagogik | uk неформальна освіта; ігрові методи
  be нефармальная адукацыя | ru неформальное образование; игровые методы | ro educație nonformală
  el βιωματική μάθηση; μη τυπική εκπαίδευση
school_mgmt = School management | educational management; school administration
  de Schulleitung; Bildungsmanagement | uk управління освітою | be кіраванне адукацыяй
  ru управление образованием | ro management educațional | el διοίκηση εκπαίδευσης
note_taking = Documentation and minutes | note taking; minutes; documentation; technical writing
  en graphic recording; visual facilitation
  de Dokumentation; Protokollführung | uk документування; ведення протоколу | be дакументаванне
  ru документирование; ведение протокола | ro documentare | el τεκμηρίωση; τήρηση πρακτικών
"""
