"""Extract every marked string; fail when the stored catalogue is not what the code says.

`--write` stores it in `app/translations/messages.pot`.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parent.parent
POT = ROOT / "app" / "translations" / "messages.pot"
SOURCES = (
    (ROOT / "app", [("**.py", "python")], {}),
    (
        ROOT / "templates",
        [("**.html", "jinja2"), ("**.txt", "jinja2")],
        {"**.html": {"extensions": "jinja2.ext.i18n"}, "**.txt": {"extensions": "jinja2.ext.i18n"}},
    ),
)
KEYWORDS = {
    "_": None, "gettext": None, "lazy_gettext": None, "_l": None,
    "ngettext": (1, 2), "lazy_ngettext": (1, 2), "pgettext": ((1, "c"), 2),
}  # fmt: skip


def extract() -> bytes:
    """Return the catalogue as a .pot file without dates, so that it changes with the code alone."""
    catalogue = Catalog(project="Cojam", fuzzy=False)
    for folder, methods, options in SOURCES:
        for name, _line, message, comments, context in extract_from_dir(
            folder, methods, options, keywords=KEYWORDS
        ):
            catalogue.add(
                message,
                None,
                [(f"{folder.name}/{name}", None)],
                auto_comments=comments,
                context=context,
            )
    out = io.BytesIO()
    write_po(out, catalogue, width=100, omit_header=True, sort_output=True, include_lineno=False)
    return out.getvalue()


def main() -> int:
    """Compare or write the catalogue."""
    found = extract()
    if "--write" in sys.argv:
        POT.parent.mkdir(exist_ok=True)
        POT.write_bytes(found)
        return 0
    if not POT.exists() or POT.read_bytes() != found:
        print("The string catalogue is out of date; run: make catalogue", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
