"""Refusals and failures become pages, once for all areas."""

from flask import Flask, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_limiter.errors import RateLimitExceeded
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response

from app.core.policy import Reason
from app.db import db
from app.errors import Conflict, Denied, Infeasible, Invalid, Missing

Answer = Response | tuple[str, int]
# "Numeric value out of range", as PostgreSQL says it.
_OUT_OF_RANGE = "22003"


def register_error_pages(app: Flask) -> None:
    """Map what services raise, and what Werkzeug raises, to a page with its status."""
    app.register_error_handler(Denied, _denied)
    app.register_error_handler(Missing, _missing)
    app.register_error_handler(Conflict, _conflict)
    app.register_error_handler(Invalid, _invalid)
    app.register_error_handler(Infeasible, _conflict)
    app.register_error_handler(RateLimitExceeded, _too_many)
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _other)
    app.register_error_handler(OverflowError, _beyond)
    app.register_error_handler(DataError, _beyond)
    app.register_error_handler(500, _failed)


def explain_refusal(reason: str) -> str:
    """Return the sentence for a policy reason."""
    sentences = {
        Reason.SIGN_IN_FIRST: _("Sign in first, then open this page again."),
        Reason.BANNED: _("You have been shut out here. Write to the organisers if you disagree."),
        Reason.NOT_YOUR_ROLE: _("This page is for people with another role in the event."),
        Reason.NOT_YOURS: _("This belongs to somebody else."),
        Reason.NOT_PUBLIC_YET: _("This has not been published yet."),
        Reason.PHASE_CLOSED: _("This is not open now: the event is in another phase."),
        Reason.CONFLICT_OF_INTEREST: _("You have a conflict of interest here."),
        Reason.SCORING_OPEN: _("Nobody sees scores before scoring has closed."),
        Reason.LOCKED: _("This is locked now and can only be read."),
        Reason.HIDDEN: _("A moderator has hidden this."),
        Reason.KEPT_PRIVATE: _("This person keeps their profile to themselves."),
    }
    return sentences.get(Reason(reason), "") if reason in set(Reason) else ""


def _wants_json() -> bool:
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


def _answer(template: str, status: int, message: str) -> Answer:
    if _wants_json():
        return {"error": message}, status  # type: ignore[return-value]  # Flask makes JSON of it
    return render_template(f"errors/{template}.html", message=message), status


def _denied(error: Denied) -> Answer:
    if error.reason == Reason.SIGN_IN_FIRST and not current_user.is_authenticated:
        if request.method == "GET" and not _wants_json():
            return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
        return _answer("403", 401, explain_refusal(error.reason))
    return _answer("403", 403, error.message or explain_refusal(error.reason))


def _missing(_error: Missing) -> Answer:
    return _answer("404", 404, "")


def _conflict(error: Conflict | Infeasible) -> Answer:
    return _answer("400", 409, error.message)


def _invalid(error: Invalid) -> Answer:
    return _answer("400", 400, error.message)


def _too_many(_error: RateLimitExceeded) -> Answer:
    return _answer("429", 429, _("Too many tries in a short time. Wait a minute and try again."))


def _too_large(_error: RequestEntityTooLarge) -> Answer:
    return _answer("413", 413, _("What you sent is larger than this site accepts."))


def _stale_form(_error: CSRFError) -> Answer:
    message = _("This form was open for too long. Go back, reload the page and send it again.")
    return _answer("400", 400, message)


def _beyond(error: OverflowError | DataError) -> Answer:
    """Answer for a number that no database holds: it names nothing that is there."""
    if isinstance(error, DataError) and getattr(error.orig, "sqlstate", "") != _OUT_OF_RANGE:
        raise error
    # PostgreSQL answers no question of the page before the failed transaction has ended.
    db.session.rollback()
    return _answer("404", 404, "")


def _other(error: HTTPException) -> Answer | HTTPException:
    code = error.code or 500
    if code < 400:
        return error
    if code >= 500:
        return _failed(error)
    return _answer(str(code) if code in {403, 404, 413, 429} else "400", code, "")


def _failed(_error: Exception) -> Answer:
    message = _("Something went wrong on our side. What was saved before is still there.")
    if _wants_json():
        return {"error": message}, 500  # type: ignore[return-value]
    # Without context processors: they read the database, which may be what failed.
    return current_app.jinja_env.get_template("errors/500.html").render(message=message), 500
