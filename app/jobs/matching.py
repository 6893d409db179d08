"""Matching runs in the background."""

from app.domain.teams import service
from app.jobs.queue import job


@job()
def run_matching(run_id: int) -> None:
    """Do one matching run; its state, progress and outcome stand in its row."""
    service.perform_run(run_id)
