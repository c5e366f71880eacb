"""Logs that say who did what and when, and hold nothing of a person.

A line names its author by the number of the account, the page by the name of its URL. Whatever
slips through (an address in an error message, a telephone in a value) is masked here, in our own
lines and in those of the libraries.
"""

import re
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

_MASKED_KEYS = re.compile(
    r"password|secret|token|(?<!status_)code|cookie|authorization|session|csrf|email|mail_to|phone"
    r"|first_name|last_name|address|message_body",
    re.IGNORECASE,
)
_MASK = "[masqué]"
_PATTERNS = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[adresse]"),
    (re.compile(r"(?<!\d)(?:\+33[ .]?|0)[1-9](?:[ .-]?\d{2}){4}(?!\d)"), "[téléphone]"),
    (re.compile(r"(?<!\d)[12]\d{2}(?:0[1-9]|1[0-2])\d{8}(?:\d{2})?(?!\d)"), "[numéro]"),
    (re.compile(r"\bancrage_[\w-]{8,}"), "[jeton]"),
)
# Drawn by us or by a proxy, of an alphabet that `web.logs` checks: what its figures look like
# means nothing, and a masked number would no longer lead to the answer that bears it.
_NUMBERS = frozenset({"request_id"})
# A line feed typed by a stranger must not start a line of its own.
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]")
# Written by Python, of several lines by nature.
_MULTILINE = frozenset({"exception", "stack"})


def scrub(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Mask what may name a person or open a door, at any depth of a log line."""
    for key, value in event.items():
        event[key] = _scrubbed(key, value)
    return event


def _scrubbed(key: str, value: Any) -> Any:
    if _MASKED_KEYS.search(key):
        return _MASK
    if isinstance(value, Mapping):
        return {name: _scrubbed(str(name), inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [_scrubbed("", inner) for inner in value]
    if key in _NUMBERS:
        return value
    if isinstance(value, str):
        for pattern, mask in _PATTERNS:
            value = pattern.sub(mask, value)
        if key not in _MULTILINE:
            value = _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", value)
        return value
    if value is None or isinstance(value, bool | int | float):
        return value
    return _scrubbed(key, str(value))


def logging_settings(*, as_json: bool) -> dict[str, Any]:
    """Set structlog up and return Django's LOGGING: one JSON object a line, or plain text."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        # Tests capture lines by changing the processors after the first use.
        cache_logger_on_first_use=False,
    )
    ends = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(
            colors=False, exception_formatter=structlog.dev.plain_traceback
        )
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "ancrage": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*shared, structlog.stdlib.ExtraAdder()],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    scrub,
                    ends,
                ],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "ancrage"}},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # Refusals are logged by `web.logs`, by the name of the page and not by its address.
            "django.request": {"level": "ERROR"},
            # One line a request is enough; this one holds the query string.
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        },
    }
