"""What one connection has been promised: which of its updates are on disk.

The gap trap: a client may send an edit before the step 2 that it builds upon. Such an edit waits,
in memory only, while other edits of the same connection are committed. A server that counts
messages would call it saved; this ledger compares clocks with what has been *committed*.
"""

from collections.abc import Mapping


class Entry:
    """One update that a client awaits word of."""

    __slots__ = ("extent", "is_applied")

    def __init__(self, extent: Mapping[int, int]) -> None:
        self.extent = extent
        self.is_applied = False


class Ledger:
    """The updates of one connection, open and settled."""

    __slots__ = ("_open", "saved_count")

    def __init__(self) -> None:
        self._open: list[Entry] = []
        self.saved_count = 0

    def expect(self, extent: Mapping[int, int]) -> Entry:
        """Note an update that reaches up to these clocks."""
        entry = Entry(extent)
        self._open.append(entry)
        return entry

    def settle(self, committed: Mapping[int, int]) -> bool:
        """Count the updates that the committed state covers; return whether there were any."""
        waiting = [entry for entry in self._open if not self._is_covered(entry, committed)]
        settled = len(self._open) - len(waiting)
        self._open = waiting
        self.saved_count += settled
        return settled > 0

    def reset(self) -> None:
        """Begin anew after a rejection: the client throws away what was open."""
        self._open.clear()
        self.saved_count = 0

    @staticmethod
    def _is_covered(entry: Entry, committed: Mapping[int, int]) -> bool:
        return entry.is_applied and all(
            committed.get(client, 0) >= clock for client, clock in entry.extent.items()
        )
