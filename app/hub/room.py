"""One board in memory: its document, what is emitted but not yet committed, who is in it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from pycrdt import Doc

from app.core.boards.admission import BoardFacts, Sender, UpdateShape, may_write
from app.domain.boards.log import BoardLog, ClientOwner, LoggedUpdate
from app.hub.connection import Connection
from app.hub.ledger import Entry
from app.hub.presence import Presence
from app.hub.protocol import ProtocolError, decode_state_vector
from app.hub.scan import ScanError, scan

SERVER = "server"
EMPTY_UPDATE = b"\x00\x00"
T = TypeVar("T")


class Emitted(NamedTuple):
    """An update as the document re-encoded it, on its way to the log and to everyone."""

    principal: str
    deliverer: str
    data: bytes
    extent: dict[int, int]
    is_logged: bool


class Arrival(NamedTuple):
    """An update with who brought it; `deadline` ends its wait if it cannot be decided at once."""

    connection: Connection
    update: bytes
    shape: UpdateShape
    entry: Entry
    deadline: float


class UnappliableError(Exception):
    """pycrdt could not apply an update; the document is as it was before."""


class Room:
    """The state of one board. Only the hub's thread may touch it: documents are not shareable."""

    def __init__(self, board_id: str, log: BoardLog, *, is_locked: bool = False) -> None:
        self.board_id = board_id
        self.log = log
        self.is_locked = is_locked
        self.members: dict[int, Connection] = {}
        self.present: Counter[str] = Counter()
        self.offences: Counter[str] = Counter()
        self.presence = Presence()
        self.events: list[bytes] = []
        self.held: list[Arrival] = []
        self.emitted: list[Emitted] = []
        self.new_owners: list[ClientOwner] = []
        self.awaiting_word: dict[int, Connection] = {}
        self.flushed_at = self.edits_flushed_at = self.empty_since = 0.0
        self.has_edits = self.has_news = False
        self.last_seq = 0
        self.updates_since_snapshot = 0
        self.size_bytes = 0
        self._emissions: list[bytes] = []
        self._deleted: dict[int, list[tuple[int, int]]] | None = None
        self._load()

    # -- document

    def _load(self) -> None:
        stored = self.log.get_board(self.board_id)
        document: Doc[Any] = Doc()
        if stored.snapshot:
            document.apply_update(stored.snapshot)
        for update in stored.updates:
            document.apply_update(update.data)
        self.last_seq = stored.last_seq
        self.updates_since_snapshot = len(stored.updates)
        self.size_bytes = len(stored.snapshot or b"") + sum(len(u.data) for u in stored.updates)
        self.owners = stored.owners
        self.committed = decode_state_vector(document.get_state())
        self._adopt(document)

    def _adopt(self, document: "Doc[Any]") -> None:
        self.document = document
        self.known = decode_state_vector(document.get_state())
        self._deleted = None
        self._subscription = document.observe(lambda event: self._emissions.append(event.update))

    def rebuild(self) -> None:
        """Make the document anew from the log and from what is on its way there.

        pycrdt can leave a document half changed when it fails in the middle of an update.
        """
        pending = self.emitted
        claims = {owner.client_id: owner.principal for owner in self.new_owners}
        self._load()
        self.owners.update(claims)
        for emitted in pending:
            self.document.apply_update(emitted.data)
        self._emissions.clear()
        self.known = decode_state_vector(self.document.get_state())

    def apply(self, update: bytes, principal: str, deliverer: str) -> None:
        """Apply an admitted update; raises UnappliableError, with the document restored."""
        try:
            self.document.apply_update(update)
            self._collect(principal, deliverer)
        except BaseException as error:  # a panic in pycrdt derives from BaseException
            self._emissions.clear()
            if not isinstance(error, ValueError) or isinstance(error, ScanError):
                self.rebuild()
            raise UnappliableError(str(error)) from error

    def edit(self, change: Callable[["Doc[Any]"], T], principal: str) -> T:
        """Let the server itself change the document, in the name of a principal."""
        client_id = self.document.client_id
        try:
            with self.document.transaction():
                result = change(self.document)
        except BaseException:
            self._emissions.clear()
            self.rebuild()
            raise
        if self._emissions:
            self.claim([client_id], SERVER)
        self._collect(principal, SERVER)
        return result

    def absorb(self, updates: Sequence[LoggedUpdate]) -> None:
        """Take updates that another process has logged."""
        for update in updates:
            self.document.apply_update(update.data)
            self._collect(update.principal, update.deliverer, is_logged=True)
        self.owners = self.log.list_owners(self.board_id) | {
            owner.client_id: owner.principal for owner in self.new_owners
        }

    def _collect(self, principal: str, deliverer: str, *, is_logged: bool = False) -> None:
        """Take over what the observer has just emitted."""
        emissions = [data for data in self._emissions if data != EMPTY_UPDATE]
        shapes = [scan(data) for data in emissions]
        self._emissions.clear()
        for data, shape in zip(emissions, shapes, strict=True):
            extent = shape.extent()
            for client, clock in extent.items():
                if clock > self.known.get(client, 0):
                    self.known[client] = clock
            self.emitted.append(Emitted(principal, deliverer, data, extent, is_logged))
            self.size_bytes += len(data)
            self.has_edits = True
        self._deleted = None

    def state(self) -> bytes:
        """Return the whole document as one update."""
        return self.document.get_update()

    def update_since(self, vector: bytes) -> bytes:
        """Return what a client with this state vector lacks; raises ProtocolError."""
        try:
            return self.document.get_update(vector)
        except BaseException as error:
            raise ProtocolError("no state vector") from error

    # -- admission

    def facts(self, sender: Sender, *, is_recovering: bool) -> BoardFacts:
        """Return what admission needs to know."""
        is_barred = may_write(sender, is_locked=self.is_locked) is not None
        return BoardFacts(
            known=self.known,
            owners=self.owners,
            present=self.present,
            is_locked=self.is_locked,
            is_recovering=is_recovering,
            deleted=self._deleted_ranges() if is_barred else None,
        )

    def _deleted_ranges(self) -> dict[int, list[tuple[int, int]]]:
        if self._deleted is None:
            # Asking for what is beyond the own state yields the deletions alone.
            only_deletions = self.document.get_update(self.document.get_state())
            self._deleted = {}
            for client, start, end in scan(only_deletions).deleted:
                self._deleted.setdefault(client, []).append((start, end))
        return self._deleted

    def claim(self, client_ids: Iterable[int], principal: str) -> None:
        """Bind unseen client ids to a principal, for good."""
        for client_id in client_ids:
            if client_id not in self.owners:
                self.owners[client_id] = principal
                self.new_owners.append(ClientOwner(self.board_id, client_id, principal))

    # -- commit

    def mark_committed(self, newest_seq: int) -> list[Emitted]:
        """Note that everything emitted is on disk; return it, to be sent."""
        emitted, self.emitted = self.emitted, []
        self.new_owners = []
        for item in emitted:
            for client, clock in item.extent.items():
                if clock > self.committed.get(client, 0):
                    self.committed[client] = clock
        self.updates_since_snapshot += len(emitted)
        self.last_seq = newest_seq
        return emitted

    def save_snapshot(self, at_ms: int) -> None:
        """Compact, so that the board opens without replaying its history."""
        state = self.state()
        self.log.save_snapshot(self.board_id, self.last_seq, at_ms, state)
        self.updates_since_snapshot = 0
        self.size_bytes = len(state)

    # -- people

    def enter(self, connection: Connection) -> None:
        """Let a connection in."""
        self.members[connection.fd] = connection
        self.present[connection.principal.id] += 1
        self.presence.enter(connection)

    def leave(self, connection: Connection, now: float) -> None:
        """Let a connection out; what it left waiting is dropped, unacknowledged."""
        self.members.pop(connection.fd, None)
        self.awaiting_word.pop(connection.fd, None)
        principal = connection.principal.id
        self.present[principal] -= 1
        if self.present[principal] <= 0:
            del self.present[principal]
        self.held = [arrival for arrival in self.held if arrival.connection is not connection]
        self.presence.leave(connection)
        self.has_news = True
        self.empty_since = now
