"""Settings: each bad value is refused with the variable's name, before anything is made."""

import os
from pathlib import Path

import pytest

from app.config import BadSetting, read_settings


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("PORT", "abc", "PORT must be a whole number, not 'abc'"),
        ("PORT", "70000", "PORT must lie between 1 and 65535, not 70000"),
        ("TRUSTED_PROXIES", "many", "TRUSTED_PROXIES must be a whole number, not 'many'"),
        ("PUBLIC_URL", "foo", "PUBLIC_URL must begin with http:// or https:// and name a host"),
        ("DATABASE_URL", "mysql://x", "DATABASE_URL must begin with postgresql:// or sqlite:///"),
        ("REDIS_URL", "x", "REDIS_URL must begin with redis://, rediss:// or unix://"),
        ("DEMO", "maybe", "DEMO must be 1 or 0, not 'maybe'"),
        ("MAIL_TLS", "ja", "MAIL_TLS must be 1 or 0, not 'ja'"),
    ],
)
def test_a_bad_setting_is_named(name: str, value: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(BadSetting) as refusal:
        read_settings({"INSTANCE_PATH": str(tmp_path), name: value})
    assert str(refusal.value) == message


def test_an_instance_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(BadSetting) as refusal:
        read_settings({"INSTANCE_PATH": str(file)})
    assert str(refusal.value) == f"INSTANCE_PATH {file} cannot be made: File exists"


@pytest.mark.parametrize(
    ("host", "demo", "is_allowed"),
    [
        ("127.0.0.1", None, True),
        ("127.0.0.1", "0", False),
        ("0.0.0.0", None, False),
        ("0.0.0.0", "1", True),
    ],
)
def test_demo_sign_ins_where_other_machines_reach_the_server(
    host: str, demo: str | None, is_allowed: bool, tmp_path: Path
) -> None:
    environ = {"INSTANCE_PATH": str(tmp_path), "HOST": host}
    if demo is not None:
        environ["DEMO"] = demo
    assert read_settings(environ).are_demo_sign_ins_allowed is is_allowed


def test_a_secret_is_made_once_and_a_broken_one_is_named(tmp_path: Path) -> None:
    environ = {"INSTANCE_PATH": str(tmp_path)}
    secret = read_settings(environ).secret_key
    assert read_settings(environ).secret_key == secret
    path = tmp_path / "secret_key"
    assert (path.stat().st_mode & 0o777, os.listdir(tmp_path)) == (0o600, ["secret_key"])
    path.write_text("")
    with pytest.raises(BadSetting, match="secret_key is empty"):
        read_settings(environ)
