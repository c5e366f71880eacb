"""`{% load resource_words %}`: a resource in words, for pages and mails alike."""

from django import template

from ancrage.kit.contacts import display_phone
from ancrage.web.resources.words import line_of, period_text

register = template.Library()

register.filter("resource_line", line_of)
register.filter("resource_period", period_text)
register.filter("phone", display_phone)
