"""Rankings: order, intervals, ties, warnings, and the cases in which little can be said."""

import numpy as np
import pytest

from app.core.scoring import (
    Disconnected,
    Juror,
    Method,
    Note,
    Ranking,
    Rating,
    Submission,
    default_top,
    rank_submissions,
)
from tests.unit.core.scoring.juries import simulate


def ranked(*args: object, **options: object) -> Ranking:
    ranking = rank_submissions(*args, **options)  # type: ignore[arg-type]
    assert isinstance(ranking, Ranking)
    return ranking


def codes(ranking: Ranking) -> list[str]:
    return [note.code for note in ranking.warnings]


def test_ranks_follow_scores_and_intervals_hold_them() -> None:
    submissions, ratings, _ = simulate()
    rows = ranked(submissions, ratings).rows
    assert [row.rank for row in rows] == list(range(1, 25))
    scores = [row.score for row in rows]
    assert scores == sorted(scores, reverse=True)
    for row in rows:
        assert row.lo90 < row.score < row.hi90
        assert row.rank_lo <= row.rank <= row.rank_hi
        assert row.reviews == 3
    assert sum(row.p_top for row in rows) == pytest.approx(5)


def test_severity_is_found_and_taken_out() -> None:
    submissions, ratings, truth = simulate(60, 8, 4, severity=1.5)
    ranking = ranked(submissions, ratings)
    found = {severity.juror_id: severity for severity in ranking.severities}
    estimates = np.array([found[f"j{j}"].severity for j in range(8)])
    assert estimates == pytest.approx(truth - truth.mean(), abs=0.6)
    assert all(s.lo90 < s.severity < s.hi90 for s in ranking.severities)
    assert sum(s.reviews for s in ranking.severities) == len(ratings)
    assert ranking.variances is not None
    assert ranking.variances.juror > ranking.variances.noise


def test_raw_means_stand_beside_the_scores() -> None:
    submissions, ratings, _ = simulate()
    for row in ranked(submissions, ratings).rows:
        own = [r.score for r in ratings if r.submission_id == row.submission_id]
        assert row.raw_mean == pytest.approx(np.mean(own))


def test_the_plain_mean_has_the_pooled_standard_error() -> None:
    submissions, ratings, _ = simulate(8, 4, 2)
    ranking = ranked(submissions, ratings, method=Method.MEAN)
    own: dict[str, list[float]] = {}
    for rating in ratings:
        own.setdefault(rating.submission_id, []).append(rating.score)
    pooled = np.sqrt(np.mean([np.var(scores, ddof=1) for scores in own.values()]))
    for row in ranking.rows:
        assert row.score == row.raw_mean
        # 1.8595 is the 95th percentile of Student's t with 8 degrees of freedom.
        assert row.hi90 - row.score == pytest.approx(1.85955 * pooled / np.sqrt(2), rel=1e-5)
    assert (ranking.variances, ranking.ratios, ranking.severities) == (None, None, ())


def test_the_plain_mean_of_single_reviews_uses_the_spread_of_all() -> None:
    ratings = [Rating(f"s{i}", "j", float(score)) for i, score in enumerate((2, 4, 9))]
    submissions = [Submission(f"s{i}") for i in range(3)]
    ranking = ranked(submissions, ratings, method=Method.MEAN)
    half = ranking.rows[0].hi90 - ranking.rows[0].score
    assert half == pytest.approx(2.91999 * np.std([2, 4, 9], ddof=1), rel=1e-5)


def test_the_plain_mean_of_equal_scores_assumes_a_spread() -> None:
    ratings = [Rating("s", "j", 7.0), Rating("s", "k", 7.0)]
    ranking = ranked([Submission("s")], ratings, method=Method.MEAN)
    assert ranking.rows[0].hi90 == pytest.approx(7 + 1.6448536 * 1.5 / np.sqrt(2))
    assert codes(ranking) == ["variance_assumed", "juror_with_one_sheet"]


