"""Every macro in templates/components renders with typical arguments, and with the fewest."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace as Thing

import pytest
from flask import Flask, render_template_string
from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    Form,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    validators,
)
from wtforms.fields.choices import SelectChoice

COMPONENTS = Path(__file__).resolve().parents[2] / "templates" / "components"
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
NOW = datetime(2026, 10, 16, 9, 0, tzinfo=UTC)


def choices(**labels: str) -> list[SelectChoice]:
    """Return choices of a field from values and labels."""
    return [SelectChoice(value, label) for value, label in labels.items()]


class RowForm(Form):
    """A row of a list."""

    label = StringField("Skill", [validators.DataRequired("Name the skill.")])


class SampleForm(Form):
    """A field of every kind, each with something wrong."""

    title = StringField("Title", [validators.DataRequired("Give it a title.")], description="Short")
    body = TextAreaField("Text", [validators.DataRequired("Write something.")])
    language = SelectField("Language", choices=choices(en="English", uk="українська"))
    presence = RadioField("Presence", choices=choices(all="All the time", part="In part"))
    days = SelectMultipleField("Days", choices=choices(one="First", two="Second"))
    agrees = BooleanField("I agree", [validators.DataRequired("Agree first.")])
    image = FileField("Picture")
    rows = FieldList(FormField(RowForm), min_entries=2)


def sample_form() -> SampleForm:
    form = SampleForm(data={"title": "", "days": ["two"], "presence": "all"})
    form.validate()
    return form


WHO = Thing(display_name="Ана <b>", initials="АН", colour="sun", lang="be", id=7)
SKILL = Thing(name="Sound", level=3, kind="", lang="en")
IDEA = Thing(
    title="Night <library>", summary="Open until two.", url="/e/x/ideas/1", colour="leaf",
    skills=["Law", SKILL], by="Ana B.", lang="en", languages="English", tag="new",
)  # fmt: skip
TEAM = {"name": "Paper", "members": [WHO], "url": "/t/1", "lang": "en", "tag": "yours", "id": 3}
CRITERION = Thing(
    id=4, name="Need", question="Who needs it?", weight=2, scale_min=1, scale_max=5,
    low_text="nobody", high_text="many",
)  # fmt: skip
NAV = [Thing(label="Now", url="/now", icon="clock", is_current=True)]
COVERAGE = [Thing(skill="Law", share=0.4, who="Ana"), Thing(skill="Sound", share=1.0, who="Ана")]
VALUES = {
    "who": WHO, "idea": IDEA, "team": TEAM, "criterion": CRITERION, "items": NAV,
    "rows": COVERAGE, "skill_items": [SKILL, "Law"], "now": NOW, "later": NOW + timedelta(hours=5),
    "shares": [Thing(name="Night", cents=250_000, lang="en"), Thing(name="Day", cents=900_000)],
    "agenda_items": [Thing(time="09:00", title="Welcome", state="past", text="Hall", lang="en"),
                     Thing(time="10:00", title="Pitches", state="current")],
    "phase_items": [Thing(name="Jam", note="now", state="current"),
                    Thing(name="Join", note="over", state="done")],
    "account": Thing(**vars(WHO), public_id="u1", created_at=NOW),
    "user": Thing(display_name="Ana", initials="AN", colour="sky"),
}  # fmt: skip

# One line a call: the component's file, the macros it shows, and the call.
CALLS = (
    ("agenda", "agenda(agenda_items, 'Friday')"),
    ("agenda", "agenda([])"),
    ("breadcrumbs", "crumbs([('Ideas', '/ideas')], 'Night')"),
    ("budget_line", "budget_line(shares, 1000000, 'EUR', 'Who takes how much')"),
    ("budget_line", "budget_line([], 0, 'EUR', 'Nothing')"),
    ("countdown", "countdown(later, now)"),
    ("countdown", "countdown(now, later, over='Closed')"),
    ("countdown", "countdown(later, now, form='clock', cls='clock')"),
    ("coverage", "bar(0.5, label='Half')"),
    ("coverage", "coverage(rows)"),
    ("dialog", "confirm_button('Leave', '/leave', 'Leave?', 'It is quick.', fields={'a': 1})"),
    ("dialog", "post_button('Undo', '/undo', icon_name='undo', said=' the move')"),
    ("empty", "empty('Nothing yet', 'Begin.', 'Begin', '/begin')"),
    ("facts", "fact('place', 'Where', 'Hall', note='ground floor')"),
    ("flash", "flashes([('error', 'No.'), ('toast', {'text': 'Moved', 'undo_url': '/u'})])"),
    ("flash", "flashes([('message', 'Kept.'), ('toast', 'Moved')])"),
    ("flash", "flashes([])"),
    ("flash", "toast('Moved', '/undo', 'Put back')"),
    ("form", "csrf()"),
    ("form", "error_summary(form)"),
    ("form", "field(form.title, hint='Short', optional=true, rows=2, data_controller='x')"),
    ("form", "field(form.body)"),
    ("form", "field(form.language, wide=true)"),
    ("form", "field(form.presence)"),
    ("form", "field(form.agrees)"),
    ("form", "field(form.image)"),
    ("form", "picks(form.days, notes={'one': 'Friday'}, langs={'one': 'en'})"),
    ("form", "check(form.agrees, 'You can take it back.')"),
    ("form", "markdown_field(form.body, max=400)"),
    ("form", "markdown_field(form.body, 'Markdown works.')"),
    ("form", "autosave_status()"),
    ("form", "submit('Save', icon_name='check', name='act', value='save')"),
    ("icon", "icon('clock', label='soon') ~ icon('clock')"),
    ("icon", "brand_mark()"),
    ("idea_card", "idea_card(idea)"),
    ("interval", "interval(4.3, 3.9, 4.6, 1, 5, raw=4.1)"),
    ("notice", "notice('Look at this', 'bad', role='alert')"),
    ("notice", "notice('By the way')"),
    ("now_card", "now_card('Now', 'Rank ideas', 'Up to five.', 'Rank', '/rank', 'Read', '/read')"),
    ("now_card", "now_card('Now', 'Wait', method='post', action_label='Go', action_url='/go')"),
    ("pager", "pager(5, 9, '/ideas?q=a')"),
    ("pager", "pager(1, 1, '/ideas')"),
    ("person", "avatar('АН', 'sun', 'lg', 'Ана')"),
    ("person", "avatars([who, who, who], limit=2)"),
    ("person", "person(who, 'leads', you=true)"),
    ("phases", "phase_strip(phase_items)"),
    ("score_row", "score_row(criterion, 3)"),
    ("score_row", "score_row(criterion, missing=true)"),
    ("share", "copy_link('https://example.org')"),
    ("shell", "topnav(items) ~ tabbar(items) ~ site_menu(items)"),
    ("shell", "account_menu(user, '') ~ footer('') ~ subnav(items, 'Organising')"),
    ("skill", "level_name(0)"),
    ("skill", "skill('Law', 3, 'need', 'en')"),
    ("skill", "skill('Law', kind='learn')"),
    ("skill", "skills(skill_items) ~ skill_key()"),
    ("skill_picker", "skill_picker(skill_items[:1], 'skills', ['Law'], errors=['Too many.'])"),
    ("skill_picker", "skill_picker([], 'wishes', [], levels=false)"),
    ("tag", "tag('new', 'ok', 'check')"),
    ("team_card", "team_card(team, rows)"),
    ("team_card", "team_card({'name': 'Paper', 'members': []})"),
    ("vouching", "vouching(form.title, account)"),
    ("vouching", "vouching(form.title)"),
)
# Macros that are written around something, or inside a tag.
BLOCKS = (
    ("empty", "{% call empty('Nothing', 'Yet') %}<p>inside</p>{% endcall %}"),
    ("facts", "{% call facts() %}<div><dt>a</dt><dd>inside</dd></div>{% endcall %}"),
    ("form", "<form {{ autosave('/draft') }}>inside</form>"),
    ("form", "{% call field(form.title) %}<p>inside</p>{% endcall %}"),
    ("idea_card", "{% call idea_list() %}<li>inside</li>{% endcall %}"),
    ("idea_card", "{% call idea_card(idea) %}<b>inside</b>{% endcall %}"),
    ("menu", "{% call menu('Move Ana', text='Move') %}<a href='#'>inside</a>{% endcall %}"),
    ("notice", "{% call notice(kind='calm') %}<p>inside</p>{% endcall %}"),
    ("now_card", "{% call now_card('Now', 'Wait') %}<b>inside</b>{% endcall %}"),
    ("progress", "{% call progress(0.4, 'Halfway', '/poll', 'run:1') %}<b>inside</b>{% endcall %}"),
    (
        "table",
        "{% call table('People', ['Name', ('Age', 'n'), ('Act', 'sr')], true, 'x') %}"
        "<tr><td>inside</td></tr>{% endcall %}",
    ),
    ("team_card", "{% call(member) team_card(team) %}inside {{ member.id }}{% endcall %}"),
)


def macros_of(component: str) -> list[str]:
    """Return the public macros of a component's file."""
    text = (COMPONENTS / f"{component}.html").read_text(encoding="utf-8")
    return re.findall(r"\{%-? macro ([a-z]\w*)\(", text)


