"""Whatever is noted about an event can be read in words."""

import re
from pathlib import Path

from app.web.organise.journal_words import WORDS

DOMAIN = Path(__file__).resolve().parents[3] / "app" / "domain"
NOUNS = (
    "event|agenda|role|person|report|file|idea|ideas|comment|matching|teams?|board|note|"
    "submission|jury|shortlist|results"
)


def test_every_act_of_an_event_has_words() -> None:
    noted = {
        action
        for path in DOMAIN.rglob("*.py")
        if path.name != "models.py"
        for action in re.findall(rf'"((?:{NOUNS})\.[a-z_]+)"', path.read_text(encoding="utf-8"))
    }
    assert len(noted) > 30
    assert sorted(noted - set(WORDS)) == []
