"""`flask shortlist`: what to fund under a budget."""

import contextlib
import ctypes
import math
import os
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import click

from app.commands.jury_tables import (
    FILE,
    OUT,
    SEED,
    AmountType,
    Scale,
    ScaleType,
    SubmissionFile,
    Weights,
    WeightsType,
    read_ratings,
    read_submissions,
)
from app.commands.output import Infeasible, write_atomic
from app.commands.tables import Row, read_table, render_csv, render_json, take_id, take_known
from app.core.scoring import DEFAULT_SCALE, Ranking, Rating, rank_submissions
from app.core.shortlist import (
    Ballot,
    Candidate,
    Decision,
    Impossible,
    Pin,
    PinAction,
    Policy,
    Quota,
    Shortlist,
    choose_shortlist,
    render_contradiction,
    render_reason,
)

HEADER = ("submission_id", "funded", "amount", "reason", "p_funded")
N_DRAWS = 200


@click.command("shortlist")
@click.option("--ranking", "ranking_path", type=FILE, required=True)
@click.option("--submissions", "submissions_path", type=FILE, required=True)
@click.option("--budget", type=AmountType(), required=True)
@click.option("--policy", type=click.Choice([policy.value for policy in Policy]), required=True)
@click.option("--ratings", "ratings_path", type=FILE, help="For p_funded, and for shares.")
@click.option("--quotas", "quotas_path", type=FILE)
@click.option("--pins", "pins_path", type=FILE)
@click.option("--bar", type=float, default=0.0, help="Scores at or below it are worth nothing.")
@click.option("--weights", type=WeightsType(), help="Of the ratings; as for rank.")
@click.option("--scale", type=ScaleType(), default=DEFAULT_SCALE, help="Of the ratings.")
@click.option("--seed", type=SEED, default=0)
@click.option("--out", "out_path", type=OUT, required=True)
@click.option("--report", "report_path", type=OUT)
def shortlist_command(  # noqa: PLR0917 – click passes by name
    ranking_path: Path,
    submissions_path: Path,
    budget: Decimal,
    policy: str,
    ratings_path: Path | None,
    quotas_path: Path | None,
    pins_path: Path | None,
    bar: float,
    weights: Weights | None,
    scale: Scale,
    seed: int,
    out_path: Path,
    report_path: Path | None,
) -> None:
    """Choose what to fund under a budget, by one of four policies.

    Writes shortlist.csv to --out, in the order of the ranking, and prints its path. Exits 2 on bad
    input, 3 when budget, quotas and pins contradict each other, naming those that do.
    """
    if policy == Policy.SHARES and ratings_path is None:
        raise click.UsageError("--policy shares needs --ratings: the jurors are the voters.")
    if not math.isfinite(bar):
        raise click.BadParameter("is not a number", param_hint="--bar")
    started = time.perf_counter()
    submissions = read_submissions(submissions_path, required=("ask",))
    rules = _read_rules(submissions, quotas_path, pins_path, budget)
    candidates = _read_candidates(ranking_path, submissions, rules.money)
    ratings: tuple[Rating, ...] = ()
    if ratings_path:
        ratings = read_ratings(ratings_path, submissions.ids, None, weights, scale)
    with _solver_noise_on_stderr():
        answer = choose_shortlist(
            candidates,
            rules.money.units(budget),
            Policy(policy),
            quotas=rules.quotas,
            pins=rules.pins,
            bar=bar,
            ballots=_ballots(ratings),
            draws=_draw(submissions, ratings, scale, seed),
        )
    if isinstance(answer, Impossible):
        raise Infeasible(render_contradiction(answer.reasons, rules.money.text))
    for warning in answer.warnings:
        click.echo(render_reason(warning, rules.money.text), err=True)
    if report_path:
        report = _describe(answer, candidates, rules, bar=bar, seed=seed)
        report["timings"] = {"total_s": time.perf_counter() - started}
        write_atomic(report_path, render_json(report))
    lines = (_line(decision, rules.money) for decision in answer.decisions)
    write_atomic(out_path, render_csv(HEADER, lines))
    click.echo(str(out_path))


@dataclass(frozen=True, slots=True)
class _Money:
    """Amounts as whole units, as fine as the finest amount of the input."""

    places: int

    def units(self, amount: Decimal) -> int:
        return int(amount.scaleb(self.places))

    def text(self, units: int) -> str:
        text = f"{Decimal(units).scaleb(-self.places):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True, slots=True)
class _Rules:
    money: _Money
    asks: Mapping[str, Decimal]
    quotas: tuple[Quota, ...]
    pins: tuple[Pin, ...]


def _read_rules(
    submissions: SubmissionFile, quotas_path: Path | None, pins_path: Path | None, budget: Decimal
) -> _Rules:
    """Read asks, quotas and pins; only then is it known how fine their money is."""
    rows = submissions.table.rows
    asks = {row.cells["submission_id"]: row.amount("ask") for row in rows}
    quota_rows: tuple[Row, ...] = ()
    if quotas_path:
        quota_rows = read_table(quotas_path, ("column", "value"), may_be_empty=True).rows
    pin_rows: tuple[Row, ...] = ()
    if pins_path:
        columns = ("submission_id", "action", "reason")
        pin_rows = read_table(pins_path, columns, may_be_empty=True).rows
    amounts = [row.optional_amount("max_spend") for row in quota_rows]
    amounts += [row.optional_amount("amount") for row in pin_rows]
    known = [budget, *asks.values(), *(amount for amount in amounts if amount is not None)]
    money = _Money(max(0, *(-int(amount.as_tuple().exponent) for amount in known)))
    seen: dict[tuple[str, str], int] = {}
    pinned: dict[str, int] = {}
    return _Rules(
        money,
        asks,
        tuple(_quota(row, submissions, money, seen) for row in quota_rows),
        tuple(_pin(row, asks, money, pinned) for row in pin_rows),
    )