class Balance(HTMLParser):
    """Reads a piece of HTML and notes elements that are not closed where they should be."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        names = [name for name, _value in attrs]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if len(set(names)) != len(names) or "style" in names:
            self.faults.append(f"attributes of {tag}: {names}")
        self.faults += [f"handler {name}" for name in names if name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")


def faults_of(html: str) -> list[str]:
    """Return what is wrong with a piece of HTML."""
    balance = Balance()
    balance.feed(html)
    balance.close()
    twice = [each for each in set(balance.ids) if balance.ids.count(each) > 1]
    return [*balance.faults, *balance.open, *twice]


@pytest.fixture
def request_context(_application: Flask) -> Iterator[None]:
    """Stand inside a request, where tokens and addresses are at hand."""
    with _application.test_request_context("/"):
        yield


def render(component: str, body: str) -> str:
    names = ", ".join(macros_of(component))
    source = f'{{% from "components/{component}.html" import {names} %}}{body}'
    return render_template_string(source, form=sample_form(), **VALUES)


@pytest.mark.usefixtures("request_context")
@pytest.mark.parametrize(("component", "call"), CALLS)
def test_a_macro_renders(component: str, call: str) -> None:
    html = render(component, f"<div>{{{{ {call} }}}}</div>")
    assert re.findall(r"None|Undefined|True|False|Ана <b>|<library>", html) == []
    assert faults_of(html) == []


@pytest.mark.usefixtures("request_context")
@pytest.mark.parametrize(("component", "block"), BLOCKS)
def test_a_macro_takes_in_what_is_inside(component: str, block: str) -> None:
    html = render(component, block)
    assert html.count("inside") == 1
    assert faults_of(html) == []


def test_every_macro_is_rendered_here() -> None:
    called: dict[str, str] = {}
    for component, text in (*CALLS, *BLOCKS):
        called[component] = called.get(component, "") + text
    there = {path.stem: macros_of(path.stem) for path in COMPONENTS.glob("*.html")}
    forgotten = [
        f"{component}: {macro}"
        for component, macros in there.items()
        for macro in macros
        if not re.search(rf"\b{macro}\(", called.get(component, ""))
    ]
    assert forgotten == []
