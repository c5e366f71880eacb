from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ancrage.candidates import services
from ancrage.candidates.enums import CandidateStatus, Origin, RegistrationState, RppsState
from ancrage.candidates.models import (
    Candidate,
    CandidateWord,
    ContactRequest,
    DirectoryEntry,
    SearchEntry,
)
from ancrage.candidates.models.profiles import name_key_of
from ancrage.candidates.queries import (
    LinkUsed,
    candidate_of,
    candidate_to_confirm,
    claimable_by,
    confirm_token,
)
from ancrage.kit.links import LinkExpired, LinkForged
from ancrage.kit.models import AuditLine, OutboxTask
from ancrage.privacy.models import ConsentEntry, DataSubject
from ancrage.privacy.notices import current_notice
from ancrage.privacy.queries import consent_holds, subjects_consenting
from ancrage.privacy.services import (
    AlreadyFollowed,
    NotPending,
    ProofMissing,
    SubjectFrozen,
    give_consent,
    withdraw_consent,
)
from ancrage.professions.enums import Registration
from tests.factories import (
    CandidateFactory,
    CommuneFactory,
    PartnerFactory,
    ProfessionFactory,
    SpecialtyFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

POOL = current_notice("talent_pool")
# A number whose key is right, and that belongs to nobody known.
RPPS = "10000000017"


@pytest.fixture
def territory():
    return TerritoryFactory(slug="pays-de-retz", name="Pays de Retz")


@pytest.fixture
def nurse():
    return ProfessionFactory(code="nurse", registration=Registration.ORDER)


def register(territory, profession, **facts):
    whole = {
        "first_name": "Alix",
        "last_name": "Fictive",
        "email": "Alix.Fictive@exemple.test ",
        "phone": "06 12 34 56 78",
        "professions": [{"profession": profession}],
        **facts,
    }
    return services.register_candidate(
        territory=territory, by=whole.pop("by", None), now=NOW, **whole
    )


def audited():
    return list(AuditLine.objects.order_by("pk").values_list("action", flat=True))


def test_spontaneous_profile_is_kept_searched_and_told_to_the_coordination(territory, nurse):
    coordinator = TerritoryRoleFactory(territory=territory).user
    commune = CommuneFactory(latitude=47.11, longitude=-2.1)

    candidate = register(
        territory, nurse, commune=commune, reach_km=20, contracts=["cdd", "cdi"], message="Bonjour"
    )

    assert (candidate.status, candidate.origin) == (CandidateStatus.ACTIVE, Origin.SPONTANEOUS)
    assert (candidate.email, candidate.phone) == ("alix.fictive@exemple.test", "+33612345678")
    assert (candidate.zone, candidate.latitude, candidate.longitude) == (
        commune.epci,
        47.11,
        -2.1,
    )
    assert candidate.contracts == ["cdi", "cdd"]
    assert (candidate.in_pool, candidate.subject.home) == (False, f"territory:{territory.pk}")
    entry = SearchEntry.objects.get()
    assert (entry.profession, entry.is_main, entry.in_pool, entry.reach_squared) == (
        nurse,
        True,
        False,
        400.0,
    )
    assert {"alix", "fictive", "0612345678"} <= set(
        CandidateWord.objects.values_list("word", flat=True)
    )
    request = ContactRequest.objects.get()
    assert (request.candidate, request.message, request.name) == (
        candidate,
        "Bonjour",
        "Alix Fictive",
    )
    assert {task.payload["to"] for task in OutboxTask.objects.order_by("pk")} == {
        coordinator.email,
        "alix.fictive@exemple.test",
    }
    assert audited() == ["subject.opened", "candidates.register", "contact_requests.send"]
    assert "Alix" not in "".join(AuditLine.objects.values_list("target_label", flat=True))


def test_ticked_card_puts_the_profile_in_the_pool(territory, nurse):
    candidate = register(territory, nurse, agreed=[POOL])

    assert candidate.in_pool is True
    assert SearchEntry.objects.get().in_pool is True
    assert consent_holds(candidate.subject, "talent_pool") is True
    assert consent_holds(candidate.subject, "identity", "partner:1") is False


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"last_name": " "}, "last_name"),
        ({"email": "", "phone": ""}, "email"),
        ({"email": "alix@"}, "email"),
        ({"phone": "12"}, "phone"),
        ({"professions": []}, "professions"),
        ({"rpps": "10000000018"}, "rpps"),
        ({"contracts": ["slavery"]}, "contracts"),
        ({"experience": "ages"}, "experience"),
        ({"fte_min_hundredths": 0}, "fte_min_hundredths"),
        ({"fte_min_hundredths": 80, "fte_max_hundredths": 50}, "fte_max_hundredths"),
        ({"reach_km": 2000}, "reach_km"),
        ({"reach_minutes": 0}, "reach_minutes"),
        ({"available_from": date(1999, 1, 1)}, "available_from"),
        ({"available_until": date(2099, 1, 1)}, "available_until"),
        (
            {"available_from": date(2027, 2, 1), "available_until": date(2027, 1, 1)},
            "available_until",
        ),
        ({"first_name": "A" * 81}, "first_name"),
    ],
)
def test_facts_that_cannot_stand_are_refused_beside_their_field(territory, nurse, facts, field):
    with pytest.raises(ValidationError) as refusal:
        register(territory, nurse, **facts)

    assert list(refusal.value.message_dict) == [field]
    assert Candidate.objects.count() == 0
    assert DataSubject.objects.count() == 0


