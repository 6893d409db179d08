"""The whole road on a real hackathon's projects, with sixty people, over HTTP and sockets only."""

import json
import re
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from app.core.phases import ORDER, Phase
from app.extensions import socketio
from tests.integration.hub.board_client import BoardClient
from tests.integration.road_steps import Person, read_forms, serving
from tests.mailbox import Mailbox

pytestmark = pytest.mark.slow

PEOPLE = 60
JURORS = 8
ZONE = ZoneInfo("Europe/Zurich")
SKILLS = (
    "Web development", "Graphic design", "Storytelling", "Data visualisation", "Python",
    "Service design", "Teaching", "Translation", "Project management", "Budgeting",
)  # fmt: skip
CANVAS = ("problem", "people", "solution", "value", "steps", "partners", "costs", "measure")


class Road:
    """An event on its way, and the people who take part."""

    def __init__(self, app: Flask, package: Path) -> None:
        self.app = app
        self.mailbox = Mailbox(app.extensions["cojam_settings"])
        self.slug = self.command("import-event", str(package)).splitlines()[-1]
        self.admin = Person(app, "Anna Admin", "admin@town.example")
        self.organiser = Person(app, "Olga Organiser", "olga@town.example")
        self.people = [
            Person(app, f"Person {n:02d}", f"person{n:02d}@hall.example") for n in range(PEOPLE)
        ]
        self.jurors = [
            Person(app, f"Secret Judge {n}", f"judge@house{n}.example") for n in range(JURORS)
        ]
        self.stranger = Person(app, "A Stranger", "stranger@far.example")
        self.team_of: dict[str, int] = {}
        self.handed_in = 0

    def command(self, *arguments: str) -> str:
        result = self.app.test_cli_runner().invoke(args=arguments)
        assert result.exit_code == 0, result.output
        return str(result.stdout).strip()

    def at(self, path: str = "") -> str:
        return f"/e/{self.slug}{path}"

    def move_to(self, *phases: Phase) -> None:
        """The organiser sets the dates so that these phases run now."""
        now = datetime.now(ZONE).replace(tzinfo=None)
        first, last = ORDER.index(phases[0]), ORDER.index(phases[-1])
        values = {}
        for place, phase in enumerate(ORDER):
            begins, ends = now - timedelta(days=20 - place), now - timedelta(hours=10 - place)
            if place > last:
                begins, ends = now + timedelta(days=place), now + timedelta(days=30 + place)
            elif place >= first:
                ends = now + timedelta(hours=12 + place)
            values[f"{phase.value}-starts_at"] = begins.isoformat(timespec="minutes")
            values[f"{phase.value}-ends_at"] = ends.isoformat(timespec="minutes")
        self.organiser.send(self.at("/organise/phases"), "", values)


def test_the_whole_road(app: Flask, shared: Path, tmp_path: Path) -> None:
    package = shared / "data" / "events" / "glamhack-2022.datapackage.json"
    road = Road(app, package)
    _appoint(road, len(json.loads(package.read_text())["resources"][1]["data"]))
    _register(road)
    _choose(road)
    _match(road)
    _meet(road)
    _jam(road)
    _hand_in(road)
    _set_up_jury(road)
    _judge(road)
    _publish(road)
    _export(road, tmp_path)


def _appoint(road: Road, projects: int) -> None:
    """The first administrator comes by a link, and makes somebody the organiser."""
    link = road.command("admin-link").splitlines()[-1].removeprefix("http://localhost")
    who = {"display_name": road.admin.name, "email": road.admin.email}
    road.admin.send(link, link, {**who, "password": "keys of the town"})
    assert road.stranger.status(link) == 403
    text = road.stranger.page(road.at("/ideas"))
    assert f"{projects} ideas" in text
    road.organiser.register_and_confirm(road.mailbox)
    assert road.organiser.status(road.at("/organise")) == 403
    programme = re.findall(r'href="(/p/[\w-]+)"', road.admin.page(road.at()))[0]
    road.admin.send(f"{programme}/edit", "/organisers", {"email": road.organiser.email})
    assert road.organiser.status(road.at("/organise")) == 200
    # Who keeps the site running neither scores nor funds.
    assert road.admin.status(road.at("/shortlist")) == 403


