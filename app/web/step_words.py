"""Words for each thing there is to do, and where it is done."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.next_step import Step
from app.web.progress import Situation


@dataclass(frozen=True)
class Card:
    """What the now-card shows."""

    title: str
    text: str = ""
    label: str = ""
    endpoint: str = ""
    method: str = "get"
    aside_label: str = ""
    aside_endpoint: str = ""


def _pitch(here: Situation) -> Card:
    return Card(
        _("Pitch an idea, or choose some"),
        _("Five lines are enough, in any language. Or look at what others pitched and rank five."),
        _("Pitch an idea"),
        "ideas.new_idea",
        aside_label=_("Rank ideas of others") if here.own.ideas else "",
        aside_endpoint="ideas.show_ranking" if here.own.ideas else "",
    )


def _rank(here: Situation) -> Card:
    return Card(
        _("Rank the ideas you would work on"),
        ngettext(
            "There is %(num)s idea to choose from.",
            "There are %(num)s ideas; choose up to five.",
            here.own.ideas,
        ),
        _("Rank ideas"),
        "ideas.show_ranking",
        aside_label=_("Read the ideas"),
        aside_endpoint="ideas.list_ideas",
    )


def _finish(here: Situation) -> Card:
    missing = here.submission.missing if here.submission else 0
    if missing:
        text = ngettext("%(num)s part is still open.", "%(num)s parts are still open.", missing)
    else:
        text = _("Everything is there. You can hand it in.")
    return Card(_("Finish your submission"), text, _("Continue"), "submissions.show")


def _score(here: Situation) -> Card:
    return Card(
        ngettext("Score %(num)s submission", "Score %(num)s submissions", here.own.sheets_left),
        _("Each sheet is kept while you write. Hand it in when you are sure."),
        _("Open your queue"),
        "jury.queue",
    )


def _sheets(here: Situation) -> Card:
    return Card(
        ngettext(
            "%(num)s sheet is still out", "%(num)s sheets are still out", here.crew.sheets_left
        ),
        _("See who is how far, and remind or replace a juror."),
        _("See the panel"),
        "jury.setup",
    )


def _reports(here: Situation) -> Card:
    return Card(
        ngettext(
            "Somebody reported something",
            "%(num)s reports wait for you",
            here.crew.open_reports,
        ),
        _("Look at what was reported, and hide it or let it stand."),
        _("Look at the reports"),
        "moderation.list_reports",
    )


def _follow_ideas(here: Situation) -> Card:
    return Card(
        ngettext("%(num)s idea so far", "%(num)s ideas so far", here.crew.ideas),
        _("Read them, ask questions, and remind people to rank up to five."),
        _("Read the ideas"),
        "ideas.list_ideas",
    )


def _follow_submissions(here: Situation) -> Card:
    return Card(
        _(
            "%(done)s of %(all)s teams have handed in",
            done=here.crew.submissions,
            all=here.crew.published_teams,
        ),
        _("See what is missing, and give a team more time if it needs it."),
        _("See the submissions"),
        "submissions.list_submissions",
    )


def _fixed(make: Callable[[], Card]) -> Callable[[Situation], Card]:
    return lambda _here: make()


CARDS: dict[Step, Callable[[Situation], Card]] = {
    Step.AWAIT_START: _fixed(
        lambda: Card(
            _("You are in. It has not begun yet"),
            _("We show the next step here as soon as there is one."),
            _("See the programme"),
            "public.event",
        )
    ),
    Step.LOOK_AROUND: _fixed(
        lambda: Card(
            _("Have a look around"),
            _("Read the ideas, and visit the boards that are open to you."),
            _("Read the ideas"),
            "ideas.list_ideas",
        )
    ),
    Step.READ_RESULTS: _fixed(
        lambda: Card(
            _("The results are out"),
            _("See what is funded, and why."),
            _("See the results"),
            "funding.show_results",
        )
    ),
    Step.AWAIT_RESULTS: _fixed(
        lambda: Card(
            _("The jury is at work"),
            _("Results appear here as soon as they are published. Nothing is asked of you now."),
            aside_label=_("Read the ideas again"),
            aside_endpoint="ideas.list_ideas",
        )
    ),
    Step.ADD_SKILLS: _fixed(
        lambda: Card(
            _("Say what you can do"),
            _("Three to five skills are enough. Teams are made from them, so they matter."),
            _("Add your skills"),
            "profiles.edit",
        )
    ),
    Step.PITCH_IDEA: _pitch,
    Step.RANK_IDEAS: _rank,
    Step.AWAIT_TEAMS: _fixed(
        lambda: Card(
            _("You have done your part"),
            _("Teams are made next. Until then you can change your ranking."),
            aside_label=_("Look at my ranking"),
            aside_endpoint="ideas.show_ranking",
        )
    ),
    Step.ANSWER_PLACEMENT: _fixed(
        lambda: Card(
            _("Meet your team and say yes"),
            _("See who is in it and why you are. You can accept, or ask for a change."),
            _("See your team"),
            "teams.show_team",
        )
    ),
    Step.MEET_TEAM: _fixed(
        lambda: Card(
            _("Get to know your team"),
            _("The jam begins soon. Say hello, and look at the idea together."),
            _("See your team"),
            "teams.show_team",
        )
    ),
    Step.FIND_TEAM: _fixed(
        lambda: Card(
            _("You have no team yet"),
            _("Speak to the organisers: they can add you to one at any time."),
            _("See the teams"),
            "teams.list_teams",
        )
    ),
    Step.OPEN_BOARD: _fixed(
        lambda: Card(
            _("Work with your team on the board"),
            _("Notes appear for everybody at once, and are saved as you write."),
            _("Open the board"),
            "boards.open_team_board",
            "post",
            aside_label=_("See your team"),
            aside_endpoint="teams.show_team",
        )
    ),
    Step.START_SUBMISSION: _fixed(
        lambda: Card(
            _("Begin your submission"),
            _("One person of the team writes, all can see it. Drafts are kept."),
            _("Begin"),
            "submissions.show",
        )
    ),
    Step.FINISH_SUBMISSION: _finish,
    Step.AWAIT_JURY: _fixed(
        lambda: Card(
            _("You have handed in"),
            _("Until the deadline you can take it back and hand in again."),
            aside_label=_("See what the jury will see"),
            aside_endpoint="submissions.show",
        )
    ),
    Step.SCORE: _score,
    Step.AWAIT_SHEETS: _fixed(
        lambda: Card(
            _("Nothing to score yet"),
            _("Once teams have handed in, the organisers give you submissions to read."),
            aside_label=_("Read the ideas"),
            aside_endpoint="ideas.list_ideas",
        )
    ),
    Step.SHEETS_DONE: _fixed(
        lambda: Card(
            _("All your sheets are in. Thank you!"),
            _("You can still change them until the judging ends."),
            aside_label=_("Look at your queue"),
            aside_endpoint="jury.queue",
        )
    ),
    Step.PUBLISH_EVENT: _fixed(
        lambda: Card(
            _("Look through the event and publish it"),
            _("Until then only its own people see it, and others join with the code alone."),
            _("Look through it"),
            "programmes.edit_event",
            aside_label=_("Check the phases"),
            aside_endpoint="organise.edit_phases",
        )
    ),
    Step.SETTLE_REPORTS: _reports,
    Step.INVITE_PEOPLE: _fixed(
        lambda: Card(
            _("Invite people"),
            _("Put the code on the wall, on the screen, and into the invitation."),
            _("Show the join code"),
            "organise.share",
        )
    ),
    Step.COLLECT_IDEAS: _fixed(
        lambda: Card(
            _("Ask for the first idea"),
            _("Nobody has pitched yet. The first idea is the hardest: pitch one yourself."),
            _("Pitch an idea"),
            "ideas.new_idea",
        )
    ),
    Step.FOLLOW_IDEAS: _follow_ideas,
    Step.RUN_MATCHING: _fixed(
        lambda: Card(
            _("Make the teams"),
            _("The matching proposes teams from rankings, skills and languages. You decide."),
            _("Go to the matching"),
            "teams.matching_room",
        )
    ),
    Step.PUBLISH_TEAMS: _fixed(
        lambda: Card(
            _("Look at the proposed teams and publish them"),
            _("Nobody sees their team before you publish. Move people as you see fit."),
            _("See the proposal"),
            "teams.matching_room",
        )
    ),
    Step.FOLLOW_TEAMS: _fixed(
        lambda: Card(
            _("Teams are out: see who said yes"),
            _("Some people may ask for a change; you can still move them."),
            _("See the teams"),
            "teams.matching_room",
        )
    ),
    Step.FOLLOW_BOARDS: _fixed(
        lambda: Card(
            _("The jam is on"),
            _("Walk around: look into the boards and help where it is quiet."),
            _("See the boards"),
            "boards.list_boards",
        )
    ),
    Step.NAME_JURORS: _fixed(
        lambda: Card(
            _("Name the jury"),
            _("Give people the role of juror, and write down what they judge by."),
            _("Set up the jury"),
            "jury.setup",
        )
    ),
    Step.FOLLOW_SUBMISSIONS: _follow_submissions,
    Step.ASSIGN_JURORS: _fixed(
        lambda: Card(
            _("Give the jurors their submissions"),
            _("Evenly, and never to somebody with a conflict of interest."),
            _("Assign submissions"),
            "jury.setup",
        )
    ),
    Step.FOLLOW_SHEETS: _sheets,
    Step.MAKE_SHORTLIST: _fixed(
        lambda: Card(
            _("Every sheet is in: make the shortlist"),
            _("See the ranking with its uncertainty, and what fits the budget."),
            _("Make the shortlist"),
            "funding.shortlist",
        )
    ),
    Step.PUBLISH_RESULTS: _fixed(
        lambda: Card(
            _("Look at the shortlist and publish it"),
            _("Write a reason for each place first: everybody will read it."),
            _("See the shortlist"),
            "funding.shortlist",
        )
    ),
}
