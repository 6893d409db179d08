"""Logs: one JSON line an event, without addresses, tokens or passwords."""

import logging
import re
import sys

import structlog

_SECRETS = re.compile(r"(token|password|secret|code|link)=[^&\s\"]+", re.IGNORECASE)


def configure_logging(*, is_test: bool) -> None:
    """Set up structlog and the standard library's loggers to the same stream."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _hide_secrets,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=not is_test,
    )
    logging.getLogger("websockets").setLevel(logging.ERROR)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)


def _hide_secrets(
    _logger: object, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    return {
        key: _SECRETS.sub(r"\1=…", value) if isinstance(value, str) else value
        for key, value in event.items()
    }
