"""The boards' data plane: sockets, documents and the log behind `/sync/<board>`."""

from app.hub.connection import Principal
from app.hub.handoff import hand_over, is_same_origin
from app.hub.server import Hub

__all__ = ["Hub", "Principal", "hand_over", "is_same_origin"]
