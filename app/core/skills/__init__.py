"""Skills: one key for the many ways people write the same thing, in seven languages."""

from app.core.skills.lookup import (
    Skill,
    find_skill,
    list_skills,
    normalise,
    resolve_skill,
    resolve_skills,
)
from app.core.skills.parsing import SkillEntry, parse_skill_list

__all__ = [
    "Skill",
    "SkillEntry",
    "find_skill",
    "list_skills",
    "normalise",
    "parse_skill_list",
    "resolve_skill",
    "resolve_skills",
]