def test_one_sheet() -> None:
    ranking = ranked([Submission("s"), Submission("t")], [Rating("s", "j", 8.0)])
    first, last = ranking.rows
    assert (first.submission_id, first.rank, first.score, first.p_top) == ("s", 1, 8.0, 1.0)
    assert first.disagreement is None
    assert (last.submission_id, last.rank, last.score, last.reviews) == ("t", None, None, 0)
    assert codes(ranking) == [
        "variance_assumed",
        "one_juror",
        "single_reviews",
        "juror_with_one_sheet",
        "unscored",
    ]


def test_one_juror() -> None:
    submissions = [Submission(f"s{i}") for i in range(5)]
    ratings = [Rating(f"s{i}", "j", float(9 - i)) for i in range(5)]
    ranking = ranked(submissions, ratings)
    assert [row.submission_id for row in ranking.rows] == [s.id for s in submissions]
    assert codes(ranking) == ["one_juror", "single_reviews"]


def test_all_scores_equal() -> None:
    submissions = [Submission(f"s{i}") for i in range(20)]
    ratings = [Rating(f"s{i}", f"j{(i + k) % 5}", 6.0) for i in range(20) for k in range(3)]
    ranking = ranked(submissions, ratings)
    assert {row.score for row in ranking.rows} == {6.0}
    assert {row.disagreement for row in ranking.rows} == {0.0}
    assert [row.p_top for row in ranking.rows] == pytest.approx([0.25] * 20)
    assert [tie.decided_by for tie in ranking.ties] == ["draw"]
    assert codes(ranking) == ["variance_assumed", "ties_drawn"]


def test_a_seeded_draw_decides_when_nothing_else_does() -> None:
    submissions = [Submission(f"s{i}") for i in range(20)]
    ratings = [Rating(f"s{i}", f"j{(i + k) % 5}", 6.0) for i in range(20) for k in range(3)]

    def order(seed: int) -> list[str]:
        return [row.submission_id for row in ranked(submissions, ratings, seed=seed).rows]

    assert order(1) == order(1)
    assert order(1) != order(2)


def test_criteria_break_ties_in_their_published_order() -> None:
    submissions = [Submission("low"), Submission("high"), Submission("other")]
    criteria = {"low": (4.0, 8.0), "high": (8.0, 4.0), "other": (1.0, 2.0)}
    ratings = [
        Rating(name, juror, sum(scores) / 2, scores)
        for name, scores in criteria.items()
        for juror in ("j", "k")
    ]
    ranking = ranked(submissions, ratings)
    assert [row.submission_id for row in ranking.rows] == ["high", "low", "other"]
    assert [(tie.submission_ids, tie.decided_by) for tie in ranking.ties] == [
        (("high", "low"), "criteria")
    ]


def test_probability_breaks_ties_before_criteria() -> None:
    # Both means are the best, one of many sheets and one of a single one.
    submissions = [Submission(name) for name in ("sure", "vague", "a", "b", "c")]
    scores = {"sure": [8.0, 8.0, 8.0, 8.0], "vague": [8.0], "a": [5, 7], "b": [4, 7], "c": [2, 3]}
    ratings = [
        Rating(name, f"j{i}", float(score))
        for name, own in scores.items()
        for i, score in enumerate(own)
    ]
    ranking = ranked(submissions, ratings, method=Method.MEAN, top=2)
    first = ranking.ties[0]
    assert (first.submission_ids, first.decided_by) == (("sure", "vague"), "p_top")


def test_groups_without_a_common_juror_are_not_ranked() -> None:
    submissions = [Submission("a"), Submission("b"), Submission("c")]
    ratings = [Rating("a", "j", 3.0), Rating("b", "j", 5.0), Rating("c", "k", 9.0)]
    answer = rank_submissions(submissions, ratings)
    assert isinstance(answer, Disconnected)
    assert answer.note == Note(
        "several_groups",
        {
            "groups": 2,
            "largest": 2,
            "floating": (("c",),),
            "floating_jurors": (("k",),),
        },
    )
    overridden = ranked(submissions, ratings, override=True)
    assert overridden.warnings[0] == answer.note
    assert overridden.groups == answer.groups


