"""Publishing the results, asked once."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import allow, current_actor, current_event
from app.core.policy import Action
from app.domain.funding import queries, service
from app.domain.funding.outcomes import Unconfirmed
from app.domain.funding.queries import PREVIEW
from app.errors import Conflict, Missing
from app.jobs.mail import send_mail
from app.web.funding.blueprint import bp, seen_preview, shortlist_scope
from app.web.funding.forms import PublishForm
from app.web.funding.wording import DOUBTS
from app.web.links import public_url_for
from app.web.templating import format_money
from app.workflows.publish_results import ResultLetter, publish_results

Page = str | Response | tuple[str, int]


@bp.get("/e/<event_slug>/shortlist/publish")
@allow(Action.MANAGE_SHORTLIST, shortlist_scope)
def ask_publish(event_slug: str) -> Page:
    """Ask once, with everything that stands in doubt."""
    view = queries.find_latest(current_event().id, PREVIEW)
    if view is None:
        raise Missing(event_slug)
    return _publish_page(PublishForm(formdata=None, data={"shortlist_id": str(view.id)}))


@bp.post("/e/<event_slug>/shortlist/publish")
@allow(Action.MANAGE_SHORTLIST, shortlist_scope)
def publish(event_slug: str) -> Page:
    """Make the preview the results, and write to every member of the teams."""
    form = PublishForm()
    typed = form.shortlist_id.data or ""
    try:
        view = seen_preview(int(typed) if typed.isdecimal() else 0)
        letters = publish_results(
            current_actor(), view.id, is_confirmed=bool(form.is_confirmed.data)
        )
    except Unconfirmed as refusal:
        form.is_confirmed.errors = [refusal.message]
        return _publish_page(form), 422
    except Conflict as refusal:
        flash(refusal.message, "error")
        return redirect(url_for("funding.shortlist", event_slug=event_slug))
    for letter in letters:
        _send(event_slug, letter)
    flash(_("The results are published."), "toast")
    return redirect(url_for("funding.show_results", event_slug=event_slug))


def _send(event_slug: str, letter: ResultLetter) -> None:
    event = current_event()
    send_mail(
        letter.address,
        "results_published",
        event_name=event.name,
        title=letter.title,
        amount=format_money(letter.amount_cents, event.currency) if letter.amount_cents else "",
        results_url=public_url_for("funding.show_results", event_slug=event_slug),
        feedback_url=public_url_for(
            "funding.feedback", event_slug=event_slug, team_id=letter.team_id
        ),
    )


def _publish_page(form: PublishForm) -> str:
    event = current_event()
    view = queries.find_latest(event.id, PREVIEW)
    if view is None:
        raise Missing(event.slug)
    return render_template(
        "funding/publish.html",
        form=form,
        view=view,
        doubts=[DOUBTS[code] for code in service.list_doubts(event, view)],
    )