def _register(road: Road) -> None:
    """Sixty people read the code on the wall."""
    road.move_to(Phase.OPEN, Phase.IDEAS)
    page = road.organiser.page(road.at("/organise/join-code"))
    invitation = re.findall(r"/join/[0-9A-Z]+", page)[0]
    assert road.stranger.status(road.at("/now")) == 302
    for number, person in enumerate(road.people):
        assert road.stranger.status(invitation) == 200
        welcome = person.register(invitation)
        assert "You take part in “GLAMhack 2022”" in welcome
        person.send(
            "/profile", "/profile",
            {
                "skills-0-name": SKILLS[number % len(SKILLS)],
                "skills-0-level": str(2 + number % 3),
                "skills-1-name": SKILLS[(number * 3 + 1) % len(SKILLS)],
                "skills-1-level": "2",
                "wants_to_learn-0-name": SKILLS[(number + 4) % len(SKILLS)],
                "languages": ["en", "de"] if number % 3 else ["en"],
                "sector": ("culture", "it", "education")[number % 3],
            },
        )  # fmt: skip
    assert road.people[0].status(road.at("/organise")) == 403
    assert "60 people take part" in road.stranger.page(road.at())


def _choose(road: Road) -> None:
    """Some pitch, some comment and support; everybody ranks."""
    for number, person in enumerate(road.people[:3]):
        draft = person.visitor.get(road.at("/ideas/new")).headers["Location"]
        text = person.send(
            draft, draft,
            {
                "title": f"Hall idea {number}", "summary": "A wall on which guests leave words.",
                "body": "# Why\n\n<script>alert(1)</script> [x](javascript:alert(1))",
                "language": "en", "skills-0-label": SKILLS[number], "skills-0-level": "2",
            },
            act="act=pitch",
        )  # fmt: skip
        assert "<script>alert" not in text
        assert 'href="javascript' not in text
    ideas = _idea_paths(road)
    own = [path for path in ideas if "Hall idea" in road.people[9].page(path)]
    assert len(own) == 3
    for number, person in enumerate(road.people[3:9]):
        path = own[number % 3]
        person.send(path, "/comments", {"body": f"I can lend chairs, says {person.name}."})
        person.send(path, "/support")
    text = road.people[0].page(own[0])
    assert "I can lend chairs, says Person 03." in text
    assert "2 people support it." in text
    assert road.stranger.visitor.client.post(f"{own[0]}/support").status_code in {302, 400, 401}
    for number, person in enumerate(road.people):
        # Everybody wants three of twelve ideas, so that teams of four to six can form.
        for step in (0, 5, 7):
            path = ideas[(number + step) % 12]
            answer = person.visitor.submit(f"{path}/rank", {"is_ranked": "1"}, page=path)
            assert answer.status_code == 302
    person = road.people[0]
    before = _ranked(person.page(road.at("/ranking")))
    third = re.findall(r'value="up:(\d+)"', person.page(road.at("/ranking")))[2]
    person.send(road.at("/ranking"), "/ranking", act=f"act=up:{third}")
    assert _ranked(person.page(road.at("/ranking"))) == [before[0], before[2], before[1]]


def _idea_paths(road: Road) -> list[str]:
    page = road.people[9].page(road.at("/ideas"))
    found = re.findall(rf'href="({road.at("/ideas")}/\d+)"', page)
    return list(dict.fromkeys(found))


def _ranked(page: str) -> list[str]:
    return [unescape(name) for name in re.findall(r'data-part="item" data-name="([^"]*)"', page)]


def _match(road: Road) -> None:
    """A job forms teams; the organiser looks, moves somebody, publishes."""
    road.move_to(Phase.MATCHING)
    room = road.at("/matching")
    assert road.people[0].status(room) == 403
    road.organiser.send(room, "/matching/run", {"effort": "fast"})
    run = socketio.test_client(road.app, flask_test_client=road.organiser.visitor.client)
    assert run.emit("join", {"room": "matching:1"}, callback=True)["ok"] is True
    while not (heard := [each for each in run.get_received() if each["name"] == "progress"]):
        socketio.sleep(0.05)
    assert heard[-1]["args"][0]["state"] == "done"
    curious = socketio.test_client(road.app, flask_test_client=road.people[0].visitor.client)
    assert curious.emit("join", {"room": "matching:1"}, callback=True)["ok"] is False
    assert "Without a team: 0" in road.organiser.page(room)
    assert "You are in no team yet." in road.people[0].page(road.at("/now"))
    assert road.people[0].status(road.at("/teams")) == 403
    teams = _proposed(road)
    placed = [user for members in teams.values() for user in members]
    assert len(placed) == len(set(placed)) == PEOPLE
    assert {len(members) for members in teams.values()} <= {4, 5, 6}
    fullest = max(teams, key=lambda team: len(teams[team]))
    smallest = min(teams, key=lambda team: len(teams[team]))
    moved = teams[fullest][0]
    answer = road.organiser.visitor.submit(
        f"{room}/place", {"user_id": moved, "team_id": smallest}, page=room
    )
    assert answer.status_code == 302
    assert moved in _proposed(road)[smallest]
    road.organiser.send(f"{room}/publish", "/matching/publish", act="confirmed=1")


