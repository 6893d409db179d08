"""Headers that keep pages to themselves: nothing leaves the site, nothing foreign runs in it."""

import secrets

from flask import Flask, Response, g, request

from app.config import Settings


def csp_nonce() -> str:
    """Return the nonce that inline scripts of this response carry."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def register_security(app: Flask, settings: Settings) -> None:
    """Send the headers with every response."""

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", _policy(settings))
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()"
        )
        if settings.is_https:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        if request.endpoint != "static" and "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store" if "session" in _vary(response) else (
                "no-cache, private"
            )
        return response


def _vary(response: Response) -> str:
    return "session" if "Set-Cookie" in response.headers else ""


def _policy(settings: Settings) -> str:
    websocket = settings.public_url.replace("http", "ws", 1)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{csp_nonce()}'",
            "style-src 'self'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            # Browsers of 2023 and older do not count a websocket as 'self'.
            f"connect-src 'self' {websocket}",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "manifest-src 'self'",
        )
    )