def _quota(
    row: Row, submissions: SubmissionFile, money: _Money, seen: dict[tuple[str, str], int]
) -> Quota:
    column = take_known(row, "column", submissions.table.header, "the header of submissions")
    value = row.text("value")
    if (column, value) in seen:
        row.fail("value", f"{column} = {value} is there already, on line {seen[column, value]}")
    seen[column, value] = row.line
    least, most = row.optional_whole("min_count"), row.optional_whole("max_count")
    if least is not None and most is not None and least > most:
        row.fail("min_count", f"{least} lies above max_count, {most}")
    spend = row.optional_amount("max_spend")
    return Quota(column, value, least, most, None if spend is None else money.units(spend))


def _pin(row: Row, asks: Mapping[str, Decimal], money: _Money, pinned: dict[str, int]) -> Pin:
    take_known(row, "submission_id", asks, "the file of submissions")
    name = take_id(row, "submission_id", pinned)
    action = row.text("action")
    if action not in list(PinAction):
        row.fail("action", f"{action!r} is neither in nor out")
    reason = row.text("reason")
    amount = row.optional_amount("amount")
    if amount is None:
        return Pin(name, PinAction(action), reason)
    if action == PinAction.OUT:
        row.fail("amount", "only a pin with the action in has an amount")
    if not 0 < amount <= asks[name]:
        row.fail("amount", f"{amount} is not above 0 and at most the ask of {asks[name]}")
    return Pin(name, PinAction.IN, reason, money.units(amount))


def _read_candidates(
    path: Path, submissions: SubmissionFile, money: _Money
) -> tuple[Candidate, ...]:
    """Read ranking.csv; submissions that are missing from it come last, as unscored."""
    places: dict[str, tuple[int | None, float | None]] = {}
    seen: dict[str, int] = {}
    for row in read_table(path, ("submission_id", "rank", "score")).rows:
        take_known(row, "submission_id", submissions.ids, "the file of submissions")
        name = take_id(row, "submission_id", seen)
        if bool(row.cells["rank"]) != bool(row.cells["score"]):
            row.fail("rank", "rank and score must both be there, or both be blank")
        is_scored = bool(row.cells["rank"])
        places[name] = (row.whole("rank"), row.number("score")) if is_scored else (None, None)
    cells = {row.cells["submission_id"]: row for row in submissions.table.rows}
    return tuple(
        Candidate(
            name,
            *places.get(name, (None, None)),
            money.units(cells[name].amount("ask")),
            cells[name].cells,
        )
        for name in dict.fromkeys([*places, *cells])
    )


def _ballots(ratings: tuple[Rating, ...]) -> tuple[Ballot, ...]:
    scores: dict[str, dict[str, float]] = {}
    for rating in ratings:
        scores.setdefault(rating.juror_id, {})[rating.submission_id] = rating.score
    return tuple(Ballot(juror, marks) for juror, marks in scores.items())


def _draw(
    submissions: SubmissionFile, ratings: tuple[Rating, ...], scale: Scale, seed: int
) -> dict[str, Any] | None:
    """Return score draws by submission, or nothing without ratings."""
    if not ratings:
        return None
    # Whether groups of a jury may be ranked jointly was decided when ranking.csv was made.
    ranking = rank_submissions(
        submissions.submissions, ratings, scale=scale, override=True, seed=seed, n_draws=N_DRAWS
    )
    draws = cast(Ranking, ranking).draws
    return dict(zip(draws.submission_ids, draws.scores.T, strict=True))


def _line(decision: Decision, money: _Money) -> tuple[object, ...]:
    """Return a row of shortlist.csv."""
    return (
        decision.submission_id,
        int(decision.is_funded),
        money.text(decision.amount_cents),
        render_reason(decision.reason, money.text),
        "" if decision.p_funded is None else f"{decision.p_funded:.3f}",
    )


def _describe(
    answer: Shortlist, candidates: tuple[Candidate, ...], rules: _Rules, *, bar: float, seed: int
) -> dict[str, Any]:
    """Return what report.json says about a shortlist."""
    by_id = {candidate.submission_id: candidate for candidate in candidates}
    funded = [decision for decision in answer.decisions if decision.is_funded]
    quotas = []
    for quota in rules.quotas:
        mine = [d for d in funded if by_id[d.submission_id].groups[quota.column] == quota.value]
        spent = sum(decision.amount_cents for decision in mine)
        quotas.append({
            "column": quota.column,
            "value": quota.value,
            "funded": len(mine),
            "spent": rules.money.text(spent),
        })  # fmt: skip
    return {
        "command": "shortlist",
        "policy": answer.policy.value,
        "seed": seed,
        "bar": bar,
        "budget": rules.money.text(answer.budget_cents),
        "spent": rules.money.text(answer.spent_cents),
        "value": answer.value,
        "funded": [decision.submission_id for decision in funded],
        "quotas": quotas,
        "pins": [
            {"submission_id": pin.submission_id, "action": pin.action.value, "reason": pin.reason}
            for pin in rules.pins
        ],
        "warnings": [
            {"code": warning.code, "text": render_reason(warning, rules.money.text)}
            for warning in answer.warnings
        ],
    }


@contextlib.contextmanager
def _solver_noise_on_stderr() -> Iterator[None]:
    """Send what the solver's C++ prints to stderr: the answer stands alone on stdout."""
    libc = ctypes.CDLL(None)
    sys.stdout.flush()
    libc.fflush(None)
    stdout = os.dup(1)
    os.dup2(2, 1)
    try:
        yield
    finally:
        libc.fflush(None)
        os.dup2(stdout, 1)
        os.close(stdout)
