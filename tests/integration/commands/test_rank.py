"""`flask rank` from files to files: the answer, the report, and every refusal."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import kendalltau

from app.commands.output import BadInput
from app.commands.rank import rank_command
from app.commands.tables import read_table
from tests.integration.commands.juryfiles import RATINGS, SUBMISSIONS, Files

pytestmark = pytest.mark.sqlite_only

RANK = ("--ratings", "@ratings", "--submissions", "@submissions")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_the_answer_is_the_path_and_the_file_holds_the_ranking(files: Files) -> None:
    files.write(submissions=SUBMISSIONS + "s5,t1,10,,\n")
    result = files.run(rank_command, *RANK, "--top", "2")
    assert (result.exit_code, result.stdout) == (0, f"{files.path('out.csv')}\n")
    assert "1 submissions have no sheet" in result.stderr
    rows = read(files.path("out.csv"))
    assert ",".join(rows[0]) == (
        "submission_id,rank,score,raw_mean,reviews,lo90,hi90,rank_lo,rank_hi,p_top"
    )
    assert [
        (row["submission_id"], row["rank"], row["raw_mean"], row["reviews"]) for row in rows
    ] == [
        ("s1", "1", "8.500000", "2"),
        ("s2", "2", "7.750000", "2"),
        ("s3", "3", "6.500000", "2"),
        ("s4", "4", "2.500000", "2"),
        ("s5", "", "", "0"),
    ]
    assert set(list(rows[4].values())[5:]) == {""}


def test_the_same_input_and_seed_give_the_same_bytes(files: Files) -> None:
    arguments = [*RANK, "--report", str(files.path("report.json")), "--seed", "7"]
    answers = []
    for _ in range(2):
        assert files.run(rank_command, *arguments).exit_code == 0
        report = json.loads(files.path("report.json").read_text())
        assert sorted(report.pop("timings")) == ["influence_s", "rank_s", "read_s"]
        answers.append((files.path("out.csv").read_bytes(), report))
    assert answers[0] == answers[1]


def test_the_report_says_what_the_ranking_rests_on(files: Files) -> None:
    report_path = files.path("report.json")
    result = files.run(rank_command, *RANK, "--jurors", "@jurors", "--report", str(report_path))
    assert result.exit_code == 0
    report = json.loads(report_path.read_text())
    assert ",".join(report) == (
        "command,seed,scale,weights,override,method,top,submissions,scored,sheets,mean,"
        "variance_components,severity,components,own_region_bias,own_organisation_bias,flags,"
        "disagreement,ties,influence,warnings,timings"
    )
    assert sorted(report["variance_components"]) == ["juror", "noise", "submission", "track"]
    assert [severity["juror_id"] for severity in report["severity"]] == ["j1", "j2", "j3"]
    assert report["components"] == [
        {"submissions": ["s1", "s2", "s3", "s4"], "jurors": ["j1", "j2", "j3"]}
    ]
    assert sorted(report["own_region_bias"]) == [
        "estimate",
        "is_notable",
        "sheets",
        "standard_error",
    ]
    assert report["own_region_bias"]["sheets"] == 1
    assert [influence["juror_id"] for influence in report["influence"]] == ["j1", "j2", "j3"]


def test_criteria_are_weighted_and_others_ignored(files: Files) -> None:
    files.write(
        ratings="submission_id,juror_id,need,doable,charm\n"
        "s1,j1,9,3,x\ns1,j2,9,3,\ns2,j1,3,9,99\ns2,j2,3,9,\n"
    )
    result = files.run(rank_command, *RANK, "--weights", "need=2, doable=1", "--method", "mean")
    assert result.exit_code == 0
    rows = read(files.path("out.csv"))[:2]
    assert [(row["submission_id"], row["raw_mean"]) for row in rows] == [
        ("s1", "7.000000"),
        ("s2", "5.000000"),
    ]


def test_a_jury_in_groups_needs_an_override_with_a_reason(files: Files) -> None:
    files.write(ratings="submission_id,juror_id,score\ns1,j1,5\ns2,j1,6\ns3,j2,7\ns4,j3,7\n")
    message = files.refuse(rank_command, *RANK, exit_code=3)
    assert message == (
        "The jury falls into 3 groups without a common juror, so scores cannot be compared across "
        "them. The largest has 2 submissions; floating free of it: [s3], [s4]. Rank them anyway "
        "with --override REASON."
    )
    assert "reason is blank" in files.refuse(rank_command, *RANK, "--override", " ")
    report_path = files.path("report.json")
    arguments = [*RANK, "--override", "panels by design", "--report", str(report_path)]
    result = files.run(rank_command, *arguments)
    assert result.exit_code == 0
    assert "Ranked jointly by override: panels by design" in result.stderr
    report = json.loads(report_path.read_text())
    assert report["override"] == "panels by design"
    codes = [warning["code"] for warning in report["warnings"]]
    assert (codes[0], codes[-1]) == ("several_groups", "override")


@pytest.mark.parametrize("method", ["mixed", "mean"])
@pytest.mark.parametrize(
    "ratings",
    [
        "s1,j1,9",
        "s1,j1,9\ns2,j1,4\ns3,j1,5",
        "s1,j1,6\ns1,j2,6\ns2,j1,6\ns2,j2,6",
        "s1,j1,6\ns1,j2,6\ns2,j1,7\ns2,j2,9\ns2,j3,9",
    ],
    ids=["one sheet", "one juror", "all equal", "a juror with one sheet"],
)
def test_hard_cases(files: Files, ratings: str, method: str) -> None:
    files.write(ratings=f"submission_id,juror_id,score\n{ratings}\n")
    report = str(files.path("report.json"))
    result = files.run(rank_command, *RANK, "--method", method, "--report", report)
    assert result.exit_code == 0
    rows = [row for row in read(files.path("out.csv")) if row["rank"]]
    assert [int(row["rank"]) for row in rows] == list(range(1, len(rows) + 1))
    assert all(float(row["lo90"]) < float(row["score"]) < float(row["hi90"]) for row in rows)


@pytest.mark.parametrize(
    ("ratings", "message"),
    [
        ("", "ratings.csv: line 1: the file is empty"),
        (" \n\n", "ratings.csv: line 1: the file is empty"),
        (
            "submission_id,juror_id,score\n",
            "ratings.csv: line 2: there are no rows below the header",
        ),
        (
            "submission_id,juror_id,points\ns1,j1,3\n",
            "ratings.csv: line 1, column score: is missing; the header has "
            "submission_id, juror_id, points",
        ),
        (
            "submission_id,juror_id,score,score\n",
            "ratings.csv: line 1, column score: is there twice",
        ),
        (
            RATINGS + "s9,j1,3\n",
            "ratings.csv: line 10, column submission_id: 's9' is not in the file of submissions",
        ),
        (
            RATINGS + "s1,j9,3\n",
            "ratings.csv: line 10, column juror_id: 'j9' is not in the file of jurors",
        ),
        (
            RATINGS + "\ns1,j1,3\n",
            "ratings.csv: line 11, column juror_id: 'j1' has rated 's1' already, on line 2",
        ),
        (
            RATINGS + "s2,j1,10.5\n",
            "ratings.csv: line 10, column score: 10.5 lies outside the scale 1:10",
        ),
        (RATINGS + "s2,j1,NaN\n", "ratings.csv: line 10, column score: 'NaN' is not a number"),
        (RATINGS + "s2,j1,inf\n", "ratings.csv: line 10, column score: 'inf' is not a number"),
        (RATINGS + "s2,j1,1e999\n", "ratings.csv: line 10, column score: '1e999' is not a number"),
        (RATINGS + 's2,j1,"7,5"\n', "ratings.csv: line 10, column score: '7,5' is not a number"),
        (
            RATINGS + "s2,j1,\n",
            "ratings.csv: line 10, column score: is blank; leave the row out where a juror "
            "abstained",
        ),
        (RATINGS + ",j1,3\n", "ratings.csv: line 10, column submission_id: is blank"),
        (
            RATINGS + "s2,j1\n",
            "ratings.csv: line 10, column score: the row has 2 cells, the header 3",
        ),
        (
            RATINGS + "s2,j1,3,4\n",
            "ratings.csv: line 10, column 4: the row has 4 cells, the header 3",
        ),
        (
            RATINGS + 's2,"j1,3\n',
            "ratings.csv: line 10: is not CSV: unexpected end of data",
        ),
        (RATINGS + "s2,j\0,3\n", "ratings.csv: line 10: is not CSV: there is a zero byte"),
        (
            RATINGS.encode() + "s2,jü,3\n".encode("latin-1"),
            "ratings.csv: line 10, column 2: the file is not UTF-8 (byte 0xfc); save it as UTF-8 "
            "and try again",
        ),
        (
            RATINGS.encode("utf-16"),
            "ratings.csv: line 1, column 1: the file is not UTF-8 (byte 0xff); save it as UTF-8 "
            "and try again",
        ),
    ],
)
def test_bad_ratings(files: Files, ratings: str | bytes, message: str) -> None:
    files.write(ratings=ratings)
    assert files.refuse(rank_command, *RANK, "--jurors", "@jurors") == message


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "submissions",
            SUBMISSIONS + "s1,,,,\n",
            "submissions.csv: line 6, column submission_id: 's1' is there already, on line 2",
        ),
        (
            "submissions",
            "id\ns1\n",
            "submissions.csv: line 1, column submission_id: is missing; the header has id",
        ),
        (
            "jurors",
            "juror_id,max_load\nj1,-1\n",
            "jurors.csv: line 2, column max_load: '-1' is not a whole number of at least 0",
        ),
        (
            "jurors",
            "juror_id\nj1\nj1\n",
            "jurors.csv: line 3, column juror_id: 'j1' is there already, on line 2",
        ),
    ],
)
def test_bad_other_files(files: Files, name: str, text: str, message: str) -> None:
    files.write(**{name: text})
    assert files.refuse(rank_command, *RANK, "--jurors", "@jurors") == message


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--scale", "10:1", "the first number must be below the second"),
        ("--scale", "1-10", "is not two numbers with a colon between them"),
        ("--scale", "1:nan", "the first number must be below the second"),
        ("--weights", "need", "is not NAME=WEIGHT"),
        ("--weights", "need=0", "a weight is above 0"),
        ("--weights", "need=nan", "a weight is above 0"),
        ("--weights", "need=1,need=2", "every criterion has a name of its own"),
        ("--weights", "=1", "every criterion has a name of its own"),
        ("--weights", "need=1", "column need: is missing"),
        ("--top", "0", "0 is not in the range"),
        ("--seed", "-1", "-1 is not in the range"),
        ("--ratings", "nowhere.csv", "does not exist"),
    ],
)
def test_bad_options(files: Files, option: str, value: str, message: str) -> None:
    assert message in files.refuse(rank_command, *RANK, option, value)


def test_a_byte_order_mark_blank_lines_and_spaces_do_no_harm(files: Files) -> None:
    plain = files.run(rank_command, *RANK)
    first = files.path("out.csv").read_bytes()
    files.write(ratings="\ufeff" + RATINGS.replace(",", " , ").replace("\n", "\r\n") + "\r\n,,\r\n")
    again = files.run(rank_command, *RANK)
    assert (plain.exit_code, again.exit_code) == (0, 0)
    assert files.path("out.csv").read_bytes() == first


def test_another_scale(files: Files) -> None:
    files.write(ratings="submission_id,juror_id,score\ns1,j1,80\ns2,j1,55.5\ns3,j1,0\n")
    assert "outside the scale 1:10" in files.refuse(rank_command, *RANK)
    assert files.run(rank_command, *RANK, "--scale", "0:100").exit_code == 0


def test_own_region_bias_is_said(files: Files) -> None:
    regions = ["north", "south"]
    rows = [
        (f"s{i}", f"j{j}", regions[i % 2] == regions[j % 2]) for i in range(20) for j in range(4)
    ]
    files.write(
        submissions="submission_id,region\n"
        + "".join(f"s{i},{regions[i % 2]}\n" for i in range(20)),
        jurors="juror_id,region\n" + "".join(f"j{j},{regions[j % 2]}\n" for j in range(4)),
        ratings="submission_id,juror_id,score\n"
        + "".join(f"{s},{j},{3 + (int(s[1:]) * 7 % 5) / 4 + own}\n" for s, j, own in rows),
    )
    result = files.run(rank_command, *RANK, "--jurors", "@jurors")
    assert result.exit_code == 0
    assert "Jurors give submissions of their own region +1.00 points" in result.stderr


def test_a_file_that_cannot_be_read_or_written(files: Files) -> None:
    with pytest.raises(BadInput, match="cannot be read: Is a directory"):
        read_table(files.folder, ())
    result = files.run(rank_command, *RANK, out="nowhere/out.csv")
    assert result.exit_code == 2
    assert "nowhere/out.csv: cannot be written" in result.stderr


def test_importing_the_core_loads_no_solver() -> None:
    program = (
        "import sys, app.core.scoring, app.core.shortlist;"
        "heavy = 'scipy.linalg scipy.optimize scipy.sparse scipy.special sklearn'.split();"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("scenario", "least_gain"),
    [("standard", 0.015), ("small", -0.02), ("harsh", 0.07), ("nosev", -0.02), ("panels", -0.05)],
)
def test_simulated_juries_are_ranked_closer_to_the_truth(
    files: Files, shared: Path, scenario: str, least_gain: float
) -> None:
    gains, inside = [], []
    for folder in sorted((shared / "data/jury/sim").glob(f"{scenario}-*")):
        paths = ["--ratings", str(folder / "ratings.csv")]
        paths += ["--submissions", str(folder / "submissions.csv")]
        assert files.run(rank_command, *paths, "--override", "simulated").exit_code == 0
        truth = {row["submission_id"]: float(row["truth"]) for row in read(folder / "truth.csv")}
        rows = read(files.path("out.csv"))
        known = np.array([truth[row["submission_id"]] for row in rows])
        columns = ("score", "raw_mean", "lo90", "hi90")
        score, raw, lo, hi = (np.array([float(row[c]) for row in rows]) for c in columns)
        gains.append(kendalltau(score, known)[0] - kendalltau(raw, known)[0])
        # Scores are 1.2 points for each deviation of quality; their level is the jury's own.
        points = 1.2 * (known - known.mean()) + score.mean()
        inside.append(((lo <= points) & (points <= hi)).mean())
    assert len(gains) == 2
    assert np.mean(gains) >= least_gain
    assert 0.82 <= np.mean(inside) <= 0.97
