"""Whatever is noted about an event can be read in words, and nothing else has words."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.journal.queries import JournalView
from app.web.organise.journal_words import WORDS, put_into_words

APP = Path(__file__).resolve().parents[3] / "app"
# What happens to a programme belongs to no event, so no event's journal tells of it.
ELSEWHERE = "programme."
WRITERS = {"record", "_note", "note"}
NOUNS = {act.partition(".")[0] for act in WORDS}


def read(folder: Path) -> list[ast.Module]:
    # Tables name columns ("ideas.id"), which look like acts.
    paths = [path for path in folder.rglob("*.py") if path.name != "models.py"]
    return [ast.parse(path.read_text(encoding="utf-8")) for path in paths]


def dotted(tree: ast.AST) -> set[str]:
    """Return the constants of the form `noun.verb`."""
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    named = {text for text in texts if isinstance(text, str)}
    return {text for text in named if text.count(".") == 1 and text.replace(".", "").isidentifier()}


def calls() -> list[ast.Call]:
    """Return the calls that write to the journal, wherever they stand."""
    found = [n for tree in read(APP) for n in ast.walk(tree) if isinstance(n, ast.Call)]
    return [
        call
        for call in found
        if getattr(call.func, "attr", getattr(call.func, "id", "")) in WRITERS
    ]


def test_every_act_that_is_written_has_words() -> None:
    acts = {act for call in calls() for argument in call.args for act in dotted(argument)}
    assert len(acts) > 50
    assert sorted(act for act in acts - set(WORDS) if not act.startswith(ELSEWHERE)) == []


def test_acts_named_elsewhere_have_words_and_no_words_are_left_over() -> None:
    named = {act for tree in read(APP / "domain") for act in dotted(tree)}
    assert sorted(act for act in named if act.partition(".")[0] in NOUNS) == sorted(WORDS)


def test_no_act_is_put_together_out_of_parts() -> None:
    composed = [
        ast.unparse(call)
        for call in calls()
        if any(isinstance(argument, ast.JoinedStr) for argument in call.args)
    ]
    assert composed == []


@pytest.mark.parametrize("act", sorted(WORDS))
def test_words_leave_no_gap_open(act: str) -> None:
    line = put_into_words(JournalView(datetime.now(UTC), None, act, "event", "1", {}), {})
    assert "{" not in line.text
    assert "}" not in line.text
