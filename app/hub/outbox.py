"""What the database decided about single notes reaches the document, however often it is tried.

Two stores cannot commit together. The decision is stored first; this carries it out, and is called
again whenever somebody opens the board, so that a crash in between leaves nothing half done.
"""

from typing import Any

from pycrdt import Doc

from app.core.boards.notes import delete_note, insert_note
from app.domain.boards import queries, service
from app.domain.boards.queries import Outbox
from app.hub.room import SERVER
from app.hub.server import Hub


def deliver(hub: Hub, board_id: str) -> None:
    """Take hidden notes off a board, and put back what shall return."""
    outbox = queries.list_outbox(board_id)
    if not outbox:
        return
    hub.edit(board_id, lambda document: _carry_out(document, outbox), SERVER)
    if outbox.to_put_back:
        service.settle_put_back(board_id, [note.id for note in outbox.to_put_back])


def _carry_out(document: "Doc[Any]", outbox: Outbox) -> None:
    for note_id in outbox.to_remove:
        delete_note(document, note_id)
    for note in outbox.to_put_back:
        insert_note(document, note)
