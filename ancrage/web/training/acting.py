"""One form, one act, back to a page: as the pages of training show it."""

from functools import partial

from ancrage.web import acting
from ancrage.web.acting import press, show_refusal, who

__all__ = ["form_page", "press", "show_refusal", "who"]

form_page = partial(acting.form_page, template="training/act.html")
