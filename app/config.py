"""Settings, read once from the environment; README.md documents each in one table."""

import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
SWITCHES = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


class BadSetting(ValueError):
    """An environment variable has a value that cannot be used."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs between installations."""

    host: str
    port: int
    public_url: str
    trusted_proxies: int
    demo: bool
    is_demo_forced: bool
    secret_key: str
    database_url: str
    instance_path: Path
    redis_url: str | None
    mail_host: str | None
    mail_port: int
    mail_username: str | None
    mail_password: str | None
    mail_use_tls: bool
    mail_sender: str
    socket_clients_max: int
    upload_bytes_max: int

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return self.host in LOOPBACK_HOSTS

    @property
    def is_https(self) -> bool:
        """Whether people reach the site over TLS."""
        return self.public_url.startswith("https://")

    @property
    def are_demo_sign_ins_allowed(self) -> bool:
        """Demo accounts have known passwords: only for this machine, or by explicit wish."""
        return self.demo and (self.is_loopback or self.is_demo_forced)


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read settings from the environment; raises BadSetting with the variable's name."""
    env = os.environ if environ is None else environ
    instance_path = _instance_path(env)
    host = env.get("HOST") or "127.0.0.1"
    port = _whole(env, "PORT", 8000, minimum=1, maximum=65535)
    return Settings(
        host=host,
        port=port,
        public_url=_public_url(env, host, port),
        trusted_proxies=_whole(env, "TRUSTED_PROXIES", 0, minimum=0, maximum=10),
        demo=_is_on(env, "DEMO"),
        is_demo_forced=env.get("DEMO") == "1",
        secret_key=env.get("SECRET_KEY") or _kept_secret(instance_path),
        database_url=_database_url(env, instance_path),
        instance_path=instance_path,
        redis_url=_redis_url(env),
        mail_host=env.get("MAIL_HOST") or None,
        mail_port=_whole(env, "MAIL_PORT", 587, minimum=1, maximum=65535),
        mail_username=env.get("MAIL_USERNAME") or None,
        mail_password=env.get("MAIL_PASSWORD") or None,
        mail_use_tls=_is_on(env, "MAIL_TLS"),
        mail_sender=env.get("MAIL_SENDER") or "cojam@localhost",
        socket_clients_max=_whole(env, "SOCKET_CLIENTS_MAX", 150, minimum=0, maximum=10_000),
        upload_bytes_max=_whole(env, "UPLOAD_MB_MAX", 20, minimum=1, maximum=500) * 1024 * 1024,
    )


def _instance_path(env: Mapping[str, str]) -> Path:
    path = Path(env.get("INSTANCE_PATH") or ROOT / "instance").resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(f"INSTANCE_PATH {path} cannot be made: {error.strerror}") from None
    if not os.access(path, os.W_OK | os.X_OK):
        raise BadSetting(f"INSTANCE_PATH {path} cannot be written to")
    return path


def _is_on(env: Mapping[str, str], name: str) -> bool:
    text = (env.get(name) or "1").lower()
    if text not in SWITCHES:
        raise BadSetting(f"{name} must be 1 or 0, not {env[name]!r}")
    return SWITCHES[text]


def _whole(env: Mapping[str, str], name: str, default: int, *, minimum: int, maximum: int) -> int:
    text = env.get(name)
    if not text:
        return default
    try:
        value = int(text)
    except ValueError:
        raise BadSetting(f"{name} must be a whole number, not {text!r}") from None
    if not minimum <= value <= maximum:
        raise BadSetting(f"{name} must lie between {minimum} and {maximum}, not {value}")
    return value


def _public_url(env: Mapping[str, str], host: str, port: int) -> str:
    text = (env.get("PUBLIC_URL") or "").rstrip("/")
    if not text:
        shown = f"[{host}]" if ":" in host else host
        return f"http://{'127.0.0.1' if shown == '0.0.0.0' else shown}:{port}"  # noqa: S104 — compared, not bound
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise BadSetting("PUBLIC_URL must begin with http:// or https:// and name a host")
    return text


def _database_url(env: Mapping[str, str], instance_path: Path) -> str:
    url = env.get("DATABASE_URL")
    if not url:
        return f"sqlite:///{instance_path / 'cojam.sqlite'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    if not url.startswith(("postgresql+psycopg://", "sqlite:///")):
        raise BadSetting("DATABASE_URL must begin with postgresql:// or sqlite:///")
    return url


def _redis_url(env: Mapping[str, str]) -> str | None:
    url = env.get("REDIS_URL") or None
    if url and not url.startswith(("redis://", "rediss://", "unix://")):
        raise BadSetting("REDIS_URL must begin with redis://, rediss:// or unix://")
    return url


def _kept_secret(instance_path: Path) -> str:
    """Return the secret made at the first start; two starts at once agree on one."""
    path = instance_path / "secret_key"
    if not path.exists():
        # Linked into place when it is whole: a crash must not leave an empty secret behind.
        handle, temporary = tempfile.mkstemp(dir=instance_path, prefix=".secret_key.")
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(temporary, path)
        os.unlink(temporary)
    secret = path.read_text(encoding="ascii").strip()
    if not secret:
        raise BadSetting(f"{path} is empty; remove it, and everyone signs in again")
    return secret
