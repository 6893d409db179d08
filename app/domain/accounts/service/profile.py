"""What people say about themselves."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from zoneinfo import available_timezones

from sqlalchemy import delete

from app.core.people import AVAILABILITY, LANGUAGES, SECTORS, SITE_LOCALES, clamp_level
from app.core.policy import Actor
from app.core.skills import resolve_skill
from app.db import transaction
from app.domain.accounts.models import User, UserSkill
from app.domain.accounts.service.decision import demand_own_account
from app.errors import Invalid
from app.translation import gettext as _

NAME_LENGTH_MAX = 80
BIO_LENGTH_MAX = 2000
LINE_LENGTH_MAX = 120
SKILLS_MAX = 30
SKILL_LENGTH_MAX = 80


@dataclass(frozen=True)
class SkillInput:
    """A skill as somebody wrote it, with a level from 0 (curious) to 4 (can teach)."""

    label: str
    level: int | None = None


@dataclass(frozen=True)
class ProfileInput:
    """The fields of a profile besides its name and skills; codes are those of core.people."""

    bio: str = ""
    languages: Sequence[str] = field(default_factory=tuple)
    sector: str | None = None
    place: str = ""
    organisation: str = ""
    availability: str = "full"
    timezone: str | None = None
    locale: str = "en"

    def check(self) -> None:
        """Refuse what cannot be stored; raises Invalid with the field's name."""
        for name, limit in (
            ("bio", BIO_LENGTH_MAX),
            ("place", LINE_LENGTH_MAX),
            ("organisation", LINE_LENGTH_MAX),
        ):
            if len(getattr(self, name)) > limit:
                raise Invalid(
                    _("Keep this to %(count)s characters at most.", count=limit), field=name
                )
        for name, value, known in (
            ("sector", self.sector, (None, *SECTORS)),
            ("availability", self.availability, AVAILABILITY),
            ("locale", self.locale, SITE_LOCALES),
            ("timezone", self.timezone, {None} | available_timezones()),
        ):
            if value not in known:
                raise Invalid(_("Choose one of the list."), field=name)
        if not set(self.languages) <= set(LANGUAGES):
            raise Invalid(_("Choose languages of the list."), field="languages")

    def apply_to(self, user: User) -> None:
        """Write the fields to a person's row; raises Invalid."""
        self.check()
        user.bio = self.bio.strip()
        user.languages = [code for code in LANGUAGES if code in self.languages]
        user.sector = self.sector
        user.place = self.place.strip()
        user.organisation = self.organisation.strip()
        user.availability = self.availability
        user.timezone = self.timezone
        user.locale = self.locale


def parse_name(text: str) -> str:
    """Return a name fit to be shown, in any script; raises Invalid."""
    # Invisible marks would let two people carry the same name; joiners belong to some scripts.
    shown = "".join(
        character
        for character in unicodedata.normalize("NFC", text)
        if unicodedata.category(character) not in {"Cc", "Cf", "Cs"}
        or character in "\u200c\u200d\n\t"
    )
    name = " ".join(shown.split())
    if not any(character.isalnum() for character in name):
        raise Invalid(_("Write the name that others should see."), field="display_name")
    if len(name) > NAME_LENGTH_MAX:
        raise Invalid(
            _("Keep the name to %(count)s characters at most.", count=NAME_LENGTH_MAX),
            field="display_name",
        )
    return name


def update_profile(
    actor: Actor,
    display_name: str,
    profile: ProfileInput,
    skills: Sequence[SkillInput],
    wants_to_learn: Sequence[str],
) -> None:
    """Change one's own profile, all of it or nothing; raises Denied, Invalid."""
    user_id = demand_own_account(actor)
    name = parse_name(display_name)
    with transaction() as session:
        user = session.get_one(User, user_id)
        user.display_name = name
        profile.apply_to(user)
        set_skills(user_id, skills, wants_to_learn)


def set_skills(
    user_id: int, skills: Iterable[SkillInput], wants_to_learn: Iterable[str] = ()
) -> None:
    """Replace a person's skills and wishes; for imports and `update_profile`. Raises Invalid.

    Spellings of one skill become one, with the highest level given; unknown ones are kept.
    """
    rows: dict[str, UserSkill] = {}
    for skill in skills:
        row = _row_for(rows, user_id, skill.label, "skills")
        if row is not None:
            row.level = max(row.level, clamp_level(skill.level))
    for label in wants_to_learn:
        row = _row_for(rows, user_id, label, "wants_to_learn")
        if row is not None:
            row.wants_to_learn = True
    if len(rows) > SKILLS_MAX:
        raise Invalid(
            _("Keep to %(count)s skills; name those you want to be asked for.", count=SKILLS_MAX),
            field="skills",
        )
    with transaction() as session:
        session.execute(delete(UserSkill).where(UserSkill.user_id == user_id))
        session.add_all(rows.values())


def _row_for(rows: dict[str, UserSkill], user_id: int, label: str, field: str) -> UserSkill | None:
    """Return the row of the skill that a label means, made at its first mention."""
    skill = resolve_skill(label)
    if skill is None:
        return None
    if max(len(skill.name), len(skill.key)) > SKILL_LENGTH_MAX:
        raise Invalid(
            _("Keep the name of a skill to %(count)s characters.", count=SKILL_LENGTH_MAX),
            field=field,
        )
    return rows.setdefault(
        skill.key,
        UserSkill(
            user_id=user_id, skill_key=skill.key, label=skill.name, level=0, wants_to_learn=False
        ),
    )
