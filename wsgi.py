"""The application that a WSGI server and the `flask` command load."""

import sys

from app import create_app
from app.config import BadSetting

try:
    app = create_app()
except BadSetting as fault:
    print(f"Error: {fault}", file=sys.stderr)
    raise SystemExit(2) from None
