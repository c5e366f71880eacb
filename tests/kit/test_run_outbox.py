import pytest
from django.core.management import call_command

from ancrage.kit.mail import KIND
from ancrage.kit.outbox import enqueue
from tests.factories.moments import NOW


@pytest.mark.django_db
def test_one_round_leaves_nothing_that_is_due(mailoutbox, capsys):
    for number in range(101):
        payload = {
            "to": f"personne{number}@demo.example",
            "subject": "Objet",
            "text": "Texte",
            "html": "<p>Texte</p>",
            "reply_to": "",
            "key": f"essai:{number}",
        }
        enqueue(key=payload["key"], kind=KIND, payload=payload, now=NOW)

    call_command("run_outbox")

    assert len(mailoutbox) == 101
    assert capsys.readouterr().out == "done=101 retried=0 abandoned=0\n"
