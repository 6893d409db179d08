"""Small matching problems, made by hand."""

from app.core.matching import Problem, parse_problem


def person(number: int | str, **facts: object) -> dict[str, object]:
    return {"id": number, "languages": ["English"], "sector": "it", **facts}


def plain(count: int, **fields: object) -> dict[str, object]:
    """`count` people who differ in nothing, in teams of 2 to 3 unless told otherwise."""
    return {
        "min_size": 2,
        "max_size": 3,
        "people": [person(i) for i in range(count)],
        **fields,
    }


def problem(count: int, **fields: object) -> Problem:
    return parse_problem(plain(count, **fields))


def varied(count: int, **fields: object) -> dict[str, object]:
    """People with skills, sectors and wishes that follow from their number alone."""
    skills = ["python", "sql", "ux_design", "teaching", "marketing", "facilitation"]
    ideas = [
        {"idea": f"i{i}", "required": {skills[i % 6]: 3, skills[(i + 2) % 6]: 2}}
        for i in range(max(1, count // 5))
    ]
    people = [
        person(
            i,
            skills={skills[i % 6]: 1 + i % 4, skills[i * 7 % 6]: 1 + i % 3},
            sector=["it", "culture", "education", "business"][i % 4],
            protected=i % 3 == 0,
            ranked_ideas=[f"i{(i + k * k) % len(ideas)}" for k in range(i % 4)],
        )
        for i in range(count)
    ]
    return {"min_size": 4, "max_size": 6, "people": people, "ideas": ideas, **fields}