def _proposed(road: Road) -> dict[str, list[str]]:
    """Return who is in which team, read from the buttons that move people."""
    forms = [
        (form.values["user_id"][0], {value for name, value in form.buttons if value})
        for form in read_forms(road.organiser.page(road.at("/matching")))
        if form.action.endswith("/matching/place")
    ]
    all_teams = set().union(*(targets for _user, targets in forms))
    teams: dict[str, list[str]] = {team: [] for team in all_teams}
    for user, targets in forms:
        (own,) = all_teams - targets
        teams[own].append(user)
    return teams


def _meet(road: Road) -> None:
    """Everybody sees the own team and why, and says yes."""
    for person in road.people:
        home = person.page(road.at("/now"))
        (team,) = set(re.findall(rf'href="{road.at("/teams")}/(\d+)"', home))
        road.team_of[person.name] = int(team)
        page = person.page(road.at(f"/teams/{team}"))
        assert "Why this team" in page
        assert person.name in page
    for person in road.people[:20]:
        path = road.at(f"/teams/{road.team_of[person.name]}")
        if "Do you want to work with this team?" in person.page(path):
            text = person.send(path, "/answer", act="answer=accept")
            assert "Do you want to work with this team?" not in text
    assert road.stranger.status(road.at("/teams")) in {302, 403}


def _jam(road: Road) -> None:
    """Two of a team write on its board at once; nobody else can look."""
    road.move_to(Phase.JAM, Phase.SUBMISSION)
    first = road.people[0]
    mates = _mates(road, road.team_of[first.name])
    outsider = next(person for person in road.people if person not in mates)
    team_page = first.page(road.at(f"/teams/{road.team_of[first.name]}"))
    board = re.findall(r'href="/b/(\w+)"', team_page)[0]
    assert first.status(f"/b/{board}") == 200
    assert outsider.status(f"/b/{board}") == 403
    with (
        serving(road.app) as url,
        BoardClient(url, board, "", cookie=mates[0].cookie, origin="http://localhost") as one,
        BoardClient(url, board, "", cookie=mates[1].cookie, origin="http://localhost") as two,
    ):
        one.join()
        two.join()
        one.write_note("of-one", "The key hangs at the bakery")
        two.write_note("of-two", "Who brings the kettle?")
        assert one.wait_saved()
        assert two.wait_saved()
        assert one.events[0]["you"]["name"] == mates[0].name
        both = {"of-one", "of-two"}
        assert one.pump(lambda: one.note_ids() == both)
        assert two.pump(lambda: two.note_ids() == both)
    outline = mates[1].page(f"/b/{board}/outline")
    assert "The key hangs at the bakery" in outline
    assert "Who brings the kettle?" in outline


def _mates(road: Road, team: int) -> list[Person]:
    return [person for person in road.people if road.team_of[person.name] == team]


def _hand_in(road: Road) -> None:
    """Each team hands in but one, which leaves a draft."""
    teams = sorted(set(road.team_of.values()))
    for number, team in enumerate(teams):
        lead = _mates(road, team)[0]
        path = road.at(f"/teams/{team}/submission")
        ask = 3000 + 500 * (number % 4)
        text = lead.send(
            path, path,
            {
                "title": f"Project {number:02d}", "summary": "What we will do until spring.",
                **{name: f"Words about {name}." for name in CANVAS},
                "lines-0-label": "Material", "lines-0-amount": "1000",
                "lines-1-label": "Fees", "lines-1-amount": str(ask - 1000),
                "ask": str(ask), "track": ("Archive", "Map", "Play")[number % 3],
            },
            act="act=save" if team == teams[-1] else "act=hand_in",
        )  # fmt: skip
        assert ("is handed in" in text) == (team != teams[-1])
    outsider = _mates(road, teams[1])[0]
    assert outsider.status(road.at(f"/teams/{teams[0]}/submission")) == 403
    road.handed_in = len(teams) - 1


