"""`flask serve` for real: killed processes, restarts, and clients that dawdle."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_S = 40.0


class Server:
    """An empty installation of its own with as few threads as there can be."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._environ = {
            "PATH": os.environ["PATH"],
            "INSTANCE_PATH": str(folder),
            "PORT": str(self.port),
            "DEMO": "0",
            "SOCKET_CLIENTS_MAX": "0",
        }
        self._log = (folder / "serve.log").open("ab")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> int:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "serve"],
            cwd=ROOT, env=self._environ, stdout=self._log, stderr=self._log,
        )  # fmt: skip
        until(self.answers)
        return self.process.pid

    def answers(self, within_s: float = 2.0) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=within_s)
        try:
            connection.request("GET", "/help")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait(10)

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)
        self._log.close()


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


def children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()]


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    yield server
    server.close()


def test_a_killed_parent_leaves_no_orphans_and_the_next_start_works(server: Server) -> None:
    household = children(server.start())
    assert len(household) == 2
    server.kill()
    until(lambda: all(is_gone(pid) for pid in household))
    server.start()
    assert server.answers()


def test_killed_children_are_started_again(server: Server) -> None:
    parent = server.start()
    before = children(parent)
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    until(lambda: len(children(parent)) == 2 and not set(children(parent)) & set(before))
    until(server.answers)


def test_half_sent_requests_keep_nobody_out_for_long(server: Server) -> None:
    server.start()
    dawdlers = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(40)]
    for dawdler in dawdlers:
        dawdler.sendall(b"GET /help HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
    until(lambda: not server.answers(within_s=0.5))
    until(server.answers)
    assert [dawdler.recv(1) for dawdler in dawdlers[:32]] == [b""] * 32
    for dawdler in dawdlers:
        dawdler.close()
