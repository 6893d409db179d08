"""The organisers' shortlist: previews, trials, reasons, amounts, publishing."""

import csv
import io
from html import unescape

import pytest

from app.config import Settings
from app.core.policy import Role
from app.domain.funding import queries
from app.domain.funding.queries import PREVIEW, ShortlistView
from app.domain.programmes import queries as programmes
from tests.factories import Factory
from tests.integration.funding.juries import TITLES, JudgedEvent
from tests.integration.web.judged import RESULTS, boss, preview, publish, team_of, text_of
from tests.integration.web.judged import SHORTLIST as PAGE
from tests.mailbox import Mailbox


def stored(judged: JudgedEvent) -> ShortlistView | None:
    with judged.make.app.app_context():
        return queries.find_latest(judged.event_id, PREVIEW)


def test_the_first_visit_offers_the_budget_of_the_event(judged: JudgedEvent) -> None:
    page = unescape(boss(judged).page(PAGE))
    assert 'value="20000"' in page
    assert "12 of 12 sheets handed in." in page
    assert "Rule set before scoring: Best first, until the money is spent." in page


def test_a_preview_shows_raw_and_adjusted_and_what_the_budget_funds(judged: JudgedEvent) -> None:
    visitor = boss(judged)
    answer = visitor.submit(f"{PAGE}/preview", {"budget": "20.000,00", "policy": "rank"}, page=PAGE)
    assert (answer.status_code, answer.location) == (302, PAGE)
    page = unescape(visitor.page(PAGE))
    assert "2 projects, €18,200 of €20,000" in page
    assert "4 projects, 3 jurors, 12 sheets." in page
    # The table, and the list that a phone shows in its place.
    assert page.count("90 % interval") >= 8
    assert page.count(">8.67<") == 2
    assert "Strict and mild" in page
    assert "Every project is linked to every other" in page


@pytest.mark.parametrize(
    ("budget", "sentence"),
    [("a lot", "Write the amount in digits"), ("-5", "cannot be below 0"), ("", "Write an amount")],
)
def test_a_budget_that_cannot_be_read_is_named_and_kept(
    judged: JudgedEvent, budget: str, sentence: str
) -> None:
    answer = boss(judged).submit(f"{PAGE}/preview", {"budget": budget, "policy": "rank"}, page=PAGE)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert f'value="{budget}"' in text_of(answer)
    assert stored(judged) is None


def test_a_trial_names_who_enters_and_leaves(judged: JudgedEvent) -> None:
    preview(judged)
    visitor = boss(judged)
    page = unescape(visitor.page(f"{PAGE}?budget=26000&policy=rank"))
    assert "With €26,000 and “Best first, until the money is spent”:" in page
    assert page.count('<span class="tag ok">') >= 1
    assert "enters</span> <b>Open kiln</b>, €6,900" in page
    assert "Nobody leaves. €900 would be left." in page
    less = unescape(visitor.page(f"{PAGE}?budget=9000&policy=rank"))
    assert "leaves</span> <b>Repair window</b>, €9,800" in less
    view = stored(judged)
    assert view is not None
    assert view.budget_cents == 2_000_000


def test_a_trial_can_be_kept(judged: JudgedEvent) -> None:
    preview(judged)
    visitor = boss(judged)
    visitor.submit(f"{PAGE}/preview", {"budget": "26000", "policy": "rank"}, page=PAGE)
    view = stored(judged)
    assert view is not None
    assert [each.title for each in view.funded] == list(TITLES[:3])


def test_a_trial_with_a_bad_budget_keeps_the_page(judged: JudgedEvent) -> None:
    preview(judged)
    answer = boss(judged).get(f"{PAGE}?budget=x&policy=rank")
    assert answer.status_code == 422
    assert "Write the amount in digits" in text_of(answer)
    assert "Night library" in text_of(answer)


