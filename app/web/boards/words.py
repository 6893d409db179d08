"""What the board's script says, in the reader's language."""

from flask_babel import gettext as _


def board_words() -> dict[str, str]:
    """Return the sentences of the live board; `{name}` is filled in by the script."""
    return {**_states(), **_tools(), **_note_words(), **_news()}


def _states() -> dict[str, str]:
    return {
        "saved": _("Saved"),
        "saving": _("Saving…"),
        "connecting": _("Connecting…"),
        "offline": _("No connection"),
        "offlineText": _(
            "No connection. Go on writing: your changes are kept in this tab and saved when the "
            "connection is back."
        ),
        "locked": _("The board is locked. You can read it, but not change it."),
        "lockedForOthers": _("The board is locked for everyone but staff."),
        "readOnly": _("You can read this board, but not change it."),
        "removed": _("You were taken off this board. Reload the page to see why."),
        "leaving": _("Some of your changes are not saved yet."),
        "rejectedReadOnly": _("Your change was not kept: you may only read this board."),
        "rejectedLocked": _("Your change was not kept: the board was locked."),
        "rejectedForged": _("Your change was not kept: this tab was not recognised. Try again."),
        "rejectedMalformed": _("Your change was not kept: it did not arrive whole. Try again."),
        "rejectedTooLarge": _("Your change was not kept: the board is full."),
        "rejectedTooFast": _("Your change was not kept: too much at once. Try again in a moment."),
        "rejectedStorage": _("Your change was not kept: the server cannot store just now."),
        "close": _("Close"),
    }


def _tools() -> dict[str, str]:
    return {
        "tools": _("Tools"),
        "select": _("Select"),
        "hand": _("Move the view"),
        "newNote": _("New note"),
        "addNote": _("Add note"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "zoomIn": _("Zoom in"),
        "zoomOut": _("Zoom out"),
        "fit": _("Show everything"),
        "zoomLevel": _("{percent} %"),
        "people": _("On the board now: {names}"),
        "you": _("you"),
        "keys": _("Keys and gestures"),
        "keysText": _(
            "Double-click or N: new note · Enter: edit · Esc: leave · Tab while writing: next note "
            "· Del: delete · arrows: move · Ctrl+Z: undo · Ctrl+Shift+Z: redo · Ctrl+C, V, D: "
            "copy, paste, duplicate · Ctrl+A: select all · H or space: move the view "
            "· Ctrl+wheel: zoom · Shift+1: show everything"
        ),
    }


def _note_words() -> dict[str, str]:
    return {
        "noteTools": _("Selected notes"),
        "noteLabel": _("{text}. {colour} note by {author}"),
        "noteLabelSelected": _("{text}. {colour} note by {author}, selected"),
        "noteLabelEditing": _("{text}. {colour} note by {author}, {person} is writing"),
        "emptyNote": _("Empty note"),
        "somebody": _("Somebody"),
        "noteText": _("What the note says"),
        "writeHere": _("Write here"),
        "isWriting": _("{person} is writing"),
        "edit": _("Edit"),
        "colour": _("Colour"),
        "duplicate": _("Duplicate"),
        "delete": _("Delete"),
        "hide": _("Hide from everyone"),
        "report": _("Report to the moderators"),
        "hideFailed": _("The note could not be hidden. Try again."),
        "moveTo": _("Move to…"),
        "moveLeft": _("Left"),
        "moveRight": _("Right"),
        "moveUp": _("Up"),
        "moveDown": _("Down"),
        "across": _("Across"),
        "down": _("Down the page"),
        "move": _("Move"),
        "selectedCount": _("{count} selected"),
    }


def _news() -> dict[str, str]:
    return {
        "noteAdded": _("Note added"),
        "notesDeleted": _("Deleted. Ctrl+Z brings back: {count}"),
        "notesMoved": _("Moved: {count}"),
        "colourSet": _("Colour: {colour}"),
        "undone": _("Undone"),
        "redone": _("Done again"),
        "copied": _("Copied: {count}"),
        "othersAdded": _("New notes from others: {count}"),
        "othersChanged": _("Notes changed by others: {count}"),
        "othersDeleted": _("Notes deleted by others: {count}"),
        "joined": _("{person} joined"),
        "left": _("{person} left"),
        "nowLocked": _("The board is locked now."),
        "nowUnlocked": _("The board is open again."),
        "backOnline": _("Connected again."),
    }
