"""Everything that the core may answer has its words, for each of the three readers."""

from datetime import date

import pytest

from ancrage.core.fit.answers import Lift, Reason, Topic
from ancrage.core.fit.parts import Part
from ancrage.core.kleene import State
from ancrage.web.finding.reasons import REASONS
from ancrage.web.finding.words import (
    ASKED,
    COORDINATION,
    LIFTS,
    PARTNER,
    PARTS,
    PERSON,
    STATES,
    TOPICS,
    lift_text,
)

VALUES = {
    Lift.ASK_THE_PERSON: ("specialty",),
    Lift.ASK_THE_STRUCTURE: ("contract",),
    Lift.TRAIN: ("care_assistant", 12),
    Lift.OBTAIN_DIPLOMA: ("nurse",),
    Lift.REGISTER: ("nurse",),
    Lift.START_FROM: (date(2027, 1, 4),),
    Lift.END_BY: (date(2027, 1, 4),),
    Lift.OBTAIN: ("afgsu_2",),
    Lift.RENEW: ("locum_licence", date(2027, 1, 4)),
    Lift.GO_FURTHER_MINUTES: (40,),
    Lift.GO_FURTHER_KM: (40,),
    Lift.AGREE_CONTRACT: ("cdi",),
    Lift.LOWER_FTE_TO: (50,),
    Lift.COMPLETE_FTE_BY: (50,),
    Lift.AGREE_HOURS: ("nights", "weekends"),
    Lift.AGREE_DAYS: (0, 6),
}


def test_every_answer_of_the_core_has_its_words():
    assert set(REASONS) == {reason.value for reason in Reason}
    assert set(TOPICS) == {topic.value for topic in Topic}
    assert set(PARTS) == {part.value for part in Part}
    assert set(STATES) == {state.name.lower() for state in State}
    assert set(LIFTS) | {lift for lift, _side in ASKED} == {lift.value for lift in Lift}


@pytest.mark.parametrize("side", [PERSON, PARTNER, COORDINATION])
def test_every_way_out_is_a_whole_sentence(side):
    said = [lift_text(lift.value, VALUES[lift], side) for lift in Lift]

    assert [text for text in said if "%(" in text or "  " in text or not text] == []


@pytest.mark.parametrize(
    ("lift", "values", "side", "text"),
    [
        ("ask_the_person", ("specialty",), PARTNER, "à demander à la personne : la spécialité"),
        ("ask_the_person", ("specialty",), PERSON, "à préciser dans votre profil : la spécialité"),
        ("ask_the_structure", ("contract",), PARTNER, "à préciser dans le besoin : le contrat"),
        ("agree_contract", ("cdi",), PERSON, "si vous acceptez ce contrat : CDI"),
        ("agree_hours", ("nights",), COORDINATION, "si la personne accepte le travail de nuit"),
        ("lower_fte_to", (50,), PERSON, "possible à 50 % d’un temps plein"),
        (
            "start_from",
            (date(2027, 1, 4),),
            PERSON,
            "possible si le poste commence le 4 janvier 2027",
        ),
    ],
)
def test_each_reader_is_told_what_they_may_do(lift, values, side, text):
    assert lift_text(lift, values, side).split() == text.split()
