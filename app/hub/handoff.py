"""From an HTTP request to a socket of the hub's: the handshake, and taking the socket away.

The WSGI server keeps its own socket object, whose file descriptor is made to point at a dead local
socket: whatever the server still writes or closes touches that, under gunicorn's gthread worker as
well as under werkzeug, and no exception needs to travel through either.
"""

import os
import socket
import ssl
from urllib.parse import urlsplit

from flask import Request, Response
from websockets.datastructures import Headers
from websockets.http11 import Request as Handshake
from websockets.server import ServerProtocol

from app.hub.connection import Principal
from app.hub.server import Hub

_SOCKET_KEYS = ("gunicorn.socket", "werkzeug.socket")
_DEFAULT_PORTS = {"http": 80, "https": 443}


def is_same_origin(request: Request, public_url: str) -> bool:
    """Whether the page that opens the socket is the site's own.

    Browsers send cookies with every websocket, whichever page opens it; the Origin header alone
    tells them apart. A socket that is authorised by session must pass this.
    """
    origin = _origin(request.headers.get("Origin", ""))
    return origin is not None and origin == _origin(public_url)


def _origin(url: str) -> tuple[str, str, int | None] | None:
    try:
        parts = urlsplit(url)
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname else None


def accept(request: Request) -> tuple[socket.socket | None, Response]:
    """Answer a websocket handshake; return the socket, or None and a response that says why not."""
    server_socket = next(
        (request.environ[key] for key in _SOCKET_KEYS if key in request.environ), None
    )
    if not isinstance(server_socket, socket.socket) or isinstance(server_socket, ssl.SSLSocket):
        # TLS ends in the proxy before the application; other servers do not show their socket.
        return None, Response("this server cannot hand websockets over\n", 501)
    protocol = ServerProtocol()
    reply = protocol.accept(Handshake(request.full_path, Headers(request.headers.items())))
    if reply.status_code != 101:
        return None, Response(bytes(reply.body), reply.status_code, dict(reply.headers.raw_items()))
    protocol.send_response(reply)
    sock = _take(server_socket)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        sock.sendall(b"".join(protocol.data_to_send()))
    except OSError:
        sock.close()
        return None, Response(status=400)
    return sock, _discarded()


def hand_over(
    hub: Hub,
    request: Request,
    board_id: str,
    principal: Principal,
    *,
    is_locked: bool | None = None,
) -> Response:
    """Give an authorised request's socket to the hub; the route returns the response."""
    sock, response = accept(request)
    if sock is not None:
        wants_extras = request.args.get("extras") == "1"
        hub.attach(sock, board_id, principal, wants_extras, is_locked=is_locked)
    return response


def _take(server_socket: socket.socket) -> socket.socket:
    """Return a socket of our own on the same connection; the server's becomes a dead one."""
    ours = socket.socket(fileno=os.dup(server_socket.fileno()))
    stand_in, peer = socket.socketpair()
    os.dup2(stand_in.fileno(), server_socket.fileno(), inheritable=False)
    stand_in.close()
    peer.close()
    return ours


def _discarded() -> Response:
    """Return what the server may write into the dead socket."""
    response = Response(status=101)
    response.headers["Connection"] = "close"
    return response
