"""What counts as saved."""

from app.hub.ledger import Ledger


def test_an_applied_update_is_saved_once_its_clocks_are_committed() -> None:
    ledger = Ledger()
    entry = ledger.expect({1: 5, 2: 3})
    entry.is_applied = True
    assert ledger.settle({1: 5, 2: 2}) is False
    assert ledger.saved_count == 0
    assert ledger.settle({1: 9, 2: 3}) is True
    assert ledger.saved_count == 1
    assert ledger.settle({1: 9, 2: 3}) is False


def test_an_update_that_waits_is_not_saved_whatever_is_committed() -> None:
    ledger = Ledger()
    waiting = ledger.expect({1: 5})
    applied = ledger.expect({1: 2})
    applied.is_applied = True
    assert ledger.settle({1: 9}) is True
    assert ledger.saved_count == 1
    waiting.is_applied = True
    assert ledger.settle({1: 9}) is True
    assert ledger.saved_count == 2


def test_a_rejection_begins_the_count_anew() -> None:
    ledger = Ledger()
    ledger.expect({}).is_applied = True
    ledger.settle({})
    ledger.expect({1: 1}).is_applied = True
    ledger.reset()
    assert ledger.settle({1: 1}) is False
    assert ledger.saved_count == 0
