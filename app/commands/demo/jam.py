"""From joining to the sheets: what people do in one edition."""

from collections.abc import Callable

from app.commands.demo.cast import juror_address
from app.commands.demo.handins import ASKS, BUDGET, CANVAS, REGIONS, TRACKS
from app.commands.demo.handins import COMMENTS as JUROR_COMMENTS
from app.commands.demo.ideas import BOARD_NOTES, COMMENTS, IDEAS
from app.commands.demo.stage import Stage
from app.core.boards.notes import Note
from app.core.policy import OPERATOR, Role
from app.domain.boards import queries as boards
from app.domain.boards import service as board_service
from app.domain.ideas import queries as idea_queries
from app.domain.ideas import responses
from app.domain.ideas import service as ideas
from app.domain.ideas.inputs import IdeaInput, SkillInput
from app.domain.jury import queries as jury
from app.domain.jury import service as jury_service
from app.domain.jury import sheets
from app.domain.jury.rubric import default_rubric
from app.domain.programmes import membership
from app.domain.submissions import queries as submissions
from app.domain.submissions import service as submission_service
from app.domain.submissions.inputs import DraftInput, LineInput
from app.domain.teams import queries as teams
from app.domain.teams import service as team_service
from app.hub.binding import current_hub
from app.workflows.publish_teams import publish_teams

Report = Callable[[str], None]
_NOTE_STEP = 220
_NOTES_A_ROW = 5


def jam(stage: Stage, report: Report) -> None:
    """Play the whole edition, or what has happened of it so far."""
    _join(stage)
    _pitch(stage)
    _respond(stage)
    report(f"{stage.edition.name}: {len(stage.idea_ids)} ideas, ranked")
    if stage.edition.is_before_the_jam:
        return
    _form_teams(stage)
    formed = teams.list_teams(stage.event.id, state=teams.PUBLISHED)
    report(f"{stage.edition.name}: {len(formed)} teams")
    _write_on_boards(stage, formed)
    for number, team in enumerate(formed):
        _hand_in(stage, team, number)
    report(f"{stage.edition.name}: {submissions.count_submitted(stage.event.id)} submissions")
    report(f"{stage.edition.name}: {_judge(stage)} sheets")


def _join(stage: Stage) -> None:
    for user_id, _person in stage.participants:
        membership.grant_role(OPERATOR, stage.event.id, user_id, Role.PARTICIPANT)
    membership.grant_role(OPERATOR, stage.event.id, stage.cast.facilitator, Role.FACILITATOR)


def _pitch(stage: Stage) -> None:
    """Each idea is pitched by somebody who speaks its language at home."""
    by_language: dict[str, list[int]] = {}
    for user_id, person in stage.participants:
        by_language.setdefault(person.home_language, []).append(user_id)
    for idea in stage.edition.ideas:
        given = IdeaInput(
            title=idea.title,
            summary=idea.summary,
            body=idea.body,
            language=idea.language,
            skills=[SkillInput(label, level) for label, level in idea.needs],
        )
        owner = stage.actor(by_language[idea.language].pop(0))
        stage.idea_ids.append(ideas.create_idea(owner, stage.event.id, given))


def _respond(stage: Stage) -> None:
    people = stage.participants
    for number, (index, language, text) in enumerate(COMMENTS):
        if stage.edition.ideas is IDEAS:
            speakers = [user for user, person in people if language in person.languages]
            actor = stage.actor(speakers[number % len(speakers)])
            responses.comment_on_idea(actor, stage.idea_ids[index], text)
    # Some ideas draw more people than others, as they do in a hall.
    appeal = [1 / (3 + position % 7) for position in range(len(stage.idea_ids))]
    # Before the jam some have not chosen yet: the person of the demo sign-in among them.
    undecided = 10 if stage.edition.is_before_the_jam else 0
    for user_id, _person in people[undecided:]:
        actor = stage.actor(user_id)
        count = min(stage.dice.choice((2, 3, 4, 5)), len(stage.idea_ids))
        chosen: list[int] = []
        while len(chosen) < count:
            pick = stage.dice.choices(stage.idea_ids, appeal)[0]
            if pick not in chosen:
                chosen.append(pick)
        for idea_id in chosen[:2]:
            responses.support_idea(actor, idea_id)
        responses.rank_ideas(actor, stage.event.id, chosen)