def test_groups_are_named_and_a_reason_is_asked_for(make: Factory) -> None:
    with make.app.app_context():
        judged = JudgedEvent(make, ((9, 8, None), (7, 8, None), (5, 6, None), (None, None, 9)))
    visitor = boss(judged)
    sent = {"budget": "20000", "policy": "rank"}
    answer = visitor.submit(f"{PAGE}/preview", sent, page=PAGE)
    page = text_of(answer)
    assert answer.status_code == 409
    assert "The jury falls into 2 groups" in page
    assert "<b>Floats free:</b> Water clock" in page
    assert stored(judged) is None
    again = visitor.submit(
        f"{PAGE}/preview", {**sent, "override": "One panel, one briefing."}, page=PAGE
    )
    assert again.status_code == 302
    assert "ranked together: One panel, one briefing." in unescape(visitor.page(PAGE))


def test_nothing_is_shown_while_scoring_is_open(judged: JudgedEvent) -> None:
    with judged.make.app.app_context():
        judged.reopen()
    visitor = boss(judged)
    page = unescape(visitor.page(PAGE))
    assert "Scoring is still open" in page
    assert "What does the budget fund?" not in page
    answer = visitor.submit(f"{PAGE}/preview", {"budget": "1", "policy": "rank"}, page=PAGE)
    assert answer.status_code == 409
    assert "Nobody sees scores before scoring has closed." in text_of(answer)


def test_a_reason_is_written_in_place(judged: JudgedEvent) -> None:
    shortlist_id = preview(judged)
    place = judged.submission_ids[0]
    address = f"{PAGE}/{shortlist_id}/reasons/{place}?page=1"
    visitor = boss(judged)
    answer = visitor.submit(address, {f"place{place}-text": "It was tried."}, page=PAGE)
    assert (answer.status_code, answer.location) == (302, f"{PAGE}?page=1#place{place}")
    assert '<p class="mb-1">It was tried.</p>' in visitor.page(PAGE)
    long = "x" * 2_001
    refused = visitor.submit(address, {f"place{place}-text": long}, page=PAGE)
    assert refused.status_code == 422
    assert "Keep it to 2000 characters." in text_of(refused)
    assert long in text_of(refused)


def test_a_lower_amount_is_set_and_taken_back(judged: JudgedEvent) -> None:
    shortlist_id = preview(judged)
    place = judged.submission_ids[1]
    address = f"{PAGE}/{shortlist_id}/amounts/{place}"
    visitor = boss(judged)
    names = (f"part{place}-amount", f"part{place}-reason")
    visitor.submit(address, dict(zip(names, ("4000", "Without the van."), strict=True)), page=PAGE)
    page = unescape(visitor.page(PAGE))
    assert "Less than asked for: Without the van." in page
    assert "3 projects, €19,300 of €20,000" in page
    visitor.submit(f"{address}/take-back", page=PAGE)
    assert "2 projects, €18,200 of €20,000" in unescape(visitor.page(PAGE))


@pytest.mark.parametrize(
    ("amount", "reason", "sentence"),
    [
        ("9800", "Why", "above 0 and below what the team asks for"),
        ("much", "Why", "Write the amount in digits"),
        ("100", "", "Write the reason."),
    ],
)
def test_a_lower_amount_that_cannot_be(
    judged: JudgedEvent, amount: str, reason: str, sentence: str
) -> None:
    shortlist_id = preview(judged)
    place = judged.submission_ids[1]
    answer = boss(judged).submit(
        f"{PAGE}/{shortlist_id}/amounts/{place}",
        {f"part{place}-amount": amount, f"part{place}-reason": reason},
        page=PAGE,
    )
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert f'value="{amount}"' in text_of(answer)
    view = stored(judged)
    assert view is not None
    assert view.spent_cents == 1_820_000


def test_a_form_of_an_older_preview_changes_nothing(judged: JudgedEvent) -> None:
    old, new = preview(judged), preview(judged)
    place = judged.submission_ids[0]
    visitor = boss(judged)
    answer = visitor.submit(
        f"{PAGE}/{old}/reasons/{place}", {f"place{place}-text": "Late"}, page=PAGE
    )
    assert answer.status_code == 409
    stale = visitor.submit(f"{PAGE}/publish", {"shortlist_id": old, "is_confirmed": "y"}, page=PAGE)
    assert (stale.status_code, stale.location) == (302, PAGE)
    assert stored(judged) is not None
    assert new > old


