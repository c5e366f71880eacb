"""Reading a page as somebody would."""

from bs4 import BeautifulSoup
from bs4.element import Tag
from django.http import HttpResponse


def page_of(response: HttpResponse, status: int = 200) -> BeautifulSoup:
    """Return the page that was answered, with the status it should have."""
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def text_of(node: Tag) -> str:
    """Return the words of a part of a page, each space of any kind as one."""
    return " ".join(node.get_text(" ").split())
