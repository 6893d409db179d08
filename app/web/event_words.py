"""Words for what an event is made of: its kinds, phases and roles."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.phases import Phase
from app.core.policy import Role
from app.domain.programmes.inputs import EventKind

KIND_LABELS: dict[str, Any] = {
    EventKind.JAM: _l("Jam or hackathon"),
    EventKind.WORKSHOP: _l("Workshop"),
    EventKind.WEBINAR: _l("Webinar"),
    EventKind.DISCUSSION: _l("Discussion"),
    EventKind.TRAINING: _l("Training"),
    EventKind.COHORT: _l("Cohort meeting"),
    EventKind.VISIT: _l("Site visit"),
    EventKind.PITCH: _l("Public pitch"),
}

PHASE_LABELS = {
    Phase.OPEN: _l("Join"),
    Phase.IDEAS: _l("Pitch ideas"),
    Phase.MATCHING: _l("Rank and match"),
    Phase.JAM: _l("Jam"),
    Phase.SUBMISSION: _l("Hand in"),
    Phase.JUDGING: _l("Jury"),
    Phase.RESULTS: _l("Results"),
}

PHASE_NOTES = {
    Phase.OPEN: _l("People register and fill in their skills."),
    Phase.IDEAS: _l("People pitch ideas, comment on them and rank up to five."),
    Phase.MATCHING: _l("You start the matching, look at the teams and publish them."),
    Phase.JAM: _l("Teams work on their boards."),
    Phase.SUBMISSION: _l("Teams hand in. Its end is the deadline."),
    Phase.JUDGING: _l("Jurors score what was handed in."),
    Phase.RESULTS: _l("The shortlist can be read."),
}

ROLE_LABELS = {
    Role.PARTICIPANT: _l("Participant"),
    Role.FACILITATOR: _l("Facilitator"),
    Role.MENTOR: _l("Mentor"),
    Role.JUROR: _l("Juror"),
    Role.ORGANISER: _l("Organiser"),
    Role.PARTNER: _l("Partner"),
}
