"""Assignments: hard rules, even loads, spread, second stage, and the name of what cannot be."""

from collections import Counter

import pytest

from app.core.scoring import (
    Assignment,
    Juror,
    Note,
    Submission,
    Unassignable,
    assign_reviews,
    choose_borderline,
)


def make(n_submissions: int, n_jurors: int) -> tuple[list[Submission], list[Juror]]:
    return (
        [Submission(f"s{i}", f"t{i % 4}") for i in range(n_submissions)],
        [Juror(f"j{j}", tracks=(f"t{j % 4}",)) for j in range(n_jurors)],
    )


def assigned(*args: object, **options: object) -> Assignment:
    answer = assign_reviews(*args, **options)  # type: ignore[arg-type]
    assert isinstance(answer, Assignment)
    return answer


def test_everyone_gets_as_much_and_the_jury_hangs_together() -> None:
    submissions, jurors = make(40, 12)
    answer = assigned(submissions, jurors, 3)
    assert Counter(s for s, _ in answer.pairs) == {s.id: 3 for s in submissions}
    assert len(set(answer.pairs)) == 120
    assert set(answer.loads.values()) == {10}
    assert len(answer.groups) == 1
    assert (answer.method, answer.warnings) == ("greedy", ())


def test_pairs_come_in_the_order_of_the_input() -> None:
    submissions, jurors = make(12, 6)
    pairs = assigned(submissions, jurors, 2).pairs
    assert list(pairs) == sorted(pairs, key=lambda p: (int(p[0][1:]), int(p[1][1:])))


def test_the_same_seed_gives_the_same_pairs_and_another_gives_others() -> None:
    submissions, jurors = make(30, 8)
    one = assigned(submissions, jurors, 3, seed=1).pairs
    assert assigned(submissions, jurors, 3, seed=1).pairs == one
    assert assigned(submissions, jurors, 3, seed=2).pairs != one


def test_pairs_of_jurors_are_spread() -> None:
    submissions, jurors = make(28, 8)
    by_submission: dict[str, list[str]] = {}
    for submission, juror in assigned(submissions, jurors, 2).pairs:
        by_submission.setdefault(submission, []).append(juror)
    together = Counter(tuple(sorted(pair)) for pair in by_submission.values())
    # 28 submissions and 28 possible pairs: by chance alone some pair would meet four times.
    assert max(together.values()) <= 3


def test_conflicts_and_equal_organisations_are_kept_apart() -> None:
    submissions = [Submission(f"s{i}", organisation="ngo" if i < 3 else "") for i in range(10)]
    jurors = [Juror(f"j{j}", organisation="ngo" if j == 0 else "") for j in range(5)]
    answer = assigned(submissions, jurors, 2, [("s9", "j4"), ("s9", "j4")])
    forbidden = {("s0", "j0"), ("s1", "j0"), ("s2", "j0"), ("s9", "j4")}
    assert forbidden.isdisjoint(answer.pairs)
    assert set(answer.loads.values()) == {4}


def test_max_load_wins_over_even_loads() -> None:
    submissions, jurors = make(20, 4)
    jurors[0] = Juror("j0", max_load=2)
    answer = assigned(submissions, jurors, 2)
    assert answer.loads["j0"] == 2
    assert sorted(answer.loads.values()) == [2, 12, 13, 13]
    assert answer.warnings == ()


def test_the_programme_repairs_what_the_greedy_pass_cannot() -> None:
    # j0 may only take s0 and s1, where the greedy pass may already have put others.
    submissions, jurors = make(6, 3)
    conflicts = [(f"s{i}", "j0") for i in range(2, 6)]
    answers = [assigned(submissions, jurors, 1, conflicts, seed=seed) for seed in range(12)]
    assert {answer.method for answer in answers} == {"greedy", "lp"}
    for answer in answers:
        assert sorted(answer.loads.values()) == [2, 2, 2]
        assert set(conflicts).isdisjoint(answer.pairs)


def test_loads_that_conflicts_make_uneven_are_said() -> None:
    # j0 and j1 are free for s0 alone, which needs one review.
    submissions, jurors = make(6, 3)
    conflicts = [(f"s{i}", f"j{j}") for i in range(1, 6) for j in (0, 1)]
    answer = assigned(submissions, jurors, 1, conflicts)
    assert sorted(answer.loads.values()) == [0, 1, 5]
    assert [note.code for note in answer.warnings] == ["several_groups", "uneven_loads"]


def test_a_submission_with_too_few_jurors_is_named() -> None:
    submissions, jurors = make(3, 3)
    answer = assign_reviews(submissions, jurors, 2, [("s1", "j0"), ("s1", "j2")])
    assert answer == Unassignable(
        (
            Note(
                "too_few_jurors",
                {"submission": "s1", "needed": 2, "free": 1, "conflicts": ("j0", "j2")},
            ),
        )
    )


