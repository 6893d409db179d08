"""Files are given to those who may see them, and do nothing by themselves."""

import io

import pytest
from PIL import Image

from app import clock
from app.core.phases import Phase
from app.core.policy import Actor, Role
from app.db import transaction
from app.domain.jury.models import Assignment, Juror
from app.domain.submissions.models import Submission, SubmissionFile
from app.domain.teams.models import Team, TeamMember
from app.domain.uploads import service
from app.domain.uploads.queries import Purpose, UploadView
from tests.factories import Factory
from tests.visitors import Visitor


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(out, "PNG")
    return out.getvalue()


def upload(
    make: Factory, event_id: int, purpose: Purpose, name: str, data: bytes, owner_id: int
) -> UploadView:
    with make.app.app_context():
        return service.store_upload(
            Actor(user_id=owner_id, roles=frozenset({Role.PARTICIPANT})),
            event_id,
            purpose,
            name,
            data,
            files=make.app.extensions["cojam_files"],
            bytes_max=1024 * 1024,
        )


def submit(make: Factory, event_id: int, member_id: int, stored: UploadView) -> int:
    """Put a file into the submission of a published team; returns the submission's id."""
    now = clock.now()
    with make.app.app_context(), transaction() as session:
        team = Team(
            event_id=event_id, name="Team", state="published", created_at=now, published_at=now
        )
        session.add(team)
        session.flush()
        session.add(
            TeamMember(team_id=team.id, event_id=event_id, user_id=member_id, joined_at=now)
        )
        submission = Submission(event_id=event_id, team_id=team.id, updated_at=now)
        session.add(submission)
        session.flush()
        session.add(SubmissionFile(submission_id=submission.id, upload_id=stored.id))
        return submission.id


def assign(make: Factory, event_id: int, juror_id: int, submission_id: int, state: str) -> None:
    now = clock.now()
    with make.app.app_context(), transaction() as session:
        juror = Juror(event_id=event_id, user_id=juror_id, pseudonym="Juror A", created_at=now)
        session.add(juror)
        session.flush()
        session.add(
            Assignment(
                event_id=event_id,
                juror_id=juror.id,
                submission_id=submission_id,
                state=state,
                created_at=now,
            )
        )


def test_a_picture_of_a_public_event_is_shown_in_place(make: Factory, visitor: Visitor) -> None:
    event_id = make.event()
    stored = upload(make, event_id, Purpose.IDEA, "plan.png", picture(), make.member(event_id))
    answer = visitor.get(f"/files/{stored.public_id}")
    assert answer.status_code == 200
    assert answer.mimetype == "image/png"
    assert answer.headers["Content-Disposition"] == "inline; filename=plan.png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].endswith("sandbox")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    again = visitor.get(
        f"/files/{stored.public_id}", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


def test_a_picture_of_an_unpublished_event_is_its_people_s_own(
    make: Factory, visitor: Visitor
) -> None:
    event_id = make.event(is_published=False)
    owner_id = make.member(event_id)
    stored = upload(make, event_id, Purpose.IDEA, "plan.png", picture(), owner_id)
    address = f"/files/{stored.public_id}"
    assert visitor.get(address).status_code == 302
    assert make.visitor(make.user()).get(address).status_code == 403
    assert make.visitor(owner_id).get(address).status_code == 200


def test_what_is_no_picture_is_saved_and_not_shown(make: Factory) -> None:
    event_id = make.event()
    owner_id = make.member(event_id)
    text = b"<script>alert(1)</script>"
    stored = upload(make, event_id, Purpose.SUBMISSION, "page.txt", text, owner_id)
    answer = make.visitor(owner_id).get(f"/files/{stored.public_id}")
    assert answer.get_data() == text
    assert answer.mimetype == "text/plain"
    assert answer.headers["Content-Disposition"] == "attachment; filename=page.txt"


def test_a_file_without_a_submission_is_its_owner_s_alone(make: Factory, visitor: Visitor) -> None:
    event_id = make.event()
    owner_id = make.member(event_id)
    stored = upload(make, event_id, Purpose.SUBMISSION, "a.pdf", b"%PDF-1.7", owner_id)
    address = f"/files/{stored.public_id}"
    assert make.visitor(owner_id).get(address).status_code == 200
    for other in (visitor, make.visitor(make.member(event_id))):
        assert other.get(address).status_code == 404


@pytest.mark.parametrize(
    ("state", "status"), [("open", 200), ("submitted", 200), ("recused", 403), ("void", 403)]
)
def test_a_file_of_a_submission_is_for_team_jurors_and_organisers(
    make: Factory, visitor: Visitor, state: str, status: int
) -> None:
    event_id = make.event(Phase.JUDGING)
    owner_id = make.member(event_id)
    stored = upload(make, event_id, Purpose.SUBMISSION, "a.pdf", b"%PDF-1.7", owner_id)
    mate_id, juror_id = make.member(event_id), make.member(event_id, Role.JUROR)
    submission_id = submit(make, event_id, mate_id, stored)
    assign(make, event_id, juror_id, submission_id, state)
    address = f"/files/{stored.public_id}"
    assert make.visitor(mate_id).get(address).status_code == 200
    assert make.visitor(make.member(event_id, Role.ORGANISER)).get(address).status_code == 200
    assert make.visitor(juror_id).get(address).status_code == status
    assert make.visitor(make.member(event_id, Role.JUROR)).get(address).status_code == 403
    assert make.visitor(make.member(event_id)).get(address).status_code == 403
    assert visitor.get(address).status_code == 302


@pytest.mark.parametrize("name", ["nothing", "..%2f..%2fetc", "x" * 300])
def test_unknown_files_are_missing(visitor: Visitor, name: str) -> None:
    assert visitor.get(f"/files/{name}").status_code == 404
