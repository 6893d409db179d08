"""`flask shortlist` from files to files, and every refusal."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.commands.shortlist import shortlist_command
from tests.integration.commands.juryfiles import RANKING, SUBMISSIONS, Files

pytestmark = pytest.mark.sqlite_only

SHORTLIST = ("--ranking", "@ranking", "--submissions", "@submissions", "--budget", "9000")
RANK = (*SHORTLIST, "--policy", "rank")


def read(path: Path) -> list[tuple[str, ...]]:
    with path.open(newline="") as file:
        return [tuple(row.values()) for row in csv.DictReader(file)]


def test_the_answer(files: Files) -> None:
    result = files.run(shortlist_command, *RANK)
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        f"{files.path('out.csv')}\n",
        "",
    )
    assert files.path("out.csv").read_text() == (
        "submission_id,funded,amount,reason,p_funded\n"
        "s1,1,6000,Funded in rank order.,\n"
        's2,0,0,"Not funded: it asks for 5000, and 0 is left.",\n'
        "s3,1,3000,Funded in rank order.,\n"
        "s4,0,0,Not funded: it has no scores.,\n"
    )


@pytest.mark.parametrize("policy", ["rank", "value", "money", "shares"])
def test_every_policy_with_everything(files: Files, policy: str) -> None:
    files.write(
        ranking=RANKING.replace("s4,,", "s4,4,2.5"),
        quotas="column,value,min_count,max_count,max_spend\nregion,south,1,,4000.25\ntrack,t1,,1,\n",
        pins="submission_id,action,amount,reason\ns4,in,500.5,a smaller step\ns1,out,,withdrawn\n",
    )
    arguments = [*SHORTLIST, "--policy", policy, "--ratings", "@ratings", "--quotas", "@quotas"]
    arguments += ["--pins", "@pins", "--report", str(files.path("report.json"))]
    answers = []
    for _ in range(2):
        result = files.run(shortlist_command, *arguments)
        assert result.exit_code == 0
        report = json.loads(files.path("report.json").read_text())
        assert report.pop("timings")["total_s"] > 0
        answers.append((files.path("out.csv").read_bytes(), report))
    assert answers[0] == answers[1]
    rows = read(files.path("out.csv"))
    assert [(row[0], row[1], row[2]) for row in rows] == [
        ("s1", "0", "0"),
        ("s2", "1", "5000"),
        ("s3", "1", "3000"),
        ("s4", "1", "500.5"),
    ]
    assert [row[4] for row in rows] == ["0.000", "1.000", "1.000", "1.000"]
    assert rows[3][3] == "Funded in part by decision: a smaller step"
    assert answers[0][1] == {
        "command": "shortlist",
        "policy": policy,
        "seed": 0,
        "bar": 0.0,
        "budget": "9000",
        "spent": "8500.5",
        "value": 16.5,
        "funded": ["s2", "s3", "s4"],
        "quotas": [
            {"column": "region", "value": "south", "funded": 2, "spent": "3500.5"},
            {"column": "track", "value": "t1", "funded": 1, "spent": "5000"},
        ],
        "pins": [
            {"submission_id": "s4", "action": "in", "reason": "a smaller step"},
            {"submission_id": "s1", "action": "out", "reason": "withdrawn"},
        ],
        "warnings": [],
    }


def test_a_submission_missing_from_the_ranking_is_unscored(files: Files) -> None:
    files.write(ranking="submission_id,rank,score\ns3,1,8\n")
    assert files.run(shortlist_command, *RANK).exit_code == 0
    assert [(row[0], row[1]) for row in read(files.path("out.csv"))] == [
        ("s3", "1"),
        ("s1", "0"),
        ("s2", "0"),
        ("s4", "0"),
    ]


def test_a_budget_below_every_ask(files: Files) -> None:
    report_path = files.path("report.json")
    result = files.run(shortlist_command, *RANK, "--budget", "10", "--report", str(report_path))
    assert result.exit_code == 0
    (warning,) = json.loads(report_path.read_text())["warnings"]
    assert (warning["code"], warning["text"] + "\n") == ("nothing_fits", result.stderr)
    assert result.stderr == "Nothing is funded: the budget is 10, the lowest ask 3000.\n"
    assert {row[1] for row in read(files.path("out.csv"))} == {"0"}


def test_quotas_that_cannot_be_met(files: Files) -> None:
    files.write(quotas="column,value,min_count\nregion,south,2\n")
    message = files.refuse(shortlist_command, *RANK, "--quotas", "@quotas", exit_code=3)
    assert message == (
        "This cannot be met: at least 2 with region = south "
        "(1 can be chosen; the cheapest 2 of them cost 3000)."
    )


def test_pins_beyond_the_budget(files: Files) -> None:
    files.write(pins="submission_id,action,reason\ns1,in,x\ns2,in,y\n")
    message = files.refuse(shortlist_command, *RANK, "--pins", "@pins", exit_code=3)
    assert message == "This cannot be met: the budget of 9000 (11000 of it pinned)."


def test_shares_need_ratings(files: Files) -> None:
    message = files.refuse(shortlist_command, *SHORTLIST, "--policy", "shares")
    assert message.endswith("--policy shares needs --ratings: the jurors are the voters.")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "ranking",
            RANKING + "s9,5,1\n",
            "ranking.csv: line 6, column submission_id: 's9' is not in the file of submissions",
        ),
        (
            "ranking",
            RANKING + "s1,5,1\n",
            "ranking.csv: line 6, column submission_id: 's1' is there already, on line 2",
        ),
        (
            "ranking",
            RANKING.replace("s4,,", "s4,4,"),
            "ranking.csv: line 5, column rank: rank and score must both be there, or both be blank",
        ),
        (
            "ranking",
            RANKING.replace("s4,,", "s4,4,nan"),
            "ranking.csv: line 5, column score: 'nan' is not a number",
        ),
        (
            "submissions",
            "submission_id,track\ns1,t\n",
            "submissions.csv: line 1, column ask: is missing; the header has submission_id, track",
        ),
        (
            "submissions",
            SUBMISSIONS.replace("1000.50", "-5"),
            "submissions.csv: line 5, column ask: '-5' is not an amount of money",
        ),
        (
            "submissions",
            SUBMISSIONS.replace("1000.50", "0.0000001"),
            "submissions.csv: line 5, column ask: '0.0000001' is not an amount of money",
        ),
        (
            "submissions",
            SUBMISSIONS.replace("1000.50", ""),
            "submissions.csv: line 5, column ask: is blank",
        ),
        (
            "quotas",
            "column,value,min_count\nplanet,earth,1\n",
            "quotas.csv: line 2, column column: 'planet' is not in the header of submissions",
        ),
        (
            "quotas",
            "column,value\nregion,south\nregion,south\n",
            "quotas.csv: line 3, column value: region = south is there already, on line 2",
        ),
        (
            "quotas",
            "column,value,min_count,max_count\nregion,south,2,1\n",
            "quotas.csv: line 2, column min_count: 2 lies above max_count, 1",
        ),
        (
            "quotas",
            "column,value,max_spend\nregion,south,lots\n",
            "quotas.csv: line 2, column max_spend: 'lots' is not an amount of money",
        ),
        (
            "quotas",
            "column,value,min_count\nregion,south,1.5\n",
            "quotas.csv: line 2, column min_count: '1.5' is not a whole number of at least 0",
        ),
        (
            "pins",
            "submission_id,action,reason\ns9,in,x\n",
            "pins.csv: line 2, column submission_id: 's9' is not in the file of submissions",
        ),
        (
            "pins",
            "submission_id,action,reason\ns1,in,x\ns1,out,x\n",
            "pins.csv: line 3, column submission_id: 's1' is there already, on line 2",
        ),
        (
            "pins",
            "submission_id,action,reason\ns1,maybe,x\n",
            "pins.csv: line 2, column action: 'maybe' is neither in nor out",
        ),
        (
            "pins",
            "submission_id,action,reason\ns1,in,\n",
            "pins.csv: line 2, column reason: is blank",
        ),
        (
            "pins",
            "submission_id,action,amount,reason\ns1,out,5,x\n",
            "pins.csv: line 2, column amount: only a pin with the action in has an amount",
        ),
        (
            "pins",
            "submission_id,action,amount,reason\ns1,in,6000.01,x\n",
            "pins.csv: line 2, column amount: 6000.01 is not above 0 and at most the ask of 6000",
        ),
    ],
)
def test_bad_files(files: Files, name: str, text: str, message: str) -> None:
    files.write(quotas="column,value\n", pins="submission_id,action,reason\n")
    files.write(**{name: text})
    arguments = [*RANK, "--quotas", "@quotas", "--pins", "@pins"]
    assert files.refuse(shortlist_command, *arguments) == message


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--budget", "-1", "'-1' is not an amount of money"),
        ("--budget", "nan", "'nan' is not an amount of money"),
        ("--bar", "nan", "is not a number"),
        ("--policy", "luck", "'luck' is not one of"),
    ],
)
def test_bad_options(files: Files, option: str, value: str, message: str) -> None:
    assert message in files.refuse(shortlist_command, *RANK, option, value)


def test_the_answer_stands_alone_on_stdout_even_when_the_solver_talks(
    files: Files, shared: Path
) -> None:
    folder = shared / "data/jury/sim/standard-0"
    with (folder / "submissions.csv").open(newline="") as file:
        names = [row["submission_id"] for row in csv.DictReader(file)]
    rows = "".join(f"{name},{i},{9 - i / 40}\n" for i, name in enumerate(names, start=1))
    files.write(
        ranking=f"submission_id,rank,score\n{rows}",
        quotas="column,value,min_count,max_count,max_spend\n"
        + "".join(f"region,r{i},2,5,107000\n" for i in range(10)),
    )
    program = "from app.commands.shortlist import shortlist_command as run; run()"
    done = subprocess.run(
        [
            *(sys.executable, "-c", program, "--policy", "money", "--budget", "642300"),
            *("--ranking", str(files.path("ranking.csv"))),
            *("--submissions", str(folder / "submissions.csv")),
            *("--quotas", str(files.path("quotas.csv")), "--out", str(files.path("out.csv"))),
        ],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": "."},
    )
    assert done.stdout == f"{files.path('out.csv')}\n"
