"""Uploaded files on disk, named by their content."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import IO


class FileStore:
    """A folder of files named by the SHA-256 of what is in them, so that none is kept twice."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Store bytes and return their SHA-256 in hex; safe to repeat and to interrupt."""
        digest = hashlib.sha256(data).hexdigest()
        path = self.path_of(digest)
        if path.exists():
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        return digest

    def open(self, digest: str) -> IO[bytes]:
        """Open a stored file for reading; raises FileNotFoundError."""
        return self.path_of(digest).open("rb")

    def path_of(self, digest: str) -> Path:
        """Return where a file lies; two letters a folder keep listings short."""
        if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
            raise FileNotFoundError(digest)
        return self.folder / digest[:2] / digest
