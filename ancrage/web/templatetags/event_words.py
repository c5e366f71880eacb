"""`{% load event_words %}`: the tabs of an event, its state and those of its people in words."""

from typing import Any

from django import template

from ancrage.events.models import Event
from ancrage.web.event_tabs import ShownTab
from ancrage.web.event_tabs import event_tabs as tabs_of

register = template.Library()


@register.simple_tag(takes_context=True)
def event_tabs(context: Any, event: Event) -> list[ShownTab]:
    """Return the tabs of `event`: `{% event_tabs event as shown %}`."""
    return tabs_of(context["request"], event)
