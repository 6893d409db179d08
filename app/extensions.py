"""Flask's extensions, made once and bound to the application by the factory."""

from flask_babel import Babel
from flask_compress import Compress
from flask_limiter import Limiter
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_socketio import SocketIO
from flask_wtf import CSRFProtect

babel = Babel()
compress = Compress()
csrf = CSRFProtect()
login_manager = LoginManager()
migrate = Migrate()
socketio = SocketIO()


def _no_common_key() -> str:
    """Limits name their own key: a hall sits behind one address, so addresses never count."""
    raise RuntimeError("a limit must name the account or code that it counts")


limiter = Limiter(key_func=_no_common_key, headers_enabled=False)
