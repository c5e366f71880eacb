"""`{% load post_words %}`: a shared post in words, for pages and mails alike."""

from django import template

from ancrage.matching.models import RetainedPartTime, SharedPost, SharedPostPart, Source
from ancrage.web.figures import fte_text
from ancrage.web.post_words import holder_part, part_text, total_text

register = template.Library()

register.filter("fte", fte_text)


@register.filter
def is_held(source: Source) -> bool:
    """Say whether somebody holds this fraction already."""
    return isinstance(source, RetainedPartTime)


@register.filter
def has_holder(post: SharedPost) -> bool:
    """Say whether somebody holds a part already, of a file read with its parts."""
    return holder_part(post.parts.all()) is not None


@register.filter
def post_total(post: SharedPost) -> str:
    """« 1 ETP », of a file read with its parts."""
    return total_text(part.fte for part in post.parts.all())


@register.filter
def part_line(part: SharedPostPart) -> str:
    """« 0,6 ETP à Hôpital fictif (Pornic) »."""
    return part_text(part.fte, part.partner, part.source.commune)
