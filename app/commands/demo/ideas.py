"""The demo's ideas: written for Cojam, in seven languages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoIdea:
    """An idea with the skills that it needs (English label, level 1–4)."""

    language: str
    title: str
    summary: str
    body: str
    needs: tuple[tuple[str, int], ...]


IDEAS = (
    DemoIdea(
        "en",
        "Night library",
        "A reading room that stays open until two, kept by volunteers and lit so that nobody is "
        "afraid to walk there.",
        "## What it is\n\nOne room of the library stays open on four nights a week. Two volunteers "
        "keep it, never one alone. There is tea at eleven.\n\n## Why\n\n- Students have nowhere "
        "quiet after eight.\n- The way from the tram is dark, so people turn back.\n\n## First "
        "step\n\nThree Fridays in May, with a map of the lit paths and a guest book.",
        (("Service design", 3), ("Volunteer coordination", 2), ("Web development", 2)),
    ),
    DemoIdea(
        "uk",
        "Кухня у дворі",
        "Одна плита на колесах, шість родин, спільна вечеря щоп’ятниці. Рецепти лишаються на "
        "стіні.",
        "У нашому дворі шістдесят вікон, а знайомих облич мало. Пересувна плита дає привід вийти. "
        "Кожна родина готує раз на шість тижнів.\n\n**Що потрібно:** тесляр на два дні, людина, "
        "що знає правила протипожежної безпеки, і хтось, хто зробить книгу рецептів.",
        (("Cooking", 2), ("Carpentry", 2), ("Graphic design", 2)),
    ),
    DemoIdea(
        "de",
        "Gartenradio",
        "Ein kleiner Sender im Gemeinschaftsgarten: Kinder machen die Nachrichten, Nachbarn die "
        "Musik.",
        "Der Garten hat Strom und eine Laube. Wir bauen darin ein Studio, so groß wie ein "
        "Schrank. Gesendet wird über das Netz und über einen Lautsprecher am Zaun.\n\n1. Technik "
        "leihen\n2. Fünf Kinder lernen zu schneiden\n3. Eine Stunde am Sonntag",
        (("Audio production", 3), ("Journalism", 2), ("Teaching", 2)),
    ),
    DemoIdea(
        "ro",
        "Sala de repetiții pe rotile",
        "O remorcă izolată fonic care vine în cartier: două ore pe săptămână pentru orice trupă.",
        "Trupele tinere repetă în garaje până se plâng vecinii. O remorcă veche, căptușită cu "
        "lână, poate sta o zi în fiecare cartier. Programarea se face pe o hartă simplă.",
        (("Sound design", 2), ("Budgeting", 2), ("Carpentry", 2)),
    ),
    DemoIdea(
        "el",
        "Η σκάλα που τραγουδά",
        "Κάθε σκαλοπάτι γίνεται νότα. Ο δρόμος για το λιμάνι γίνεται ορχήστρα.",
        "Η σκάλα έχει ενενήντα δύο σκαλοπάτια και λίγους περαστικούς. Απλοί αισθητήρες πίεσης, "
        "ένας μικρός υπολογιστής και ηχεία κάτω από το χερούλι. Τη νύχτα σωπαίνει.",
        (("Electronics", 3), ("Music", 2), ("Community engagement", 2)),
    ),
    DemoIdea(
        "en",
        "Repair window",
        "A shop window where you watch things being mended, and bring yours. Tools are borrowed "
        "like books.",
        "An empty shop on the square becomes a workshop behind glass. On Saturdays two menders "
        "work there, and people who wait learn to do it themselves. Whoever borrows a tool writes "
        "down what it mended.",
        (("Electronics", 2), ("Volunteer coordination", 2), ("Event management", 2)),
    ),
    DemoIdea(
        "be",
        "Карта знікаючых слоў",
        "Людзі запісваюць словы сваіх бабуль, а карта паказвае, дзе іх яшчэ чуюць.",
        "Кожнае слова мае месца, голас і гісторыю. Запіс робіцца з тэлефона за хвіліну. Школьны "
        "клас можа апытаць адну вёску за дзень. Карта адкрытая, а галасы застаюцца ў тых, хто іх "
        "падараваў.",
        (("Oral history", 2), ("Data visualisation", 2), ("Mobile app development", 2)),
    ),
    DemoIdea(
        "ru",
        "Двор без машин на одно лето",
        "Три месяца двор принадлежит людям: тень, столы, кино по четвергам. Осенью решаем вместе, "
        "что оставить.",
        "Мы не спорим о парковках навсегда, мы пробуем одно лето. Соседи сами считают, кто "
        "приходит и зачем. В конце — общая встреча и голосование по каждому предмету отдельно.",
        (("Urban planning", 3), ("Facilitation", 2), ("Public administration", 2)),
    ),
    DemoIdea(
        "de",
        "Ämterlotsen",
        "Menschen, die den Weg durch die Formulare schon gegangen sind, gehen ihn mit anderen noch "
        "einmal.",
        "Am schwersten ist nicht das Formular, sondern der erste Schritt in den Flur. Lotsinnen "
        "und Lotsen warten an zwei Vormittagen im Rathaus. Eine kleine Sammlung zeigt die zwölf "
        "häufigsten Wege in sechs Sprachen.",
        (("Public administration", 2), ("Translation", 2), ("Service design", 2)),
    ),
    DemoIdea(
        "uk",
        "Музей однієї кишені",
        "Кожен приносить одну річ із кишені та її історію. Виставка вміщується у валізу і їздить "
        "школами.",
        "Річ коштує нічого, історія — багато. Учні записують розповіді, роблять підписи двома "
        "мовами та самі ведуть екскурсію. Валіза складається за годину.",
        (("Museum education", 2), ("Exhibition design", 2), ("Storytelling", 2)),
    ),
    DemoIdea(
        "ro",
        "Autobuzul cu povești",
        "Linia 12 devine o bibliotecă de sunete: povestea stației începe când se deschid ușile.",
        "Fiecare stație are un om care o ține minte. Înregistrăm douăzeci de minute, alegem trei. "
        "Un cod lângă ușă pornește povestea pe telefon, fără cont și fără reclame.",
        (("Audio production", 2), ("Storytelling", 3), ("Web development", 2)),
    ),
    DemoIdea(
        "el",
        "Τράπεζα χρόνου για μικρές σκηνές",
        "Ένα θέατρο δανείζει φώτα, ένα άλλο δανείζει χέρια. Ο χρόνος είναι το νόμισμα.",
        "Οι μικρές σκηνές έχουν όλες τα ίδια άδεια βράδια και τις ίδιες ελλείψεις. Ένα απλό βιβλίο "
        "ωρών δείχνει ποιος μπορεί τι και πότε. Μία συνάντηση τον μήνα κρατά την εμπιστοσύνη.",
        (("Theatre production", 2), ("Business modelling", 2), ("Web development", 2)),
    ),
    DemoIdea(
        "en",
        "The borrowed garden",
        "Owners lend unused gardens for a season; a school class grows food there and cooks it for "
        "the street.",
        "A simple agreement of one page, a box of tools that travels, and a calendar that says "
        "what to do this week. The harvest dinner is the report.",
        (("Teaching", 2), ("Legal advice", 2), ("Community engagement", 2)),
    ),
    DemoIdea(
        "ru",
        "Открытый архив завода",
        "Фотографии и чертежи закрытого завода возвращаются в город: люди узнают лица, места и "
        "машины.",
        "В трёх подвалах лежат сорок коробок. Волонтёры сканируют, бывшие рабочие подписывают, "
        "школьники собирают карту цехов. Всё открыто, кроме того, что семья просит не показывать.",
        (("Archiving", 3), ("Data visualisation", 2), ("Oral history", 2)),
    ),
)

EARLIER_IDEAS = (
    DemoIdea(
        "en",
        "Sunday stage",
        "The town hall steps become a stage on the first Sunday of the month, for whoever signs "
        "the list.",
        "A loudspeaker, two benches and a list on the door. No jury, no fee, ten minutes each.",
        (("Event management", 2), ("Music", 2), ("Public administration", 2)),
    ),
    DemoIdea(
        "de",
        "Leihomas Werkstatt",
        "Ältere zeigen Jüngeren, wie man flickt, und lernen dabei, wie man filmt.",
        "Jede Woche ein Handgriff, als Film von zwei Minuten. Gefilmt wird mit dem Telefon.",
        (("Teaching", 2), ("Storytelling", 2), ("Volunteer coordination", 2)),
    ),
    DemoIdea(
        "uk",
        "Тиха година в музеї",
        "Година на тиждень без гучних звуків і яскравого світла, для тих, кому інакше важко.",
        "Працівники музею проходять коротке навчання, карта показує тихі зали.",
        (("Museum education", 2), ("Exhibition design", 2), ("Service design", 2)),
    ),
    DemoIdea(
        "ro",
        "Grădina de pe acoperiș",
        "Acoperișul școlii devine grădină și laborator, deschis cartierului sâmbăta.",
        "Părinții aduc pământul, elevii fac planul, primăria verifică greutatea.",
        (("Teaching", 2), ("Budgeting", 2), ("Urban planning", 2)),
    ),
)

NEXT_IDEAS = (
    DemoIdea(
        "en",
        "The yard that lends",
        "One shed for six houses: ladders, tents and a projector that nobody needs alone.",
        "Most things in a cellar are used twice a year. A shed with a list and one careful person "
        "is enough to begin with. We start with ladders.",
        (("Volunteer coordination", 2), ("Web development", 2), ("Event management", 2)),
    ),
    DemoIdea(
        "de",
        "Schattenplan",
        "Wo im Hof um drei Uhr Schatten ist, entscheidet, wer bleibt. Wir messen und pflanzen.",
        "Kinder messen den Schatten eines Sommers, daraus wird ein Plan für Bäume und Bänke.",
        (("Urban planning", 2), ("Data visualisation", 2), ("Teaching", 2)),
    ),
    DemoIdea(
        "ro",
        "Cina lungă",
        "O masă cât curtea, o dată pe lună; fiecare scară gătește pe rând.",
        "Masa se face din uși vechi. Rețetele rămân într-un caiet comun.",
        (("Cooking", 2), ("Carpentry", 2), ("Event management", 2)),
    ),
)

COMMENTS = (
    (0, "en", "Could the tram company put the lamp map on the stop? They did it for the market."),
    (0, "de", "Zwei Schlüssel, ein Buch mit Unterschriften: so macht es unser Sportverein."),
    (0, "uk", "Моя донька прийшла б. Чи можна приносити свою лампу?"),
    (2, "en", "I can lend a mixer and two microphones until autumn."),
    (4, "el", "Το βράδυ θέλει σιωπή: μένω δίπλα. Αλλά το πρωί, ναι."),
    (5, "de", "Gibt es einen Platz für Nähmaschinen?"),
    (7, "ru", "Пожарный проезд нужно оставить. Я знаю, кого спросить."),
    (8, "en", "The forms change every January; who keeps the twelve ways up to date?"),
    (10, "ro", "Stația Morii are cea mai bună poveste. Cunosc omul."),
)

# What stands on boards: (language, text, colour).
BOARD_NOTES = (
    ("en", "Warm light low down, not floodlights from above", "sun"),
    ("en", "Neighbours “adopt” one lamp each", "sun"),
    ("uk", "Карта освітлених стежок, надрукована на закладці", "sky"),
    ("en", "Footprints on the pavement lead from the tram", "leaf"),
    ("de", "Zwei Schlüssel, ein Buch mit Unterschriften", "apricot"),
    ("en", "Six volunteers, never alone, never after two", "apricot"),
    ("en", "Students of the evening school keep Thursdays", "rose"),
    ("ro", "Ceai la unsprezece. Întotdeauna.", "aqua"),
    ("el", "Ένα ράδιο που παίζει σιγά", "aqua"),
    ("en", "Quiet table and loud table", "lilac"),
    ("be", "Кніга гасцей, у якой можна маляваць", "stone"),
    ("ru", "Кто закрывает, когда идёт снег?", "stone"),
    ("en", "Book a chair by text message, no app", "leaf"),
    ("de", "Was sagt die Versicherung?", "rose"),
)
