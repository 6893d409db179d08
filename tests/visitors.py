"""People at their browsers, without the browser: forms are fetched, filled and sent."""

import re
from html import unescape
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse


class Visitor:
    """Keeps cookies, follows the site's own forms, and signs in like a session would."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def sign_in_as(self, user_id: int, epoch: int = 0) -> "Visitor":
        """Begin a session without typing a password."""
        with self.client.session_transaction() as session:
            session["_user_id"] = f"{user_id}.{epoch}"
            session["_fresh"] = True
        return self

    def get(self, url: str, **kwargs: Any) -> TestResponse:
        """Open a page."""
        return self.client.get(url, **kwargs)

    def page(self, url: str) -> str:
        """Open a page that must answer 200, and return its text."""
        response = self.client.get(url)
        assert response.status_code == 200, f"{url} answered {response.status_code}"
        return response.get_data(as_text=True)

    def submit(
        self,
        url: str,
        data: dict[str, Any] | None = None,
        *,
        page: str | None = None,
        **kwargs: Any,
    ) -> TestResponse:
        """Open `page` (or the URL itself), take its CSRF token, and send the form."""
        token = self.csrf_token(page or url)
        return self.client.post(url, data={**(data or {}), "csrf_token": token}, **kwargs)

    def post_json(self, url: str, payload: Any, *, page: str) -> TestResponse:
        """Send JSON as the page's script does."""
        return self.client.post(
            url,
            json=payload,
            headers={"X-CSRFToken": self.csrf_token(page), "Accept": "application/json"},
        )

    def csrf_token(self, page: str) -> str:
        """Return the token that a page carries in a form or in its head."""
        text = self.page(page)
        match = re.search(r'name="csrf[-_]token"[^>]*?(?:value|content)="([^"]+)"', text)
        assert match, f"{page} carries no CSRF token"
        return unescape(match.group(1))
