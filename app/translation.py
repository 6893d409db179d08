"""Marks what people read, so that it can be translated; the one way for the domain to speak.

Outside a request (commands, jobs) the words stay English.
"""

from flask_babel import gettext, lazy_gettext, ngettext

__all__ = ["gettext", "lazy_gettext", "ngettext"]
