"""`{% load candidate_words %}`: profiles in words, for pages and mails alike."""

from django import template

from ancrage.kit.contacts import display_phone
from ancrage.web.candidates import words

register = template.Library()

register.filter("contracts_text", words.contracts_text)
register.filter("month_text", words.month_text)
register.filter("fte_text", words.fte_text)
register.filter("hours_text", words.hours_text)
register.filter("reach_text", words.reach_text)
register.filter("reasons_text", words.reasons_text)
register.filter("rpps_tone", words.rpps_tone)
register.filter("phone", display_phone)
