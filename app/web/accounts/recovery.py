"""A lost password, and the confirmation of a new address: both begin in the mailbox."""

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import allow, find_actor
from app.core.policy import Action, Reason
from app.domain.accounts import service, tokens
from app.domain.accounts.addresses import parse_email
from app.domain.accounts.service import Purpose, SpentLink
from app.errors import Conflict, Denied
from app.extensions import limiter
from app.hub.binding import close_sockets
from app.jobs.mail import send_mail
from app.web.accounts.blueprint import bp
from app.web.accounts.entry import enter, is_own_session, show_spent_link, tell_to_check_mail
from app.web.accounts.forms import EnterForm, NewPasswordForm, RequestResetForm
from app.web.accounts.limits import names_no_account, typed_account
from app.web.links import public_url_for

Page = Response | str | tuple[str, int]


@bp.route("/reset-password", methods=["GET", "POST"])
@limiter.limit(
    "5 per 15 minutes", key_func=typed_account, methods=["POST"], exempt_when=names_no_account
)
@allow(Action.SIGN_IN)
def request_reset() -> Page:
    """Ask for a link that sets a new password; the answer is the same for every address."""
    form = RequestResetForm()
    if form.validate_on_submit():
        with form.refusals():
            address = parse_email(form.email.data or "")
            link = service.request_password_reset(address)
            if link is not None:
                url = public_url_for("accounts.reset_password", token=link.secret)
                send_mail(link.email, "reset_password", name=link.display_name, url=url)
            return tell_to_check_mail(address, "reset")
    page = render_template("accounts/request_reset.html", form=form)
    return page, 422 if form.errors else 200


@bp.route("/reset-password/<token>", methods=["GET", "POST"])
@allow(Action.SIGN_IN)
def reset_password(token: str) -> Page:
    """Set a new password by a mailed link, and come in with it."""
    form = NewPasswordForm()
    try:
        tokens.get_token(token, Purpose.RESET)
        if form.validate_on_submit():
            with form.refusals():
                entry = service.reset_password(token, form.password.data or "", find_actor())
                user = entry.user
                close_sockets(user.id)
                send_mail(user.email, "password_changed", name=user.display_name)
                said = _("Your password is set. You were signed out everywhere else.")
                return enter(
                    user, next_path="", is_kept=False, said=said, is_reclaimed=entry.is_reclaimed
                )
    except SpentLink as spent:
        return show_spent_link(spent.message)
    page = render_template("accounts/reset_password.html", form=form)
    return page, 422 if form.errors else 200


@bp.route("/account/email/<token>", methods=["GET", "POST"])
@allow(Action.USE_ACCOUNT)
def confirm_email(token: str) -> Page:
    """Move one's account to the address that got this link; the former one hears of it."""
    form = EnterForm()
    try:
        if form.validate_on_submit():
            is_kept = bool(session.permanent)
            change = service.confirm_email_change(find_actor(), token)
            close_sockets(change.user.id)
            send_mail(change.former_email, "email_changed", name=change.user.display_name)
            said = _("Your e-mail address is changed. You were signed out everywhere else.")
            return enter(
                change.user, next_path=url_for("accounts.settings"), is_kept=is_kept, said=said
            )
        asked = tokens.get_token(token, Purpose.CHANGE_EMAIL)
        if not is_own_session(asked.owner_id):
            raise Denied(reason=Reason.NOT_YOURS)
    except SpentLink as spent:
        return show_spent_link(spent.message)
    except Conflict as taken:
        flash(taken.message, "error")
        return redirect(url_for("accounts.settings"))
    return render_template("accounts/confirm_email.html", form=form, email=asked.payload["email"])