def _set_up_jury(road: Road) -> None:
    """Rubric, a panel of eight, three sheets for each project."""
    road.move_to(Phase.JUDGING)
    setup = road.at("/jury/setup")
    road.organiser.send(f"{setup}/rubric", "/rubric", {"reviews_per_submission": "3"})
    for number, juror in enumerate(road.jurors):
        juror.register_and_confirm(road.mailbox)
        assert juror.status(road.at("/jury")) == 403
        road.organiser.send(
            f"{setup}/panel", "/panel",
            {"email": juror.email, "organisation": f"House {number}", "region": "Town"},
        )  # fmt: skip
    road.organiser.send(setup, "/assign", {"per_submission": "3"})
    assert f"0 of {3 * road.handed_in} sheets handed in" in road.organiser.page(setup)
    first = road.people[0]
    assert first.status(road.at("/jury")) == 403
    assert first.status(setup) == 403


def _judge(road: Road) -> None:
    """One juror has a conflict; then every sheet is scored."""
    partial = road.jurors[0]
    sheets = _queue(road, partial)
    assert road.jurors[1].status(sheets[0]) in {403, 404}
    partial.send(sheets[0], "/leave", {"kind": "conflict", "reason": "My sister is in this team."})
    assert partial.status(sheets[0]) in {403, 404}
    road.organiser.send(road.at("/jury/setup"), "/assign", {"per_submission": "3"})
    scored = 0
    for place, juror in enumerate(road.jurors):
        for path in _queue(road, juror):
            page = juror.page(path)
            criteria = sorted(set(re.findall(r'name="(score-\d+)"', page)))
            quality = int(re.findall(r"Project (\d\d)", page)[0]) % 5
            marks = {name: str(3 + quality + (place + n) % 3) for n, name in enumerate(criteria)}
            comment = f"A first step one can take at once ({quality})."
            juror.send(path, path, {**marks, "comment": comment}, act="act=hand_in")
            scored += 1
        assert "All your sheets are in." in juror.page(road.at("/jury"))
    assert scored == 3 * road.handed_in
    assert f"{scored} of {scored} sheets handed in" in road.organiser.page(road.at("/jury/setup"))
    assert "Scoring is still open" in road.organiser.page(road.at("/shortlist"))
    assert road.people[0].status(road.at("/shortlist")) == 403


def _queue(road: Road, juror: Person) -> list[str]:
    page = juror.page(road.at("/jury"))
    return list(dict.fromkeys(re.findall(rf'href="({road.at("/jury")}/\d+)"', page)))


def _publish(road: Road) -> None:
    """What the budget funds, with reasons; every team reads its feedback."""
    road.move_to(Phase.RESULTS)
    shortlist, results = road.at("/shortlist"), road.at("/results")
    text = road.organiser.send(shortlist, "/shortlist/preview", {"budget": "12000"})
    assert "Only organisers see this preview." in text
    funded = re.findall(r"(\d+) projects, €[\d,]+ of €12,000", text)
    assert len(funded) == 1
    assert road.stranger.status(results) == 403
    reasons = [
        form for form in read_forms(text) if re.search(r"/reasons/\d+", form.action.split("?")[0])
    ]
    (field,) = (name for name in reasons[0].values if name.endswith("text"))
    road.organiser.send(
        shortlist, reasons[0].action, {field: "A small sum that opens a door for many."}
    )
    road.organiser.send(f"{shortlist}/publish", "/shortlist/publish", {"is_confirmed": "y"})

    page = road.stranger.page(results)
    assert f"{funded[0]} projects go ahead" in page
    assert "A small sum that opens a door for many." in page
    assert "Secret Judge" not in page
    teams = sorted(set(road.team_of.values()))
    member = _mates(road, teams[0])[0]
    feedback = member.page(road.at(f"/teams/{teams[0]}/feedback"))
    assert "A first step one can take at once" in feedback
    assert "Secret Judge" not in feedback
    assert member.status(road.at(f"/teams/{teams[1]}/feedback")) == 403
    assert road.stranger.status(road.at(f"/teams/{teams[0]}/feedback")) in {302, 403}


def _export(road: Road, folder: Path) -> None:
    """What leaves comes back the same."""
    road.command("export-event", road.slug, "--out", str(folder / "once.json"))
    again = road.command("import-event", str(folder / "once.json")).splitlines()[-1]
    assert again != road.slug
    road.command("export-event", again, "--out", str(folder / "twice.json"))
    once, twice = (_values(folder / name) for name in ("once.json", "twice.json"))
    assert len(once["projects"]) == 20
    assert once == twice


def _values(path: Path) -> dict[str, list[dict[str, object]]]:
    left_out = {"id", "created_at", "updated_at"}
    return {
        resource["name"]: [
            {name: value for name, value in row.items() if name not in left_out}
            for row in resource["data"]
        ]
        for resource in json.loads(path.read_text())["resources"]
    }
