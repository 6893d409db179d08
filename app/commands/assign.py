"""`flask assign`: who reviews what."""

from pathlib import Path

import click

from app.commands.jury_tables import (
    FILE,
    OUT,
    SEED,
    read_conflicts,
    read_jurors,
    read_submissions,
)
from app.commands.output import Infeasible, write_atomic
from app.commands.tables import render_csv
from app.core.scoring import Unassignable, assign_reviews, render_note


@click.command("assign")
@click.option("--submissions", "submissions_path", type=FILE, required=True)
@click.option("--jurors", "jurors_path", type=FILE, required=True)
@click.option("--per-submission", type=click.IntRange(min=1), required=True, metavar="K")
@click.option("--conflicts", "conflicts_path", type=FILE)
@click.option("--seed", type=SEED, default=0)
@click.option("--out", "out_path", type=OUT, required=True)
def assign_command(  # noqa: PLR0917 – click passes by name
    submissions_path: Path,
    jurors_path: Path,
    per_submission: int,
    conflicts_path: Path | None,
    seed: int,
    out_path: Path,
) -> None:
    """Give every submission K jurors, without conflicts and with even loads.

    Writes assignment.csv to --out and prints its path. Exits 2 on bad input, 3 when no assignment
    keeps the rules, naming the submissions and conflicts that make it so.
    """
    submissions = read_submissions(submissions_path)
    jurors = read_jurors(jurors_path)
    conflicts: tuple[tuple[str, str], ...] = ()
    if conflicts_path:
        known = frozenset(juror.id for juror in jurors)
        conflicts = read_conflicts(conflicts_path, submissions.ids, known)
    assignment = assign_reviews(
        submissions.submissions, jurors, per_submission, conflicts, seed=seed
    )
    if isinstance(assignment, Unassignable):
        raise Infeasible("\n".join(render_note(note) for note in assignment.notes))
    for note in assignment.warnings:
        click.echo(render_note(note), err=True)
    write_atomic(out_path, render_csv(("submission_id", "juror_id"), assignment.pairs))
    click.echo(str(out_path))
