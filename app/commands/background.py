"""The process that does the background work."""

import fcntl
import logging
import os
from typing import IO

from flask import Flask

from app.config import Settings
from app.domain.teams import service as teams
from app.jobs.durable import DurableStorage
from app.jobs.matching import run_matching
from app.jobs.queue import enqueue

_log = logging.getLogger(__name__)


def work(app: Flask) -> None:
    """Take up what an earlier worker left, then do jobs until stopped."""
    settings: Settings = app.extensions["cojam_settings"]
    queue = app.extensions["cojam_queue"]
    lock = _enter(settings)
    try:
        if _is_alone(lock):
            take_up(app)
        fcntl.flock(lock, fcntl.LOCK_SH)
        consumer = queue.create_consumer(
            workers=1, worker_type="thread", initial_delay=0.05, max_delay=0.5, backoff=1.3
        )
        consumer.run()
    finally:
        lock.close()


def take_up(app: Flask) -> None:
    """Have done again what a killed worker did not finish; only for a worker that is alone."""
    storage = app.extensions["cojam_queue"].storage
    count = storage.abandon() if isinstance(storage, DurableStorage) else 0
    with app.app_context():
        failed = teams.fail_interrupted_runs()
        # A run whose job was lost would wait for ever; a second job for one run does nothing.
        for run_id in teams.list_queued_runs():
            enqueue(run_matching, run_id)
    if count or failed:
        _log.warning("taken up from a stopped worker: %d jobs, %d runs failed", count, failed)


def _enter(settings: Settings) -> IO[str]:
    lock = (settings.instance_path / "worker.lock").open("a", encoding="ascii")
    os.set_inheritable(lock.fileno(), False)
    return lock


def _is_alone(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
