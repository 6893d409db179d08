"""Why each person is where they are: reasons as codes with values, and their English."""

from collections.abc import Iterator, Mapping, Sequence

from app.core.matching.features import IntArray, person_index
from app.core.matching.types import (
    Archetype,
    Evaluation,
    Explanation,
    Id,
    Notice,
    Person,
    Problem,
    SkillSupply,
    TeamReport,
)


def explain(
    problem: Problem,
    evaluation: Evaluation,
    archetypes: Sequence[Archetype] = (),
    labels: IntArray | None = None,
) -> tuple[Explanation, ...]:
    """Give the reasons that put each placed person into their team.

    Parameters
    ----------
    problem : Problem
    evaluation : Evaluation
        Of the assignment to explain.
    archetypes : sequence of Archetype, optional
    labels : [N] int, optional
        Archetype of each person.

    Returns
    -------
    tuple of Explanation
        In the order of the people. Codes: ``pinned``, ``kept_together``, ``rank``,
        ``outside_wishes``, ``no_wishes``, ``brings``, ``only_sector``, ``shared_language``,
        ``coverage_without``.
    """
    index = person_index(problem)
    rules = _Rules(problem)
    found: dict[int, Explanation] = {}
    for team in evaluation.teams:
        sectors = [problem.people[index[str(member)]].sector for member in team.members]
        levels = _member_levels(problem, index, team)
        for member in team.members:
            position = index[str(member)]
            person = problem.people[position]
            reasons = (
                *_rule_reasons(person, rules),
                *_wish_reasons(person, team),
                *_skill_reasons(problem, person, team, levels),
                *_sector_reasons(person, sectors),
                *_language_reasons(team),
            )
            kind = None if labels is None else archetypes[labels[position]].name
            found[position] = Explanation(person.id, team.team, kind, reasons)
    return tuple(found[position] for position in sorted(found))


class _Rules:
    """Who each person is directly kept together with."""

    def __init__(self, problem: Problem) -> None:
        self.companions: dict[Id, dict[Id, None]] = {}
        for group in problem.keep_together:
            for member in group:
                others = dict.fromkeys(other for other in group if other != member)
                self.companions.setdefault(member, {}).update(others)


def _rule_reasons(person: Person, rules: _Rules) -> Iterator[Notice]:
    if person.pin_team is not None:
        yield Notice("pinned")
    if person.id in rules.companions:
        yield Notice("kept_together", {}, tuple(rules.companions[person.id]))


def _wish_reasons(person: Person, team: TeamReport) -> Iterator[Notice]:
    wishes = [str(wish) for wish in person.ranked_ideas]
    if not wishes:
        yield Notice("no_wishes")
    elif team.idea is not None and str(team.idea) in wishes:
        yield Notice("rank", {"rank": wishes.index(str(team.idea)) + 1, "of": len(wishes)})
    else:
        yield Notice("outside_wishes", {"of": len(wishes)})


def _member_levels(
    problem: Problem, index: Mapping[str, int], team: TeamReport
) -> dict[str, list[int]]:
    """Levels of the members in each needed skill, highest first."""
    people = [problem.people[index[str(member)]] for member in team.members]
    return {
        item.skill: sorted((p.skills.get(item.skill, 0) for p in people), reverse=True)
        for item in team.supply
    }


def _skill_reasons(
    problem: Problem, person: Person, team: TeamReport, levels: Mapping[str, list[int]]
) -> Iterator[Notice]:
    """Needed skills this person supplies best, and what the team would cover without them."""
    lost = 0
    for item in team.supply:
        if person.id in item.suppliers:
            alone = len(item.suppliers) == 1
            yield Notice("brings", {**_supply_values(problem, person, item), "alone": int(alone)})
            if alone:
                second = levels[item.skill][1] if len(team.members) > 1 else 0
                lost += min(item.best, item.need) - min(second, item.need)
    if lost:
        needed = sum(item.need for item in team.supply)
        without = team.terms.cov - lost / needed
        values = {"with": round(team.terms.cov, 3), "without": round(without, 3)}
        yield Notice("coverage_without", values)


def _supply_values(problem: Problem, person: Person, item: SkillSupply) -> dict[str, str | int]:
    label = problem.skill_labels.get(item.skill, item.skill)
    return {
        "skill": item.skill,
        "label": label,
        "level": person.skills.get(item.skill, 0),
        "need": item.need,
    }


def _sector_reasons(person: Person, sectors: Sequence[str | None]) -> Iterator[Notice]:
    if person.sector is not None and sectors.count(person.sector) == 1 < len(sectors):
        yield Notice("only_sector", {"sector": person.sector})


def _language_reasons(team: TeamReport) -> Iterator[Notice]:
    if team.shared_languages:
        yield Notice("shared_language", {"languages": list(team.shared_languages)})
