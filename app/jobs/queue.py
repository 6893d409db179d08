"""The queue of background work: SQLite by default, Redis at scale."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, current_app
from huey import Huey, MemoryHuey, RedisHuey

from app.config import Settings
from app.db import after_commit
from app.jobs.durable import DurableHuey

# A mail server may be away for hours: 20 s, 50 s, 125 s … add up to five hours.
RETRY_DELAY_S, RETRY_BACKOFF = 20, 2.5


def make_queue(settings: Settings, *, is_immediate: bool = False) -> Huey:
    """Return a queue for the settings; an immediate one runs each job when it is enqueued."""
    if is_immediate:
        return MemoryHuey("cojam", immediate=True)
    if settings.redis_url:
        return RedisHuey("cojam", url=settings.redis_url, results=False)
    path = settings.instance_path / "jobs.sqlite"
    # What a job returns nobody asks for: kept, it would only fill the disk.
    return DurableHuey("cojam", filename=str(path), fsync=True, results=False)


JOBS: dict[str, Callable[..., Any]] = {}
_RETRIES: dict[str, int] = {}


def job(*, retries: int = 0) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Name a function as background work; `enqueue` runs it by its name.

    Its arguments must be plain values (numbers, strings, lists, dicts): they are stored.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        name = f"{function.__module__}.{function.__name__}"
        JOBS[name] = function
        _RETRIES[name] = retries

        @wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            return function(*args, **kwargs)

        call.job_name = name  # type: ignore[attr-defined]
        return call

    return decorate


def register_queue(app: Flask, settings: Settings, *, is_immediate: bool = False) -> None:
    """Give an application its queue, with one task that runs a job by its name."""
    queue = make_queue(settings, is_immediate=is_immediate)

    def run(name: str, args: list[Any], kwargs: dict[str, Any]) -> None:
        with app.app_context():
            JOBS[name](*args, **kwargs)

    app.extensions["cojam_queue"] = queue
    app.extensions["cojam_run_job"] = queue.task(
        name="run_job", retry_delay=RETRY_DELAY_S, retry_backoff=RETRY_BACKOFF
    )(run)


def enqueue(function: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    """Put a job on the queue of the running application, once the running transaction is stored.

    A job of a transaction that is undone is never enqueued.
    """
    name = function.job_name  # type: ignore[attr-defined]
    task = current_app.extensions["cojam_run_job"].s(name, list(args), kwargs)
    task.retries = _RETRIES[name]
    queue = current_app.extensions["cojam_queue"]
    after_commit(lambda: queue.enqueue(task))
