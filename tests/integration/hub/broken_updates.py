"""Honest Yjs updates of many kinds, and ways to break them."""

import random
from typing import Any

from pycrdt import Array, Doc, Map, Text, XmlElement, XmlFragment

ACTS = ("set", "note", "type", "cut", "delete", "list", "xml", "format")


def perform(document: "Doc[Any]", steps: list[tuple[str, int, Any, str]]) -> None:
    """Do to a document what the steps say."""
    notes = document.get("notes", type=Map)
    text = document.get("text", type=Text)
    items = document.get("items", type=Array)
    for act, number, value, words in steps:
        if act == "set":
            notes[f"k{number}"] = value
        elif act == "note":
            notes[f"n{number}"] = Map({"text": Text(words), "x": float(number), "more": value})
        elif act == "type":
            text.insert(0, words)
        elif act == "cut" and text.to_py():
            text.clear()
        elif act == "delete" and f"n{number}" in notes:
            del notes[f"n{number}"]
        elif act == "list":
            items.append(value)
        elif act == "xml":
            document.get("xml", type=XmlFragment).children.append(XmlElement("p"))
        elif act == "format" and len(text):
            text.format(0, len(text), {"bold": True})


def make_history() -> list[tuple[bytes, bytes]]:
    """Return honest updates of many kinds, each with the state it was made upon."""
    document: Doc[Any] = Doc()
    updates: list[bytes] = []
    history: list[tuple[bytes, bytes]] = []
    subscription = document.observe(lambda event: updates.append(event.update))
    generator = random.Random(7)
    for number in range(40):
        before = document.get_update()
        act = generator.choice(ACTS)
        perform(document, [(act, number % 5, {"a": [1, None, True, 2.5], "b": "ж"}, "héllo 👋")])
        history += [(before, update) for update in updates]
        updates.clear()
    del subscription
    return history


def break_update(update: bytes, generator: random.Random) -> bytes:
    """Return an update with one to three bytes changed."""
    broken = bytearray(update)
    for _ in range(generator.randrange(1, 4)):
        broken[generator.randrange(len(broken))] = generator.randrange(256)
    return bytes(broken)
