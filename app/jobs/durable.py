"""A queue in SQLite that forgets a job when it is done, not when it is begun.

Huey takes a job off its queue before it runs it: a worker that is killed meanwhile takes the
letter it was sending with it. Here a job stays written down until it has ended, and the next
worker does again what the last one left. So a job may run twice, and never not at all.
"""

import datetime
from typing import Any

from huey import Huey
from huey.storage import SqliteStorage

# A job that kills its worker each time must not keep all others from their turn.
ATTEMPTS_MAX = 3

_TAKEN = """
create table if not exists taken (
  id integer not null primary key, queue text not null, data blob not null,
  attempts integer not null default 1, is_abandoned integer not null default 0)
"""


class DurableStorage(SqliteStorage):  # type: ignore[misc]  # huey carries no types
    """Jobs move from `task` to `taken` when they begin, and leave when they have ended."""

    ddl = (*SqliteStorage.ddl, _TAKEN)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._taken_id: int | None = None
        super().__init__(*args, **kwargs)

    def dequeue(self) -> bytes | None:
        """Take the next job: what a killed worker left comes first."""
        # A look without the lock: an idle worker must not keep pages from enqueueing.
        waiting = "select 1 from task where queue = ? union all select 1 from taken "
        waiting += "where queue = ? and is_abandoned limit 1"
        if not self.sql(waiting, (self.name, self.name), results=True):
            return None
        with self.db(commit=True) as cursor:
            return self._take_abandoned(cursor) or self._take_waiting(cursor)

    def settle(self) -> None:
        """Forget the job that was taken last: it is done, has failed, or waits for a retry."""
        if self._taken_id is not None:
            self.sql("delete from taken where id = ?", (self._taken_id,), commit=True)
            self._taken_id = None

    def abandon(self) -> int:
        """Give up what killed workers left unfinished, to be done again; return how many.

        Call it only while no other worker runs on this queue.
        """
        with self.db(commit=True) as cursor:
            cursor.execute(
                "delete from taken where queue = ? and attempts >= ?", (self.name, ATTEMPTS_MAX)
            )
            cursor.execute("update taken set is_abandoned = 1 where queue = ?", (self.name,))
            return int(cursor.rowcount)

    def read_schedule(self, ts: datetime.datetime) -> list[bytes]:
        """Move what is due onto the queue in one commit; huey's way would lose it in between."""
        due = (self.name, ts.timestamp())
        with self.db(commit=True) as cursor:
            cursor.execute(
                "insert into task (queue, data, priority) select queue, data, 0 from schedule "
                "where queue = ? and timestamp <= ? order by timestamp, id",
                due,
            )
            cursor.execute("delete from schedule where queue = ? and timestamp <= ?", due)
        return []

    def _take_abandoned(self, cursor: Any) -> bytes | None:
        cursor.execute(
            "select id, data from taken where queue = ? and is_abandoned order by id limit 1",
            (self.name,),
        )
        row = cursor.fetchone()
        if row is None:
            return None
        self._taken_id = row[0]
        cursor.execute(
            "update taken set is_abandoned = 0, attempts = attempts + 1 where id = ?", (row[0],)
        )
        return bytes(row[1])

    def _take_waiting(self, cursor: Any) -> bytes | None:
        cursor.execute(
            "select id, data from task where queue = ? order by priority desc, id limit 1",
            (self.name,),
        )
        row = cursor.fetchone()
        if row is None:
            return None
        cursor.execute("insert into taken (queue, data) values (?, ?)", (self.name, row[1]))
        self._taken_id = cursor.lastrowid
        cursor.execute("delete from task where id = ?", (row[0],))
        return bytes(row[1])


class DurableHuey(Huey):  # type: ignore[misc]
    """Huey on that storage; for one worker thread a process."""

    storage_class = DurableStorage

    def execute(self, task: Any, timestamp: datetime.datetime | None = None) -> Any:
        """Run a job, and only then let go of it: a retry has been scheduled by now."""
        value = super().execute(task, timestamp)
        self.storage.settle()
        return value
