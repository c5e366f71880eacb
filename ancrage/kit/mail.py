"""Mail: rendered in the reader's language, queued with the change that causes it, sent later."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, engines
from django.template.loader import render_to_string
from django.utils import translation

from ancrage.kit.brand import brand_colours
from ancrage.kit.outbox import enqueue, handles

KIND = "kit.mail"


def queue_mail(
    *,
    key: str,
    to: str,
    template: str,
    context: Mapping[str, Any],
    language: str,
    now: datetime,
    run_at: datetime | None = None,
    reply_to: str = "",
    invitation: str = "",
) -> bool:
    """Queue one mail to `to`; return False if a mail of that key was already queued.

    `invitation` is the text of an iCalendar file (`ancrage.kit.calendar`), sent with the mail.

    `template` names three files: `<template>.subject.txt`, `<template>.txt`, `<template>.html`.
    They see `context`, plus `site_url` and `brand`, and are rendered in `language`.
    """
    full = {
        **context,
        "site_url": settings.SITE_URL.rstrip("/"),
        "brand": {
            "name": settings.BRAND_NAME,
            "tagline": settings.BRAND_TAGLINE,
            "colours": brand_colours(),
        },
        "contact_email": settings.CONTACT_EMAIL,
        "language": language,
    }
    with translation.override(language):
        payload = {
            "to": to,
            "subject": " ".join(_plain(f"{template}.subject.txt", full).split()),
            "text": _plain(f"{template}.txt", full),
            "html": render_to_string(f"{template}.html", full),
            "reply_to": reply_to,
            "invitation": invitation,
            "key": key,
        }
    return enqueue(key=key, kind=KIND, payload=payload, now=now, run_at=run_at)


def _plain(template: str, context: Mapping[str, Any]) -> str:
    """Render a text that is no HTML: an ampersand stays an ampersand."""
    engine = engines["django"].engine  # type: ignore[attr-defined]
    return str(engine.get_template(template).render(Context(context, autoescape=False)))


@handles(KIND)
def send(payload: Mapping[str, Any], now: datetime) -> None:
    """Send one queued mail. A stable Message-ID lets a mail server drop a second copy."""
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    message = EmailMultiAlternatives(
        subject=payload["subject"],
        body=payload["text"],
        to=[payload["to"]],
        reply_to=[payload["reply_to"]] if payload["reply_to"] else None,
        headers={
            "Message-ID": f"<{payload['key'].replace(':', '.').replace('@', '.')}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(payload["html"], "text/html")
    if invitation := payload.get("invitation"):
        # The method stands in the type as in the file: calendars then offer to take it.
        method = "CANCEL" if "\r\nMETHOD:CANCEL\r\n" in invitation else "REQUEST"
        message.attach(
            "invitation.ics", invitation, f"text/calendar; method={method}; charset=utf-8"
        )
    message.send()
