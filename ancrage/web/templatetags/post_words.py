"""`{% load post_words %}`: a shared post in words, for pages and mails alike."""

from django import template

from ancrage.matching.models import SharedPost, SharedPostPart
from ancrage.web.figures import fte_text
from ancrage.web.post_words import part_text, total_text

register = template.Library()

register.filter("fte", fte_text)


@register.filter
def post_total(post: SharedPost) -> str:
    """« 1 ETP », of a file read with its parts."""
    return total_text(part.fte for part in post.parts.all())


@register.filter
def part_line(part: SharedPostPart) -> str:
    """« 0,6 ETP à Hôpital fictif (Pornic) »."""
    return part_text(part.fte, part.partner, part.need.commune)
