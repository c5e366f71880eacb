"""Files of registrations: read as forms write them, in order, nobody twice. All invented."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from ancrage.events.models import Answer, Participant, Question
from ancrage.events.services import Answered, forget_participants
from ancrage.events.services.imports import SideGone, owner_of, side_of
from ancrage.events.services.imports.kind import ChangedSinceRead, complete
from ancrage.events.services.rights import forget_old_events
from ancrage.kit.imports import services as imports
from ancrage.kit.models import StagedImport
from tests.factories import CommuneFactory, ParticipantFactory, PartyFactory
from tests.factories.moments import NOW
from tests.kit.imports.helpers import csv_file

pytestmark = pytest.mark.django_db

HEADER = (
    "Horodateur;Nom;Prénom;Adresse mail;Portable;Que recherchez-vous ?;Ville;Rayon;Quels jours ?;"
    "À partir de quand ?;Cherchez-vous à deux ?"
)
ALIX = "x;FICTIVE;Alix;alix@exemple.test;06 12 34 56 78;;;;;;"


@pytest.fixture
def asked(visitors):
    """The questions of the side, by meaning."""
    options = [["locum", "Remplacement régulier"], ["succession", "Reprise du cabinet"]]
    days = [["mon", "Lundi"], ["thu", "Jeudi"]]
    rows = [
        ("mode", "choices", options),
        ("place", "commune", []),
        ("reach", "number", []),
        ("days", "choices", days),
        ("start", "date", []),
        ("together", "yes_no", []),
    ]
    return {
        meaning: Question.objects.create(
            side=visitors, position=rank, kind=kind, meaning=meaning, label=meaning, options=found
        )
        for rank, (meaning, kind, found) in enumerate(rows)
    }


def _stage(side, *rows, header=HEADER):
    return imports.stage_import(
        kind="registrations",
        stream=csv_file(header, *rows),
        filename="inscrits.csv",
        owner_key=owner_of(side),
        by=None,
        now=NOW,
        options={},
    )


def _apply(side, *rows):
    return imports.apply_import(staged=_stage(side, *rows), by=None, now=NOW)


def _counted(staged):
    return {name: count for name, count in staged.counts.items() if count and name != "read"}


def _codes(staged, line):
    return [one["code"] for one in staged.rows.get(line=line).problems]


def test_answers_are_read_by_what_they_mean(visitors, asked):
    commune = CommuneFactory(name="Ville-Fictive")

    _apply(
        visitors,
        "x;FICTIVE;Alix;alix@exemple.test;06 12 34 56 78;remplacement, reprise du cabinet;"
        "Ville-Fictive;environ 30 km;lundi et jeudi;01/03/2027;oui",
    )

    person = Participant.objects.get()
    assert (person.full_name, person.phone, person.origin, person.state) == (
        "Alix FICTIVE",
        "+33612345678",
        "import",
        "registered",
    )
    said = {
        answer.question.meaning: (answer.text, answer.codes)
        for answer in Answer.objects.select_related("question")
    }
    assert said == {
        "mode": ("", ["locum", "succession"]),
        "place": ("Ville-Fictive", [commune.insee]),
        "reach": ("30", []),
        "days": ("", ["mon", "thu"]),
        "start": ("2027-03-01", []),
        "together": ("", ["yes"]),
    }


def test_places_go_in_the_order_of_the_file(visitors):
    _apply(visitors, *(f"x;NOM{letter};Sam;{letter}@exemple.test;;;;;;;" for letter in "abc"))

    states = list(Participant.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["registered", "registered", "waiting"]


def test_form_sent_twice_registers_once(visitors):
    staged = _apply(
        visitors,
        ALIX,
        "y;Fictive;Alix;ALIX@exemple.test;;;;;;;",
        "z;FICTIVE;Alix;;0612345678;;;;;;",
    )

    assert _counted(staged) == {"created": 1, "ignored": 2}
    assert _codes(staged, 3) == ["said_again"]


def test_somebody_registered_is_completed_and_never_rewritten(visitors, asked):
    person = ParticipantFactory(
        party=PartyFactory(side=visitors), email="alix@exemple.test", organisation="Cabinet"
    )
    row = "x;AUTRE;Alix;Alix@exemple.test;06 12 34 56 78;Reprise du cabinet;;;;;"

    staged = _apply(visitors, row)

    person.refresh_from_db()
    assert _counted(staged) == {"changed": 1}
    assert (person.last_name, person.phone) == (person.last_name, "+33612345678")
    assert person.answers.get().codes == ["succession"]
    assert _counted(_stage(visitors, row)) == {"unchanged": 1}


def test_two_lines_complete_one_person_and_the_first_is_kept(visitors, asked):
    person = ParticipantFactory(party=PartyFactory(side=visitors))
    mode, reach = asked["mode"].pk, asked["reach"].pk
    first, second = Answered(codes=["succession"]), Answered(codes=["locum"])

    complete(person, {"phone": "+33612345678", "answers": {mode: first}})
    again = {mode: second, reach: Answered("30")}
    complete(person, {"phone": "+33687654321", "organisation": "Cabinet", "answers": again})

    person.refresh_from_db()
    assert (person.phone, person.organisation) == ("+33612345678", "Cabinet")
    said = person.answers.order_by("question__position").values_list("codes", "text")
    assert list(said) == [(["succession"], ""), ([], "30")]


def test_registration_that_changed_while_the_file_was_read_is_told(visitors, asked):
    taken, changed = (ParticipantFactory(party=PartyFactory(side=visitors)) for _one in range(2))
    completed = ParticipantFactory(party=PartyFactory(side=visitors), email="")
    answered = {asked["mode"].pk: Answered(codes=["locum"])}
    Participant.objects.filter(pk=changed.pk).update(revision=2)

    for known, new in (
        (completed, {"email": taken.email.upper(), "answers": answered}),
        (changed, {"phone": "+33612345678"}),
    ):
        with pytest.raises(ChangedSinceRead, match="vient de changer"):
            complete(known, new)

    assert not Answer.objects.exists()
    assert not Participant.objects.exclude(phone="").exists()


def test_same_name_waits_for_somebody_to_say(visitors):
    ParticipantFactory(party=PartyFactory(side=visitors), first_name="Alix", last_name="Fictive")

    staged = _stage(
        visitors, ALIX, "x;DOUBLE;Lou;a@exemple.test;;;;;;;", "x;Double;Lou;b@exemple.test;;;;;;;"
    )

    assert _counted(staged) == {"created": 1, "to_check": 2}
    assert (_codes(staged, 2), _codes(staged, 4)) == (["same_name"], ["alike_line"])


def test_person_of_the_other_side_is_refused(visitors, hosts):
    ParticipantFactory(party=PartyFactory(side=hosts), email="alix@exemple.test")

    staged = _stage(visitors, ALIX)

    assert _counted(staged) == {"rejected": 1}
    assert _codes(staged, 2) == ["other_side"]


def test_what_cannot_be_read_is_told(visitors, asked):
    staged = _stage(
        visitors,
        "x;;Alix;alix@exemple.test;;;;;;;",
        "x;FICTIVE;Lou;lou@exemple.test;;Salariat;;loin;;un jour;peut-être",
    )

    assert _codes(staged, 2) == ["required"]
    assert sorted(_codes(staged, 3)) == ["option", "unread", "unread", "unread"]
    assert _counted(staged) == {"rejected": 1, "to_check": 1}


def test_event_gone_meanwhile_is_told(visitors):
    key = owner_of(visitors)
    visitors.delete()

    with pytest.raises(SideGone):
        side_of(key)


def test_erased_person_leaves_the_file_too(visitors):
    staged = _apply(visitors, ALIX)

    forget_participants(participants=Participant.objects.all(), now=NOW)

    assert "alix" not in json.dumps(list(staged.rows.values_list("cells", flat=True))).casefold()


def test_files_are_forgotten_after_a_month(visitors):
    _apply(visitors, ALIX)

    forget_old_events(now=NOW + timedelta(days=31))

    assert not StagedImport.objects.exists()


def test_command_imports_and_prints_no_data(visitors, tmp_path, time_machine):
    time_machine.move_to(NOW, tick=False)
    path = tmp_path / "inscrits.csv"
    path.write_text("\r\n".join((HEADER, ALIX)), encoding="utf-8")
    out = io.StringIO()

    call_command(
        "import_registrations", str(path), "--event", visitors.event.slug, "--side", "visitor",
        stdout=out,
    )  # fmt: skip

    assert json.loads(out.getvalue().splitlines()[-1])["created"] == 1
    assert "alix" not in out.getvalue().casefold()
    assert Participant.objects.get().party.side == visitors
    with pytest.raises(CommandError, match="Aucun événement"):
        call_command("import_registrations", str(path), "--event", "rien", "--side", "host")
