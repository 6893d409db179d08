"""What a submission still lacks, how amounts are read, and the fingerprint of what is frozen."""

import hashlib
import json
import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from urllib.parse import urlsplit

CANVAS_SECTIONS = (
    "problem", "people", "solution", "value", "steps", "partners", "costs", "measure",
)  # fmt: skip
AMOUNT_MAX_CENTS = 1_000_000_000
_EXACT_INTEGER_MAX = 2**53
_DECIMALS = re.compile(r"[0-9]+(?:[.,][0-9]{1,2})?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([.,' ])[0-9]{3})(?:\1[0-9]{3})*(?:([.,])[0-9]{1,2})?")


class AmountFault(StrEnum):
    """Why a typed amount cannot be taken."""

    EMPTY = "empty"
    NEGATIVE = "negative"
    NOT_A_NUMBER = "not_a_number"
    TOO_LARGE = "too_large"


class Item(StrEnum):
    """A line of the checklist."""

    TITLE = "title"
    SUMMARY = "summary"
    CANVAS = "canvas"
    BUDGET = "budget"
    VIDEO = "video"
    FILES = "files"


@dataclass(frozen=True)
class Check:
    """One line of the checklist.

    Attributes
    ----------
    item : Item
    is_done : bool
    is_required : bool
        Handing in waits for the required ones only.
    done, total : int
        How much of it is there (canvas sections, budget lines); 0 or 1 of 1 for single things.
    """

    item: Item
    is_done: bool
    is_required: bool
    done: int = 0
    total: int = 1


@dataclass(frozen=True)
class Draft:
    """What the checklist looks at.

    Attributes
    ----------
    canvas : mapping of str to str
        Text by section (`CANVAS_SECTIONS`).
    lines : sequence of (str, int)
        Budget lines: label and amount in cents.
    ask_cents : int
        What the team asks for.
    is_money_at_stake : bool
        The event has a budget, so an ask above zero is needed.
    """

    title: str = ""
    summary: str = ""
    canvas: Mapping[str, str] = field(default_factory=dict)
    lines: Sequence[tuple[str, int]] = ()
    ask_cents: int = 0
    video_url: str = ""
    files: int = 0
    is_money_at_stake: bool = False


def check_submission(draft: Draft) -> tuple[Check, ...]:
    """Say what is there and what is missing.

    Parameters
    ----------
    draft : Draft

    Returns
    -------
    tuple of Check
        Always all items, in the order of the page.
    """
    written = sum(bool(draft.canvas.get(name, "").strip()) for name in CANVAS_SECTIONS)
    whole = [label for label, cents in draft.lines if label.strip() and cents > 0]
    balances = sum(cents for _label, cents in draft.lines) == draft.ask_cents
    is_asked = draft.ask_cents > 0 or not draft.is_money_at_stake
    is_budget_done = len(whole) == len(draft.lines) and balances and is_asked
    has_video = is_web_address(draft.video_url)
    has_title, has_summary = bool(draft.title.strip()), bool(draft.summary.strip())
    return (
        Check(Item.TITLE, has_title, True, int(has_title)),
        Check(Item.SUMMARY, has_summary, True, int(has_summary)),
        Check(Item.CANVAS, written == len(CANVAS_SECTIONS), True, written, len(CANVAS_SECTIONS)),
        Check(Item.BUDGET, is_budget_done, True, len(whole), len(draft.lines)),
        Check(Item.VIDEO, has_video, False, int(has_video)),
        Check(Item.FILES, draft.files > 0, False, min(draft.files, 1)),
    )


def list_missing(checks: Sequence[Check]) -> tuple[Item, ...]:
    """Return the required items that are not done.

    Parameters
    ----------
    checks : sequence of Check
    """
    return tuple(check.item for check in checks if check.is_required and not check.is_done)


def is_web_address(text: str) -> bool:
    """Return whether a text is an http or https address with a host.

    Parameters
    ----------
    text : str
    """
    if any(c.isspace() or unicodedata.category(c) == "Cc" for c in text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def parse_amount(text: str) -> int | AmountFault:
    """Read an amount as people of several countries write it: 1.200,50 · 1,200.50 · 1 200 · 1200.

    One kind of sign may group thousands, and only in threes; the other one, or either when it
    stands alone, may set off one or two decimals. So 1.200 is twelve hundred, 1.20 is one euro
    twenty, and 1.2000 or 12,34.5 are refused rather than guessed.

    Parameters
    ----------
    text : str
        What was typed.

    Returns
    -------
    int or AmountFault
        Cents, from 0 to `AMOUNT_MAX_CENTS`, or why not.
    """
    # NFKC turns full-width digits and every no-break or thin space into the plain one.
    typed = unicodedata.normalize("NFKC", text).strip().replace("’", "'")
    if not typed:
        return AmountFault.EMPTY
    if typed[0] in "-−–":
        return AmountFault.NEGATIVE
    grouped = _GROUPED.fullmatch(typed)
    if grouped and grouped[1] != grouped[2]:
        return _to_cents(typed.replace(grouped[1], ""))
    if _DECIMALS.fullmatch(typed):
        return _to_cents(typed)
    return AmountFault.NOT_A_NUMBER


def _to_cents(plain: str) -> int | AmountFault:
    """Return cents of digits with at most one decimal sign."""
    whole, _sign, decimals = plain.replace(",", ".").partition(".")
    if len(whole) > len(str(AMOUNT_MAX_CENTS)):
        return AmountFault.TOO_LARGE
    cents = int(whole) * 100 + int(decimals.ljust(2, "0"))
    return AmountFault.TOO_LARGE if cents > AMOUNT_MAX_CENTS else cents


def typed_amount(cents: int) -> str:
    """Return an amount as it would be typed, so that `parse_amount` reads it back.

    Parameters
    ----------
    cents : int
        From 0 to `AMOUNT_MAX_CENTS`.

    Returns
    -------
    str
        Whole units, or units with two decimals where there are cents.
    """
    return f"{cents // 100}" if cents % 100 == 0 else f"{cents // 100}.{cents % 100:02}"


def canonical_json(value: object) -> bytes:
    """Return the one way to write a value as JSON (RFC 8785).

    Parameters
    ----------
    value : object
        Dicts with text keys, lists, tuples, text, bool, None, and numbers that are exact.

    Returns
    -------
    bytes
        UTF-8, keys in the order of their UTF-16 units, no white space.

    Raises
    ------
    ValueError
        On numbers that JSON's readers do not agree about, and on anything else.
    """
    return _write(value).encode("utf-8")


def _write(value: object) -> str:
    if value is None or isinstance(value, (bool, str)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (int, float)):
        return _write_number(value)
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(_write(part) for part in value) + "]"
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(f"{_write(key)}:{_write(value[key])}" for key in keys) + "}"
    raise ValueError(f"{type(value).__name__} has no canonical form")


def _write_number(value: int | float) -> str:
    if not math.isfinite(value) or abs(value) > _EXACT_INTEGER_MAX:
        raise ValueError(f"{value} has no canonical form")
    if value == int(value):
        return str(int(value))
    # Below a millionth, Python and RFC 8785 write exponents differently.
    if abs(value) < 1e-6:
        raise ValueError(f"{value} has no canonical form")
    return format(Decimal(repr(value)), "f")


def fingerprint(value: object) -> str:
    """Return the SHA-256 of a value's canonical JSON, in hex.

    Parameters
    ----------
    value : object
        What `canonical_json` can write.
    """
    return hashlib.sha256(canonical_json(value)).hexdigest()
