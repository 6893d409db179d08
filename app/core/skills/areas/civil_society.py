"""Skills of civil society, in the notation of `app.core.skills.taxonomy`."""

SKILLS = """
facilitation = Facilitation | workshop facilitation; facilitator; moderation; workshops
  en group facilitation
  de Moderation; Workshopleitung | uk фасилітація; модерація | be фасілітацыя; мадэрацыя
  ru фасилитация; модерация | ro facilitare; moderare | el συντονισμός ομάδων; διευκόλυνση
community_engagement = Community engagement | community building; community management
  en community organizing; community organising; outreach
  de Gemeinwesenarbeit; Bürgerbeteiligung | uk залучення громади; робота з громадою
  be праца з супольнасцю | ru работа с сообществом; вовлечение сообщества
  ro implicarea comunității | el συμμετοχή της κοινότητας
volunteer_mgmt = Volunteer management | volunteer coordination; volunteering
  de Freiwilligenmanagement; Ehrenamtskoordination | uk координація волонтерів; волонтерство
  be каардынацыя валанцёраў; валанцёрства | ru координация волонтеров; волонтерство
  ro coordonarea voluntarilor; voluntariat | el συντονισμός εθελοντών; εθελοντισμός
advocacy = Advocacy | lobbying; campaigning for change
  de Interessenvertretung; Lobbyarbeit | uk адвокація | be адвакацыя | ru адвокация
  ro activitate de advocacy | el συνηγορία
campaigning = Campaigning | campaigns; grassroots organising; activism
  de Kampagnenarbeit; Aktivismus | uk кампанії; активізм | be кампаніі; актывізм
  ru проведение кампаний; активизм | ro campanii civice; activism | el εκστρατείες; ακτιβισμός
human_rights = Human rights | civil rights; human rights law
  de Menschenrechte | uk права людини | be правы чалавека | ru права человека
  ro drepturile omului | el ανθρώπινα δικαιώματα
gender_equality = Gender equality | gender; feminism; women's rights
  de Gleichstellung | uk гендерна рівність | be гендарная роўнасць | ru гендерное равенство
  ro egalitate de gen | el ισότητα των φύλων
inclusion = Inclusion and diversity | inclusion; diversity; diversity and inclusion; dei
  de Inklusion; Vielfalt | uk інклюзія; різноманіття | be інклюзія; разнастайнасць
  ru инклюзия; разнообразие | ro incluziune; diversitate | el συμπερίληψη; διαφορετικότητα
disability_support = Disability support | disability inclusion; assistive support
  de Behindertenhilfe | uk підтримка людей з інвалідністю | be падтрымка людзей з інваліднасцю
  ru поддержка людей с инвалидностью | ro sprijin pentru persoane cu dizabilități
  el υποστήριξη ατόμων με αναπηρία
sign_language = Sign language | sign language interpreting
  de Gebärdensprache | uk жестова мова | be жэставая мова | ru жестовый язык | ro limbajul semnelor
  el νοηματική γλώσσα
refugee_support = Refugee support | migration; refugee work; integration work
  de Flüchtlingshilfe; Migrationsarbeit | uk допомога біженцям | be дапамога бежанцам
  ru помощь беженцам | ro sprijin pentru refugiați | el υποστήριξη προσφύγων
youth_work = Youth work | youth participation; working with young people
  de Jugendarbeit | uk молодіжна робота; робота з молоддю | be моладзевая праца
  ru молодежная работа; работа с молодежью | ro lucru cu tinerii | el εργασία με νέους
social_work = Social work | social services; case work
  de Sozialarbeit; soziale Arbeit | uk соціальна робота | be сацыяльная праца
  ru социальная работа | ro asistență socială | el κοινωνική εργασία
elderly_care = Work with older people | elderly care; senior care
  de Altenarbeit; Altenpflege | uk робота з літніми людьми | be праца з пажылымі людзьмі
  ru работа с пожилыми людьми | ro îngrijirea vârstnicilor | el φροντίδα ηλικιωμένων
counselling = Counselling | counseling; peer support
  de Beratungsgespräche; psychosoziale Beratung | uk консультування; психологічна підтримка
  be псіхалагічная падтрымка | ru психологическая поддержка | ro consiliere | el συμβουλευτική
psychology = Psychology | psychologist; psychotherapy; mental health
  de Psychologie; psychische Gesundheit | uk психологія; психічне здоров'я | be псіхалогія
  ru психология; психическое здоровье | ro psihologie; sănătate mintală
  el ψυχολογία; ψυχική υγεία
mediation = Mediation | conflict resolution; conflict management; conflict mediation
  de Konfliktlösung; Streitschlichtung | uk медіація; вирішення конфліктів | be медыяцыя
  ru медиация; разрешение конфликтов | ro mediere; rezolvarea conflictelor
  el διαμεσολάβηση; επίλυση συγκρούσεων
nonviolent_communication = Nonviolent communication | nvc; active listening
  de gewaltfreie Kommunikation | uk ненасильницьке спілкування | be негвалтоўныя зносіны
  ru ненасильственное общение | ro comunicare nonviolentă | el μη βίαιη επικοινωνία
intercultural = Intercultural communication | cross-cultural communication
  en intercultural competence
  de interkulturelle Kommunikation | uk міжкультурна комунікація | be міжкультурная камунікацыя
  ru межкультурная коммуникация | ro comunicare interculturală | el διαπολιτισμική επικοινωνία
fundraising = Fundraising | crowdfunding; donor relations; donations
  de Spendensammeln; Mittelbeschaffung | uk фандрейзинг; краудфандинг; збір коштів
  be фандрэйзінг; краўдфандынг | ru фандрайзинг; краудфандинг | ro strângere de fonduri
  el άντληση πόρων
grant_writing = Grant writing | proposal writing; grants; grant applications
  de Antragstellung; Förderanträge | uk написання грантів; грантрайтинг | be напісанне грантаў
  ru написание грантов | ro scriere de granturi; scriere de proiecte
  el συγγραφή προτάσεων χρηματοδότησης
ngo_mgmt = Non-profit management | ngo management; nonprofit management; association management
  de Vereinsmanagement; Vereinsarbeit | uk управління громадською організацією
  be кіраванне грамадскай арганізацыяй | ru управление некоммерческой организацией
  ro managementul organizațiilor neguvernamentale | el διοίκηση μη κερδοσκοπικών οργανώσεων
monitoring_evaluation = Monitoring and evaluation | m&e; impact evaluation; impact measurement
  de Wirkungsmessung; Monitoring und Evaluation | uk моніторинг і оцінювання
  be маніторынг і ацэнка | ru мониторинг и оценка | ro monitorizare și evaluare
  el παρακολούθηση και αξιολόγηση
social_innovation = Social innovation | social impact; social design
  de soziale Innovation | uk соціальні інновації | be сацыяльныя інавацыі | ru социальные инновации
  ro inovare socială | el κοινωνική καινοτομία
participatory_methods = Participatory methods | participation; participatory design; co-creation
  en co-design; codesign
  de Beteiligungsverfahren; Partizipation | uk партисипативні методи; співтворення
  be партысіпатыўныя метады | ru партисипативные методы; сотворчество
  ro metode participative; cocreare | el συμμετοχικές μέθοδοι; συνδημιουργία
deliberation = Deliberation | citizens' assemblies; dialogue; public dialogue
  de Bürgerräte; Dialogverfahren | uk деліберація; діалог | be дыялог
  ru диалог; общественный диалог | ro dialog public | el διαβούλευση
peacebuilding = Peacebuilding | peace work
  de Friedensarbeit; Friedensförderung | uk миробудування | be будаўніцтва міру
  ru миростроительство | ro consolidarea păcii | el οικοδόμηση ειρήνης
humanitarian_aid = Humanitarian aid | disaster relief; emergency aid
  de humanitäre Hilfe | uk гуманітарна допомога | be гуманітарная дапамога | ru гуманитарная помощь
  ro ajutor umanitar | el ανθρωπιστική βοήθεια
first_aid = First aid | cpr; paramedic
  de Erste Hilfe | uk перша допомога; домедична допомога | be першая дапамога | ru первая помощь
  ro prim ajutor | el πρώτες βοήθειες
public_health = Public health | health promotion; epidemiology
  de öffentliche Gesundheit; Gesundheitsförderung | uk громадське здоров'я | be грамадскае здароўе
  ru общественное здоровье; общественное здравоохранение | ro sănătate publică | el δημόσια υγεία
nursing = Nursing and care | nursing; nurse; medicine; healthcare
  de Krankenpflege; Pflege; Medizin | uk медсестринство; медицина | be медыцына
  ru сестринское дело; медицина | ro medicină; îngrijire medicală | el νοσηλευτική; ιατρική
environment = Environmental protection | ecology; nature conservation; environment
  de Umweltschutz; Naturschutz; Ökologie | uk охорона довкілля; екологія
  be ахова навакольнага асяроддзя; экалогія | ru охрана окружающей среды; экология
  ro protecția mediului; ecologie | el προστασία περιβάλλοντος; οικολογία
climate_action = Climate action | climate change; climate adaptation; climate policy
  de Klimaschutz | uk захист клімату; зміна клімату | be змена клімату
  ru изменение климата; климатические действия | ro acțiune climatică; schimbări climatice
  el κλιματική δράση; κλιματική αλλαγή
sustainability = Sustainability | sustainable development; sdgs
  de Nachhaltigkeit | uk сталий розвиток; сталість | be устойлівае развіццё
  ru устойчивое развитие | ro sustenabilitate; dezvoltare durabilă
  el βιωσιμότητα; βιώσιμη ανάπτυξη
circular_economy = Circular economy | recycling; zero waste; upcycling; repair
  de Kreislaufwirtschaft | uk циркулярна економіка; переробка відходів | be цыркулярная эканоміка
  ru циркулярная экономика; переработка отходов | ro economie circulară; reciclare
  el κυκλική οικονομία; ανακύκλωση
renewable_energy = Renewable energy | solar energy; wind energy; energy efficiency; energy
  de erneuerbare Energien; Energieeffizienz | uk відновлювана енергетика; енергоефективність
  be аднаўляльная энергетыка | ru возобновляемая энергетика; энергоэффективность
  ro energie regenerabilă; eficiență energetică | el ανανεώσιμες πηγές ενέργειας
agriculture = Agriculture and gardening | farming; gardening; permaculture; urban gardening
  en agriculture
  de Landwirtschaft; Gartenbau | uk сільське господарство; садівництво
  be сельская гаспадарка; садаўніцтва | ru сельское хозяйство; садоводство
  ro agricultură; grădinărit | el γεωργία; κηπουρική
food = Cooking and food | cooking; catering; nutrition; food
  de Kochen; Ernährung | uk кулінарія; харчування | be кулінарыя | ru кулинария; питание
  ro gătit; nutriție | el μαγειρική; διατροφή
animal_welfare = Animal welfare | animal protection; animal care
  de Tierschutz | uk захист тварин | be абарона жывёл | ru защита животных
  ro protecția animalelor | el προστασία των ζώων
sports = Sports and movement | sport; sports; coaching sports; yoga; outdoor education
  de Sport | uk спорт | be спорт | ru спорт | ro sport | el αθλητισμός
media_monitoring = Fact-checking | fact checking; media monitoring; disinformation; debunking
  de Faktenprüfung; Faktencheck | uk фактчекінг; перевірка фактів | be фактчэкінг
  ru фактчекинг; проверка фактов | ro verificarea faptelor | el έλεγχος γεγονότων
transparency = Transparency and watchdog work | anti-corruption; watchdog; transparency
  de Transparenz; Korruptionsbekämpfung | uk прозорість; протидія корупції
  be празрыстасць; барацьба з карупцыяй | ru прозрачность; борьба с коррупцией
  ro transparență; combaterea corupției | el διαφάνεια; καταπολέμηση της διαφθοράς
civic_tech = Civic technology | civic tech; govtech; e-democracy
  de zivilgesellschaftliche Technologie | uk громадянські технології | be грамадзянскія тэхналогіі
  ru гражданские технологии | ro tehnologie civică | el τεχνολογία για τους πολίτες
hosting = Hospitality | hosting; guest care; host
  de Gastgeben; Gästebetreuung | uk гостинність | be гасціннасць | ru гостеприимство
  ro ospitalitate | el φιλοξενία
"""