def test_specialty_of_another_profession_is_refused(territory, nurse):
    specialty = SpecialtyFactory()

    with pytest.raises(ValidationError) as refusal:
        register(territory, nurse, professions=[{"profession": nurse, "specialty": specialty}])

    assert list(refusal.value.message_dict) == ["professions"]


def test_same_profession_twice_and_too_many_are_refused(territory, nurse):
    many = [{"profession": ProfessionFactory()} for _rank in range(7)]

    for rows in ([{"profession": nurse}] * 2, many):
        with pytest.raises(ValidationError) as refusal:
            register(territory, nurse, professions=rows)
        assert list(refusal.value.message_dict) == ["professions"]


def test_unknown_states_of_a_profession_are_refused(territory, nurse):
    for wrong in ({"diploma": "bought"}, {"registration": "soon"}):
        with pytest.raises(ValidationError) as refusal:
            register(territory, nurse, professions=[{"profession": nurse, **wrong}])
        assert list(refusal.value.message_dict) == ["professions"]


def test_account_has_one_profile(territory, nurse):
    user = UserFactory()
    candidate = register(territory, nurse, by=user)

    with pytest.raises(AlreadyFollowed):
        register(territory, nurse, by=user)

    assert candidate_of(user) == candidate


def test_profession_without_register_needs_no_registration(territory):
    orderly = ProfessionFactory(registration=Registration.NONE)

    candidate = register(territory, orderly)

    assert candidate.professions.get().registration == RegistrationState.NOT_REQUIRED


@pytest.mark.parametrize(
    ("entries", "state"),
    [
        ([], RppsState.KEY),
        ([(RPPS, "alix fictive marie")], RppsState.FOUND),
        ([(RPPS, "autre nom")], RppsState.OTHER_NAME),
        ([("10000000025", "alix fictive")], RppsState.ABSENT),
    ],
)
def test_number_is_looked_for_in_the_directory(territory, nurse, entries, state):
    for rpps, name_key in entries:
        DirectoryEntry.objects.create(rpps=rpps, name_key=name_key, profession_code="60")

    candidate = register(territory, nurse, rpps="1000 0000 017")

    assert (candidate.rpps, candidate.rpps_state) == (RPPS, state)


def test_profile_entered_for_somebody_waits_for_their_word(territory, nurse):
    partner = PartnerFactory(territory=territory, name="Hôpital fictif")
    by = UserFactory()

    candidate = services.enter_candidate(
        territory=territory,
        partner=partner,
        information_proof="Dit au téléphone le 12 novembre",
        by=by,
        now=NOW,
        last_name="Fictive",
        email="alix@exemple.test",
        professions=[{"profession": nurse}],
    )

    assert (candidate.status, candidate.origin) == (CandidateStatus.PENDING, Origin.STRUCTURE)
    assert candidate.subject.pending_until == NOW + timedelta(days=30)
    assert SearchEntry.objects.count() == 0
    mail = OutboxTask.objects.get()
    assert mail.payload["to"] == "alix@exemple.test"
    assert "Hôpital fictif" in mail.payload["text"]
    token = confirm_token(candidate)
    assert token in mail.payload["text"]
    assert candidate_to_confirm(token, now=NOW) == candidate


def test_profile_entered_without_proof_of_information_is_refused(territory, nurse):
    with pytest.raises(services.InformationMissing):
        services.enter_candidate(
            territory=territory,
            information_proof=" ",
            by=UserFactory(),
            now=NOW,
            last_name="Fictive",
            phone="0612345678",
            professions=[{"profession": nurse}],
        )

    assert Candidate.objects.count() == 0


