"""Load a board with simulated people and measure how long an edit takes to reach the others.

    python -m bench.board_load ws://127.0.0.1:8000 --people 100 --seconds 15

One process and one selector hold all people. Each moves a cursor ten times and makes an edit every
two seconds; each edit carries its sending time, and every receiver notes how old it is.
"""

import argparse
import heapq
import json
import os
import random
import select
import socket
import struct
import time
from urllib.parse import urlsplit

from pycrdt import Doc, Map

from app.hub.protocol import (
    AwarenessEntry,
    Kind,
    Sync,
    decode_bytes,
    encode_awareness,
    encode_awareness_entry,
    encode_sync,
)

CURSOR_EVERY_S = 0.1
EDIT_EVERY_S = 2.0
MARK = b"sent:"


class Person:
    """One socket and one document. Keeps only what is needed to send and to measure."""

    def __init__(self, address: tuple[str, int], path: str) -> None:
        self.document: Doc[Map[float]] = Doc(client_id=random.randrange(1 << 32))
        self.updates: list[bytes] = []
        self._subscription = self.document.observe(lambda event: self.updates.append(event.update))
        self.notes = self.document.get("load", type=Map)
        self.socket = socket.create_connection(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        request = (
            f"GET {path} HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        )
        self.socket.sendall(request.encode())
        self.buffer = b""
        while b"\r\n\r\n" not in self.buffer:
            self.buffer += self.socket.recv(4096)
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise SystemExit(f"refused: {head[:200]!r}")
        self.send(encode_sync(Sync.STEP_1, self.document.get_state()))
        entry = AwarenessEntry(self.document.client_id, 1, b'{"user":{"name":"load"}}')
        self.send(encode_awareness([encode_awareness_entry(entry)]))

    def send(self, message: bytes) -> None:
        length = len(message)
        if length < 126:
            head = struct.pack("!BB", 0x82, 0x80 | length)
        else:
            head = struct.pack("!BBH", 0x82, 0x80 | 126, length)
        self.socket.sendall(head + bytes(4) + message)  # a mask of zeros leaves it as it is

    def move_cursor(self) -> None:
        self.send(struct.pack("!BHH", Kind.CURSOR, random.randrange(65536), 7))

    def edit(self) -> None:
        self.updates.clear()
        # Keys of its own: where two set the same one, the loser reaches nobody.
        key = f"{self.document.client_id}-{random.randrange(50)}"
        self.notes[key] = f"sent:{time.perf_counter():.6f};"
        self.send(encode_sync(Sync.UPDATE, self.updates[-1]))

    def receive(self) -> list[bytes]:
        """Return the whole messages that have arrived."""
        self.buffer += self.socket.recv(1 << 16)
        messages = []
        while len(self.buffer) >= 2:
            length, at = self.buffer[1] & 127, 2
            if length == 126:
                length, at = int.from_bytes(self.buffer[2:4], "big"), 4
            elif length == 127:
                length, at = int.from_bytes(self.buffer[2:10], "big"), 10
            if len(self.buffer) < at + length:
                break
            if self.buffer[0] & 15 == 2:
                messages.append(self.buffer[at : at + length])
            self.buffer = self.buffer[at + length :]
        return messages


def measure(url: str, board: str, people_count: int, seconds: float) -> dict[str, float]:
    """Run the load and return its figures."""
    parts = urlsplit(url)
    address = (parts.hostname or "127.0.0.1", parts.port or 80)
    people = [
        Person(address, f"{parts.path}/sync/{board}?user=load{number}&extras=1")
        for number in range(people_count)
    ]
    poll = select.epoll()
    by_fd = {person.socket.fileno(): person for person in people}
    for fd in by_fd:
        poll.register(fd, select.EPOLLIN)
    begin = time.perf_counter() + 1.0
    end = begin + seconds
    agenda = [(begin + random.random() * CURSOR_EVERY_S, i, "cursor") for i in range(len(people))]
    agenda += [(begin + random.random() * EDIT_EVERY_S, i, "edit") for i in range(len(people))]
    heapq.heapify(agenda)
    ages: list[float] = []
    sent = 0
    while (now := time.perf_counter()) < end + 0.5:
        while agenda and agenda[0][0] <= now < end:
            due, index, act = heapq.heappop(agenda)
            if act == "edit":
                people[index].edit()
                sent += 1
            else:
                people[index].move_cursor()
            heapq.heappush(
                agenda, (due + (EDIT_EVERY_S if act == "edit" else CURSOR_EVERY_S), index, act)
            )
        wait = max(0.0, agenda[0][0] - time.perf_counter()) if now < end else 0.05
        for fd, _ in poll.poll(min(wait, 0.05)):
            for message in by_fd[fd].receive():
                _note(message, by_fd[fd], ages)
    ages.sort()
    return {
        "people": people_count,
        "edits": sent,
        "delivered_share": len(ages) / max(1, sent * people_count),
        "edit_p50_ms": _percentile(ages, 0.50),
        "edit_p95_ms": _percentile(ages, 0.95),
        "edit_p99_ms": _percentile(ages, 0.99),
    }


def _note(message: bytes, person: Person, ages: list[float]) -> None:
    if message[0] != Kind.SYNC:
        return
    if message[1] == Sync.STEP_1:
        payload, _ = decode_bytes(message, 2)
        person.send(encode_sync(Sync.STEP_2, person.document.get_update(payload)))
    elif message[1] == Sync.UPDATE:
        now = time.perf_counter()
        for piece in message.split(MARK)[1:]:
            ages.append(now - float(piece.split(b";")[0]))


def _percentile(ordered: list[float], share: float) -> float:
    return round(ordered[int(share * (len(ordered) - 1))] * 1000, 2) if ordered else float("nan")


def _cpu_s(pid: int) -> float:
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _rss_mb(pid: int) -> float:
    with open(f"/proc/{pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("url", help="ws://host:port of the server")
    parser.add_argument("--board", default=f"load{random.randrange(10**6)}")
    parser.add_argument("--people", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--pid", type=int, help="the server's process, to report CPU and memory")
    given = parser.parse_args()
    before = _cpu_s(given.pid) if given.pid else 0.0
    started = time.perf_counter()
    figures = measure(given.url, given.board, given.people, given.seconds)
    if given.pid:
        elapsed = time.perf_counter() - started
        figures["cpu_share"] = round((_cpu_s(given.pid) - before) / elapsed, 3)
        figures["rss_mb"] = round(_rss_mb(given.pid), 1)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
