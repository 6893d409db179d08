"""Structural scan of a Yjs update (encoding v1), before pycrdt may see it.

A few bytes of garbage can make a decoder reserve hundreds of megabytes, and some updates that
pycrdt accepts break a browser's Yjs. The scan walks the bytes once, keeps every count and length
within what the bytes can hold, and reports what admission needs: whose structs these are, what
they build upon, what they delete. It reads no content.
"""

from collections.abc import Callable

from app.core.boards.admission import UpdateShape

CLOCK_MAX = 1 << 31
CLIENT_MAX = 1 << 53
# Deleted and collected runs cost no bytes, so their length is bounded by itself.
RUN_MAX = 1 << 24
NESTING_MAX = 32

_REF_GC, _REF_DELETED, _REF_JSON, _REF_BINARY, _REF_STRING = 0, 1, 2, 3, 4
_REF_EMBED, _REF_FORMAT, _REF_TYPE, _REF_ANY, _REF_SKIP = 5, 6, 7, 8, 10
_TYPES_WITH_NAME = (3, 5)  # XmlElement and XmlHook
_TYPE_MAX = 6
_HAS_ORIGIN, _HAS_RIGHT_ORIGIN, _HAS_PARENT_SUB = 0x80, 0x40, 0x20


class ScanError(ValueError):
    """The bytes are no update that a board accepts."""


def scan(update: bytes) -> UpdateShape:
    """Return the shape of an update; raises ScanError when it is malformed or out of bounds."""
    try:
        return _Scanner(update).run()
    except (IndexError, UnicodeDecodeError) as error:
        raise ScanError("the update ends too early or holds broken text") from error


