"""Joining: registration, the confirmation of its address, and the first administrator."""

from flask import current_app, flash, redirect, render_template, session, url_for
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import allow, find_actor
from app.core.policy import Action
from app.domain.accounts import queries, service, tokens
from app.domain.accounts.queries import SessionUser
from app.domain.accounts.service import IssuedLink, Purpose, SpentLink
from app.domain.programmes import service as programmes
from app.domain.programmes.queries import EventView
from app.errors import Invalid
from app.extensions import limiter
from app.jobs.mail import send_mail
from app.web.accounts.blueprint import bp
from app.web.accounts.entry import (
    asked_next_path,
    enter,
    is_own_session,
    is_signed_in,
    onward,
    show_spent_link,
)
from app.web.accounts.forms import EnterForm, RegisterForm, SetupForm
from app.web.accounts.invitation import find_invitation
from app.web.accounts.limits import has_sent_letter, names_no_account, note_letter, typed_account
from app.web.accounts.session import begin_session
from app.web.links import public_url_for

Page = Response | str | tuple[str, int]


@bp.route("/register", methods=["GET", "POST"])
@limiter.limit(
    "5 per 15 minutes", key_func=typed_account, methods=["POST"], exempt_when=names_no_account,
    deduct_when=has_sent_letter,
)  # fmt: skip
@allow(Action.SIGN_IN)
def register() -> Page:
    """Make an account and come in; who was invited to an event takes part at once."""
    next_path = asked_next_path()
    if is_signed_in():
        return redirect(onward(next_path))
    invited_to = find_invitation(next_path)
    form = RegisterForm()
    is_known = False
    if form.validate_on_submit():
        with form.refusals():
            made = service.register(
                form.display_name.data or "",
                form.email.data or "",
                form.password.data or None,
                form.given(),
                locale=str(get_locale()),
                next_path=next_path,
            )
            _mail(made.letter)
            if made.user is not None:
                return _welcome(made.user, invited_to, next_path, is_kept=bool(form.is_kept.data))
            is_known = True
            raise Invalid(_("There is an account with this address already."), field="email")
    page = render_template(
        "accounts/register.html",
        form=form,
        next_path=next_path,
        invited_to=invited_to,
        is_known=is_known,
        has_mail=current_app.extensions["cojam_settings"].mail_host is not None,
    )
    return page, 422 if form.errors else 200


def _mail(letter: IssuedLink | None) -> None:
    if letter is None:
        return
    note_letter()
    if letter.purpose is Purpose.SIGN_IN:
        url = public_url_for("accounts.use_link", token=letter.secret)
        send_mail(letter.email, "known_address", name=letter.display_name, url=url)
    else:
        url = public_url_for("accounts.confirm_address", token=letter.secret)
        send_mail(letter.email, "confirm_email", name=letter.display_name, url=url)


def _welcome(
    user: SessionUser, invited_to: EventView | None, next_path: str, *, is_kept: bool
) -> Response:
    """Let a new person in, and lead them over their skills to where they were going."""
    begin_session(user, is_kept=is_kept)
    goal = onward(next_path)
    if invited_to is not None:
        programmes.join_event(find_actor(), invited_to.id, invited_to.join_code)
        goal = url_for("home.now", event_slug=invited_to.slug)
        flash(_("Welcome! You take part in “%(event)s”.", event=invited_to.name), "toast")
    return redirect(url_for("profiles.edit", next=goal))


@bp.route("/confirm/<token>", methods=["GET", "POST"])
@allow(Action.SIGN_IN)
def confirm_address(token: str) -> Page:
    """Confirm the address of an account at the press of a button, and come in."""
    form = EnterForm()
    try:
        owner_id = tokens.get_token(token, Purpose.CONFIRM).owner_id
        is_own = is_own_session(owner_id)
        if form.validate_on_submit():
            is_kept = bool(session.permanent) if is_own else bool(form.is_kept.data)
            with form.refusals():
                entry = service.confirm_address(token, find_actor())
                return enter(
                    entry.user,
                    next_path=entry.next_path,
                    is_kept=is_kept,
                    said=_("Your address is confirmed."),
                    is_reclaimed=entry.is_reclaimed,
                )
    except SpentLink as spent:
        return show_spent_link(spent.message)
    page = render_template(
        "accounts/confirm_address.html",
        form=form,
        account=queries.get_account(owner_id),
        is_own=is_own,
    )
    return page, 422 if form.errors else 200


@bp.route("/setup/<token>", methods=["GET", "POST"])
@allow(Action.SIGN_IN)
def setup(token: str) -> Page:
    """Make the first administrator; refused once there is one."""
    form = SetupForm()
    try:
        service.check_setup(token)
        if form.validate_on_submit():
            with form.refusals():
                user = service.create_first_administrator(
                    token,
                    form.display_name.data or "",
                    form.email.data or "",
                    form.password.data or "",
                )
                return enter(user, next_path=url_for("admin.list_programmes"), is_kept=False)
    except SpentLink as spent:
        return show_spent_link(spent.message)
    return render_template("accounts/setup.html", form=form), 422 if form.errors else 200
