"""One's own profile, and the pages of others."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import Scope, allow, find_actor, is_allowed
from app.core.people import Consent
from app.core.policy import Action, Facts
from app.core.skills import list_skills
from app.domain.accounts import consents, queries, service
from app.domain.programmes import queries as programmes
from app.errors import Missing
from app.web.labels import AVAILABILITY_LABELS, LANGUAGE_NAMES, SECTOR_LABELS
from app.web.links import local_path
from app.web.profiles.forms import LEARN_ROWS_MAX, SKILL_ROWS_MAX, ProfileForm

bp = Blueprint("profiles", __name__)
Page = Response | str | tuple[str, int]


@bp.route("/profile", methods=["GET", "POST"])
@allow(Action.USE_ACCOUNT)
def edit() -> Page:
    """Edit one's own profile."""
    profile = queries.get_profile(current_user.id)
    next_path = local_path(request.args.get("next"))
    form = ProfileForm.of(profile)
    if not form.asks_for_rows() and form.validate_on_submit():
        with form.refusals():
            service.update_profile(
                find_actor(),
                form.display_name.data or "",
                form.profile(),
                form.chosen_skills(),
                form.wishes(),
            )
            flash(_("Your profile is kept."))
            return redirect(next_path or url_for("profiles.edit"))
    page = render_template(
        "profiles/edit.html",
        form=form,
        profile=profile,
        next_path=next_path,
        suggestions=[skill.name for skill in list_skills()],
        skill_rows_max=SKILL_ROWS_MAX,
        learn_rows_max=LEARN_ROWS_MAX,
        language_names=LANGUAGE_NAMES,
    )
    return page, 422 if form.errors else 200


def person_scope(public_id: str) -> Scope:
    """Scope a request to a person, through an event in which both take part."""
    account = queries.find_account(public_id)
    if account is None:
        raise Missing(public_id)
    g.person = account
    if not current_user.is_authenticated:
        return Scope()
    facts = Facts(
        is_owner=account.id == current_user.id,
        is_published=consents.has_consented(account.id, Consent.DIRECTORY),
    )
    g.shared_events = list_shared_events(current_user.id, account.id)
    scopes = [Scope(event.id, event.programme_id, facts) for event in g.shared_events]
    allowing = (scope for scope in scopes if is_allowed(Action.VIEW_PERSON, scope))
    return next(allowing, scopes[0] if scopes else Scope(facts=facts))


def list_shared_events(user_id: int, other_id: int) -> list[programmes.EventView]:
    """Return the events in which both hold a role, the latest first."""
    theirs = {event.id for event in programmes.list_events_of(other_id)}
    return [event for event in programmes.list_events_of(user_id) if event.id in theirs]


@bp.get("/people/<public_id>")
@allow(Action.VIEW_PERSON, person_scope)
def person(public_id: str) -> Page:  # noqa: ARG001 — read by the scope
    """Show what a person says about themselves to those who share an event with them."""
    return render_template(
        "profiles/person.html",
        person_=queries.get_profile(g.person.id),
        is_own=g.person.id == current_user.id,
        shared_events=g.shared_events,
        language_names=LANGUAGE_NAMES,
        sector_labels=SECTOR_LABELS,
        availability_labels=AVAILABILITY_LABELS,
    )
