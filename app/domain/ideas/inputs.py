"""What people write about an idea, checked and folded for storage."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.skills import normalise, resolve_skill
from app.domain.ideas.models import Idea, IdeaSkill, IdeaWords
from app.errors import Invalid
from app.translation import gettext as _

TITLE_CHARACTERS_MAX = 120
SUMMARY_CHARACTERS_MAX = 400
BODY_CHARACTERS_MAX = 50_000
COMMENT_CHARACTERS_MAX = 5_000
SKILLS_MAX = 12
_SKILL_CHARACTERS_MAX = 80
_SORT_CHARACTERS = 80


@dataclass(frozen=True)
class SkillInput:
    """A needed skill as it was written, with the level 1–4."""

    label: str
    level: int = 2


@dataclass(frozen=True)
class IdeaInput:
    """What somebody says of an idea."""

    title: str
    summary: str = ""
    body: str = ""
    language: str = "en"
    skills: Sequence[SkillInput] = ()


def clean(text: str) -> str:
    """Return a text that every database can hold: without NUL and without half characters."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\x00", "")


def check(given: IdeaInput, *, is_draft: bool) -> None:
    """Raise Invalid for what cannot be stored, and unless a draft, for what cannot be pitched."""
    limits = (
        ("title", given.title, TITLE_CHARACTERS_MAX),
        ("summary", given.summary, SUMMARY_CHARACTERS_MAX),
        ("body", given.body, BODY_CHARACTERS_MAX),
    )
    for field, text, limit in limits:
        if len(text) > limit:
            raise Invalid(
                _(
                    "Use at most %(limit)s characters; these are %(count)s.",
                    limit=limit,
                    count=len(text),
                ),
                field=field,
            )
    if not is_draft and not given.title.strip():
        raise Invalid(_("Give your idea a title."), field="title")
    if not is_draft and not given.summary.strip():
        raise Invalid(_("Say in a sentence or two what the idea is."), field="summary")
    if not 2 <= len(given.language) <= 8:
        raise Invalid(_("Choose a language."), field="language")
    _check_skills(given.skills)


def _check_skills(skills: Sequence[SkillInput]) -> None:
    if len(skills) > SKILLS_MAX:
        raise Invalid(_("Name at most %(count)s skills.", count=SKILLS_MAX), field="skills")
    for skill in skills:
        if not 1 <= skill.level <= 4:
            raise Invalid(_("A level is a number from 1 to 4."), field="skills")
        if len(skill.label) > _SKILL_CHARACTERS_MAX:
            raise Invalid(
                _("A skill has at most %(count)s characters.", count=_SKILL_CHARACTERS_MAX),
                field="skills",
            )


def fill(idea: Idea, given: IdeaInput) -> list[IdeaSkill]:
    """Write what was given into a row, and return the rows of its needed skills."""
    idea.title = clean(given.title).strip()
    idea.summary = clean(given.summary).strip()
    idea.body = clean(given.body)
    idea.language = given.language
    skills = _skill_rows(idea, given.skills)
    words = (idea.title, idea.summary, *(skill.label for skill in skills), idea.body)
    # Each word once: a search reads this of every idea, and long texts repeat themselves.
    text = " ".join(dict.fromkeys(normalise(" ".join(words)).split()))
    if idea.words is None:
        idea.words = IdeaWords(event_id=idea.event_id, text=text)
    else:
        idea.words.text = text
    idea.sort_title = normalise(idea.title)[:_SORT_CHARACTERS]
    return skills


def _skill_rows(idea: Idea, skills: Sequence[SkillInput]) -> list[IdeaSkill]:
    rows: dict[str, IdeaSkill] = {}
    for given in skills:
        skill = resolve_skill(clean(given.label)[:_SKILL_CHARACTERS_MAX])
        # Two spellings of one skill are one need; the higher level is meant.
        if skill is not None and skill.key[:_SKILL_CHARACTERS_MAX] in rows:
            row = rows[skill.key[:_SKILL_CHARACTERS_MAX]]
            row.level = max(row.level, given.level)
        elif skill is not None:
            key = skill.key[:_SKILL_CHARACTERS_MAX]
            name = skill.name[:_SKILL_CHARACTERS_MAX]
            rows[key] = IdeaSkill(idea_id=idea.id, skill_key=key, label=name, level=given.level)
    return list(rows.values())