def _form_teams(stage: Stage) -> None:
    organiser = stage.actor(stage.cast.organiser)
    run_id = team_service.request_run(organiser, stage.event.id)
    team_service.perform_run(run_id)
    for team_id in publish_teams(organiser, stage.event.id):
        team = teams.find_team_detail(team_id)
        for member in team.members[:-1] if team else ():
            actor = stage.actor(member.person.id)
            team_service.answer_placement(actor, team_id, accepts=True)


def _write_on_boards(stage: Stage, formed: list[teams.TeamDetail]) -> None:
    hall = board_service.create_board(
        stage.actor(stage.cast.facilitator), stage.event.id, "What would make a room yours?"
    )
    authors = [user_id for user_id, _person in stage.participants]
    _put_notes(hall, authors, offset=0)
    for number, team in enumerate(formed):
        board = boards.find_team_board(team.id)
        if board is not None:
            members = [member.person.id for member in team.members]
            _put_notes(board.id, members, offset=3 * number + 1)
    current_hub().stop()


def _put_notes(board_id: str, authors: list[int], *, offset: int) -> None:
    notes = []
    for position, (_language, text, colour) in enumerate(_turned(BOARD_NOTES, offset)[:9]):
        row, column = divmod(position, _NOTES_A_ROW)
        notes.append(
            Note(
                id=f"demo-{position}",
                text=text,
                x=float(40 + column * _NOTE_STEP),
                y=float(60 + row * _NOTE_STEP),
                colour=colour,
                author=f"user:{authors[position % len(authors)]}",
            )
        )
    current_hub().insert_notes(board_id, notes, "cojam")


def _turned(items: tuple[tuple[str, str, str], ...], by: int) -> list[tuple[str, str, str]]:
    by %= len(items)
    return [*items[by:], *items[:by]]


def _hand_in(stage: Stage, team: teams.TeamDetail, number: int) -> None:
    lead = next(member for member in team.members if member.is_lead)
    actor = stage.actor(lead.person.id)
    idea = idea_queries.find_idea(team.idea_id) if team.idea_id is not None else None
    ask_cents = ASKS[number % len(ASKS)]
    given = DraftInput(
        title=team.name,
        summary=idea.summary if idea else team.name,
        track=TRACKS[number % len(TRACKS)],
        region=REGIONS[number % len(REGIONS)],
        canvas={name: texts[number % len(texts)] for name, texts in CANVAS.items()},
        video_url="https://video.example.org/open-rooms",
        ask=str(ask_cents // 100),
        lines=[LineInput(label, str(ask_cents * share // 10_000)) for label, share in BUDGET],
    )
    revision = submission_service.save_draft(actor, team.id, given, 0)
    submission_service.hand_in(actor, team.id, revision)


def _judge(stage: Stage) -> int:
    organiser = stage.actor(stage.cast.organiser)
    for number in range(1, len(stage.cast.jurors) + 1):
        jury_service.add_juror(
            organiser,
            stage.event.id,
            juror_address(number),
            organisation=f"House {'ABCDEFGH'[number - 1]}",
            region=REGIONS[number % len(REGIONS)],
        )
    jury_service.set_rubric(organiser, stage.event.id, default_rubric())
    jury_service.assign_jury(organiser, stage.event.id, per_submission=3)
    rubric = jury.find_rubric(stage.event.id)
    done = 0
    quality = {
        row.id: stage.dice.gauss(6.4, 1.2) for row in submissions.list_handed_in(stage.event.id)
    }
    for position, user_id in enumerate(stage.cast.jurors):
        severity = stage.dice.gauss(0, 0.7)
        juror_id = jury.find_juror_id(stage.event.id, user_id) or 0
        queue = sheets.list_queue(stage.event.id, juror_id)
        # Every juror has begun; with an open jury some sheets are still to come.
        share = stage.edition.sheets_done
        for assignment in queue[: max(1, round(len(queue) * share))]:
            actor = stage.actor(user_id)
            mean = quality[assignment.submission_id] + severity
            comment = JUROR_COMMENTS[(position + done) % len(JUROR_COMMENTS)]
            scores = {
                criterion.id: min(10, max(1, round(stage.dice.gauss(mean, 1))))
                for criterion in (rubric.criteria if rubric else ())
            }
            jury_service.record_sheet(
                actor, assignment.assignment_id, scores, comment=comment, is_submitted=True
            )
            done += 1
    return done
