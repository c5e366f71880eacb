import pytest
from bs4 import BeautifulSoup
from django.core.mail import EmailMultiAlternatives, get_connection
from django.urls import reverse

pytestmark = pytest.mark.django_db

URL = reverse("mailbox:list")


@pytest.fixture
def _demo(settings, tmp_path, time_machine):
    settings.DEMO = True
    settings.EMAIL_FILE_PATH = tmp_path
    time_machine.move_to("2026-11-16T09:30:00+00:00", tick=False)


def _send(settings, *mails):
    """Write mails as the demo does, all through one connection: one file."""
    backend = "django.core.mail.backends.filebased.EmailBackend"
    with get_connection(backend, file_path=settings.EMAIL_FILE_PATH) as connection:
        for to, subject, text in mails:
            message = EmailMultiAlternatives(
                subject=subject,
                body=text,
                to=[to],
                connection=connection,
            )
            message.attach_alternative("<p>mise en page</p>", "text/html")
            message.send()


def _page(response):
    return BeautifulSoup(response.content, "html.parser")


def _listed(response):
    return [
        [cell.get_text(" ", strip=True) for cell in line.find_all(["th", "td"])]
        for line in _page(response).select("tbody tr")
    ]


def test_mailbox_does_not_exist_outside_the_demo(client):
    assert client.get(URL).status_code == 404
    assert client.get(reverse("mailbox:detail", args=["x"])).status_code == 404


@pytest.mark.usefixtures("_demo")
def test_mailbox_lists_the_last_mail_first(client, settings):
    _send(settings, ("a@demo.example", "Premier", "Un"), ("b@demo.example", "Été", "Deux"))

    response = client.get(URL)

    assert _listed(response) == [
        ["Été", "b@demo.example", "16 novembre 2026, 10:30"],
        ["Premier", "a@demo.example", "16 novembre 2026, 10:30"],
    ]


@pytest.mark.usefixtures("_demo")
def test_mailbox_finds_by_reader_or_subject_without_accents(client, settings):
    _send(settings, ("a@demo.example", "Premier", "Un"), ("b@demo.example", "Été", "Deux"))

    assert [line[0] for line in _listed(client.get(URL, {"q": "ete"}))] == ["Été"]
    assert [line[0] for line in _listed(client.get(URL, {"q": "A@demo"}))] == ["Premier"]


@pytest.mark.usefixtures("_demo")
def test_empty_mailbox_says_when_a_mail_comes(client):
    assert "quelques secondes après l’action" in client.get(URL).content.decode()


@pytest.mark.usefixtures("_demo")
def test_mail_is_read_with_its_links_and_escaped(client, settings):
    _send(settings, ("a@demo.example", "Lien", "Ici : http://127.0.0.1:8000/x/ <b>gras</b>"))
    address = _page(client.get(URL)).select_one("tbody a")["href"]

    response = client.get(address)

    assert _page(response).select_one(".prose a")["href"] == "http://127.0.0.1:8000/x/"
    assert "&lt;b&gt;gras&lt;/b&gt;" in response.content.decode()


@pytest.mark.usefixtures("_demo")
def test_mail_that_is_not_there(client):
    assert client.get(reverse("mailbox:detail", args=["20261116-1"])).status_code == 404
