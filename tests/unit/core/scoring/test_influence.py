"""What the choice would be without each juror."""

from app.core.scoring import (
    Method,
    Ranking,
    Rating,
    Submission,
    measure_influence,
    rank_submissions,
)
from tests.unit.core.scoring.juries import simulate


def test_a_juror_who_lifts_one_submission_has_lifted_it() -> None:
    submissions = [Submission(name) for name in "abcd"]
    scores = {"a": (6, 6, 6), "b": (5, 5, 5), "c": (4, 4, 10), "d": (1, 2, 1)}
    ratings = [
        Rating(name, juror, float(score))
        for name, own in scores.items()
        for juror, score in zip("jkl", own, strict=True)
    ]
    for method in Method:
        ranking = rank_submissions(submissions, ratings, method=method, top=2)
        assert isinstance(ranking, Ranking)
        found = {i.juror_id: i for i in measure_influence(submissions, ratings, ranking)}
        assert (found["l"].entered, found["l"].left) == (("b",), ("c",))
        assert found["l"].largest_shift > found["j"].largest_shift > 0


def test_any_choice_may_be_asked_about() -> None:
    submissions = [Submission("a"), Submission("b")]
    ratings = [Rating("a", "j", 9.0), Rating("a", "k", 3.0), Rating("b", "j", 8.0)]
    ranking = rank_submissions(submissions, ratings, method=Method.MEAN)
    assert isinstance(ranking, Ranking)
    without_j, without_k = measure_influence(
        submissions, ratings, ranking, lambda scores: [n for n in scores if scores[n] > 7]
    )
    assert (without_j.entered, without_j.left) == ((), ("b",))
    assert (without_k.entered, without_k.left) == (("a",), ())
    assert (without_j.largest_shift, without_k.largest_shift) == (3.0, 3.0)


def test_the_refit_without_a_juror_is_a_fit_of_the_others() -> None:
    submissions, ratings, _ = simulate(12, 4, 2)
    ranking = rank_submissions(submissions, ratings, method=Method.MEAN, top=3)
    assert isinstance(ranking, Ranking)
    first = measure_influence(submissions, ratings, ranking)[0]
    rest = [r for r in ratings if r.juror_id != first.juror_id]
    without = rank_submissions(submissions, rest, method=Method.MEAN, top=3, override=True)
    assert isinstance(without, Ranking)
    before = {row.submission_id for row in ranking.rows[:3]}
    after = {row.submission_id for row in without.rows[:3]}
    assert set(first.entered) == after - before
    assert set(first.left) == before - after


def test_without_the_only_juror_nothing_is_chosen() -> None:
    submissions = [Submission("a"), Submission("b")]
    ratings = [Rating("a", "j", 3.0), Rating("b", "j", 5.0)]
    ranking = rank_submissions(submissions, ratings, top=1)
    assert isinstance(ranking, Ranking)
    (influence,) = measure_influence(submissions, ratings, ranking)
    assert (influence.entered, influence.left, influence.largest_shift) == ((), ("b",), 0.0)


def test_a_juror_may_take_a_track_along() -> None:
    submissions = [Submission(f"s{i}", f"t{i}") for i in range(5)]
    pairs = [
        ("s0", "j"),
        ("s1", "j"),
        ("s2", "k"),
        ("s3", "k"),
        ("s1", "k"),
        ("s4", "l"),
        ("s2", "l"),
    ]
    ratings = [Rating(s, j, 2.0 + i) for i, (s, j) in enumerate(pairs)]
    ranking = rank_submissions(submissions, ratings, top=2)
    assert isinstance(ranking, Ranking)
    assert ranking.ratios is not None
    assert len(ranking.ratios) == 3
    found = measure_influence(submissions, ratings, ranking)
    assert [influence.juror_id for influence in found] == ["j", "k", "l"]
    assert all(influence.largest_shift > 0 for influence in found)
