"""The files that `rank`, `assign` and `shortlist` share, and the options that read them."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from app.commands.tables import Row, Table, parse_amount, read_table, take_id, take_known
from app.core.scoring import Juror, Rating, Submission, weighted_score

Scale = tuple[float, float]
Weights = Mapping[str, float]


class ScaleType(click.ParamType[Scale]):
    """`LOW:HIGH`, as in 1:10."""

    name = "LOW:HIGH"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Scale:
        """Return (low, high)."""
        if isinstance(value, tuple):
            return value
        low, _, high = value.partition(":")
        try:
            ends = float(low), float(high)
        except ValueError:
            self.fail(f"{value!r} is not two numbers with a colon between them", param, ctx)
        if not (math.isfinite(ends[0]) and math.isfinite(ends[1]) and ends[0] < ends[1]):
            self.fail(f"{value!r}: the first number must be below the second", param, ctx)
        return ends


class WeightsType(click.ParamType[Weights]):
    """`NAME=WEIGHT,…`, as in need=2,doable=1."""

    name = "NAME=WEIGHT,…"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Weights:
        """Return weights above 0 by criterion, in the published order."""
        weights: dict[str, float] = {}
        for part in value.split(","):
            criterion, _, text = (piece.strip() for piece in part.partition("="))
            try:
                weight = float(text)
            except ValueError:
                self.fail(f"{part!r} is not NAME=WEIGHT", param, ctx)
            if not criterion or criterion in weights:
                self.fail(f"{part!r}: every criterion has a name of its own", param, ctx)
            if not (math.isfinite(weight) and weight > 0):
                self.fail(f"{part!r}: a weight is above 0", param, ctx)
            weights[criterion] = weight
        return weights


class AmountType(click.ParamType[Decimal]):
    """An amount of money."""

    name = "AMOUNT"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        """Return it exactly."""
        amount = parse_amount(value)
        if amount is None:
            self.fail(f"{value!r} is not an amount of money", param, ctx)
        return amount


FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)
SEED = click.IntRange(min=0)


@dataclass(frozen=True, slots=True)
class SubmissionFile:
    """submissions.csv: what is judged, and every row for what else is asked of it."""

    table: Table
    submissions: tuple[Submission, ...]

    @property
    def ids(self) -> frozenset[str]:
        """The ids."""
        return frozenset(submission.id for submission in self.submissions)


def read_submissions(path: Path, *, required: tuple[str, ...] = ()) -> SubmissionFile:
    """Read submissions.csv."""
    table = read_table(path, ("submission_id", *required))
    seen: dict[str, int] = {}
    return SubmissionFile(table, tuple(_submission(row, seen) for row in table.rows))


def _submission(row: Row, seen: dict[str, int]) -> Submission:
    return Submission(
        take_id(row, "submission_id", seen),
        row.optional("track"),
        row.optional("region"),
        row.optional("organisation"),
    )


def read_jurors(path: Path) -> tuple[Juror, ...]:
    """Read jurors.csv."""
    seen: dict[str, int] = {}
    return tuple(
        Juror(
            take_id(row, "juror_id", seen),
            row.optional("organisation"),
            row.optional("region"),
            tuple(t for t in map(str.strip, row.optional("tracks").split(";")) if t),
            row.optional_whole("max_load"),
        )
        for row in read_table(path, ("juror_id",)).rows
    )


def read_ratings(
    path: Path,
    submissions: Collection[str],
    jurors: Collection[str] | None,
    weights: Weights | None,
    scale: Scale,
) -> tuple[Rating, ...]:
    """Read ratings.csv; `jurors` of None knows every juror, `weights` of None reads `score`."""
    table = read_table(path, ("submission_id", "juror_id", *(weights or ("score",))))
    seen: dict[tuple[str, str], int] = {}
    ratings = []
    for row in table.rows:
        submission = take_known(row, "submission_id", submissions, "the file of submissions")
        juror = row.text("juror_id")
        if jurors is not None:
            take_known(row, "juror_id", jurors, "the file of jurors")
        if (submission, juror) in seen:
            first = seen[submission, juror]
            row.fail("juror_id", f"{juror!r} has rated {submission!r} already, on line {first}")
        seen[submission, juror] = row.line
        ratings.append(_rating(row, submission, juror, weights, scale))
    return tuple(ratings)


def _rating(row: Row, submission: str, juror: str, weights: Weights | None, scale: Scale) -> Rating:
    if weights is None:
        return Rating(submission, juror, _score(row, "score", scale))
    criteria = tuple(_score(row, criterion, scale) for criterion in weights)
    return Rating(submission, juror, weighted_score(criteria, tuple(weights.values())), criteria)


def _score(row: Row, column: str, scale: Scale) -> float:
    if not row.cells[column]:
        row.fail(column, "is blank; leave the row out where a juror abstained")
    score = row.number(column)
    if not scale[0] <= score <= scale[1]:
        row.fail(column, f"{row.cells[column]} lies outside the scale {scale[0]:g}:{scale[1]:g}")
    return score


def read_conflicts(
    path: Path, submissions: Collection[str], jurors: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """Read conflicts.csv; one conflict may be there twice (declared and detected)."""
    return tuple(
        (
            take_known(row, "submission_id", submissions, "the file of submissions"),
            take_known(row, "juror_id", jurors, "the file of jurors"),
        )
        for row in read_table(path, ("submission_id", "juror_id"), may_be_empty=True).rows
    )
