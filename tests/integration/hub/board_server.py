"""A tiny application around a hub, for tests: run under werkzeug here, or by gunicorn.

`python board_server.py PORT` serves with werkzeug; gunicorn takes `board_server:app`.
The environment names the log (LOG_URL); query arguments stand in for a sign-in.
"""

import logging
import os
import sys

from flask import Flask, Response, request
from werkzeug.serving import run_simple

from app.domain.boards.log import BoardLog
from app.hub import Hub, Principal, hand_over, is_same_origin

app = Flask(__name__)
hub = Hub(BoardLog(os.environ["LOG_URL"]))


@app.get("/")
def index() -> str:
    return str(os.getpid())


@app.route("/sync/<board_id>", websocket=True)
def sync(board_id: str) -> Response:
    public_url = os.environ.get("PUBLIC_URL")
    if public_url and not is_same_origin(request, public_url):
        return Response("another site's page", 403)
    user = request.args.get("user", "guest")
    principal = Principal(
        id=f"user:{user}",
        name=user.title(),
        colour="sky",
        may_edit=request.args.get("role", "edit") == "edit",
        may_moderate=request.args.get("moderate") == "1",
    )
    return hand_over(hub, request, board_id, principal)


if __name__ == "__main__":
    logging.getLogger("werkzeug").disabled = True
    run_simple("127.0.0.1", int(sys.argv[1]), app, threaded=True)
