"""Joining: registration, its confirmation, and the first administrator."""

from flask import current_app, redirect, render_template, session, url_for
from flask_babel import get_locale
from werkzeug.wrappers import Response

from app.access import allow
from app.core.policy import Action
from app.domain.accounts import service, tokens
from app.domain.accounts.service import IssuedLink, Purpose, SpentLink
from app.extensions import limiter
from app.jobs.mail import send_mail
from app.web.accounts.blueprint import bp
from app.web.accounts.entry import (
    asked_next_path,
    enter,
    is_signed_in,
    onward,
    show_spent_link,
    tell_to_check_mail,
)
from app.web.accounts.forms import EnterForm, RegisterForm, SetupForm
from app.web.accounts.limits import names_no_account, typed_account
from app.web.links import public_url_for

Page = Response | str | tuple[str, int]


@bp.route("/register", methods=["GET", "POST"])
@limiter.limit(
    "5 per 15 minutes", key_func=typed_account, methods=["POST"], exempt_when=names_no_account,
    deduct_when=lambda response: response.status_code == 302,
)  # fmt: skip
@allow(Action.SIGN_IN)
def register() -> Page:
    """Ask for an account; the answer is the same for known and unknown addresses."""
    if is_signed_in():
        return redirect(onward(asked_next_path()))
    form = RegisterForm()
    if form.validate_on_submit():
        with form.refusals():
            link = service.register(
                form.display_name.data or "",
                form.email.data or "",
                form.password.data or None,
                form.given(),
                locale=str(get_locale()),
                next_path=asked_next_path(),
            )
            _mail_registration(link)
            return tell_to_check_mail(link.email, "register")
    page = render_template("accounts/register.html", form=form, next_path=asked_next_path())
    return page, 422 if form.errors else 200


def _mail_registration(link: IssuedLink) -> None:
    if link.purpose is Purpose.SIGN_IN:
        url = public_url_for("accounts.use_link", token=link.secret)
        send_mail(link.email, "known_address", name=link.display_name, url=url)
    else:
        url = public_url_for("accounts.confirm_registration", token=link.secret)
        send_mail(link.email, "confirm_email", name=link.display_name, url=url)


@bp.get("/check-mail")
@allow(Action.SIGN_IN)
def check_mail() -> Page:
    """Say where a letter went and what to do with it."""
    mailed = session.get("mailed")
    if mailed is None:
        return redirect(url_for("accounts.sign_in"))
    settings = current_app.extensions["cojam_settings"]
    # Without a mail server letters are files, and only whoever runs the server finds them.
    is_kept_here = settings.mail_host is None and settings.is_loopback
    return render_template(
        "accounts/check_mail.html",
        email=mailed["to"],
        kind=mailed["kind"],
        is_kept_here=is_kept_here,
    )


@bp.route("/register/<token>", methods=["GET", "POST"])
@allow(Action.SIGN_IN)
def confirm_registration(token: str) -> Page:
    """Confirm the address, which makes the account, and come in."""
    form = EnterForm()
    try:
        if form.validate_on_submit():
            entry = service.confirm_registration(token)
            return enter(entry.user, next_path=entry.next_path, is_kept=bool(form.is_kept.data))
        asked = tokens.get_token(token, Purpose.REGISTER)
    except SpentLink as spent:
        return show_spent_link(spent.message)
    return render_template(
        "accounts/confirm_registration.html",
        form=form,
        name=asked.payload["display_name"],
        email=asked.payload["email"],
    )


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
