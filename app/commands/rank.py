"""`flask rank`: from sheets to a ranking with intervals."""

import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from app.commands.jury_tables import (
    FILE,
    OUT,
    SEED,
    Scale,
    ScaleType,
    Weights,
    WeightsType,
    read_jurors,
    read_ratings,
    read_submissions,
)
from app.commands.output import Infeasible, write_atomic
from app.commands.tables import render_csv, render_json
from app.core.scoring import (
    DEFAULT_SCALE,
    Disconnected,
    Method,
    Note,
    OwnGroupBias,
    RankedSubmission,
    Ranking,
    Rating,
    Submission,
    measure_influence,
    rank_submissions,
    render_note,
)

HEADER = (
    "submission_id",
    "rank",
    "score",
    "raw_mean",
    "reviews",
    "lo90",
    "hi90",
    "rank_lo",
    "rank_hi",
    "p_top",
)


@click.command("rank")
@click.option("--ratings", "ratings_path", type=FILE, required=True)
@click.option("--submissions", "submissions_path", type=FILE, required=True)
@click.option("--jurors", "jurors_path", type=FILE, help="For the own-region bias.")
@click.option("--weights", type=WeightsType(), help="Criteria to read; default: a column score.")
@click.option("--scale", type=ScaleType(), default=DEFAULT_SCALE, help="Default 1:10.")
@click.option("--method", type=click.Choice([m.value for m in Method]), default=Method.MIXED.value)
@click.option("--top", type=click.IntRange(min=1), help="The m of p_top; default a tenth, or 5.")
@click.option("--seed", type=SEED, default=0)
@click.option("--override", metavar="REASON", help="Rank although the jury falls into groups.")
@click.option("--out", "out_path", type=OUT, required=True)
@click.option("--report", "report_path", type=OUT)
def rank_command(  # noqa: PLR0917 – click passes by name
    ratings_path: Path,
    submissions_path: Path,
    jurors_path: Path | None,
    weights: Weights | None,
    scale: Scale,
    method: str,
    top: int | None,
    seed: int,
    override: str | None,
    out_path: Path,
    report_path: Path | None,
) -> None:
    """Rank submissions by their jury's scores, adjusted for severity, with 90 % intervals.

    Writes ranking.csv to --out and prints its path. Exits 2 on bad input, 3 when the jury falls
    into groups that share no juror and no --override names a reason.
    """
    if override is not None and not override.strip():
        raise click.BadParameter("the reason is blank", param_hint="--override")
    started = time.perf_counter()
    submissions = read_submissions(submissions_path)
    jurors = read_jurors(jurors_path) if jurors_path else ()
    known = frozenset(juror.id for juror in jurors) if jurors_path else None
    ratings = read_ratings(ratings_path, submissions.ids, known, weights, scale)
    read = time.perf_counter()
    ranking = rank_submissions(
        submissions.submissions,
        ratings,
        jurors,
        method=Method(method),
        top=top,
        scale=scale,
        override=override is not None,
        seed=seed,
    )
    if isinstance(ranking, Disconnected):
        raise Infeasible(f"{render_note(ranking.note)} Rank them anyway with --override REASON.")
    ranked = time.perf_counter()
    notes = _notes(ranking, override)
    for note in notes:
        click.echo(render_note(note), err=True)
    if report_path:
        report: dict[str, Any] = {
            "command": "rank",
            "seed": seed,
            "scale": scale,
            "weights": weights,
            "override": override,
        }
        report |= _describe(ranking, submissions.submissions, ratings, notes)
        report["timings"] = {
            "read_s": read - started,
            "rank_s": ranked - read,
            "influence_s": time.perf_counter() - ranked,
        }
        write_atomic(report_path, render_json(report))
    write_atomic(out_path, render_csv(HEADER, map(_line, ranking.rows)))
    click.echo(str(out_path))


def _line(row: RankedSubmission) -> tuple[object, ...]:
    """Return a row of ranking.csv; six decimals are the same on every machine."""
    values = (row.score, row.raw_mean, row.lo90, row.hi90, row.p_top)
    score, raw_mean, lo90, hi90, p_top = ("" if v is None else f"{v + 0.0:.6f}" for v in values)
    places = ("" if v is None else v for v in (row.rank, row.rank_lo, row.rank_hi))
    rank, rank_lo, rank_hi = places
    return (
        row.submission_id, rank, score, raw_mean, row.reviews, lo90, hi90, rank_lo, rank_hi, p_top
    )  # fmt: skip


def _notes(ranking: Ranking, override: str | None) -> tuple[Note, ...]:
    """Return all that a person should read, the override with its reason included."""
    notes = list(ranking.warnings)
    if override is not None and len(ranking.groups) > 1:
        notes.append(Note("override", {"reason": override}))
    for bias in ranking.biases:
        if bias.is_notable:
            notes.append(Note("own_group_bias", asdict(bias)))
    if ranking.outlying:
        notes.append(Note("outlying_sheets", {"sheets": len(ranking.outlying)}))
    return tuple(notes)


def _describe(
    ranking: Ranking,
    submissions: tuple[Submission, ...],
    ratings: tuple[Rating, ...],
    notes: tuple[Note, ...],
) -> dict[str, Any]:
    """Return what report.json says about a ranking."""
    biases = {bias.attribute: bias for bias in ranking.biases}
    return {
        "method": ranking.method.value,
        "top": ranking.top,
        "submissions": len(submissions),
        "scored": len(ranking.draws.submission_ids),
        "sheets": len(ratings),
        "mean": ranking.mean,
        "variance_components": asdict(ranking.variances) if ranking.variances else None,
        "severity": [asdict(severity) for severity in ranking.severities],
        "components": [
            {"submissions": group.submission_ids, "jurors": group.juror_ids}
            for group in ranking.groups
        ],
        "own_region_bias": _bias(biases.get("region")),
        "own_organisation_bias": _bias(biases.get("organisation")),
        "flags": [asdict(sheet) for sheet in ranking.outlying],
        "disagreement": {
            row.submission_id: row.disagreement
            for row in ranking.rows
            if row.disagreement is not None
        },
        "ties": [asdict(tie) for tie in ranking.ties],
        "influence": [
            asdict(influence) for influence in measure_influence(submissions, ratings, ranking)
        ],
        "warnings": [
            {"code": note.code, "text": render_note(note), "values": note.values} for note in notes
        ],
    }


def _bias(bias: OwnGroupBias | None) -> dict[str, Any] | None:
    """Return a bias for the report, or nothing where the sheets cannot tell."""
    if bias is None:
        return None
    return {
        "estimate": bias.points,
        "standard_error": bias.standard_error,
        "sheets": bias.pairs,
        "is_notable": bias.is_notable,
    }
