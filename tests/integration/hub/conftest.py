"""Servers around a hub: one in this process, and real ones that can be killed."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask, Response, request
from werkzeug.serving import make_server

from app.domain.boards.log import BoardLog
from app.hub import Hub, Principal, hand_over

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


@pytest.fixture
def log_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'boards.sqlite'}"


@pytest.fixture
def hub(log_url: str) -> Iterator[Hub]:
    hub = Hub(BoardLog(log_url))
    yield hub
    hub.stop()


@pytest.fixture
def base_url(hub: Hub) -> Iterator[str]:
    """Serve the hub from this process, under werkzeug."""
    app = Flask(__name__)

    @app.route("/sync/<board_id>", websocket=True)
    def sync(board_id: str) -> Response:
        user = request.args["user"]
        principal = Principal(
            id=f"user:{user}",
            name=user.title(),
            colour="sky",
            may_edit=request.args.get("role", "edit") == "edit",
            may_moderate=request.args.get("moderate") == "1",
        )
        return hand_over(hub, request, board_id, principal)

    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def find_lasting_port() -> int:
    """Return a free port below those that outgoing connections take while a server is down."""
    while True:
        port = random.randrange(20_000, 30_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class ServerProcess:
    """A real server that can be killed and started again on the same log and port."""

    def __init__(self, log_url: str, kind: str, **environment: str) -> None:
        self.port = find_lasting_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        path = f"{ROOT}{os.pathsep}{HERE}"
        self._environment = {**os.environ, "LOG_URL": log_url, "PYTHONPATH": path, **environment}
        self._kind = kind
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, str(HERE / "board_server.py"), str(self.port)]
        if self._kind == "gunicorn":
            command = [sys.executable, "-m", "gunicorn", "--preload", "--no-control-socket"]
            command += ["--worker-class", "gthread", "--threads", "4", "--workers", "1"]
            command += [
                "--bind",
                f"127.0.0.1:{self.port}",
                "tests.integration.hub.board_server:app",
            ]
        self._process = subprocess.Popen(
            command,
            env=self._environment,
            cwd=ROOT,
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )
        self.get_page(timeout=20.0)

    def get_page(self, timeout: float = 5.0) -> str:
        end = time.monotonic() + timeout
        while True:
            try:
                with urllib.request.urlopen(self.base_url, timeout=2) as page:
                    return str(page.read().decode())
            except (urllib.error.URLError, ConnectionError):
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def kill(self) -> None:
        """Kill the server with all its workers, as a power cut would."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def stop_gently(self) -> int:
        assert self._process is not None
        self._process.terminate()
        code = self._process.wait(timeout=20)
        self._process = None
        return code


@pytest.fixture
def serve(log_url: str) -> Iterator[Callable[..., ServerProcess]]:
    """Return a function that starts a real server: `serve("gunicorn")` or `serve("werkzeug")`."""
    servers: list[ServerProcess] = []

    def start(kind: str, **environment: str) -> ServerProcess:
        server = ServerProcess(log_url, kind, **environment)
        servers.append(server)
        server.start()
        return server

    yield start
    for server in servers:
        server.kill()