class _Scanner:
    """One walk over one update. Dense on purpose: it runs for every edit of every person."""

    __slots__ = ("at", "authored", "data", "requires", "size", "struct_count")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.size = len(data)
        self.at = 0
        self.struct_count = 0
        self.authored: dict[int, list[tuple[int, int]]] = {}
        self.requires: dict[int, int] = {}

    def run(self) -> UpdateShape:
        for _ in range(self.count()):
            self.client_structs()
        deleted = self.delete_set()
        if self.at != self.size:
            raise ScanError("bytes are left over")
        return UpdateShape(self.authored, self.requires, deleted, self.struct_count)

    # -- numbers and strings

    def varint(self) -> int:
        data = self.data
        at = self.at
        byte = data[at]
        at += 1
        number = byte & 127
        shift = 7
        while byte > 127:
            if shift > 56:
                raise ScanError("a number is too long")
            byte = data[at]
            at += 1
            number |= (byte & 127) << shift
            shift += 7
        self.at = at
        return number

    def count(self) -> int:
        """Read a number of things that each take at least one byte."""
        number = self.varint()
        if number > self.size - self.at:
            raise ScanError("a count exceeds the bytes")
        return number

    def client(self) -> int:
        number = self.varint()
        if number >= CLIENT_MAX:
            raise ScanError("a client id is out of range")
        return number

    def run_length(self) -> int:
        number = self.varint()
        if not 0 < number <= RUN_MAX:
            raise ScanError("a run is empty or too long")
        return number

    def skip_bytes(self) -> None:
        length = self.varint()
        self.at += length
        if self.at > self.size:
            raise ScanError("a length exceeds the bytes")

    def text(self) -> str:
        start = self.varint() + (after := self.at)
        if start > self.size:
            raise ScanError("a length exceeds the bytes")
        self.at = start
        return self.data[after:start].decode()

    # -- structs

    def client_structs(self) -> None:
        struct_count = self.count()
        client = self.client()
        clock = self.varint()
        if struct_count == 0 or client in self.authored:
            raise ScanError("a client's structs are empty or split")
        runs: list[tuple[int, int]] = []
        start = clock
        for _ in range(struct_count):
            info = self.data[self.at]
            self.at += 1
            reference = info & 31
            if reference == _REF_SKIP:
                if clock > start:
                    runs.append((start, clock))
                clock += self.run_length()
                start = clock
            elif reference == _REF_GC:
                clock += self.run_length()
            else:
                clock += self.item(info, reference)
        if clock >= CLOCK_MAX:
            raise ScanError("a clock is out of range")
        if clock > start:
            runs.append((start, clock))
        if not runs:
            raise ScanError("nothing but a gap")
        self.struct_count += struct_count
        self.authored[client] = runs

    def item(self, info: int, reference: int) -> int:
        """Walk over one item; return how many clocks it takes."""
        if info & _HAS_ORIGIN:
            self.reference()
        if info & _HAS_RIGHT_ORIGIN:
            self.reference()
        if not info & (_HAS_ORIGIN | _HAS_RIGHT_ORIGIN):
            is_root = self.varint()
            if is_root == 1:
                self.text()
            elif is_root == 0:
                self.reference()
            else:
                raise ScanError("a parent is neither a root nor an item")
            if info & _HAS_PARENT_SUB:
                self.text()
        read = _CONTENT.get(reference)
        if read is None:
            raise ScanError("a kind of content that boards do not hold")
        return read(self)

    def reference(self) -> None:
        client = self.client()
        end = self.varint() + 1
        if end > CLOCK_MAX:
            raise ScanError("a clock is out of range")
        if end > self.requires.get(client, 0):
            self.requires[client] = end

    # -- content: each returns how many clocks it takes

    def content_json(self) -> int:
        length = self.count()
        for _ in range(length):
            self.text()
        return self.positive(length)

    def content_bytes(self) -> int:
        self.skip_bytes()
        return 1

    def content_string(self) -> int:
        text = self.text()
        # Yjs counts UTF-16 code units, as JavaScript does.
        length = len(text) if text.isascii() else len(text.encode("utf-16-le")) >> 1
        return self.positive(length)

    def content_embed(self) -> int:
        self.text()
        return 1

    def content_format(self) -> int:
        self.text()
        self.text()
        return 1

    def content_type(self) -> int:
        kind = self.varint()
        if kind > _TYPE_MAX:
            raise ScanError("an unknown shared type")
        if kind in _TYPES_WITH_NAME:
            self.text()
        return 1

    def content_any(self) -> int:
        length = self.count()
        for _ in range(length):
            self.any_value(0)
        return self.positive(length)

    @staticmethod
    def positive(length: int) -> int:
        if length == 0:
            raise ScanError("content of no length")
        return length

    def any_value(self, depth: int) -> None:
        if depth > NESTING_MAX:
            raise ScanError("a value is nested too deeply")
        tag = self.data[self.at]
        self.at += 1
        if tag in (127, 126, 121, 120):  # undefined, null, false, true
            return
        if tag == 125:
            self.varint()
        elif tag == 124:
            self.fixed(4)
        elif tag in (123, 122):
            self.fixed(8)
        elif tag == 119:
            self.text()
        elif tag == 116:
            self.skip_bytes()
        elif tag == 118:
            for _ in range(self.count()):
                self.text()
                self.any_value(depth + 1)
        elif tag == 117:
            for _ in range(self.count()):
                self.any_value(depth + 1)
        else:
            raise ScanError("an unknown kind of value")

    def fixed(self, length: int) -> None:
        self.at += length
        if self.at > self.size:
            raise ScanError("a number ends too early")

    # -- deletions

    def delete_set(self) -> list[tuple[int, int, int]]:
        deleted: list[tuple[int, int, int]] = []
        for _ in range(self.count()):
            client = self.client()
            for _ in range(self.count()):
                start = self.varint()
                end = start + self.run_length()
                if end > CLOCK_MAX:
                    raise ScanError("a deletion is out of range")
                deleted.append((client, start, end))
        return deleted


_CONTENT: dict[int, Callable[[_Scanner], int]] = {
    _REF_DELETED: _Scanner.run_length,
    _REF_JSON: _Scanner.content_json,
    _REF_BINARY: _Scanner.content_bytes,
    _REF_STRING: _Scanner.content_string,
    _REF_EMBED: _Scanner.content_embed,
    _REF_FORMAT: _Scanner.content_format,
    _REF_TYPE: _Scanner.content_type,
    _REF_ANY: _Scanner.content_any,
}
