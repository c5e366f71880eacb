"""The mailbox of the demo: what a real deployment would have sent."""

from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ancrage.kit.text import fold
from ancrage.web.access import of_the_demo, public
from ancrage.web.mailbox.files import Mail, mail_in, mails_in
from ancrage.web.mailbox.forms import MailboxForm
from ancrage.web.rendering import render_page

PER_PAGE = 25


@public
@require_safe
@of_the_demo
def mail_list(request: HttpRequest) -> HttpResponse:
    """Every mail, the last first."""
    form = MailboxForm(request.GET)
    form.is_valid()
    wanted = fold(form.cleaned_data.get("q", ""))
    found = [mail for mail in mails_in(_folder()) if wanted in _words(mail)]
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render_page(
        request, "mailbox/list.html", {"form": form, "page": page}, fragment="results"
    )


@public
@require_safe
@of_the_demo
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail, its links ready to be followed."""
    mail = mail_in(_folder(), name)
    if mail is None:
        raise Http404
    return render_page(request, "mailbox/detail.html", {"mail": mail})


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)


def _words(mail: Mail) -> str:
    return fold(f"{mail.to} {mail.subject}")
