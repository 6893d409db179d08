"""Skills of business, in the notation of `app.core.skills.taxonomy`."""

SKILLS = """
project_mgmt = Project management | pm; project manager; project coordination; prince2
  en project planning
  de Projektmanagement; Projektleitung
  uk управління проєктами; проєктний менеджмент; управління проектами | be кіраванне праектамі
  ru управление проектами; проектный менеджмент
  ro managementul proiectelor; management de proiect | el διαχείριση έργων
agile = Agile methods | agile; scrum; kanban; scrum master
  de agile Methoden | uk гнучкі методології | be гнуткія метадалогіі
  ru гибкие методологии; аджайл | ro metode agile | el ευέλικτες μέθοδοι
product_mgmt = Product management | product owner; product manager
  de Produktmanagement | uk управління продуктом; продуктовий менеджмент | be кіраванне прадуктам
  ru управление продуктом; продуктовый менеджмент | ro managementul produsului
  el διαχείριση προϊόντος
business_model = Business models | business model; business planning; business plan
  en business model canvas; business development
  de Geschäftsmodelle; Geschäftsentwicklung; Businessplan
  uk бізнес-моделі; бізнес-планування; бізнес-модель | be бізнес-мадэлі; бізнес-планаванне
  ru бизнес-модели; бизнес-планирование; бизнес-модель | ro modele de afaceri; plan de afaceri
  el επιχειρηματικά μοντέλα; επιχειρηματικό σχέδιο
marketing_pitch = Marketing and pitching | pitching; pitch; marketing; pitch deck
  de Marketing; Pitchen | uk маркетинг; пітчинг | be маркетынг | ru маркетинг; питчинг
  ro prezentarea ideilor de afaceri | el μάρκετινγκ
digital_marketing = Digital marketing | online marketing; seo; search engine optimization
  en google ads; growth hacking; email marketing
  de Onlinemarketing; Suchmaschinenoptimierung | uk цифровий маркетинг; інтернет-маркетинг
  be лічбавы маркетынг | ru цифровой маркетинг; интернет-маркетинг | ro marketing digital
  el ψηφιακό μάρκετινγκ
social_media = Social media | smm; social media management; instagram; tiktok
  de soziale Medien; Social Media | uk соціальні мережі; соцмережі | be сацыяльныя сеткі
  ru социальные сети; соцсети | ro rețele sociale | el κοινωνικά δίκτυα; μέσα κοινωνικής δικτύωσης
branding = Branding | brand design; brand strategy; corporate design
  de Markenentwicklung; Markenführung | uk брендинг | be брэндынг | ru брендинг
  ro dezvoltarea mărcii | el επωνυμία
public_relations = Public relations | pr; press relations; media relations; communications
  en communication
  de Öffentlichkeitsarbeit; Pressearbeit; Kommunikation
  uk зв'язки з громадськістю; комунікації; піар | be сувязі з грамадскасцю; камунікацыі
  ru связи с общественностью; коммуникации; пиар | ro relații publice; comunicare
  el δημόσιες σχέσεις; επικοινωνία
sales = Sales | selling; b2b sales; key account management
  de Vertrieb; Verkauf | uk продажі | be продажы | ru продажи | ro vânzări | el πωλήσεις
customer_service = Customer service | customer support; customer care; crm
  de Kundenservice; Kundenbetreuung | uk обслуговування клієнтів | be абслугоўванне кліентаў
  ru обслуживание клиентов | ro relații cu clienții | el εξυπηρέτηση πελατών
market_research = Market research | market analysis; competitor analysis
  de Marktforschung; Marktanalyse | uk дослідження ринку; маркетингові дослідження
  be даследаванне рынку | ru исследование рынка; маркетинговые исследования | ro cercetare de piață
  el έρευνα αγοράς
business_analysis = Business analysis | requirements engineering; requirements analysis
  en process analysis
  de Geschäftsanalyse; Anforderungsanalyse | uk бізнес-аналіз | be бізнес-аналіз | ru бизнес-анализ
  ro analiză de business | el επιχειρηματική ανάλυση
strategy = Strategy | strategic planning; strategy development
  de Strategie; Strategieentwicklung | uk стратегія; стратегічне планування
  be стратэгія; стратэгічнае планаванне | ru стратегия; стратегическое планирование
  ro strategie; planificare strategică | el στρατηγική; στρατηγικός σχεδιασμός
entrepreneurship = Entrepreneurship | startups; start-ups; founding; startup
  de Unternehmertum; Gründung | uk підприємництво; стартапи | be прадпрымальніцтва; стартапы
  ru предпринимательство; стартапы | ro antreprenoriat | el επιχειρηματικότητα
social_entrepreneurship = Social entrepreneurship | social business; social enterprise
  en cooperatives
  de soziales Unternehmertum; Genossenschaften | uk соціальне підприємництво
  be сацыяльнае прадпрымальніцтва | ru социальное предпринимательство | ro antreprenoriat social
  el κοινωνική επιχειρηματικότητα
innovation_mgmt = Innovation management | innovation; research and development; r&d
  de Innovationsmanagement; Forschung und Entwicklung | uk управління інноваціями; інновації
  be кіраванне інавацыямі | ru управление инновациями; инновации
  ro managementul inovării; inovare; cercetare și dezvoltare
  el διαχείριση καινοτομίας; καινοτομία; έρευνα και ανάπτυξη
design_thinking = Design thinking | ideation; brainstorming; human-centred design
  en human-centered design
  de Ideenfindung | uk дизайн-мислення; генерація ідей | be дызайн-мысленне
  ru дизайн-мышление; генерация идей | ro gândire de design | el σχεδιαστική σκέψη
finance = Finance | financial management; financial planning; controlling; corporate finance
  de Finanzen; Finanzplanung | uk фінанси; фінансове планування | be фінансы
  ru финансы; финансовое планирование | ro finanțe; planificare financiară
  el χρηματοοικονομικά; οικονομικός προγραμματισμός
budgeting = Budgeting | budgets; cost planning; budget planning
  de Budgetierung; Budgetplanung | uk бюджетування | be бюджэтаванне | ru бюджетирование
  ro bugetare | el κατάρτιση προϋπολογισμού
accounting = Accounting | bookkeeping; accountancy
  de Buchhaltung; Rechnungswesen | uk бухгалтерія; бухгалтерський облік
  be бухгалтэрыя; бухгалтарскі ўлік | ru бухгалтерия; бухгалтерский учет | ro contabilitate
  el λογιστική
taxation = Taxation | tax law; taxes
  de Steuern; Steuerrecht | uk оподаткування; податки | be падаткаабкладанне
  ru налогообложение; налоги | ro fiscalitate; impozite | el φορολογία
economics = Economics | economy; econometrics
  de Volkswirtschaft; Wirtschaftswissenschaften | uk економіка | be эканоміка | ru экономика
  ro economie | el οικονομικά
investment = Investment | venture capital; impact investing; investor relations
  de Investitionen; Risikokapital | uk інвестиції | be інвестыцыі | ru инвестиции | ro investiții
  el επενδύσεις
banking = Banking and insurance | banking; insurance; fintech
  de Bankwesen; Versicherungen | uk банківська справа; страхування
  be банкаўская справа; страхаванне | ru банковское дело; страхование
  ro servicii bancare; asigurări | el τραπεζική; ασφάλειες
human_resources = Human resources | hr; recruiting; recruitment; talent management
  en people management
  de Personalwesen; Personalmanagement | uk управління персоналом; кадри; рекрутинг
  be кіраванне персаналам | ru управление персоналом; кадры; рекрутинг
  ro resurse umane; recrutare | el ανθρώπινο δυναμικό; διοίκηση προσωπικού
leadership = Leadership | team leadership; team management; team lead
  de Führung; Teamleitung | uk лідерство; керування командою | be лідарства
  ru лидерство; управление командой | ro conducere; leadership | el ηγεσία
teamwork = Teamwork | team building; collaboration; team work
  de Teamarbeit; Zusammenarbeit | uk командна робота | be камандная праца
  ru командная работа; работа в команде | ro lucru în echipă | el ομαδική εργασία
change_mgmt = Change management | organisational development; organizational development
  en transformation
  de Organisationsentwicklung; Veränderungsmanagement
  uk управління змінами; організаційний розвиток | be кіраванне зменамі
  ru управление изменениями; организационное развитие
  ro managementul schimbării; dezvoltare organizațională
  el διαχείριση αλλαγών; οργανωσιακή ανάπτυξη
consulting = Consulting | management consulting; advisory
  de Unternehmensberatung | uk консалтинг | be кансалтынг | ru консалтинг | ro consultanță
  el συμβουλευτική επιχειρήσεων
negotiation = Negotiation | negotiating
  de Verhandlung; Verhandeln | uk переговори; ведення переговорів | be перамовы
  ru переговоры; ведение переговоров | ro negociere | el διαπραγμάτευση
event_mgmt = Event management | event planning; event organisation; events; conference organisation
  de Veranstaltungsmanagement; Eventmanagement; Veranstaltungsorganisation
  uk організація заходів; івент-менеджмент | be арганізацыя мерапрыемстваў
  ru организация мероприятий; ивент-менеджмент | ro organizare de evenimente
  el διοργάνωση εκδηλώσεων
logistics = Logistics | supply chain; supply chain management; transport logistics
  de Logistik; Lieferketten | uk логістика | be лагістыка | ru логистика | ro logistică
  el εφοδιαστική
operations = Operations management | operations; process management; process optimisation; lean
  de Prozessmanagement; Betriebsführung | uk операційний менеджмент; управління процесами
  be кіраванне працэсамі | ru операционный менеджмент; управление процессами
  ro managementul operațiunilor; managementul proceselor
  el διαχείριση λειτουργιών; διαχείριση διαδικασιών
quality_mgmt = Quality management | iso 9001; six sigma
  de Qualitätsmanagement | uk управління якістю | be кіраванне якасцю | ru управление качеством
  ro managementul calității | el διαχείριση ποιότητας
risk_mgmt = Risk management | risk analysis; risk assessment
  de Risikomanagement | uk управління ризиками | be кіраванне рызыкамі | ru управление рисками
  ro managementul riscurilor | el διαχείριση κινδύνων
office_admin = Office administration | administration; office management; secretarial work
  en assistant
  de Büroorganisation; Büroverwaltung; Sekretariat
  uk адміністрування; офіс-менеджмент; діловодство | be адміністраванне; справаводства
  ru администрирование; офис-менеджмент; делопроизводство | ro administrație; secretariat
  el διοικητική υποστήριξη; γραμματεία
ecommerce = E-commerce | ecommerce; online shops; shopify; retail
  de Onlinehandel; Einzelhandel | uk електронна комерція | be электронная камерцыя
  ru электронная коммерция | ro comerț electronic | el ηλεκτρονικό εμπόριο
tourism = Tourism | travel; tour guiding
  de Tourismus | uk туризм | be турызм | ru туризм | ro turism | el τουρισμός
partnerships = Partnerships and sponsoring | partnerships; sponsorship; stakeholder management
  en networking with partners
  de Partnerschaften; Sponsoring | uk партнерства; спонсорство | be партнёрствы
  ru партнерства; спонсорство; работа с партнерами | ro parteneriate; sponsorizare
  el συνεργασίες; χορηγίες
advertising = Advertising | ads; media planning
  de Werbung | uk реклама | be рэклама | ru реклама | ro publicitate | el διαφήμιση
manufacturing = Manufacturing | production; prototyping hardware; cnc; laser cutting
  de Fertigung; Produktion | uk виробництво | be вытворчасць | ru производство
  ro producție; fabricație | el παραγωγή; μεταποίηση
"""
