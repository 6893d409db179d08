"""Whether an update may enter a board: who may write, under which client ids, upon what."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import NamedTuple

# A person's offline tabs and earlier sessions arrive as unseen ids; more than this is an attack.
CLAIMS_PER_UPDATE_MAX = 64
CLIENT_IDS_PER_BOARD_MAX = 100_000


class Reason(IntEnum):
    """Why an update is refused; the numbers are those of the wire."""

    READ_ONLY = 1
    LOCKED = 2
    FORGED = 3
    MALFORMED = 4
    TOO_LARGE = 5
    TOO_FAST = 6
    INCOMPLETE = 7
    STORAGE = 8


class UpdateShape(NamedTuple):
    """What an update says about itself, without its contents.

    Parameters
    ----------
    authored : mapping of int to sequence of (int, int)
        Per client id the runs of clocks ``[start, end)`` of the structs it carries, ascending.
    requires : mapping of int to int
        Per client id the clock up to which (exclusive) structs are referred to as neighbours
        or parents.
    deleted : sequence of (int, int, int)
        Deleted ranges ``(client id, start, end)``.
    struct_count : int
        Number of structs.
    """

    authored: Mapping[int, Sequence[tuple[int, int]]]
    requires: Mapping[int, int]
    deleted: Sequence[tuple[int, int, int]]
    struct_count: int

    def is_empty(self) -> bool:
        """Whether the update carries nothing at all."""
        return not self.authored and not self.deleted

    def extent(self) -> dict[int, int]:
        """Per client id the clock that a document must reach to contain this update."""
        reach = {client: runs[-1][1] for client, runs in self.authored.items()}
        for client, _, end in self.deleted:
            if end > reach.get(client, 0):
                reach[client] = end
        return reach


class Decision(Enum):
    """What is to be done with an update."""

    ADMIT = "admit"
    KNOWN = "known"
    HOLD = "hold"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision, its reason when it is not plain admission, and the client ids it binds.

    ``claims`` are unseen client ids that from now on belong to the deliverer;
    ``unverified`` are ids of absent owners that a recovery window let through.
    """

    decision: Decision
    reason: Reason | None = None
    claims: tuple[int, ...] = ()
    unverified: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sender:
    """What matters about the person who delivers an update."""

    principal: str
    may_edit: bool
    may_moderate: bool


@dataclass(frozen=True, slots=True)
class BoardFacts:
    """What the server knows of a board when an update arrives.

    Parameters
    ----------
    known : mapping of int to int
        The document's state vector: per client id the number of clocks it holds.
    owners : mapping of int to str
        The principal each client id belongs to.
    present : collection of str
        Principals with an open connection.
    is_locked : bool
        Whether only moderators may write.
    is_recovering : bool
        Whether the log was just restored, so that people hold what it lost.
    deleted : mapping of int to sequence of (int, int), or None
        Ranges known to be deleted, ascending; None when nobody needs to tell whether a
        deletion is new (for everyone who may write).
    """

    known: Mapping[int, int]
    owners: Mapping[int, str]
    present: Collection[str]
    is_locked: bool = False
    is_recovering: bool = False
    deleted: Mapping[int, Sequence[tuple[int, int]]] | None = field(default=None)


_ADMIT = Verdict(Decision.ADMIT)
_KNOWN = Verdict(Decision.KNOWN)


def may_write(sender: Sender, *, is_locked: bool) -> Reason | None:
    """Return why this person may not write now, or None.

    Parameters
    ----------
    sender : Sender
        Who delivers.
    is_locked : bool
        Whether the board is locked; moderators write in a locked board too.

    Returns
    -------
    Reason or None
        ``READ_ONLY``, ``LOCKED`` or None.
    """
    if not sender.may_edit:
        return Reason.READ_ONLY
    if is_locked and not sender.may_moderate:
        return Reason.LOCKED
    return None


def decide(shape: UpdateShape, sender: Sender, facts: BoardFacts) -> Verdict:
    """Decide whether an update may enter the board.

    An update that holds nothing new always passes: stock clients answer every sync step 1
    with all their deletions, and people who may only look do so as well.

    Parameters
    ----------
    shape : UpdateShape
        The scanned update.
    sender : Sender
        Who delivers it.
    facts : BoardFacts
        The state of the board.

    Returns
    -------
    Verdict
        ``ADMIT`` with the ids it binds, ``KNOWN`` when it holds nothing new, ``HOLD`` while
        the owner is connected and may still deliver the same structs, or while something it
        builds upon is missing, ``REFUSE`` otherwise.
    """
    known = facts.known
    new = [client for client, runs in shape.authored.items() if runs[-1][1] > known.get(client, 0)]
    if not new and not shape.deleted:
        return _KNOWN
    barred = may_write(sender, is_locked=facts.is_locked)
    if barred is not None:
        is_known = not new and _are_deleted(shape, facts.deleted or {})
        return _KNOWN if is_known else Verdict(Decision.REFUSE, barred)
    verdict = _judge_authorship(new, sender, facts)
    if verdict.decision is Decision.ADMIT and _has_gap(shape, known):
        return Verdict(Decision.HOLD, Reason.INCOMPLETE)
    return verdict


def _judge_authorship(new: Sequence[int], sender: Sender, facts: BoardFacts) -> Verdict:
    claims: list[int] = []
    unverified: list[int] = []
    for client in new:
        owner = facts.owners.get(client)
        if owner == sender.principal:
            continue
        if owner is None:
            claims.append(client)
        elif owner in facts.present:
            # Not yet forged: the owner may deliver the very same structs a moment later.
            return Verdict(Decision.HOLD, Reason.FORGED)
        elif facts.is_recovering:
            unverified.append(client)
        else:
            return Verdict(Decision.REFUSE, Reason.FORGED)
    is_too_many = len(claims) > CLAIMS_PER_UPDATE_MAX
    if is_too_many or len(facts.owners) + len(claims) > CLIENT_IDS_PER_BOARD_MAX:
        return Verdict(Decision.REFUSE, Reason.TOO_LARGE)
    if not claims and not unverified:
        return _ADMIT
    return Verdict(Decision.ADMIT, None, tuple(claims), tuple(unverified))


def _has_gap(shape: UpdateShape, known: Mapping[int, int]) -> bool:
    """Whether the update refers to structs that neither the board nor the update holds."""
    reach: dict[int, int] = {}
    for client, runs in shape.authored.items():
        covered = known.get(client, 0)
        for start, end in runs:
            if start > covered:
                return True
            covered = max(covered, end)
        reach[client] = covered
    for client, end in shape.requires.items():
        if end > reach.get(client, 0) and end > known.get(client, 0):
            return True
    for client, _, end in shape.deleted:
        if end > reach.get(client, 0) and end > known.get(client, 0):
            return True
    return False


def _are_deleted(shape: UpdateShape, deleted: Mapping[int, Sequence[tuple[int, int]]]) -> bool:
    """Whether every deletion of the update is one the board has already."""
    return all(
        any(start <= first and last <= end for start, end in deleted.get(client, ()))
        for client, first, last in shape.deleted
    )
