"""Addresses: those that leave in letters and codes, and those that a visitor brings back."""

from urllib.parse import urlsplit

from flask import current_app


def public_url_for(endpoint: str, **values: object) -> str:
    """Return the full address of a page under PUBLIC_URL; a forged Host never gets in."""
    parts = urlsplit(current_app.extensions["cojam_settings"].public_url)
    adapter = current_app.url_map.bind(
        parts.netloc, script_name=parts.path or "/", url_scheme=parts.scheme
    )
    return adapter.build(endpoint, values, force_external=True)


def local_path(address: str | None) -> str | None:
    """Return an address only when it is a path on this site, to be followed after a sign-in."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    # Browsers drop tabs and line breaks from addresses, which would make "/\t/host" a host.
    if any(character < " " or character in "\\\x7f" for character in address):
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address
