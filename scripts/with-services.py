"""Run a command beside a private PostgreSQL and a private Redis.

    with-services.py COMMAND …

Both live in a temporary folder, listen on loopback only and are gone afterwards. Their
addresses stand in TEST_POSTGRES_URL and TEST_REDIS_URL.
"""

import contextlib
import glob
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_server_user() -> dict[str, int]:
    """PostgreSQL refuses to run as root; Debian's package made a user for it."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam("postgres")
    return {"user": entry.pw_uid, "group": entry.pw_gid}


@contextlib.contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Start PostgreSQL without durability, which tests do not need."""
    binaries = Path(sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1])
    identity = _as_server_user()
    data = folder / "postgres"
    data.mkdir(mode=0o700)
    if identity:
        folder.chmod(0o755)
        os.chown(data, identity["user"], identity["group"])
    port = free_port()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/", **identity}
    subprocess.run(
        [binaries / "initdb", "-D", data, "-U", "cojam", "-A", "trust", "-E", "UTF8",
         "--locale=C.UTF-8", "--no-sync"], check=True, **quiet,
    )  # fmt: skip
    options = (
        f"-p {port} -k {data} -c listen_addresses=127.0.0.1 -c fsync=off "
        "-c synchronous_commit=off -c full_page_writes=off -c max_connections=300"
    )
    subprocess.run(
        [binaries / "pg_ctl", "-D", data, "-o", options, "-w", "-l", data / "log", "start"],
        check=True, **quiet,
    )  # fmt: skip
    try:
        yield f"postgresql+psycopg://cojam@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(
            [binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=False, **quiet
        )


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Start Redis without a file."""
    port = free_port()
    server = subprocess.Popen(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "",
         "--appendonly", "no", "--dir", str(folder)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(10)


def main() -> int:
    """Run the command that was given; return its exit status."""
    folder = Path(tempfile.mkdtemp(prefix="cojam-test-"))
    try:
        with postgres(folder) as postgres_url, redis(folder) as redis_url:
            environ = {**os.environ, "TEST_POSTGRES_URL": postgres_url, "TEST_REDIS_URL": redis_url}
            return subprocess.run(sys.argv[1:], env=environ, check=False).returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
