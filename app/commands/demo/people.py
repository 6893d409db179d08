"""The demo's people: first names and an initial, invented; their addresses lead nowhere."""

import random
from dataclasses import dataclass

FIRST_NAMES = (
    ("en", ("Amara", "Owen", "Tess", "Imani", "Rufus", "Nell", "Jonah", "Priya")),
    ("de", ("Lena", "Jonas", "Mareike", "Till", "Frieda", "Emil", "Greta", "Anton", "Wiebke")),
    (
        "uk",
        ("Олена", "Тарас", "Соломія", "Остап", "Мирослава", "Дмитро", "Ярина", "Богдан", "Леся"),
    ),
    ("be", ("Алеся", "Янка", "Зміцер", "Марыся", "Кастусь", "Ганна", "Уладзь")),
    ("ru", ("Вера", "Тимур", "Зоя", "Лев", "Майя", "Глеб", "Инна", "Руслан", "Нина")),
    ("ro", ("Ion", "Mihaela", "Sorin", "Ileana", "Radu", "Doina", "Vlad", "Anca", "Petru")),
    ("el", ("Ελένη", "Νίκος", "Δάφνη", "Στέλιος", "Μυρτώ", "Άρης", "Ιόλη", "Φώτης", "Θάλεια")),
)
INITIALS = {
    "en": "ABDFHKLMPRST", "de": "ABEGHKLMRSVW", "uk": "БВГКЛМНПСТШ", "be": "БВГКЛМНПСТШ",
    "ru": "БВГКЛМНПСТШ", "ro": "ABCDGLMNPRST", "el": "ΑΒΓΔΚΛΜΝΠΣΤ",
}  # fmt: skip
PLACES = {
    "en": "Leeds", "de": "Chemnitz", "uk": "Львів", "be": "Вільня", "ru": "Рига",
    "ro": "Chișinău", "el": "Ελευσίνα",
}  # fmt: skip
SKILLS_BY_SECTOR = {
    "culture": ("Graphic design", "Storytelling", "Exhibition design", "Music", "Illustration",
                "Theatre production", "Museum education", "Audio production", "Carpentry"),
    "civil_society": ("Volunteer coordination", "Facilitation", "Community engagement",
                      "Fundraising", "Oral history", "Event management", "Cooking"),
    "it": ("Web development", "Python", "JavaScript", "Mobile app development",
           "Data visualisation", "Service design", "Electronics"),
    "education": ("Teaching", "Curriculum design", "Facilitation", "Translation", "Journalism"),
    "business": ("Business modelling", "Budgeting", "Marketing", "Project management"),
    "authority": ("Public administration", "Urban planning", "Legal advice", "Budgeting"),
}  # fmt: skip
_SECTOR_WEIGHTS = {"culture": 5, "civil_society": 4, "it": 4, "education": 3, "business": 2,
                   "authority": 2}  # fmt: skip


@dataclass(frozen=True)
class DemoPerson:
    """A person of the demo."""

    name: str
    email: str
    home_language: str
    languages: tuple[str, ...]
    sector: str
    place: str
    availability: str
    skills: tuple[tuple[str, int], ...]
    wants_to_learn: str


def draw_people(count: int, seed: int = 7) -> list[DemoPerson]:
    """Return invented people, the same for the same seed."""
    dice = random.Random(seed)
    people = []
    for number in range(1, count + 1):
        home, names = FIRST_NAMES[(number - 1) % len(FIRST_NAMES)]
        first = names[(number - 1) // len(FIRST_NAMES) % len(names)]
        sectors = list(_SECTOR_WEIGHTS)
        sector = dice.choices(sectors, list(_SECTOR_WEIGHTS.values()))[0]
        own = dice.sample(SKILLS_BY_SECTOR[sector], k=min(3, len(SKILLS_BY_SECTOR[sector])))
        other = dice.choice(SKILLS_BY_SECTOR[dice.choice(sectors)])
        levels = [dice.choices((2, 3, 4), (3, 4, 2))[0] for _ in own]
        skills = dict(zip(own, levels, strict=True))
        skills.setdefault(other, dice.choice((1, 2)))
        people.append(
            DemoPerson(
                name=f"{first} {dice.choice(INITIALS[home])}.",
                email=f"person{number:02d}@example.org",
                home_language=home,
                languages=_languages(home, dice),
                sector=sector,
                place=PLACES[home],
                availability=dice.choices(("full", "part", "remote"), (6, 3, 1))[0],
                skills=tuple(skills.items()),
                wants_to_learn=dice.choice(SKILLS_BY_SECTOR[dice.choice(sectors)]),
            )
        )
    return people


def _languages(home: str, dice: random.Random) -> tuple[str, ...]:
    """Most people of such a jam speak English; many have a third language."""
    spoken = [home]
    if home != "en":
        # A few come with German only; they can still be placed together.
        spoken.append("en" if dice.random() < 0.93 else "de")
        spoken = list(dict.fromkeys(spoken))
    if dice.random() < 0.4:
        third = dice.choice(("de", "uk", "ru", "ro"))
        if third not in spoken:
            spoken.append(third)
    return tuple(spoken)