def test_confirmed_profile_is_active_and_its_link_is_spent():
    candidate = CandidateFactory(pending=True)
    token = confirm_token(candidate)

    services.confirm_candidate(candidate=candidate, user=None, by=None, now=NOW, agreed=[POOL])

    candidate.refresh_from_db()
    assert (candidate.status, candidate.in_pool) == (CandidateStatus.ACTIVE, True)
    assert SearchEntry.objects.get().candidate == candidate
    with pytest.raises(LinkUsed):
        candidate_to_confirm(token, now=NOW)
    with pytest.raises(NotPending):
        services.confirm_candidate(candidate=candidate, user=None, by=None, now=NOW)


def test_answer_noted_by_somebody_else_needs_a_proof():
    candidate = CandidateFactory(pending=True)

    with pytest.raises(ProofMissing):
        services.confirm_candidate(
            candidate=candidate,
            user=None,
            by=UserFactory(),
            now=NOW,
            agreed=[POOL],
            channel="phone",
        )

    candidate.refresh_from_db()
    assert candidate.status == CandidateStatus.PENDING


def test_link_that_is_forged_late_or_about_nobody_opens_nothing():
    candidate = CandidateFactory(pending=True)
    token = confirm_token(candidate)

    with pytest.raises(LinkForged):
        candidate_to_confirm(f"{token}x", now=NOW)
    with pytest.raises(LinkExpired):
        candidate_to_confirm(token, now=NOW + timedelta(days=32))
    services.erase_candidate(subject=candidate.subject, now=NOW)
    with pytest.raises(LinkExpired):
        candidate_to_confirm(token, now=NOW)


def test_link_sent_to_a_wrong_address_serves_no_more_once_it_is_mended():
    candidate = CandidateFactory(pending=True, email="wrong@exemple.test")
    sent = confirm_token(candidate)

    services.change_profile(
        candidate=candidate, revision=1, by=UserFactory(), now=NOW, email="right@exemple.test"
    )
    candidate.refresh_from_db()

    with pytest.raises(LinkExpired):
        candidate_to_confirm(sent, now=NOW)
    assert candidate_to_confirm(confirm_token(candidate), now=NOW) == candidate
    assert OutboxTask.objects.get(key__endswith=":confirm:2").payload["to"] == "right@exemple.test"


def test_profile_is_claimed_by_a_verified_address_only(territory, nurse):
    candidate = CandidateFactory(
        email="alix@exemple.test", territory=territory, user=UserFactory()
    )
    user = UserFactory(email="alix@exemple.test")

    assert list(claimable_by(user)) == []
    user.emailaddress_set.create(email="alix@exemple.test", verified=False, primary=True)
    assert list(claimable_by(user)) == []
    user.emailaddress_set.update(verified=True)
    assert list(claimable_by(user)) == []  # the profile of the factory has its own account

    orphan = register(territory, nurse, email="alix@exemple.test")
    assert list(claimable_by(user)) == [orphan]
    services.claim_candidate(candidate=orphan, user=user, now=NOW)
    assert candidate_of(user) == orphan
    assert candidate.subject.user != user
    with pytest.raises(AlreadyFollowed):
        services.claim_candidate(candidate=candidate, user=user, now=NOW)


def test_claiming_a_waiting_profile_confirms_it():
    candidate, user = CandidateFactory(pending=True), UserFactory()

    services.claim_candidate(candidate=candidate, user=user, now=NOW)

    candidate.refresh_from_db()
    assert (candidate.status, candidate.subject.user) == (CandidateStatus.ACTIVE, user)


def test_changed_profile_is_searched_as_it_says_now_and_names_its_fields_in_the_journal():
    candidate = CandidateFactory()
    aide, nurse = ProfessionFactory(), ProfessionFactory()

    services.change_profile(
        candidate=candidate,
        revision=1,
        by=UserFactory(),
        now=NOW + timedelta(days=1),
        last_name="Nouvelle",
        works_nights=True,
        professions=[{"profession": nurse}, {"profession": aide}],
    )

    candidate.refresh_from_db()
    assert (candidate.last_name, candidate.revision) == ("Nouvelle", 2)
    assert candidate.name_key == "alix nouvelle"
    entries = SearchEntry.objects.order_by("-is_main").values_list(
        "profession", "is_main", "hours"
    )
    assert list(entries) == [(nurse.pk, True, 2), (aide.pk, False, 2)]
    line = AuditLine.objects.get()
    assert (line.action, line.changes) == (
        "candidates.change",
        {"fields": ["", "last_name, professions, works_nights"]},
    )
    assert candidate.subject.last_contact_at == NOW


