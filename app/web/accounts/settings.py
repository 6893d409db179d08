"""One's own account: password, address, sessions and consents."""

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import allow, find_actor
from app.core.people import Consent
from app.core.policy import Action
from app.domain.accounts import consents as consent_queries
from app.domain.accounts import queries, service
from app.domain.accounts.addresses import parse_email
from app.extensions import limiter
from app.hub.binding import close_sockets
from app.jobs.mail import send_mail
from app.web.accounts.blueprint import bp
from app.web.accounts.entry import asked_next_path, onward, tell_to_check_mail
from app.web.accounts.forms import ChangeEmailForm, ChangePasswordForm, ConsentFields
from app.web.accounts.limits import signed_in_account
from app.web.accounts.session import begin_session, end_session
from app.web.labels import CONSENT_LABELS
from app.web.links import public_url_for

Page = Response | str | tuple[str, int]


@bp.get("/account")
@allow(Action.USE_ACCOUNT)
def settings() -> Page:
    """Show what belongs to the account and what can be changed."""
    standing = consent_queries.list_consents(current_user.id)
    return render_template(
        "accounts/settings.html",
        account=queries.get_account(current_user.id),
        consents=[
            (CONSENT_LABELS[kind], standing[kind].given_at if kind in standing else None)
            for kind in Consent
        ],
    )


@bp.post("/account/confirmation")
@limiter.limit("5 per 15 minutes", key_func=signed_in_account)
@allow(Action.USE_ACCOUNT)
def send_confirmation() -> Page:
    """Mail another link that confirms the address."""
    link = service.request_confirmation(find_actor())
    if link is None:
        flash(_("Your address is confirmed already."))
        return redirect(url_for("accounts.settings"))
    url = public_url_for("accounts.confirm_address", token=link.secret)
    send_mail(link.email, "confirm_email", name=link.display_name, url=url)
    return tell_to_check_mail(link.email, "confirm")


@bp.route("/account/password", methods=["GET", "POST"])
@allow(Action.USE_ACCOUNT)
def change_password() -> Page:
    """Set or change the password; asks for the present one, if there is one."""
    account = queries.get_account(current_user.id)
    form = ChangePasswordForm()
    if form.validate_on_submit():
        with form.refusals():
            user = service.change_password(
                find_actor(), form.present.data or "", form.password.data or ""
            )
            close_sockets(user.id)
            begin_session(user, is_kept=bool(session.permanent))
            send_mail(user.email, "password_changed", name=user.display_name)
            flash(_("Your password is changed. You were signed out everywhere else."))
            return redirect(url_for("accounts.settings"))
    page = render_template("accounts/change_password.html", form=form, account=account)
    return page, 422 if form.errors else 200


@bp.route("/account/email", methods=["GET", "POST"])
@allow(Action.USE_ACCOUNT)
def change_email() -> Page:
    """Ask for another address; a link goes there, and nothing changes before it is opened."""
    account = queries.get_account(current_user.id)
    form = ChangeEmailForm()
    if form.validate_on_submit():
        with form.refusals():
            address = parse_email(form.email.data or "")
            link = service.request_email_change(find_actor(), form.present.data or "", address)
            if link is not None:
                url = public_url_for("accounts.confirm_email", token=link.secret)
                send_mail(link.email, "change_email", name=link.display_name, url=url)
            return tell_to_check_mail(address, "change_email")
    page = render_template("accounts/change_email.html", form=form, account=account)
    return page, 422 if form.errors else 200


@bp.route("/account/consents", methods=["GET", "POST"])
@allow(Action.USE_ACCOUNT)
def consents() -> Page:
    """Give or take back each consent on its own."""
    standing = consent_queries.list_consents(current_user.id)
    current = {kind for kind, consent in standing.items() if consent.is_current}
    form = ConsentFields(data={kind.value: kind in current for kind in Consent})
    if form.validate_on_submit():
        with form.refusals():
            service.set_consents(find_actor(), form.given())
            flash(_("Your choices are kept."))
            return redirect(onward(asked_next_path() or url_for("accounts.settings")))
    page = render_template(
        "accounts/consents.html",
        form=form,
        is_asked_first=Consent.TERMS not in current,
        next_path=asked_next_path(),
    )
    return page, 422 if form.errors else 200


@bp.post("/account/sign-out-everywhere")
@allow(Action.USE_ACCOUNT)
def sign_out_everywhere() -> Page:
    """End every session, this one too."""
    service.sign_out_everywhere(find_actor())
    close_sockets(current_user.id)
    end_session()
    flash(_("You are signed out on every device."))
    return redirect(url_for("accounts.sign_in"))
