"""Skills of information technology, in the notation of `app.core.skills.taxonomy`."""

SKILLS = """
python = Python | py; python3; пайтон; питон
javascript = JavaScript | js; java script; ecmascript; vanilla js; node.js; nodejs; node
typescript = TypeScript | ts
java = Java
html_css = HTML and CSS | html; css; html/css; html & css; html5; css3; sass; scss
sql = SQL | mysql; postgresql; postgres; sqlite; mariadb; ms sql
  de Datenbankabfragen
csharp_net = C# and .NET | c#; csharp; .net; dotnet; dot net; asp.net; c# .net
c_cpp = C and C++ | c; c++; cpp; c/c++
rust = Rust | rustlang
golang = Go | golang; go lang
ruby = Ruby | ruby on rails; rails
kotlin = Kotlin
swift = Swift | swiftui; objective-c
scala = Scala
r_language = R | r language; rstats; r programming; tidyverse
matlab = MATLAB | octave; simulink
php_cms = PHP and content management | php; wordpress; drupal; joomla; typo3; cms
  en content management systems
  de Content-Management | uk системи керування вмістом | be сістэмы кіравання зместам
  ru системы управления контентом | ro sisteme de gestionare a conținutului
  el συστήματα διαχείρισης περιεχομένου
mobile = Mobile development | mobile apps; android; ios; app development; flutter; react native
  de App-Entwicklung; mobile Entwicklung | uk мобільна розробка | be мабільная распрацоўка
  ru мобильная разработка | ro dezvoltare mobilă | el ανάπτυξη εφαρμογών για κινητά
cloud = Cloud computing | cloud; aws; azure; gcp; google cloud; amazon web services
  de Cloud-Dienste | uk хмарні технології | be воблачныя тэхналогіі | ru облачные технологии
  ro cloud computing | el υπολογιστικό νέφος
devops = DevOps | ci/cd; docker; kubernetes; k8s; terraform; ansible; continuous integration
  en jenkins
linux = Linux administration | linux; unix; system administration; sysadmin; bash; shell scripting
  de Systemadministration | uk системне адміністрування | be сістэмнае адміністраванне
  ru системное администрирование | ro administrare de sistem | el διαχείριση συστημάτων
networking_it = Computer networks | networking; tcp/ip; network administration; cisco
  de Netzwerktechnik; Netzwerke | uk комп'ютерні мережі | be камп'ютарныя сеткі
  ru компьютерные сети | ro rețele de calculatoare | el δίκτυα υπολογιστών
security_it = Information security | cybersecurity; cyber security; it security; infosec
  en penetration testing; pentesting
  de IT-Sicherheit; Informationssicherheit | uk кібербезпека; інформаційна безпека
  be кібербяспека | ru кибербезопасность; информационная безопасность | ro securitate cibernetică
  el κυβερνοασφάλεια
data_ml = Data science and machine learning | data science; machine learning; ml; deep learning; ai
  en artificial intelligence; pandas; pytorch; tensorflow; scikit-learn
  de Maschinelles Lernen; künstliche Intelligenz; KI
  uk машинне навчання; штучний інтелект; наука про дані | be машыннае навучанне; штучны інтэлект
  ru машинное обучение; искусственный интеллект; наука о данных
  ro învățare automată; inteligență artificială
  el μηχανική μάθηση; τεχνητή νοημοσύνη; επιστήμη δεδομένων
data_engineering = Data engineering | etl; data pipelines; airflow; spark; hadoop; big data
data_visualisation = Data visualisation | data visualization; dataviz; d3; d3.js; tableau; power bi
  en information design
  de Datenvisualisierung | uk візуалізація даних | be візуалізацыя даных | ru визуализация данных
  ro vizualizarea datelor | el οπτικοποίηση δεδομένων
data_analysis = Data analysis | analytics; data analytics
  de Datenanalyse | uk аналіз даних | be аналіз даных | ru анализ данных | ro analiza datelor
  el ανάλυση δεδομένων
statistics = Statistics | statistical analysis; spss; stata
  de Statistik | uk статистика | be статыстыка | ro statistică | el στατιστική
spreadsheets = Spreadsheets | excel; ms excel; microsoft excel; google sheets; libreoffice calc
  de Tabellenkalkulation | uk електронні таблиці | be электронныя табліцы | ru электронные таблицы
  ro foi de calcul | el υπολογιστικά φύλλα
gis = Geographic information systems | gis; qgis; arcgis; mapping; openstreetmap; osm; cartography
  en geodata
  de Kartografie; Geoinformatik; GIS | uk геоінформаційні системи; ГІС; картографія
  be геаінфармацыйныя сістэмы; картаграфія | ru геоинформационные системы
  ro sisteme informaționale geografice; cartografie
  el γεωγραφικά συστήματα πληροφοριών; χαρτογραφία
web_frameworks = Web frameworks | react; vue; vue.js; angular; svelte; django; flask; spring
  en laravel; next.js; react.js; express
frontend = Front-end development | frontend; front end; front-end; web development; web developer
  de Webentwicklung; Frontend-Entwicklung | uk веброзробка; веб-розробка | be вэб-распрацоўка
  ru веб-разработка; вебразработка | ro dezvoltare web | el ανάπτυξη ιστοσελίδων
backend = Back-end development | backend; back end; server-side development
  de Backend-Entwicklung | ru бэкенд | uk бекенд | be бэкенд
api_design = API design | apis; rest; rest api; graphql; openapi; web services
software_architecture = Software architecture | system design; software design
  de Softwarearchitektur | uk архітектура програмного забезпечення
  be архітэктура праграмнага забеспячэння | ru архитектура программного обеспечения
  ro arhitectură software | el αρχιτεκτονική λογισμικού
software_testing = Software testing | qa; quality assurance; test automation; selenium
  en unit testing
  de Softwaretest; Qualitätssicherung | uk тестування програмного забезпечення; тестування
  be тэставанне праграмнага забеспячэння; тэсціраванне
  ru тестирование программного обеспечения; тестирование | ro testare software
  el δοκιμές λογισμικού
version_control = Version control | git; github; gitlab; svn
  de Versionsverwaltung | uk контроль версій | be кантроль версій | ru контроль версий
  ro controlul versiunilor | el έλεγχος εκδόσεων
databases = Database design | databases; nosql; mongodb; redis; database administration; dba
  de Datenbanken | uk бази даних | be базы даных | ru базы данных | ro baze de date
  el βάσεις δεδομένων
embedded_iot = Embedded systems and IoT | iot; internet of things; embedded systems; embedded
  en arduino; raspberry pi; esp32; microcontrollers
  de eingebettete Systeme; Internet der Dinge | uk вбудовані системи; інтернет речей
  be убудаваныя сістэмы; інтэрнэт рэчаў | ru встраиваемые системы; интернет вещей
  ro sisteme integrate; internetul lucrurilor | el ενσωματωμένα συστήματα; διαδίκτυο των πραγμάτων
electronics = Electronics | circuit design; pcb design; soldering; hardware
  de Elektronik | uk електроніка | be электроніка | ru электроника | ro electronică
  el ηλεκτρονική
robotics = Robotics | ros; drones
  de Robotik | uk робототехніка | be робататэхніка | ru робототехника | ro robotică | el ρομποτική
three_d_printing = 3D printing | 3d print; additive manufacturing
  de 3D-Druck | uk 3D-друк | be 3D-друк | ru 3D-печать | ro imprimare 3D | el τρισδιάστατη εκτύπωση
game_development = Game development | unity; unreal engine; godot; game dev; gamedev
  de Spieleentwicklung | uk розробка ігор | be распрацоўка гульняў | ru разработка игр
  ro dezvoltare de jocuri | el ανάπτυξη παιχνιδιών
xr = Virtual and augmented reality | vr; ar; xr; virtual reality; augmented reality; mixed reality
  en webxr
  de virtuelle Realität; erweiterte Realität | uk віртуальна реальність; доповнена реальність
  be віртуальная рэальнасць | ru виртуальная реальность; дополненная реальность
  ro realitate virtuală; realitate augmentată
  el εικονική πραγματικότητα; επαυξημένη πραγματικότητα
blockchain = Blockchain | smart contracts; solidity; web3; ethereum
  de Blockchain | uk блокчейн | ru блокчейн | be блокчэйн
nlp = Natural language processing | nlp; text mining; computational linguistics; llm
  en large language models
  de Sprachverarbeitung; Computerlinguistik | uk обробка природної мови
  be апрацоўка натуральнай мовы | ru обработка естественного языка
  ro prelucrarea limbajului natural | el επεξεργασία φυσικής γλώσσας
computer_vision = Computer vision | image recognition; opencv
  de Bildverarbeitung; maschinelles Sehen | uk комп'ютерний зір | be камп'ютарны зрок
  ru компьютерное зрение | ro vedere artificială | el υπολογιστική όραση
web_scraping = Web scraping | scraping; crawling; data mining
open_data = Open data | open government data; linked data; linked open data; semantic web; sparql
  en rdf
  de offene Daten | uk відкриті дані | be адкрытыя даныя | ru открытые данные | ro date deschise
  el ανοικτά δεδομένα
open_source = Open source | open source software; free software; foss
  de freie Software | uk відкритий код | be адкрыты код
  ru открытый код; открытое программное обеспечение | ro sursă deschisă; software liber
  el ανοικτό λογισμικό
ux_design = UX design | ux; ui; ui/ux; ux/ui; user experience; user interface design; ui design
  en interaction design; usability; user experience design
  de Nutzererfahrung; Interaktionsdesign | uk дизайн інтерфейсів | be дызайн інтэрфейсаў
  ru дизайн интерфейсов | ro designul interfețelor | el σχεδιασμός διεπαφών
user_research = User research | ux research; user interviews; user testing; usability testing
  de Nutzerforschung | uk дослідження користувачів | be даследаванне карыстальнікаў
  ru исследования пользователей | ro cercetarea utilizatorilor | el έρευνα χρηστών
prototyping = Prototyping | wireframing; figma; sketch; adobe xd; mockups; rapid prototyping
  de Prototyping | uk прототипування | be прататыпаванне | ru прототипирование | ro prototipare
  el πρωτοτυποποίηση
accessibility_it = Digital accessibility | accessibility; a11y; wcag; web accessibility
  de Barrierefreiheit; digitale Barrierefreiheit | uk цифрова доступність; доступність
  be лічбавая даступнасць | ru цифровая доступность | ro accesibilitate digitală
  el ψηφιακή προσβασιμότητα
algorithms = Algorithms | data structures; competitive programming
  de Algorithmen | uk алгоритми | be алгарытмы | ru алгоритмы | ro algoritmi | el αλγόριθμοι
it_support = IT support | helpdesk; technical support; tech support
  de IT-Support | uk технічна підтримка | be тэхнічная падтрымка | ru техническая поддержка
  ro suport tehnic | el τεχνική υποστήριξη
no_code = No-code tools | no code; low code; low-code; zapier; airtable; bubble
localisation_it = Software localisation | localization; localisation; l10n; i18n
  en internationalisation; internationalization
  de Lokalisierung | uk локалізація | be лакалізацыя | ru локализация | ro localizare
  el τοπική προσαρμογή λογισμικού
programming = Programming | coding; software development; software engineering; programmer
  en developer
  de Programmierung; Programmieren; Softwareentwicklung
  uk програмування; розробка програмного забезпечення | be праграмаванне
  ru программирование; разработка программного обеспечения | ro programare | el προγραμματισμός
"""