def test_person_who_changes_their_profile_is_heard_from():
    candidate = CandidateFactory(user=UserFactory())
    later = NOW + timedelta(days=100)

    services.change_profile(
        candidate=candidate, revision=1, by=candidate.subject.user, now=later, reach_km=15
    )

    candidate.subject.refresh_from_db()
    assert candidate.subject.last_contact_at == later


def test_saving_the_same_facts_leaves_no_trace():
    candidate = CandidateFactory()

    services.change_profile(
        candidate=candidate,
        revision=1,
        by=UserFactory(),
        now=NOW,
        **services.facts_of(candidate),
    )

    candidate.refresh_from_db()
    assert (candidate.revision, AuditLine.objects.count()) == (1, 0)


def test_change_of_a_profile_saved_meanwhile_frozen_or_gone_is_refused():
    candidate, by = CandidateFactory(), UserFactory()

    def change(revision=1):
        services.change_profile(
            candidate=candidate, revision=revision, by=by, now=NOW, reach_km=15
        )

    with pytest.raises(services.ProfileChangedMeanwhile):
        change(revision=7)
    DataSubject.objects.update(limited_at=NOW)
    with pytest.raises(SubjectFrozen):
        change()
    DataSubject.objects.update(limited_at=None)
    services.erase_candidate(subject=candidate.subject, now=NOW)
    with pytest.raises(services.ProfileGone):
        change()


def test_change_that_would_leave_nobody_to_answer_is_refused():
    candidate = CandidateFactory(phone="")

    with pytest.raises(ValidationError) as refusal:
        services.change_profile(
            candidate=candidate, revision=1, by=UserFactory(), now=NOW, email=""
        )

    assert list(refusal.value.message_dict) == ["email"]


def test_pool_is_the_ledger_whatever_is_agreed_withdrawn_or_frozen():
    candidates = CandidateFactory.create_batch(3)
    waiting = CandidateFactory(pending=True)
    agree = {"purpose": "talent_pool", "scope": "", "channel": "self", "by": None, "now": NOW}

    def both():
        in_pool = Candidate.objects.filter(in_pool=True).values_list("subject", flat=True)
        searched = SearchEntry.objects.filter(in_pool=True).values_list(
            "candidate__subject", flat=True
        )
        ledger = subjects_consenting("talent_pool").values_list("pk", flat=True)
        return set(in_pool), set(searched), set(ledger)

    subjects = [candidate.subject for candidate in candidates]
    for subject in (*subjects, waiting.subject):
        give_consent(subject=subject, notice=POOL, **agree)
    assert both() == ({one.pk for one in subjects},) * 3
    withdraw_consent(subject=subjects[0], **agree)
    assert both() == ({subjects[1].pk, subjects[2].pk},) * 3
    DataSubject.objects.filter(pk=subjects[1].pk).update(limited_at=NOW)
    subjects[1].refresh_from_db()
    services.follow_standing(subject=subjects[1], now=NOW)
    assert both() == ({subjects[2].pk},) * 3
    assert ConsentEntry.objects.count() == 5


def test_every_search_row_is_what_the_profile_says():
    CandidateFactory(pooled=True)
    CandidateFactory(pending=True)
    CandidateFactory(settled=True)
    candidate = CandidateFactory(reach_km=12, contracts=["cdd"], works_days=True)
    services.change_profile(
        candidate=candidate, revision=1, by=None, now=NOW, fte_min_hundredths=50
    )
    rows = list(Candidate.objects.select_related("subject", "commune"))

    entries, words = services.search_rows(rows)

    def told(row):
        skipped = ("id",)
        return {
            f.attname: getattr(row, f.attname) for f in row._meta.fields if f.name not in skipped
        }

    stored = sorted((told(row) for row in SearchEntry.objects.all()), key=str)
    assert stored == sorted((told(row) for row in entries), key=str)
    kept = set(CandidateWord.objects.values_list("candidate", "word"))
    assert kept == {(row.candidate_id, row.word) for row in words}


def test_names_are_compared_without_accents_order_or_hyphens():
    assert name_key_of("Anne-Lise", "Le Goff") == name_key_of("LE GOFF", "Anné Lise")


def test_constraints_hold_whoever_writes():
    candidate = CandidateFactory()
    wrong = (
        {"email": "", "phone": ""},
        {"latitude": None},
        {"fte_min_hundredths": 101},
        {"status": CandidateStatus.MERGED},
        {"in_pool": True, "status": CandidateStatus.PENDING},
        {"in_pool": True, "settled_at": NOW},
        {"available_from": date(2027, 2, 1), "available_until": date(2027, 1, 1)},
    )

    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Candidate.objects.filter(pk=candidate.pk).update(**values)
