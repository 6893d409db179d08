"""The structural scan: it understands every honest update and survives every dishonest one."""

import random
import time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pycrdt import Doc

from app.core.boards.admission import BoardFacts, Decision, Sender, decide
from app.hub.protocol import decode_state_vector
from app.hub.scan import ScanError, scan
from tests.integration.hub.broken_updates import break_update, make_history, perform

SENDER = Sender("user:ann", may_edit=True, may_moderate=False)
_plain = st.none() | st.booleans() | st.floats(allow_nan=False) | st.text()
_values = st.recursive(
    _plain | st.integers(-(2**53), 2**53),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
_steps = st.lists(
    st.tuples(
        st.sampled_from(["set", "note", "type", "cut", "delete", "list", "xml", "format"]),
        st.integers(0, 4),
        _values,
        st.text(max_size=20),
    ),
    max_size=12,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_steps, min_size=1, max_size=3))
def test_every_honest_update_is_understood(sessions: list[Any]) -> None:
    whole: Doc[Any] = Doc()
    for steps in sessions:
        document: Doc[Any] = Doc()
        document.apply_update(whole.get_update())
        updates: list[bytes] = []
        subscription = document.observe(lambda event, into=updates: into.append(event.update))
        perform(document, steps)
        del subscription
        for update in updates:
            shape = scan(update)
            assert set(shape.authored) <= {document.client_id}
            whole.apply_update(update)
    shape = scan(whole.get_update())
    reach = {client: runs[-1][1] for client, runs in shape.authored.items()}
    assert reach == decode_state_vector(whole.get_state())


@settings(max_examples=300, deadline=200)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_quickly(data: bytes) -> None:
    try:
        scan(data)
    except ScanError:
        return


def test_what_is_admitted_costs_pycrdt_little_and_is_emitted_in_order() -> None:
    history = make_history()
    generator = random.Random(11)
    outcomes = {"malformed": 0, "not admitted": 0, "unappliable": 0, "applied": 0}
    slowest_s = 0.0
    for _ in range(4_000):
        before, update = generator.choice(history)
        broken = break_update(update, generator)
        document: Doc[Any] = Doc()
        document.apply_update(before)
        facts = BoardFacts(decode_state_vector(document.get_state()), {}, ())
        try:
            verdict = decide(scan(broken), SENDER, facts)
        except ScanError:
            outcomes["malformed"] += 1
            continue
        if verdict.decision is not Decision.ADMIT:
            outcomes["not admitted"] += 1
            continue
        emitted: list[bytes] = []
        subscription = document.observe(lambda event, into=emitted: into.append(event.update))
        begin = time.perf_counter()
        try:
            document.apply_update(broken)
        except (ValueError, RuntimeError):
            outcomes["unappliable"] += 1
            continue
        slowest_s = max(slowest_s, time.perf_counter() - begin)
        outcomes["applied"] += 1
        del subscription
        assert [scan(data).is_empty() for data in emitted] == [False] * len(emitted)
        assert scan(document.get_update()).is_empty() is False
    assert min(outcomes["malformed"], outcomes["applied"]) > 200, outcomes
    assert slowest_s < 0.1
