"""Broken updates that a browser's Yjs would throw at never reach one."""

import json
import random
import subprocess
import sys
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from pycrdt import Doc

from app.core.boards.admission import Decision, Sender, decide
from app.domain.boards.log import BoardLog
from app.hub.room import Room, UnappliableError
from app.hub.scan import ScanError, scan
from tests.integration.hub.broken_updates import break_update, make_history

pytestmark = pytest.mark.sqlite_only

SCRIPT = Path(__file__).with_name("apply_updates.mjs")
NODE = Path(sys.executable).with_name("node")
SENDER = Sender("user:eve", may_edit=True, may_moderate=False)
BROKEN_COUNT = 8_000


def apply_in_yjs(cases: list[tuple[bytes, list[bytes]]]) -> tuple[int, list[str]]:
    """Return how many cases a real Yjs was given, and what it threw."""
    lines = [
        json.dumps(
            {
                "before": b64encode(before).decode(),
                "updates": [b64encode(update).decode() for update in updates],
            }
        )
        for before, updates in cases
    ]
    run = subprocess.run(
        [NODE, SCRIPT],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    answer = json.loads(run.stdout)
    return answer["lines"], answer["thrown"]


def through_the_hub(room: Room, before: bytes, broken: bytes) -> list[bytes] | None:
    """Return what the hub would send to everyone; None when it refuses."""
    document: Doc[Any] = Doc()
    document.apply_update(before)
    room._adopt(document)
    room.owners, room.emitted = {}, []
    try:
        shape = scan(broken)
        if decide(shape, SENDER, room.facts(SENDER, is_recovering=False)).decision is not (
            Decision.ADMIT
        ):
            return None
        room.apply(broken, SENDER.principal, SENDER.principal)
    except (ScanError, UnappliableError):
        return None
    return [item.data for item in room.emitted]


def is_accepted_by_pycrdt(before: bytes, broken: bytes) -> bool:
    document: Doc[Any] = Doc()
    document.apply_update(before)
    try:
        document.apply_update(broken)
    except KeyboardInterrupt:
        raise
    except BaseException:  # some broken updates make pycrdt panic
        return False
    return True


def test_what_the_hub_relays_breaks_no_browser_and_what_it_stops_would(tmp_path: Path) -> None:
    room = Room("b1", BoardLog(f"sqlite:///{tmp_path / 'boards.sqlite'}"))
    history = make_history()
    generator = random.Random(3)
    relayed: list[tuple[bytes, list[bytes]]] = []
    raw: list[tuple[bytes, list[bytes]]] = []
    for _ in range(BROKEN_COUNT):
        before, update = generator.choice(history)
        broken = break_update(update, generator)
        emitted = through_the_hub(room, before, broken)
        if emitted:
            relayed.append((before, emitted))
        if len(raw) < 1_000 and len(broken) < 64 and is_accepted_by_pycrdt(before, broken):
            raw.append((before, [broken]))
    assert len(relayed) > 400
    assert apply_in_yjs(relayed) == (len(relayed), [])
    # The control: the same kind of updates, relayed as they came.
    _, thrown = apply_in_yjs(raw)
    assert len(thrown) > 0
    room.log.close()