def test_own_region_bias_is_found_with_its_error() -> None:
    submissions, ratings, _ = simulate(80, 8, 4, seed=5)
    regions = {f"s{i}": f"r{i % 4}" for i in range(80)}
    homes = {f"j{j}": f"r{j % 4}" for j in range(8)}
    located = [Submission(s.id, s.track, regions[s.id]) for s in submissions]
    jurors = [Juror(name, region=home) for name, home in homes.items()]
    favoured = [
        Rating(r.submission_id, r.juror_id, r.score + homes_match)
        for r in ratings
        for homes_match in [1.0 if regions[r.submission_id] == homes[r.juror_id] else 0.0]
    ]
    (bias,) = ranked(located, favoured, jurors).biases
    (none,) = ranked(located, ratings, jurors).biases
    assert bias.attribute == "region"
    assert bias.points == pytest.approx(1.0, abs=3 * bias.standard_error)
    assert bias.points - none.points == pytest.approx(1.0, abs=0.1)
    assert bias.is_notable
    assert not none.is_notable
    assert bias.pairs == sum(regions[r.submission_id] == homes[r.juror_id] for r in ratings)


def test_nothing_is_said_of_a_bias_that_sheets_cannot_show() -> None:
    submissions, ratings, _ = simulate()
    everywhere = [Submission(s.id, s.track, "r") for s in submissions]
    jurors = [Juror(f"j{j}", region="r") for j in range(6)]
    assert ranked(everywhere, ratings, jurors).biases == ()
    assert ranked(submissions, ratings, jurors).biases == ()
    assert ranked(everywhere, ratings).biases == ()


def test_a_sheet_far_from_expectation_is_shown_and_kept() -> None:
    submissions, ratings, _ = simulate(60, 8, 4)
    odd = Rating(
        ratings[0].submission_id, ratings[0].juror_id, 10.0 if ratings[0].score < 6 else 1.0
    )
    ranking = ranked(submissions, (odd, *ratings[1:]))
    first = ranking.outlying[0]
    assert (first.submission_id, first.juror_id, first.score) == (
        odd.submission_id,
        odd.juror_id,
        odd.score,
    )
    assert abs(first.residual) > 2.5
    assert (first.score - first.expected) * first.residual > 0
    assert [abs(s.residual) for s in ranking.outlying] == sorted(
        (abs(s.residual) for s in ranking.outlying), reverse=True
    )
    assert len(ranking.draws.submission_ids) == 60


def test_disagreement_leaves_severity_out() -> None:
    submissions = [Submission(f"s{i}") for i in range(12)]
    ratings = [
        Rating(f"s{i}", juror, 3.0 + i / 4 + shift)
        for i in range(12)
        for juror, shift in (("mild", 2.0), ("strict", 0.0))
    ]
    adjusted = ranked(submissions, ratings).rows[0].disagreement
    plain = ranked(submissions, ratings, method=Method.MEAN).rows[0].disagreement
    assert plain == pytest.approx(np.sqrt(2))
    assert adjusted < 0.2


def test_the_default_cut_is_a_tenth_but_at_least_five() -> None:
    assert [default_top(n) for n in (3, 50, 60, 205)] == [5, 5, 6, 20]


@pytest.mark.parametrize(
    ("submissions", "ratings", "options", "message"),
    [
        (["a", "a"], [("a", "j", 1.0)], {}, "listed twice"),
        (["a"], [], {}, "no ratings"),
        (["a"], [("a", "j", 1.0), ("a", "j", 2.0)], {}, "rated a submission twice"),
        (["a"], [("b", "j", 1.0)], {}, "unknown submissions: \\['b'\\]"),
        (["a"], [("a", "j", float("nan"))], {}, "not a finite number"),
        (["a"], [("a", "j", 1.0)], {"top": 0}, "top must be at least 1"),
    ],
)
def test_misuse(
    submissions: list[str],
    ratings: list[tuple[str, str, float]],
    options: dict[str, int],
    message: str,
) -> None:
    with pytest.raises(ValueError, match=message):
        rank_submissions(
            [Submission(name) for name in submissions],
            [Rating(*rating) for rating in ratings],
            **options,
        )
