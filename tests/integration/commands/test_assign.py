"""`flask assign` from files to a file, and every refusal."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from app.commands.assign import assign_command
from tests.integration.commands.juryfiles import Files

pytestmark = pytest.mark.sqlite_only

ASSIGN = ("--submissions", "@submissions", "--jurors", "@jurors")


def pairs(path: Path) -> list[tuple[str, str]]:
    with path.open(newline="") as file:
        return [(row["submission_id"], row["juror_id"]) for row in csv.DictReader(file)]


def test_the_answer(files: Files) -> None:
    files.write(conflicts="submission_id,juror_id\ns1,j1\n")
    arguments = [*ASSIGN, "--per-submission", "2", "--conflicts", "@conflicts"]
    result = files.run(assign_command, *arguments)
    assert (result.exit_code, result.stdout) == (0, f"{files.path('out.csv')}\n")
    found = pairs(files.path("out.csv"))
    # j2 belongs to the library, and so does s2; j1 is in conflict with s1.
    assert found[:4] == [("s1", "j2"), ("s1", "j3"), ("s2", "j1"), ("s2", "j3")]
    assert Counter(submission for submission, _ in found) == dict.fromkeys(
        ["s1", "s2", "s3", "s4"], 2
    )
    loads = Counter(juror for _, juror in found)
    assert max(loads.values()) - min(loads.values()) <= 1


def test_the_same_seed_gives_the_same_bytes(files: Files) -> None:
    files.write(submissions="submission_id\n" + "".join(f"s{i}\n" for i in range(30)))
    files.write(jurors="juror_id\n" + "".join(f"j{i}\n" for i in range(9)))
    answers = []
    for seed in ("3", "3", "4"):
        files.run(assign_command, *ASSIGN, "--per-submission", "3", "--seed", seed)
        answers.append(files.path("out.csv").read_bytes())
    assert answers[0] == answers[1]
    assert answers[0] != answers[2]


def test_groups_that_float_free_are_said(files: Files) -> None:
    result = files.run(assign_command, *ASSIGN, "--per-submission", "1")
    assert result.exit_code == 0
    assert "The jury falls into 3 groups" in result.stderr


def test_every_juror_conflicted(files: Files) -> None:
    files.write(conflicts="submission_id,juror_id\ns2,j1\ns2,j3\n")
    arguments = [*ASSIGN, "--per-submission", "1", "--conflicts", "@conflicts"]
    assert files.refuse(assign_command, *arguments, exit_code=3) == (
        "Submission s2 needs 1 reviews, but only 0 jurors are free for it; conflicts: j1, j2, j3."
    )


def test_no_room(files: Files) -> None:
    files.write(jurors="juror_id,max_load\nj1,1\nj2,1\n")
    message = files.refuse(assign_command, *ASSIGN, "--per-submission", "1", exit_code=3)
    assert message == (
        "Submissions s1, s2, s3, s4 need 4 reviews, but the jurors free for them have room for 2 "
        "(j1, j2); conflicts: none."
    )


@pytest.mark.parametrize(
    ("conflicts", "message"),
    [
        ("", "conflicts.csv: line 1: the file is empty"),
        (
            "submission_id,juror_id\ns9,j1\n",
            "conflicts.csv: line 2, column submission_id: 's9' is not in the file of submissions",
        ),
        (
            "submission_id,juror_id\ns1,j9\n",
            "conflicts.csv: line 2, column juror_id: 'j9' is not in the file of jurors",
        ),
    ],
)
def test_bad_conflicts(files: Files, conflicts: str, message: str) -> None:
    files.write(conflicts=conflicts)
    arguments = [*ASSIGN, "--per-submission", "1", "--conflicts", "@conflicts"]
    assert files.refuse(assign_command, *arguments) == message


@pytest.mark.parametrize("value", ["0", "two"])
def test_a_bad_number_of_reviews(files: Files, value: str) -> None:
    assert "--per-submission" in files.refuse(assign_command, *ASSIGN, "--per-submission", value)


def test_no_jurors(files: Files) -> None:
    files.write(jurors="juror_id\n")
    message = files.refuse(assign_command, *ASSIGN, "--per-submission", "1")
    assert message == "jurors.csv: line 2: there are no rows below the header"


@pytest.mark.parametrize("per_submission", [1, 2, 3, 4, 5])
def test_forty_submissions_and_twelve_jurors(
    files: Files, shared: Path, per_submission: int
) -> None:
    folder = shared / "data/jury/assign"
    names = ("submissions", "jurors", "conflicts")
    files.write(**{name: (folder / f"{name}.csv").read_bytes() for name in names})
    arguments = [*ASSIGN, "--conflicts", "@conflicts", "--per-submission", str(per_submission)]
    result = files.run(assign_command, *arguments)
    assert result.exit_code == 0
    found = pairs(files.path("out.csv"))
    assert set(Counter(submission for submission, _ in found).values()) == {per_submission}
    assert len(set(found)) == 40 * per_submission
    rows = {
        name: list(csv.DictReader((folder / f"{name}.csv").read_text().splitlines()))
        for name in names
    }
    owners = {row["submission_id"]: row["organisation"] for row in rows["submissions"]}
    jurors = {row["juror_id"]: row for row in rows["jurors"]}
    assert {(r["submission_id"], r["juror_id"]) for r in rows["conflicts"]}.isdisjoint(found)
    assert [p for p in found if owners[p[0]] and owners[p[0]] == jurors[p[1]]["organisation"]] == []
    loads = Counter(juror for _, juror in found)
    for name, row in jurors.items():
        assert loads[name] <= int(row["max_load"] or 200)
    uncapped = [loads[name] for name, row in jurors.items() if not row["max_load"]]
    assert max(uncapped) - min(uncapped) <= 1
