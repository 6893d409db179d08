"""Fixtures of the commands."""

from pathlib import Path

import pytest

from tests.integration.commands.juryfiles import Files


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Return a folder with the files of a small jury."""
    return Files(tmp_path)
