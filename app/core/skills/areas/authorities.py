"""Skills of authorities, in the notation of `app.core.skills.taxonomy`."""

SKILLS = """
policy_law = Policy and law | law; legal; policy; legal advice; legislation; policy analysis
  en lawyer
  de Recht; Rechtsberatung; Jura; Politikanalyse | uk право; юриспруденція; юридичні послуги
  be права; юрыспрудэнцыя | ru право; юриспруденция; юридические услуги
  ro drept; consultanță juridică; legislație | el δίκαιο; νομικά; νομοθεσία
public_administration = Public administration | public sector; local government; civil service
  en municipal administration
  de öffentliche Verwaltung; Kommunalverwaltung; Verwaltung
  uk державне управління; місцеве самоврядування | be дзяржаўнае кіраванне; мясцовае самакіраванне
  ru государственное управление; местное самоуправление | ro administrație publică
  el δημόσια διοίκηση; τοπική αυτοδιοίκηση
policy_design = Policy design | policy making; policymaking; policy development
  de Politikgestaltung | uk розробка політик | be распрацоўка палітык | ru разработка политики
  ro elaborarea politicilor publice | el χάραξη πολιτικής
political_science = Political science | politics; government relations; public affairs; diplomacy
  en international relations
  de Politikwissenschaft; Diplomatie | uk політологія; дипломатія; міжнародні відносини
  be паліталогія; дыпламатыя | ru политология; дипломатия; международные отношения
  ro științe politice; diplomație; relații internaționale
  el πολιτική επιστήμη; διπλωματία; διεθνείς σχέσεις
european_affairs = European affairs | eu affairs; eu policy; eu law; eu funding
  de Europaangelegenheiten; EU-Politik | uk європейська інтеграція; політика ЄС
  be еўрапейская інтэграцыя | ru европейская интеграция | ro afaceri europene; integrare europeană
  el ευρωπαϊκές υποθέσεις
egovernment = Digital government | e-government; egovernment; digital public services
  en govtech services
  de E-Government; digitale Verwaltung | uk електронне урядування | be электронны ўрад
  ru электронное правительство | ro guvernare electronică | el ηλεκτρονική διακυβέρνηση
service_design = Service design | public service design; customer journey mapping
  de Servicegestaltung; Dienstleistungsdesign | uk сервіс-дизайн; дизайн послуг | be дызайн паслуг
  ru сервис-дизайн; дизайн услуг | ro designul serviciilor | el σχεδιασμός υπηρεσιών
urban_planning = Urban planning | city planning; urbanism; spatial planning; regional planning
  de Stadtplanung; Raumplanung | uk містобудування; урбаністика; міське планування
  be горадабудаўніцтва; урбаністыка | ru градостроительство; урбанистика; городское планирование
  ro urbanism; planificare urbană | el πολεοδομία; αστικός σχεδιασμός
landscape_design = Landscape design | landscape architecture; public space; placemaking
  de Landschaftsarchitektur | uk ландшафтний дизайн | be ландшафтны дызайн | ru ландшафтный дизайн
  ro peisagistică | el αρχιτεκτονική τοπίου
mobility = Transport and mobility | transport planning; mobility; public transport; cycling
  en traffic planning
  de Verkehrsplanung; Mobilität | uk транспортне планування; мобільність
  be транспартнае планаванне | ru транспортное планирование
  ro planificarea transporturilor; mobilitate | el σχεδιασμός μεταφορών; κινητικότητα
housing = Housing | housing policy; property management
  de Wohnungswesen; Wohnungspolitik | uk житлова політика | be жыллёвая палітыка
  ru жилищная политика | ro politica locuirii | el στέγαση
rural_development = Rural development | regional development; village development
  de ländliche Entwicklung; Regionalentwicklung
  uk розвиток сільських територій; регіональний розвиток
  be развіццё сельскіх тэрыторый; рэгіянальнае развіццё
  ru развитие сельских территорий; региональное развитие
  ro dezvoltare rurală; dezvoltare regională | el αγροτική ανάπτυξη; περιφερειακή ανάπτυξη
smart_city = Smart cities | smart city
  de intelligente Städte | uk розумне місто | be разумны горад | ru умный город
  ro oraș inteligent | el έξυπνες πόλεις
crisis_mgmt = Crisis management | emergency management; civil protection; disaster management
  de Krisenmanagement; Katastrophenschutz | uk антикризове управління; цивільний захист
  be крызісны менеджмент | ru кризисное управление; антикризисное управление; гражданская защита
  ro managementul crizelor; protecție civilă | el διαχείριση κρίσεων; πολιτική προστασία
data_protection = Data protection | privacy; gdpr; data privacy
  de Datenschutz; DSGVO | uk захист даних; захист персональних даних | be абарона даных
  ru защита данных; защита персональных данных | ro protecția datelor | el προστασία δεδομένων
copyright = Copyright and licensing | copyright; intellectual property; licensing; creative commons
  en patents
  de Urheberrecht; geistiges Eigentum | uk авторське право; інтелектуальна власність
  be аўтарскае права; інтэлектуальная ўласнасць
  ru авторское право; интеллектуальная собственность
  ro drepturi de autor; proprietate intelectuală | el πνευματικά δικαιώματα; πνευματική ιδιοκτησία
contract_law = Contract law | contracts; civil law
  de Vertragsrecht | uk договірне право | be дагаворнае права | ru договорное право
  ro dreptul contractelor | el δίκαιο των συμβάσεων
labour_law = Labour law | labor law; employment law; trade unions
  de Arbeitsrecht | uk трудове право | be працоўнае права | ru трудовое право | ro dreptul muncii
  el εργατικό δίκαιο
procurement = Public procurement | procurement; tenders; tendering; purchasing
  de öffentliche Beschaffung; Vergaberecht; Einkauf | uk публічні закупівлі; закупівлі
  be дзяржаўныя закупкі | ru государственные закупки; закупки | ro achiziții publice; achiziții
  el δημόσιες συμβάσεις; προμήθειες
public_finance = Public finance | public budgeting; participatory budgeting; municipal budget
  de öffentliche Finanzen; Bürgerhaushalt | uk державні фінанси; бюджет участі
  be дзяржаўныя фінансы | ru государственные финансы; партисипаторное бюджетирование
  ro finanțe publice; bugetare participativă | el δημόσια οικονομικά; συμμετοχικός προϋπολογισμός
audit = Auditing | audit; internal audit; compliance
  de Wirtschaftsprüfung; Rechnungsprüfung | uk аудит | be аўдыт | ru аудит | ro audit
  el έλεγχος λογαριασμών
public_consultation = Public consultation | citizen participation; civic participation
  en citizen engagement
  de Bürgerdialog; Bürgerkonsultation | uk громадські консультації; громадська участь
  be грамадскія кансультацыі | ru общественные консультации; гражданское участие
  ro consultare publică; participare civică | el δημόσια διαβούλευση; συμμετοχή πολιτών
elections = Elections | election observation; voting systems
  de Wahlen; Wahlbeobachtung | uk вибори; спостереження за виборами | be выбары
  ru выборы; наблюдение за выборами | ro alegeri; observarea alegerilor | el εκλογές
social_policy = Social policy | welfare policy; employment policy
  de Sozialpolitik | uk соціальна політика | be сацыяльная палітыка | ru социальная политика
  ro politică socială | el κοινωνική πολιτική
cultural_policy = Cultural policy | arts policy
  de Kulturpolitik | uk культурна політика | be культурная палітыка | ru культурная политика
  ro politică culturală | el πολιτιστική πολιτική
education_policy = Education policy | school policy
  de Bildungspolitik | uk освітня політика | be адукацыйная палітыка | ru образовательная политика
  ro politică educațională | el εκπαιδευτική πολιτική
environmental_policy = Environmental policy | environmental law; environmental impact assessment
  de Umweltpolitik; Umweltrecht | uk екологічна політика | be экалагічная палітыка
  ru экологическая политика | ro politică de mediu | el περιβαλλοντική πολιτική
water_mgmt = Water and waste management | water management; waste management; sanitation
  de Wasserwirtschaft; Abfallwirtschaft | uk управління водними ресурсами; управління відходами
  be кіраванне адходамі | ru управление водными ресурсами; управление отходами
  ro gestionarea apei; gestionarea deșeurilor | el διαχείριση υδάτων; διαχείριση αποβλήτων
building_law = Construction and building law | construction; building regulations
  en construction management
  de Bauwesen; Baurecht | uk будівництво | be будаўніцтва | ru строительство | ro construcții
  el κατασκευές
safety = Health and safety | occupational safety; fire safety; event safety
  de Arbeitssicherheit; Brandschutz | uk охорона праці; пожежна безпека
  be ахова працы; пажарная бяспека | ru охрана труда; пожарная безопасность | ro securitatea muncii
  el υγεία και ασφάλεια στην εργασία
statistics_official = Official statistics | demography; census
  de amtliche Statistik; Demografie | uk демографія | be дэмаграфія | ru демография
  ro demografie; statistică oficială | el δημογραφία
international_coop = International cooperation | development cooperation; international development
  en town twinning
  de internationale Zusammenarbeit; Entwicklungszusammenarbeit | uk міжнародна співпраця
  be міжнароднае супрацоўніцтва | ru международное сотрудничество | ro cooperare internațională
  el διεθνής συνεργασία
"""
