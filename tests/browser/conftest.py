"""A real server process, a real Chromium, and people who sign in by the form."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

from app.commands.demo.signins import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
START_S = 90


@dataclass
class LiveServer:
    """`flask serve` on a port and an instance folder of its own."""

    port: int
    instance_path: Path
    environ: dict[str, str]
    process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """Where the site is."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start and wait until a page answers."""
        log = (self.instance_path / "serve.log").open("a")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "serve"],
            cwd=ROOT, env=self.environ, stdout=log, stderr=log, text=True,
        )  # fmt: skip
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{self.url}/sign-in", timeout=2)
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError((self.instance_path / "serve.log").read_text()[-3000:])

    def web_pid(self) -> int:
        """Return the process that serves pages and boards (Gunicorn's worker)."""
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            connection.close()
        parents = _children(self.process.pid) if self.process else []
        return next(worker for parent in parents for worker in _children(parent))

    def kill_web(self) -> None:
        """End the serving process without warning; its parent starts a new one."""
        os.kill(self.web_pid(), signal.SIGKILL)

    def stop(self) -> None:
        """End it as Ctrl-C would."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(20)

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a `flask` command on the same instance."""
        return subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *arguments],
            cwd=ROOT, env=self.environ, capture_output=True, text=True, timeout=120,
        )  # fmt: skip


def _children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()]


def make_server(folder: Path, **environ: str) -> LiveServer:
    """Prepare a server in a folder, not yet started."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL"}}
    return LiveServer(
        port,
        folder,
        {
            **kept,
            "PORT": str(port),
            "HOST": "127.0.0.1",
            "INSTANCE_PATH": str(folder),
            "PYTHONPATH": str(ROOT),
            **environ,
        },
    )


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """Return a running site with the demo in it."""
    server = make_server(tmp_path_factory.mktemp("live"), DEMO="1")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Return Playwright."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Return Debian's Chromium."""
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield chromium
    chromium.close()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, live: LiveServer) -> Iterator[OpenPage]:
    """Return a function that opens a browser of its own, signed in when an address is given.

    A page that asks another site for anything, or logs an error, fails the test at its end.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_one(
        email: str | None = None,
        *,
        viewport: dict[str, int] = DESK,
        dark: bool = False,
        may_log_errors: bool = False,
    ) -> Page:
        context = browser.new_context(
            viewport=viewport,  # type: ignore[arg-type]
            base_url=live.url,
            color_scheme="dark" if dark else "light",
            has_touch=viewport["width"] < 600,
            timezone_id="Europe/Berlin",
            locale="en-GB",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith(
                    (live.url, live.url.replace("http", "ws"), "data:", "blob:")
                )
                else faults.append(f"asked {request.url}")
            ),
        )
        if not may_log_errors:
            page.on(
                "console",
                lambda message: (
                    faults.append(f"{page.url}: {message.text}")
                    if message.type == "error"
                    else None
                ),
            )
            page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        if email is not None:
            sign_in(page, email)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert faults == []


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Sign in by the form, as a person would."""
    page.goto("/sign-in")
    page.locator("main input[name=email]").first.fill(email)
    page.locator("main input[name=password]").first.fill(password)
    page.locator("main input[name=password]").first.press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
