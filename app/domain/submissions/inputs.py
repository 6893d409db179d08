"""What a team types into its submission, checked before anything is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.core.submission_check import CANVAS_SECTIONS, AmountFault, is_web_address, parse_amount
from app.core.texts import typed_text
from app.errors import Invalid
from app.translation import gettext as _

TITLE_CHARACTERS_MAX = 200
SUMMARY_CHARACTERS_MAX = 2_000
SECTION_CHARACTERS_MAX = 5_000
LABEL_CHARACTERS_MAX = 200
GROUP_CHARACTERS_MAX = 60
VIDEO_CHARACTERS_MAX = 500
LINES_MAX = 40
FILES_MAX = 10
REASON_CHARACTERS_MAX = 2_000


@dataclass(frozen=True)
class LineInput:
    """A budget line as it was typed."""

    label: str
    amount: str


@dataclass(frozen=True)
class DraftInput:
    """A submission as it was typed; amounts are still text."""

    title: str = ""
    summary: str = ""
    track: str = ""
    region: str = ""
    canvas: Mapping[str, str] = field(default_factory=dict)
    video_url: str = ""
    ask: str = ""
    lines: Sequence[LineInput] = ()


@dataclass(frozen=True)
class CheckedDraft:
    """A submission that can be stored."""

    title: str
    summary: str
    track: str
    region: str
    canvas: dict[str, str]
    video_url: str
    ask_cents: int
    lines: tuple[tuple[str, int], ...]


class InvalidDraft(Invalid):
    """Several fields cannot be taken; `faults` holds field and sentence of each."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        super().__init__(faults[0][1], field=faults[0][0])
        self.faults = tuple(faults)


def check_draft(given: DraftInput) -> CheckedDraft:
    """Return what can be stored; raises InvalidDraft naming every field at fault."""
    faults: list[tuple[str, str]] = []

    def text(name: str, value: str, most: int) -> str:
        value = typed_text(value)
        if len(value) > most:
            faults.append((name, too_long(most)))
        return value

    def amount(name: str, typed: str) -> int:
        cents = parse_amount(typed)
        if cents is AmountFault.EMPTY:
            return 0
        if isinstance(cents, AmountFault):
            faults.append((name, explain_amount(cents)))
            return 0
        return cents

    checked = CheckedDraft(
        title=text("title", given.title, TITLE_CHARACTERS_MAX),
        summary=text("summary", given.summary, SUMMARY_CHARACTERS_MAX),
        track=text("track", given.track, GROUP_CHARACTERS_MAX),
        region=text("region", given.region, GROUP_CHARACTERS_MAX),
        canvas={
            name: text(name, given.canvas.get(name, ""), SECTION_CHARACTERS_MAX)
            for name in CANVAS_SECTIONS
        },
        video_url=text("video_url", given.video_url, VIDEO_CHARACTERS_MAX),
        ask_cents=amount("ask", given.ask),
        lines=tuple(
            (
                text(f"lines-{number}-label", line.label, LABEL_CHARACTERS_MAX),
                amount(f"lines-{number}-amount", line.amount),
            )
            for number, line in enumerate(given.lines)
            if typed_text(line.label) or typed_text(line.amount)
        ),
    )
    if checked.video_url and not is_web_address(checked.video_url):
        faults.append(
            ("video_url", _("Write the whole address of the video, beginning with https://."))
        )
    if len(checked.lines) > LINES_MAX:
        faults.append(("lines", _("Keep the budget to %(count)s lines.", count=LINES_MAX)))
    if faults:
        raise InvalidDraft(faults)
    return checked


def too_long(most: int) -> str:
    """Return the sentence for a text that is too long."""
    return str(_("Keep it to %(count)s characters.", count=most))


def explain_amount(fault: AmountFault) -> str:
    """Return the sentence for an amount that cannot be read."""
    sentences: dict[AmountFault, str] = {
        AmountFault.EMPTY: _("Write an amount, 0 if there is none."),
        AmountFault.NEGATIVE: _("An amount cannot be below 0."),
        AmountFault.NOT_A_NUMBER: _("Write the amount in digits, like 1200 or 1200.50."),
        AmountFault.TOO_LARGE: _("An amount here is at most 10,000,000."),
    }
    return sentences[fault]