def test_the_preview_of_another_event_is_out_of_reach(make: Factory, judged: JudgedEvent) -> None:
    with make.app.app_context():
        other = JudgedEvent(make, slug="other")
    theirs = preview(other)
    preview(judged)
    place = other.submission_ids[0]
    visitor = boss(judged)
    answer = visitor.submit(
        f"{PAGE}/{theirs}/reasons/{place}", {f"place{place}-text": "Mine"}, page=PAGE
    )
    assert answer.status_code == 409
    assert visitor.get("/e/other/shortlist").status_code == 403


def test_publishing_asks_once_writes_letters_and_opens_the_results(
    judged: JudgedEvent, settings: Settings
) -> None:
    shortlist_id = preview(judged)
    mailbox = Mailbox(settings)
    visitor = boss(judged)
    page = unescape(visitor.page(f"{PAGE}/publish"))
    assert "Publish 2 chosen projects?" in page
    assert "Some chosen projects have no reason that people can read." in page
    asked = visitor.submit(f"{PAGE}/publish", {"shortlist_id": shortlist_id})
    assert asked.status_code == 422
    assert mailbox.letters() == []
    done = visitor.submit(f"{PAGE}/publish", {"shortlist_id": shortlist_id, "is_confirmed": "y"})
    assert (done.status_code, done.location) == (302, RESULTS)
    letters = mailbox.letters()
    assert len(letters) == 4
    assert {letter["Subject"] for letter in letters} == {
        f"The results of {event_name(judged)} are published"
    }
    bodies = "\n".join(letter.get_content() for letter in letters)
    assert "“Night library” was chosen and receives €8,400." in bodies
    assert "“Water clock” was not chosen this time." in bodies
    assert f"http://localhost{RESULTS}" in bodies
    assert f"http://localhost/e/jam/teams/{team_of(judged, 0)}/feedback" in bodies


def event_name(judged: JudgedEvent) -> str:
    with judged.make.app.app_context():
        event = programmes.find_event_by_id(judged.event_id)
    assert event is not None
    return event.name


def test_the_table_runs_no_formula(make: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "tests.integration.funding.juries.TITLES", ("=1+1", "@sum", "Open kiln", "Water clock")
    )
    with make.app.app_context():
        judged = JudgedEvent(make)
    preview(judged)
    answer = boss(judged).get(f"{PAGE}.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="jam-shortlist.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert [(row["rank"], row["title"], row["funded"], row["amount"]) for row in rows] == [
        ("1", "'=1+1", "yes", "8400.00"),
        ("2", "'@sum", "yes", "9800.00"),
        ("3", "Open kiln", "no", "0.00"),
        ("4", "Water clock", "no", "0.00"),
    ]


def test_a_conflicted_organiser_is_told_why(judged: JudgedEvent) -> None:
    judged.make.join(judged.event_id, judged.member_ids[0], Role.ORGANISER)
    answer = judged.make.visitor(judged.member_ids[0]).get(PAGE)
    assert answer.status_code == 403
    assert "You have a conflict of interest here." in text_of(answer)


def test_a_long_ranking_is_paged(make: Factory) -> None:
    with make.app.app_context():
        judged = JudgedEvent(make)
        for number in range(23):
            make.submission(judged.event_id, make.member(judged.event_id), title=f"Late {number}")
    preview(judged)
    visitor = boss(judged)
    assert "Late 22" not in visitor.page(PAGE)
    assert "Late 22" in visitor.page(f"{PAGE}?page=2")
    assert "Late 22" in visitor.page(f"{PAGE}?page=99")


def test_what_was_published_stays_in_sight_without_a_preview(judged: JudgedEvent) -> None:
    publish(judged)
    visitor = boss(judged)
    page = unescape(visitor.page(PAGE))
    assert "What does the budget fund?" in page
    assert "As it was published" in page
    assert "2 projects, €18,200 of €20,000" in page
    assert page.count(">8.67<") == 2
    preview(judged)
    again = unescape(visitor.page(f"{PAGE}"))
    assert "As it was published" not in again


def test_what_was_published_is_not_shown_here_while_scoring_is_open_again(
    judged: JudgedEvent,
) -> None:
    publish(judged)
    with judged.make.app.app_context():
        judged.reopen()
    assert "As it was published" not in boss(judged).page(PAGE)
