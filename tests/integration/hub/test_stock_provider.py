"""The npm y-websocket provider, unchanged, against the hub."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.core.boards.notes import list_notes, open_document
from app.hub import Hub

pytestmark = pytest.mark.sqlite_only

HERE = Path(__file__).parent
NODE = Path(sys.executable).with_name("node")


def test_the_stock_provider_connects_edits_and_comes_back(base_url: str, hub: Hub) -> None:
    script = HERE / "stock_provider.mjs"
    run = subprocess.run(
        [NODE, script, base_url.replace("http", "ws", 1), "b1"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    seen = json.loads(run.stdout)
    assert seen == {
        "ann": ["a1", "offline"],
        "bob": ["a1", "offline"],
        "closed": 4403,
        "errors": [],
        "text": "привіт all 👋",
    }
    notes = list_notes(open_document(hub.peek("b1")))
    assert [(note.id, note.x, note.y) for note in notes] == [
        ("a1", 10.0, 20.5),
        ("offline", 10.0, 20.5),
    ]
