"""`flask match`: teams for a problem file, without a database."""

import csv
import gzip
import importlib
import io
import json
import os
import sys
import time
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

import click

from app.commands.output import BadInput, Infeasible, write_atomic
from app.core.matching import (
    EFFORTS,
    Notice,
    Problem,
    ProblemError,
    Result,
    TeamReport,
    Terms,
    check_problem,
    form_teams,
    parse_problem,
    render_explanation,
    render_notice,
)
from app.core.matching.types import Id

_GZIP_MAGIC = b"\x1f\x8b"
_PATH = click.Path(dir_okay=False, path_type=Path)


@click.command("match")
@click.argument("problem_file", metavar="PROBLEM", type=_PATH)
@click.option("--seed", type=int, default=0, show_default=True, help="Same seed, same teams.")
@click.option(
    "--effort",
    type=click.Choice(list(EFFORTS)),
    default="normal",
    show_default=True,
    help="How long to search: 1, 5 or 20 times.",
)
@click.option("--out", type=_PATH, required=True, help="Teams as CSV: person,team.")
@click.option("--report", type=_PATH, help="Terms, reasons and warnings as JSON.")
@click.option("--warm", type=_PATH, help="Earlier teams (CSV) to leave mostly as they are.")
def match_command(  # noqa: PLR0917 – click passes by name
    problem_file: Path,
    seed: int,
    effort: str,
    out: Path,
    report: Path | None,
    warm: Path | None,
) -> None:
    """Form teams for PROBLEM (.json or .json.gz) and print their objective J, 0 to 100."""
    _refuse_unwritable(out, report)
    problem = _read_problem(problem_file)
    before = None if warm is None else _read_teams(warm, problem)
    contradictions = check_problem(problem)
    if contradictions:
        _refuse("the rules contradict each other", contradictions)
    result, seconds = _solve(problem, seed, effort, before)
    if result.evaluation.violations:
        _refuse("no teams that keep every rule were found", result.evaluation.violations)
    for warning in result.evaluation.warnings:
        click.echo(f"Warning: {render_notice(warning)}", err=True)
    if report is not None:
        text = json.dumps(_report(result, seconds), ensure_ascii=False, indent=1)
        write_atomic(report, text + "\n")
    write_atomic(out, _teams_csv(problem, result.assignment))
    click.echo(f"{result.evaluation.score:.3f}")


def _refuse_unwritable(out: Path, report: Path | None) -> None:
    """Find out before the search, not after it, that an answer could not be written."""
    if report is not None and report.resolve() == out.resolve():
        raise BadInput("--out and --report name the same file")
    for path in filter(None, (out, report)):
        if not path.parent.is_dir():
            raise BadInput(f"{path}: there is no folder {path.parent}")
        if not os.access(path.parent, os.W_OK):
            raise BadInput(f"{path}: the folder {path.parent} cannot be written to")


def _read_problem(path: Path) -> Problem:
    """Read and check a problem file; raises `BadInput` with the JSON path of what is wrong."""
    try:
        data = json.loads(_read_text(path), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{path}: not JSON: {error}") from error
    try:
        return parse_problem(data)
    except ProblemError as error:
        raise BadInput(f"{path}: {error}") from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number in JSON")


def _read_text(path: Path) -> str:
    """Read a text file, zipped or not, with or without a byte order mark."""
    try:
        raw = path.read_bytes()
        if raw.startswith(_GZIP_MAGIC):
            raw = gzip.decompress(raw)
        return raw.decode("utf-8-sig")
    except (OSError, EOFError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise BadInput(f"{path}: cannot be read: {reason}") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: not UTF-8 at byte {error.start}") from error


def _read_teams(path: Path, problem: Problem) -> dict[Id, Id]:
    """Read earlier teams; people and teams that are no longer there are named and left out."""
    people = {str(person.id): person.id for person in problem.people}
    teams = {str(team.id): team.id for team in problem.teams}
    before: dict[Id, Id] = {}
    gone: list[str] = []
    rows = csv.reader(io.StringIO(_read_text(path), newline=""))
    try:
        header = next(rows, None)
        if header != ["person", "team"]:
            raise BadInput(f"{path}: line 1: the header must be person,team")
        for row in filter(None, rows):
            if len(row) != 2:
                raise BadInput(f"{path}: line {rows.line_num}: must be person,team")
            person, team = row
            if person not in people or team not in teams:
                gone.append(person if person not in people else team)
            elif people[person] in before:
                raise BadInput(f"{path}: line {rows.line_num}: {person!r} is there twice")
            else:
                before[people[person]] = teams[team]
    except csv.Error as error:
        raise BadInput(f"{path}: line {rows.line_num}: {error}") from error
    if gone:
        click.echo(f"Warning: {path}: no longer there: {', '.join(gone)}", err=True)
    return before


def _solve(
    problem: Problem, seed: int, effort: str, before: Mapping[Id, Id] | None
) -> tuple[Result, float]:
    """Form teams; also how many seconds that took."""
    # Loading scikit-learn is no part of the solver's time.
    importlib.import_module("sklearn.cluster")
    started = time.perf_counter()
    result = form_teams(problem, seed=seed, effort=effort, warm=before, on_progress=_show_progress)
    return result, time.perf_counter() - started


def _show_progress(done: float) -> None:
    """Say on a terminal how far the search is."""
    if sys.stderr.isatty():
        click.echo(f"\rForming teams {done:4.0%}", nl=done >= 1, err=True)


def _refuse(why: str, notices: tuple[Notice, ...]) -> NoReturn:
    lines = "\n".join(f"- {render_notice(notice)}" for notice in notices)
    raise Infeasible(f"{why}:\n{lines}")


def _teams_csv(problem: Problem, assignment: Mapping[Id, Id]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["person", "team"])
    writer.writerows([person.id, assignment[person.id]] for person in problem.people)
    return text.getvalue()


def _report(result: Result, seconds: float) -> dict[str, Any]:
    """Everything about a result as plain data."""
    evaluation = result.evaluation
    return {
        "J": evaluation.score,
        "terms": _terms(evaluation.terms),
        "teams": [_team(team) for team in evaluation.teams],
        "violations": [_notice(notice) for notice in evaluation.violations],
        "warnings": [_notice(notice) for notice in evaluation.warnings],
        "explanations": [
            {
                "person": item.person,
                "team": item.team,
                "archetype": item.archetype,
                "reasons": [_notice(reason) for reason in item.reasons],
                "text": render_explanation(item),
            }
            for item in result.explanations
        ],
        "archetypes": [
            {"name": item.name, "skills": list(item.skills), "people": item.size}
            for item in result.archetypes
        ],
        "seed": result.seed,
        "effort": result.effort,
        "iterations": result.iterations,
        "seconds": round(seconds, 3),
    }


def _terms(terms: Terms) -> dict[str, float]:
    names = ("pref", "cov", "breadth", "sec", "bal", "solo")
    return {name: getattr(terms, name) for name in names}


def _team(team: TeamReport) -> dict[str, Any]:
    return {
        "team": team.team,
        "idea": team.idea,
        "members": list(team.members),
        "terms": _terms(team.terms),
        "is_weak": team.is_weak,
        "needs": [
            {
                "skill": item.skill,
                "need": item.need,
                "best": item.best,
                "gap": item.gap,
                "suppliers": list(item.suppliers),
            }
            for item in team.supply
        ],
        "languages": list(team.shared_languages),
        "sectors": list(team.sectors),
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "code": notice.code,
        "text": render_notice(notice),
        "people": list(notice.people),
        "teams": list(notice.teams),
        **({"values": dict(notice.values)} if notice.values else {}),
    }
