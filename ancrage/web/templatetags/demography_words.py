"""`{% load demography_words %}`: figures of medical demography as pages and papers write them."""

from django import template

from ancrage.web.demography.words import signed

register = template.Library()
register.filter("signed", signed)
