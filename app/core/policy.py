"""Who may do what: one table, one decision.

Every route and socket event names an `Action`; `decide` answers from the actor's roles and
the facts of the thing at hand. Nothing else in Cojam decides a permission.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from app.core.phases import Phase


class Role(StrEnum):
    """What a person is in one event or programme; several at once are usual."""

    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"
    MENTOR = "mentor"
    JUROR = "juror"
    ORGANISER = "organiser"
    PARTNER = "partner"


class Action(StrEnum):
    """Everything that a person can ask Cojam to do."""

    # the site and one's own account
    VIEW_SITE = "view_site"
    SIGN_IN = "sign_in"
    USE_ACCOUNT = "use_account"
    VIEW_PERSON = "view_person"
    ADMINISTER = "administer"
    # programmes and events
    CREATE_PROGRAMME = "create_programme"
    MANAGE_PROGRAMME = "manage_programme"
    VIEW_EVENT = "view_event"
    JOIN_EVENT = "join_event"
    LEAVE_EVENT = "leave_event"
    VIEW_HOME = "view_home"
    MANAGE_EVENT = "manage_event"
    VIEW_PEOPLE = "view_people"
    # ideas
    VIEW_IDEAS = "view_ideas"
    VIEW_IDEA = "view_idea"
    PITCH_IDEA = "pitch_idea"
    EDIT_IDEA = "edit_idea"
    WITHDRAW_IDEA = "withdraw_idea"
    COMMENT_IDEA = "comment_idea"
    SUPPORT_IDEA = "support_idea"
    RANK_IDEAS = "rank_ideas"
    # moderation
    REPORT_CONTENT = "report_content"
    MODERATE = "moderate"
    # files
    UPLOAD_FILE = "upload_file"
    # teams
    RUN_MATCHING = "run_matching"
    VIEW_TEAMS = "view_teams"
    VIEW_TEAM = "view_team"
    ANSWER_PLACEMENT = "answer_placement"
    EDIT_TEAM = "edit_team"
    LEAVE_TEAM = "leave_team"
    # boards
    VIEW_BOARD = "view_board"
    EDIT_BOARD = "edit_board"
    MANAGE_BOARD = "manage_board"
    CREATE_BOARD = "create_board"
    # submissions
    VIEW_SUBMISSION = "view_submission"
    EDIT_SUBMISSION = "edit_submission"
    EXTEND_DEADLINE = "extend_deadline"
    # jury
    VIEW_JURY_QUEUE = "view_jury_queue"
    VIEW_SHEET = "view_sheet"
    SCORE = "score"
    RECUSE = "recuse"
    MANAGE_JURY = "manage_jury"
    # funding
    MANAGE_SHORTLIST = "manage_shortlist"
    VIEW_RESULTS = "view_results"
    VIEW_FEEDBACK = "view_feedback"


@dataclass(frozen=True)
class Actor:
    """Who asks.

    Attributes
    ----------
    user_id : int or None
        None for a visitor.
    roles : frozenset of Role
        Roles held in the event or programme that the question is about.
    is_admin : bool
        Administrator of the installation.
    is_banned : bool
        Shut out of the event, or of the whole installation.
    is_operator : bool
        Somebody with a shell on the server, running a `flask` command, or Cojam itself.
    """

    user_id: int | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    is_admin: bool = False
    is_banned: bool = False
    is_operator: bool = False

    @property
    def is_visitor(self) -> bool:
        """Whether nobody is signed in."""
        return self.user_id is None

    def has(self, *roles: Role) -> bool:
        """Return whether the actor holds at least one of the roles."""
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True)
class Facts:
    """What a decision may depend on; absent facts are the cautious ones.

    Attributes
    ----------
    is_published : bool
        The event, idea, team list or result is public.
    phase : Phase or None
        The event's running phase.
    open_phases : frozenset of Phase
        Every phase that runs now or is exempt from its dates for this thing
        (an extended deadline adds SUBMISSION).
    is_owner : bool
        The actor made the thing: the idea, comment, profile, draft.
    is_member : bool
        The actor belongs to the team at hand.
    is_lead : bool
        The actor leads that team.
    is_assigned : bool
        The actor is the juror to whom the sheet was given.
    has_conflict : bool
        The actor has a conflict of interest with the submission at hand.
    is_hidden : bool
        A moderator took the thing out of sight.
    is_locked : bool
        The board is locked, the sheet closed or the rubric frozen.
    is_event_board : bool
        The board belongs to the whole event, not to one team.
    """

    is_published: bool = False
    phase: Phase | None = None
    open_phases: frozenset[Phase] = field(default_factory=frozenset)
    is_owner: bool = False
    is_member: bool = False
    is_lead: bool = False
    is_assigned: bool = False
    has_conflict: bool = False
    is_hidden: bool = False
    is_locked: bool = False
    is_event_board: bool = False


class Reason(StrEnum):
    """Why a question was answered as it was; pages turn it into a sentence."""

    ALLOWED = "allowed"
    SIGN_IN_FIRST = "sign_in_first"
    BANNED = "banned"
    NOT_YOUR_ROLE = "not_your_role"
    NOT_YOURS = "not_yours"
    NOT_PUBLIC_YET = "not_public_yet"
    PHASE_CLOSED = "phase_closed"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    SCORING_OPEN = "scoring_open"
    LOCKED = "locked"
    HIDDEN = "hidden"
    KEPT_PRIVATE = "kept_private"


@dataclass(frozen=True)
class Verdict:
    """An answer with its reason; true in a boolean context when allowed."""

    allowed: bool
    reason: Reason

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True, Reason.ALLOWED)
# The one actor without a person; `flask` commands act as it, and the journal names nobody.
OPERATOR = Actor(is_operator=True)
Rule = Callable[[Actor, Facts], Verdict]

_STAFF = (Role.ORGANISER, Role.FACILITATOR)
_INSIDERS = (*_STAFF, Role.PARTICIPANT, Role.MENTOR, Role.JUROR, Role.PARTNER)


def _no(reason: Reason) -> Verdict:
    return Verdict(False, reason)


def _anyone(_actor: Actor, _facts: Facts) -> Verdict:
    return YES


def _signed_in(actor: Actor, _facts: Facts) -> Verdict:
    return _no(Reason.SIGN_IN_FIRST) if actor.is_visitor else YES


def _roles(*roles: Role) -> Rule:
    def rule(actor: Actor, _facts: Facts) -> Verdict:
        if actor.is_visitor:
            return _no(Reason.SIGN_IN_FIRST)
        return YES if actor.has(*roles) else _no(Reason.NOT_YOUR_ROLE)

    return rule


def _fact(name: str, refusal: Reason) -> Rule:
    def rule(actor: Actor, facts: Facts) -> Verdict:
        if actor.is_visitor:
            return _no(Reason.SIGN_IN_FIRST)
        return YES if getattr(facts, name) else _no(refusal)

    return rule


def _public(_actor: Actor, facts: Facts) -> Verdict:
    return YES if facts.is_published else _no(Reason.NOT_PUBLIC_YET)


def _event_board(_actor: Actor, facts: Facts) -> Verdict:
    return YES if facts.is_event_board else _no(Reason.NOT_YOURS)


def _during(*phases: Phase) -> Rule:
    def rule(_actor: Actor, facts: Facts) -> Verdict:
        is_open = not facts.open_phases.isdisjoint(phases)
        return YES if is_open else _no(Reason.PHASE_CLOSED)

    return rule


def _unlocked(_actor: Actor, facts: Facts) -> Verdict:
    return _no(Reason.LOCKED) if facts.is_locked else YES


def _visible(_actor: Actor, facts: Facts) -> Verdict:
    return _no(Reason.HIDDEN) if facts.is_hidden else YES


def _no_conflict(_actor: Actor, facts: Facts) -> Verdict:
    return _no(Reason.CONFLICT_OF_INTEREST) if facts.has_conflict else YES


def _all(*rules: Rule) -> Rule:
    def rule(actor: Actor, facts: Facts) -> Verdict:
        for part in rules:
            verdict = part(actor, facts)
            if not verdict:
                return verdict
        return YES

    return rule


def _any(*rules: Rule) -> Rule:
    """Allow when one part allows; refuse with the reason of the last part."""

    def rule(actor: Actor, facts: Facts) -> Verdict:
        verdict = YES
        for part in rules:
            verdict = part(actor, facts)
            if verdict:
                return verdict
        return verdict

    return rule


_organiser = _roles(Role.ORGANISER)
_staff = _roles(*_STAFF)
_insider = _roles(*_INSIDERS)
_participant = _roles(Role.PARTICIPANT)
_owner = _fact("is_owner", Reason.NOT_YOURS)
_member = _fact("is_member", Reason.NOT_YOURS)
_lead = _fact("is_lead", Reason.NOT_YOURS)
_assigned = _fact("is_assigned", Reason.NOT_YOURS)
# Of a person, "published" means that they agreed to be seen in the directory.
_in_directory = _fact("is_published", Reason.KEPT_PRIVATE)
_idea_time = _during(Phase.OPEN, Phase.IDEAS, Phase.MATCHING, Phase.JAM)
_choosing_time = _during(Phase.OPEN, Phase.IDEAS, Phase.MATCHING)

RULES: dict[Action, Rule] = {
    Action.VIEW_SITE: _anyone,
    Action.SIGN_IN: _anyone,
    Action.USE_ACCOUNT: _signed_in,
    Action.VIEW_PERSON: _any(_owner, _staff, _all(_insider, _in_directory)),
    Action.ADMINISTER: _roles(),
    Action.CREATE_PROGRAMME: _roles(),
    Action.MANAGE_PROGRAMME: _organiser,
    Action.VIEW_EVENT: _any(_public, _insider),
    Action.JOIN_EVENT: _signed_in,
    Action.LEAVE_EVENT: _insider,
    Action.VIEW_HOME: _insider,
    Action.MANAGE_EVENT: _organiser,
    Action.VIEW_PEOPLE: _staff,
    Action.VIEW_IDEAS: _any(_public, _insider),
    Action.VIEW_IDEA: _any(_owner, _staff, _all(_visible, _any(_public, _insider))),
    Action.PITCH_IDEA: _any(_staff, _all(_participant, _idea_time)),
    Action.EDIT_IDEA: _any(_organiser, _all(_owner, _visible, _idea_time)),
    Action.WITHDRAW_IDEA: _any(_organiser, _owner),
    Action.COMMENT_IDEA: _all(_insider, _visible),
    Action.SUPPORT_IDEA: _all(_insider, _visible),
    Action.RANK_IDEAS: _all(_participant, _choosing_time),
    Action.REPORT_CONTENT: _signed_in,
    Action.MODERATE: _staff,
    Action.UPLOAD_FILE: _insider,
    Action.RUN_MATCHING: _organiser,
    Action.VIEW_TEAMS: _any(_staff, _all(_insider, _public)),
    Action.VIEW_TEAM: _any(_staff, _member, _all(_insider, _public)),
    Action.ANSWER_PLACEMENT: _member,
    Action.EDIT_TEAM: _any(_organiser, _lead),
    Action.LEAVE_TEAM: _member,
    Action.VIEW_BOARD: _any(_staff, _roles(Role.MENTOR), _member, _all(_insider, _event_board)),
    Action.EDIT_BOARD: _any(_staff, _all(_unlocked, _any(_member, _all(_insider, _event_board)))),
    Action.MANAGE_BOARD: _staff,
    Action.CREATE_BOARD: _staff,
    Action.VIEW_SUBMISSION: _any(_organiser, _member, _all(_assigned, _no_conflict)),
    Action.EDIT_SUBMISSION: _all(_member, _unlocked, _during(Phase.JAM, Phase.SUBMISSION)),
    Action.EXTEND_DEADLINE: _organiser,
    Action.VIEW_JURY_QUEUE: _roles(Role.JUROR),
    Action.VIEW_SHEET: _all(_roles(Role.JUROR), _assigned, _no_conflict),
    Action.SCORE: _all(
        _roles(Role.JUROR), _assigned, _no_conflict, _unlocked, _during(Phase.JUDGING)
    ),
    Action.RECUSE: _all(_roles(Role.JUROR), _assigned),
    Action.MANAGE_JURY: _organiser,
    Action.MANAGE_SHORTLIST: _all(_organiser, _no_conflict),
    Action.VIEW_RESULTS: _any(_organiser, _public),
    Action.VIEW_FEEDBACK: _all(_any(_organiser, _member), _public),
}

# An administrator keeps the installation running. Scores, ballots and sheets are not theirs.
_NOT_FOR_ADMINS = frozenset(
    {
        Action.SCORE,
        Action.VIEW_SHEET,
        Action.RECUSE,
        Action.VIEW_JURY_QUEUE,
        Action.RANK_IDEAS,
        Action.ANSWER_PLACEMENT,
        Action.LEAVE_TEAM,
        Action.LEAVE_EVENT,
        Action.EDIT_SUBMISSION,
        Action.MANAGE_SHORTLIST,
        Action.VIEW_FEEDBACK,
        Action.VIEW_HOME,
        Action.JOIN_EVENT,
    }
)
_OPEN_TO_BANNED = frozenset({Action.VIEW_SITE, Action.SIGN_IN, Action.USE_ACCOUNT})


def decide(actor: Actor, action: Action, facts: Facts | None = None) -> Verdict:
    """Decide whether an actor may do something.

    Parameters
    ----------
    actor : Actor
        Who asks, with the roles held where the thing is.
    action : Action
        What is asked.
    facts : Facts, optional
        What is known of the thing; the cautious defaults otherwise.

    Returns
    -------
    Verdict
        Allowed or not, and why.
    """
    facts = facts or Facts()
    if actor.is_operator:
        return YES
    if actor.is_banned and action not in _OPEN_TO_BANNED:
        return _no(Reason.BANNED)
    if actor.is_admin and not actor.is_visitor and action not in _NOT_FOR_ADMINS:
        return YES
    return RULES[action](actor, facts)
