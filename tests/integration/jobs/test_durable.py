"""A job is forgotten when it is done: workers may be killed, jobs may be poisoned."""

import time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.commands.background import take_up
from app.config import Settings, read_settings
from app.core.policy import Actor, Role
from app.db import transaction
from app.domain.teams import queries, service
from app.domain.teams.models import MatchingRun
from app.errors import Conflict
from app.jobs import mail, queue
from app.jobs.durable import ATTEMPTS_MAX, DurableHuey
from tests.factories import Factory


class Desk:
    """A queue in a file with one task, as each process of its own would open it."""

    def __init__(self, folder: Path) -> None:
        self.done: list[str] = []
        self.queue = DurableHuey("cojam", filename=str(folder / "jobs.sqlite"), results=False)
        self.task = self.queue.task(name="note", retry_delay=1)(self._note)

    def _note(self, text: str) -> None:
        if text == "poison":
            raise ValueError(text)
        self.done.append(text)

    def work(self) -> None:
        while (task := self.queue.dequeue()) is not None:
            self.queue.execute(task)


def test_a_job_survives_the_worker_that_was_killed_in_it(tmp_path: Path) -> None:
    killed = Desk(tmp_path)
    killed.task("letter")
    assert killed.queue.dequeue().args == ("letter",)
    follower = Desk(tmp_path)
    assert follower.queue.storage.abandon() == 1
    follower.work()
    assert follower.done == ["letter"]
    assert Desk(tmp_path).queue.storage.abandon() == 0


def test_a_job_that_is_done_is_not_done_again(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.task("letter")
    desk.work()
    assert (desk.queue.storage.abandon(), desk.queue.dequeue()) == (0, None)


def test_a_job_that_kills_its_worker_each_time_is_given_up(tmp_path: Path) -> None:
    Desk(tmp_path).task("deadly")
    for _ in range(ATTEMPTS_MAX):
        desk = Desk(tmp_path)
        desk.queue.storage.abandon()
        assert desk.queue.dequeue().args == ("deadly",)
    last = Desk(tmp_path)
    last.task("next")
    last.queue.storage.abandon()
    last.work()
    assert last.done == ["next"]


def test_a_poisoned_job_costs_no_other(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for text in ("one", "poison", "two"):
        desk.task(text)
    desk.work()
    assert desk.done == ["one", "two"]


def test_a_retry_moves_back_onto_the_queue_when_it_is_due(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.task.schedule(("later",), delay=0.2)
    desk.work()
    assert desk.done == []
    time.sleep(0.3)
    assert desk.queue.read_schedule(desk.queue._get_timestamp()) == []
    desk.work()
    assert desk.done == ["later"]


def test_an_unknown_job_is_named_and_the_worker_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = Flask("desk")
    settings = read_settings({"INSTANCE_PATH": str(tmp_path), "SECRET_KEY": "x"})
    queue.register_queue(app, settings)
    app.extensions["cojam_run_job"]("app.jobs.gone.forever", [], {})
    huey = app.extensions["cojam_queue"]
    huey.execute(huey.dequeue())
    assert "app.jobs.gone.forever" in caplog.text
    assert huey.storage.abandon() == 0


@pytest.mark.usefixtures("context")
def test_a_job_of_an_undone_transaction_never_runs(app: Flask, settings: Settings) -> None:
    folder = settings.instance_path / "mail"
    before = set(folder.glob("*"))

    def command(*, must_fail: bool) -> None:
        with transaction():
            queue.enqueue(mail.deliver, "a@example.org", "Hello", "Text\n", f"f{must_fail:d}")
            assert set(folder.glob("*")) == before
            if must_fail:
                raise Conflict("no")

    with pytest.raises(Conflict):
        command(must_fail=True)
    assert set(folder.glob("*")) == before
    command(must_fail=False)
    assert {path.name for path in set(folder.glob("*")) - before} == {"f0.eml"}


@pytest.mark.usefixtures("context")
def test_a_letter_delivered_twice_is_one_letter(settings: Settings) -> None:
    for _ in range(2):
        mail.deliver("a@example.org", "Hello", "Text\n", "twice")
    letter = (settings.instance_path / "mail" / "twice.eml").read_text()
    assert "Message-ID: <twice@cojam.invalid>" in letter


def _run_in(state: str, make: Factory) -> tuple[int, int, Actor]:
    event_id = make.event()
    organiser = Actor(make.member(event_id, Role.ORGANISER), frozenset({Role.ORGANISER}))
    run_id = service.request_run(organiser, event_id)
    with transaction() as session:
        run: Any = session.get(MatchingRun, run_id)
        run.state = state
    return event_id, run_id, organiser


@pytest.mark.usefixtures("context")
def test_a_new_worker_takes_up_the_runs_of_the_old(app: Flask, make: Factory) -> None:
    _event, interrupted, _organiser = _run_in("running", make)
    _event, waiting, _organiser = _run_in("queued", make)
    take_up(app)
    states = [queries.find_run(run_id).state for run_id in (interrupted, waiting)]  # type: ignore[union-attr]
    assert states == ["failed", "infeasible"]


@pytest.mark.usefixtures("context")
def test_a_run_without_a_worker_is_closed_by_a_second_cancel(make: Factory) -> None:
    event_id, run_id, organiser = _run_in("running", make)
    states = []
    for _ in range(2):
        service.cancel_run(organiser, event_id, run_id)
        states.append(queries.find_run(run_id).state)  # type: ignore[union-attr]
    assert states == ["running", "cancelled"]
    assert service.request_run(organiser, event_id) > run_id