def test_every_juror_conflicted() -> None:
    submissions, jurors = make(2, 2)
    conflicts = [(s.id, j.id) for s in submissions for j in jurors]
    answer = assign_reviews(submissions, jurors, 1, conflicts)
    assert isinstance(answer, Unassignable)
    assert [note.values["submission"] for note in answer.notes] == ["s0", "s1"]
    assert {note.values["conflicts"] for note in answer.notes} == {("j0", "j1")}


def test_submissions_that_together_need_too_much_are_named() -> None:
    submissions, jurors = make(4, 3)
    jurors[0] = Juror("j0", max_load=2)
    conflicts = [(f"s{i}", f"j{j}") for i in range(3) for j in (1, 2)]
    answer = assign_reviews(submissions, jurors, 1, conflicts)
    assert answer == Unassignable(
        (
            Note(
                "too_little_room",
                {
                    "submissions": ("s0", "s1", "s2"),
                    "needed": 3,
                    "jurors": ("j0",),
                    "room": 2,
                    "conflicts": tuple(f"s{i}–j{j}" for i in range(3) for j in (1, 2)),
                },
            ),
        )
    )


def test_a_panel_that_is_too_small_as_a_whole() -> None:
    submissions = [Submission(f"s{i}") for i in range(5)]
    jurors = [Juror("j0", max_load=2), Juror("j1", max_load=2)]
    answer = assign_reviews(submissions, jurors, 1)
    assert isinstance(answer, Unassignable)
    (note,) = answer.notes
    assert (note.values["needed"], note.values["room"], note.values["conflicts"]) == (5, 4, ())


def test_more_reviews_than_jurors() -> None:
    submissions, jurors = make(2, 3)
    answer = assign_reviews(submissions, jurors, 4)
    assert isinstance(answer, Unassignable)
    assert [note.values["free"] for note in answer.notes] == [3, 3]


def test_a_second_stage_adds_to_the_first() -> None:
    submissions, jurors = make(12, 6)
    first = assigned(submissions, jurors, 2).pairs
    extra = {"s3": 2, "s7": 1}
    second = assigned(submissions, jurors, extra, existing=first, seed=9)
    assert Counter(s for s, _ in second.pairs) == extra
    assert set(first).isdisjoint(second.pairs)
    assert sum(second.loads.values()) == 27
    assert max(second.loads.values()) - min(second.loads.values()) <= 1


def test_nobody_is_pressed_to_work_that_is_not_there() -> None:
    submissions, jurors = make(3, 3)
    answer = assigned(submissions, jurors, {})
    assert (answer.pairs, set(answer.loads.values()), answer.groups) == ((), {0}, ())


def test_earlier_reviews_are_not_swapped() -> None:
    submissions, jurors = make(3, 3)
    answer = assigned(submissions, jurors, {"s2": 1}, existing=[("s0", "j0"), ("s1", "j1")])
    assert answer.pairs == (("s2", "j2"),)
    assert len(answer.groups) == 3


def test_one_review_each_cannot_hang_together() -> None:
    submissions, jurors = make(4, 2)
    answer = assigned(submissions, jurors, 1)
    assert len(answer.groups) == 2
    assert [note.code for note in answer.warnings] == ["several_groups"]


def test_panels_are_joined_by_swaps() -> None:
    # Conflicts leave two panels but for s0, which may go to either.
    submissions = [Submission(f"s{i}") for i in range(10)]
    jurors = [Juror(f"j{j}") for j in range(4)]
    halves = ((range(5), (2, 3)), (range(5, 10), (0, 1)))
    conflicts = [(f"s{i}", f"j{j}") for rows, columns in halves for i in rows for j in columns]
    apart = assigned(submissions, jurors, 2, conflicts)
    assert len(apart.groups) == 2
    for free in ("s0", "s9"):
        conflicts = [pair for pair in conflicts if pair[0] != free]
    for seed in range(5):
        assert len(assigned(submissions, jurors, 2, conflicts, seed=seed).groups) == 1


def test_the_least_certain_third_gets_the_second_stage() -> None:
    p_top = {"a": 0.99, "b": 0.5, "c": 0.01, "d": 0.4, "e": 0.7, "f": 0.6}
    assert choose_borderline(p_top) == ("b", "d")
    assert choose_borderline(p_top, 0.5) == ("b", "d", "f")
    assert choose_borderline({}) == ()


@pytest.mark.parametrize(
    ("submissions", "jurors", "options", "message"),
    [
        (["a", "a"], ["j"], {}, "listed twice"),
        (["a"], ["j", "j"], {}, "listed twice"),
        (["a"], ["j"], {"conflicts": [("b", "j")]}, "unknown id"),
        (["a"], ["j"], {"existing": [("a", "k")]}, "unknown id"),
        (["a"], ["j"], {"per_submission": -1}, "not be negative"),
    ],
)
def test_misuse(
    submissions: list[str], jurors: list[str], options: dict[str, object], message: str
) -> None:
    arguments = {"per_submission": 1, **options}
    with pytest.raises(ValueError, match=message):
        assign_reviews(
            [Submission(name) for name in submissions],
            [Juror(name) for name in jurors],
            **arguments,  # type: ignore[arg-type]
        )
