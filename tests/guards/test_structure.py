"""The walls of the house, the paths its documents name, and templates nobody uses."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
SOURCES = [*(ROOT / "app").rglob("*.py"), *TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.txt")]


def _names_in_sources() -> set[str]:
    names: set[str] = set()
    for source in SOURCES:
        text = source.read_text(encoding="utf-8")
        names |= set(re.findall(r"[\"']((?:[\w-]+/)*[\w-]+\.(?:html|txt))[\"']", text))
        names |= {
            f"emails/{name}.txt"
            for name in re.findall(r"send_mail\(\s*[^,()]+(?:\([^()]*\))?,\s*[\"'](\w+)[\"']", text)
        }
    return names


def test_every_template_is_used() -> None:
    named = _names_in_sources()
    # Error pages are chosen by their status, letters by their name.
    kept = {
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("*.*")
        if path.parent.name in {"errors"}
    }
    there = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.*")}
    assert sorted(there - kept - named) == []


def test_every_named_template_exists() -> None:
    there = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.*")}
    named = {name for name in _names_in_sources() if "/" in name}
    assert sorted(named - there) == []


@pytest.mark.parametrize("document", ["docs/flows.md", "docs/architecture.md", "README.md"])
def test_every_path_in_the_documents_exists(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    paths = set(
        re.findall(
            r"`((?:app|templates|frontend|tests|migrations|docs|scripts|deploy)/[\w./-]+\.\w+)`",
            text,
        )
    )
    assert paths, f"{document} names no path"
    assert sorted(path for path in paths if not (ROOT / path).exists()) == []


def test_no_drawer_without_a_name() -> None:
    drawers = [
        path.relative_to(ROOT).as_posix()
        for folder in ("app", "frontend/src", "tests")
        for path in (ROOT / folder).rglob("*")
        if re.fullmatch(r"(utils?|helpers?|common|misc)(\.py|\.ts)?", path.name)
    ]
    assert drawers == []


def test_no_template_carries_inline_style_or_handler() -> None:
    faults = []
    for path in TEMPLATES.rglob("*.html"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(r"<[^>]*\s(style|on[a-z]+)=\"", line):
                faults.append(f"{path.relative_to(ROOT)}:{number}")
    assert faults == []
