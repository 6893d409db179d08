"""Every command that is registered can be loaded, and web workers load none of the solvers."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.commands.registry import COMMANDS, LazyCommand

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("name", "target", "help_line"), COMMANDS)
def test_a_registered_command_loads(name: str, target: str, help_line: str) -> None:
    command = LazyCommand(name, target, help_line).load()
    assert command.name == name
    assert command.help


def test_the_application_loads_no_solver() -> None:
    code = (
        "import sys, wsgi; "
        "print([m for m in ('sklearn', 'pandas', 'scipy.optimize') if m in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.splitlines()[-1] == "[]"
