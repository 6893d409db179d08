"""Two people of a team save at the same moment: one is stored, the other is told."""

from threading import Barrier, Thread

from flask import Flask

from app.core.phases import Phase
from app.core.policy import Actor, Role
from app.db import db
from app.domain.submissions import queries, service
from app.domain.submissions.service import DraftInput
from tests.factories import Factory


def test_of_two_saves_at_once_one_is_told(app: Flask, make: Factory) -> None:
    event_id = make.event(Phase.SUBMISSION)
    members = [make.member(event_id), make.member(event_id)]
    team_id = make.team(event_id, *members)
    start, outcomes = Barrier(2), []

    def save(user_id: int) -> None:
        actor = Actor(user_id=user_id, roles=frozenset({Role.PARTICIPANT}))
        with app.app_context():
            try:
                start.wait(10)
                service.save_draft(actor, team_id, DraftInput(title=f"By {user_id}"), 0)
                outcomes.append(("stored", f"By {user_id}"))
            except service.StaleDraft as stale:
                outcomes.append(("told", stale.theirs.title))
            finally:
                db.session.remove()

    threads = [Thread(target=save, args=(user_id,)) for user_id in members]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with app.app_context():
        kept = queries.find_draft(team_id)
    assert sorted(outcomes) == [("stored", kept.title), ("told", kept.title)]
    assert kept.revision == 1
