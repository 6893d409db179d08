"""Coming in by password or by a mailed link, and going out."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import allow, find_actor
from app.core.people import Consent
from app.core.policy import Action
from app.domain.accounts import consents, queries, service, tokens
from app.domain.accounts.addresses import parse_email
from app.domain.accounts.service import Purpose, SpentLink
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
    tell_to_check_mail,
)
from app.web.accounts.forms import EnterForm, SignInForm
from app.web.accounts.limits import is_refused, names_no_account, typed_account
from app.web.accounts.session import end_session
from app.web.links import public_url_for

Page = Response | str | tuple[str, int]


def _asks_for_link() -> bool:
    return request.form.get("by") == "link" or not request.form.get("password")


@bp.route("/sign-in", methods=["GET", "POST"])
@limiter.limit(
    "10 per 15 minutes", key_func=typed_account, methods=["POST"],
    exempt_when=lambda: names_no_account() or _asks_for_link(), deduct_when=is_refused,
)  # fmt: skip
@limiter.limit(
    "5 per 15 minutes", key_func=typed_account, methods=["POST"],
    exempt_when=lambda: names_no_account() or not _asks_for_link(),
)  # fmt: skip
@allow(Action.SIGN_IN)
def sign_in() -> Page:
    """Sign in: with a password, or by a mailed link when it is left empty."""
    next_path = asked_next_path()
    if is_signed_in():
        return redirect(onward(next_path))
    form = SignInForm()
    if form.validate_on_submit():
        with form.refusals():
            if _asks_for_link():
                return _mail_link(form.email.data or "", next_path)
            return _check_password(form, next_path)
    page = render_template("accounts/sign_in.html", form=form, next_path=next_path)
    return page, 422 if form.errors else 200


def _mail_link(email: str, next_path: str) -> Response:
    address = parse_email(email)
    link = service.request_magic_link(address, next_path=next_path)
    if link is not None:
        url = public_url_for("accounts.use_link", token=link.secret)
        send_mail(link.email, "magic_link", name=link.display_name, url=url)
    return tell_to_check_mail(address, "sign_in")


def _check_password(form: SignInForm, next_path: str) -> Response:
    user = service.sign_in_with_password(form.email.data or "", form.password.data or "")
    if user is None:
        raise Invalid(
            _("This address and this password do not fit. Check both, or have a link mailed."),
            field="password",
        )
    return enter(user, next_path=next_path, is_kept=bool(form.is_kept.data))


@bp.route("/sign-in/<token>", methods=["GET", "POST"])
@allow(Action.SIGN_IN)
def use_link(token: str) -> Page:
    """Come in by a mailed link, at the press of a button."""
    form = EnterForm()
    try:
        if form.validate_on_submit():
            with form.refusals():
                entry = service.use_magic_link(token, find_actor())
                return enter(
                    entry.user,
                    next_path=entry.next_path,
                    is_kept=bool(form.is_kept.data),
                    is_reclaimed=entry.is_reclaimed,
                )
        asked = tokens.get_token(token, Purpose.SIGN_IN)
        account = queries.get_account(asked.owner_id)
    except SpentLink as spent:
        return show_spent_link(spent.message)
    page = render_template(
        "accounts/use_link.html",
        form=form,
        account=account,
        is_first_proof=not account.is_email_verified
        and not is_own_session(account.id)
        and consents.has_consented(account.id, Consent.TERMS),
    )
    return page, 422 if form.errors else 200


@bp.post("/sign-out")
@allow(Action.SIGN_IN)
def sign_out() -> Page:
    """Sign out in this browser."""
    end_session()
    flash(_("You are signed out."))
    return redirect(url_for("public.landing"))
