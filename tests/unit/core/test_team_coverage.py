"""A team's skills against the needs of its idea."""

from app.core.team_coverage import SkillCover, cover_needs, coverage


def test_each_need_names_its_best_suppliers() -> None:
    rows = cover_needs({"web": 3, "law": 2, "zero": 0}, {1: {"web": 2}, 2: {"web": 2}, 3: {}})
    assert rows == (SkillCover("web", 3, 2, (1, 2)), SkillCover("law", 2, 0, ()))
    assert [round(row.share, 2) for row in rows] == [0.67, 0.0]
    assert coverage(rows) == 2 / 5


def test_more_than_needed_counts_once() -> None:
    rows = cover_needs({"web": 2}, {1: {"web": 4}})
    assert (rows[0].share, coverage(rows)) == (1.0, 1.0)


def test_an_idea_without_needs_is_covered_even_by_nobody() -> None:
    assert coverage(cover_needs({}, {})) == 1.0
    assert coverage(cover_needs({"web": 2}, {})) == 0.0
