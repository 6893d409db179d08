"""What all forms share."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field

from app.errors import Invalid


def strip(value: str | None) -> str | None:
    """Take white space from both ends of what was typed."""
    return value.strip() if isinstance(value, str) else value


class CojamForm(FlaskForm):
    """A form that keeps what was typed and shows a service's refusal beside the field."""

    class Meta(FlaskForm.Meta):
        """Strip every text field that does not say otherwise."""

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Add the strip filter, except where white space matters (passwords, Markdown)."""
            kept = {"PasswordField", "TextAreaField"}
            if unbound_field.field_class.__name__.endswith("StringField") and (
                unbound_field.field_class.__name__ not in kept
            ):
                options.setdefault("filters", unbound_field.kwargs.get("filters", []))
                options["filters"] = [*options["filters"], strip]
                unbound_field.kwargs.pop("filters", None)
            return unbound_field.bind(form=form, **options)

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Turn an `Invalid` raised inside into an error of the field it names.

        Check `form.errors` afterwards: when it is not empty, show the form again.
        """
        try:
            yield
        except Invalid as refusal:
            field = getattr(self, refusal.field, None) if refusal.field else None
            if isinstance(field, Field):
                field.errors = [*field.errors, refusal.message]
            else:
                self.form_errors.append(refusal.message)

    def succeeds(self, command: Callable[[], object]) -> bool:
        """Validate, run the command, and tell whether both went well."""
        if not self.validate_on_submit():
            return False
        with self.refusals():
            command()
        return not self.errors
