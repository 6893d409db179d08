"""People of the road: they open pages, fill the forms that stand there, and send them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from threading import Thread

from flask import Flask
from werkzeug.serving import make_server

from tests.mailbox import Mailbox
from tests.visitors import Visitor

Values = Mapping[str, str | Sequence[str]]


@dataclass
class PageForm:
    """A form as it stands on a page, with what is filled in already."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._form: PageForm | None = None
        self._select = ""
        self._area = ""
        self._is_template = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "template":
            self._is_template = True
        elif tag == "form":
            self._form = PageForm(has.get("action", ""), has.get("method", "get"))
            self.forms.append(self._form)
        elif self._form is not None and not self._is_template:
            self._read_control(self._form, tag, has)

    def _read_control(self, form: PageForm, tag: str, has: dict[str, str]) -> None:
        name = has.get("name", "")
        if tag == "button" and name:
            form.buttons.append((name, has.get("value", "")))
        elif tag == "select":
            self._select = name
            form.values[name] = []
        elif tag == "option" and self._select:
            chosen = form.values[self._select]
            if "selected" in has or not chosen:
                form.values[self._select] = [has.get("value", "")]
        elif tag == "textarea":
            self._area = name
            form.values[name] = [""]
        elif tag == "input" and name and _is_sent(has):
            form.values.setdefault(name, []).append(has.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._area and self._form is not None:
            self._form.values[self._area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._is_template = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""
        elif tag == "form":
            self._form = None


def _is_sent(has: dict[str, str]) -> bool:
    kind = has.get("type", "")
    return kind not in {"file", "submit"} and (
        kind not in {"checkbox", "radio"} or "checked" in has
    )


def read_forms(text: str) -> list[PageForm]:
    """Return the forms of a page."""
    reader = _Reader()
    reader.feed(text)
    return reader.forms


def _faults(text: str) -> list[str]:
    return re.findall(r'class="err".*?<span>(.*?)</span>', text)


class Person:
    """Somebody at a browser of their own."""

    def __init__(self, app: Flask, name: str, email: str) -> None:
        self.name = name
        self.email = email
        self.visitor = Visitor(app)

    def page(self, url: str) -> str:
        """Open a page that must be there."""
        return self.visitor.page(url)

    def status(self, url: str) -> int:
        """Return what an address answers, redirects not followed."""
        return self.visitor.get(url).status_code

    def send(self, url: str, action: str, values: Values | None = None, *, act: str = "") -> str:
        """Open a page, fill in its form with this action, press a button; return what follows.

        `act` is the button, as `name=value`, where the form has several.
        """
        forms = [
            form
            for form in read_forms(self.page(url))
            if form.method == "post" and (form.action or url).endswith(action or url)
        ]
        assert forms, f"{url} has no form for {action or url}"
        sent: dict[str, str | list[str]] = {**forms[0].values}
        sent |= {name: [value] if isinstance(value, str) else [*value]
                 for name, value in (values or {}).items()}  # fmt: skip
        if act:
            name, _, value = act.partition("=")
            assert (name, value) in forms[0].buttons, f"{url} has no button {act}"
            sent[name] = value
        answer = self.visitor.client.post(forms[0].action or url, data=sent, follow_redirects=True)
        text = answer.get_data(as_text=True)
        assert answer.status_code == 200, f"{url} {action}: {answer.status_code} {_faults(text)}"
        return text

    def register(self, invitation: str = "") -> str:
        """Make an account, on the way to an invitation when there is one."""
        url = f"/register?next={invitation}" if invitation else "/register"
        return self.send(
            url,
            url if invitation else "/register",
            {
                "display_name": self.name,
                "email": self.email,
                "password": "a long walk to the sea",
                "terms": "y",
                "directory": "y",
            },
        )

    def register_and_confirm(self, mailbox: Mailbox) -> None:
        """Make an account, and follow the link in the letter that comes."""
        self.register()
        letter = mailbox.letters()[-1]
        assert letter["To"] == self.email
        link = mailbox.link()
        self.send(link, link)

    @property
    def cookie(self) -> str:
        """The session cookie, for a socket."""
        kept = self.visitor.client.get_cookie("cojam")
        assert kept is not None
        return f"cojam={kept.value}"


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve the application for sockets, from this process."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
