"""Events whose jury has judged, for tests of what follows."""

from collections.abc import Mapping, Sequence

from app import clock
from app.core.phases import Phase
from app.core.policy import Actor, Role
from app.db import db, transaction
from app.domain.jury import queries as jury
from app.domain.jury.models import Assignment, Rubric, SheetVersion
from app.domain.jury.panel import ensure_rubric, set_rubric
from app.domain.jury.rubric import CriterionInput, RubricInput, fingerprint_rubric
from app.domain.submissions import queries as submissions
from tests.factories import Factory

# Rows are projects, columns jurors; None: this juror did not get it.
MARKS: tuple[tuple[int | None, ...], ...] = ((9, 8, 9), (7, 8, 7), (5, 6, 4), (3, 2, 2))
TITLES = ("Night library", "Repair window", "Open kiln", "Water clock")
ASKS_CENTS = (840_000, 980_000, 690_000, 480_000)


class JudgedEvent:
    """An event after scoring: four projects, three jurors, all sheets handed in."""

    def __init__(
        self,
        make: Factory,
        marks: Sequence[Sequence[int | None]] = MARKS,
        *,
        policy: str = "rank",
        slug: str = "jam",
        budget_cents: int = 2_000_000,
    ) -> None:
        self.make = make
        self.event_id = make.event(Phase.JUDGING, slug=slug, budget_cents=budget_cents)
        self.boss_id = make.member(self.event_id, Role.ORGANISER)
        self.boss = Actor(user_id=self.boss_id, roles=frozenset({Role.ORGANISER}))
        self.member_ids = [make.member(self.event_id) for _ in marks]
        self.submission_ids = [
            make.submission(self.event_id, member_id, title=title, ask_cents=ask_cents)
            for member_id, title, ask_cents in zip(
                self.member_ids, TITLES, ASKS_CENTS, strict=False
            )
        ]
        self.juror_ids = [
            make.juror(self.event_id, pseudonym=f"Juror {letter}")
            for letter in "ABCDEF"[: len(marks[0])]
        ]
        criteria = [CriterionInput("Need", weight=2.0), CriterionInput("Doable", weight=1.0)]
        set_rubric(self.boss, self.event_id, RubricInput(criteria=criteria, policy=policy))
        self.assignment_ids = self._hand_in(marks)
        make.go_to(self.event_id, Phase.RESULTS)
        db.session.rollback()  # a new look at what has changed

    def _hand_in(self, marks: Sequence[Sequence[int | None]]) -> Mapping[tuple[int, int], int]:
        found = {}
        with transaction() as session:
            rubric = ensure_rubric(session, self.event_id)
            for submission_id, row in zip(self.submission_ids, marks, strict=True):
                for juror_id, mark in zip(self.juror_ids, row, strict=True):
                    if mark is None:
                        continue
                    given = Assignment(
                        event_id=self.event_id,
                        juror_id=juror_id,
                        submission_id=submission_id,
                        state="submitted",
                        created_at=clock.now(),
                    )
                    session.add(given)
                    session.flush()
                    session.add(
                        SheetVersion(
                            assignment_id=given.id,
                            version=1,
                            is_submitted=True,
                            scores={str(each.id): mark for each in rubric.weighted},
                            comment=f"Words of {juror_id} on {submission_id}",
                            private_note="Between me and myself",
                            created_at=clock.now(),
                        )
                    )
                    found[submission_id, juror_id] = given.id
            frozen = session.get_one(Rubric, rubric.id)
            frozen.frozen_at, frozen.sha256 = clock.now(), fingerprint_rubric(rubric.as_input())
        return found

    def void(self, submission_id: int) -> None:
        """Void every sheet of a submission, as a late conflict does."""
        with transaction() as session:
            for (key, _juror_id), assignment_id in self.assignment_ids.items():
                if key == submission_id:
                    session.get_one(Assignment, assignment_id).state = "void"

    def add_open_sheet(self) -> None:
        """Give a new juror a project that nobody has marked."""
        juror_id = self.make.juror(self.event_id)
        with transaction() as session:
            session.add(
                Assignment(
                    event_id=self.event_id,
                    juror_id=juror_id,
                    submission_id=self.submission_ids[0],
                    state="open",
                    created_at=clock.now(),
                )
            )

    def reopen(self) -> None:
        """Begin judging again."""
        self.make.go_to(self.event_id, Phase.JUDGING)
        db.session.rollback()

    def team_of(self, place: int) -> int:
        """Return the team of a project."""
        handed_in = {each.id: each.team_id for each in submissions.list_handed_in(self.event_id)}
        return handed_in[self.submission_ids[place]]

    def juror_user_id(self, place: int) -> int:
        """Return the person behind a juror."""
        return jury.list_panel(self.event_id)[place].person.id
