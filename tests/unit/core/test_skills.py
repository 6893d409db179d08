from collections import Counter

import pytest

from app.core.skills import (
    find_skill,
    list_skills,
    normalise,
    parse_skill_list,
    resolve_skill,
    resolve_skills,
)
from app.core.skills.taxonomy import AREAS, SkillRow, parse_rows


def entries(text):
    return [(entry.key, entry.level) for entry in parse_skill_list(text)]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  UI/UX–Design ", "ui ux design"),
        ("Ｐｙｔｈｏｎ", "python"),
        ("Übersetzung", "ubersetzung"),
        ("Διαμεσολάβηση", "διαμεσολαβηση"),
        ("Țesătură", "tesatura"),
        ("звукорежиссёр", "звукорежиссер"),
        ("Дизайн інтер'єру", "дизайн інтер єру"),
        ("C++", "c++"),
        ("html_css", "html css"),
        ("—", ""),
    ],
)
def test_normalise(text, folded):
    assert normalise(text) == folded


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("python 3", "python"),
        ("Python3.11", "python"),
        ("JS", "javascript"),
        ("Java", "java"),
        ("Java 8", "java"),
        ("JavaScript", "javascript"),
        ("C", "c_cpp"),
        ("C#", "csharp_net"),
        (".NET", "csharp_net"),
        ("HTML5", "html_css"),
        ("3D printing", "three_d_printing"),
        ("Buchhaltung", "accounting"),
        ("БУХГАЛТЕРІЯ", "accounting"),
        ("бухгалтэрыя", "accounting"),
        ("бухгалтерский учёт", "accounting"),
        ("Contabilitate", "accounting"),
        ("λογιστικη", "accounting"),
        ("data_ml", "data_ml"),
    ],
)
def test_spellings_of_known_skills(label, key):
    assert find_skill(label).key == key


@pytest.mark.parametrize("label", ["beekeeping", "", "42", "jav", "пчелы"])
def test_unknown_skills_are_not_found(label):
    assert find_skill(label) is None


def test_an_unknown_skill_keeps_its_own_key_and_label():
    skill = resolve_skill("  Bee-Keeping  (urban) ")
    assert (skill.key, skill.name, skill.area) == (
        "bee_keeping_urban",
        "Bee-Keeping (urban)",
        "other",
    )
    assert not skill.is_known


def test_nothing_is_no_skill():
    assert resolve_skill(" - ") is None


def test_resolving_keeps_the_order_and_drops_repeats():
    found = resolve_skills(["JS", "beekeeping", "javascript", "", "py"])
    assert [skill.key for skill in found] == ["javascript", "beekeeping", "python"]


def test_the_taxonomy_is_large_and_every_key_is_there_once():
    keys = Counter(skill.key for skill in list_skills())
    assert len(keys) >= 250
    assert set(keys.values()) == {1}
    assert {skill.area for skill in list_skills()} == set(AREAS)


@pytest.mark.parametrize("language", ["de", "uk", "be", "ru", "ro", "el"])
def test_most_skills_have_a_name_in_each_language(language):
    assert sum(language in skill.names for skill in list_skills()) >= 220


def test_every_name_leads_back_to_its_skill():
    lost = [
        (skill.key, name)
        for skill in list_skills()
        for name in (skill.key, *skill.names.values())
        if find_skill(name).key != skill.key
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Python (3), SQL", [("python", 3), ("sql", None)]),
        ("python:4; java=2", [("python", 4), ("java", 2)]),
        ("Python 3", [("python", None)]),
        ("Python - 2 | SQL ★★★", [("python", 2), ("sql", 3)]),
        ("• Python\n• SQL (4/4)\n3. Java", [("python", None), ("sql", 4), ("java", None)]),
        ("Python/SQL/UX", [("python", None), ("sql", None), ("ux_design", None)]),
        ("UI/UX, CI/CD", [("ux_design", None), ("devops", None)]),
        ("Research and development", [("innovation_mgmt", None)]),
        ("Python and sailing", [("python", None), ("sailing", None)]),
        ("Bread and butter", [("bread_and_butter", None)]),
        ("музика та спів", [("music", None), ("singing", None)]),
        ("Theater und Tanz", [("theatre", None), ("dance", None)]),
        ("weaving (wool, silk), SQL", [("weaving_wool_silk", None), ("sql", None)]),
        ("open ( bracket\nSQL", [("open_bracket", None), ("sql", None)]),
        ("JS (1), javascript (3), js", [("javascript", 3)]),
        ("Python (7)", [("python", None)]),
        (" ,; \n", []),
    ],
)
def test_typed_lists(text, expected):
    assert entries(text) == expected


def test_a_repeated_unknown_skill_keeps_its_first_label():
    assert [entry.label for entry in parse_skill_list("Bee keeping; bee-keeping")] == [
        "Bee keeping"
    ]


def test_rows_of_the_notation():
    text = "\nbees = Bees | apiary\n  de Bienen; Imkerei | en hive\n  en honey\n"
    names = {"de": ("Bienen", "Imkerei"), "en": ("hive", "honey")}
    assert parse_rows(text, "x") == (SkillRow("bees", "Bees", "x", ("apiary",), names),)


@pytest.mark.parametrize("line", ["bees", "be es = Bees", "bees = Bees\n  xx Bienen"])
def test_a_line_that_is_not_in_the_notation_is_refused(line):
    with pytest.raises(ValueError, match="not "):
        parse_rows(line, "x")
