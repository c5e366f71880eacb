"""What the pages of needs ask."""

from django.http import HttpRequest, QueryDict


def sent_form(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, even when it is empty; None when the page is only being shown."""
    return request.POST if request.method == "POST" else None
