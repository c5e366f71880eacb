"""The charter: every way out of each service."""

from datetime import timedelta

import pytest

from ancrage.kit.models import AuditLine
from ancrage.partners import services
from ancrage.partners.enums import CharterEvent, CommitmentKind, PartnerEvent
from ancrage.partners.models import Charter, CharterSignature, Commitment
from ancrage.partners.services import CommitmentText
from tests.factories import (
    CharterFactory,
    CharterSignatureFactory,
    MembershipFactory,
    PartnerFactory,
    TerritoryFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

FRESH = CommitmentText(CommitmentKind.NEEDS_FRESH, "Tenir ses besoins à jour.", 80)
PAY = CommitmentText(CommitmentKind.PAY_SHOWN, "Afficher une rémunération.", 90)
HONOUR = CommitmentText(CommitmentKind.NO_POACHING, "Ne pas démarcher.")


def told() -> list[str]:
    return list(AuditLine.objects.order_by("pk").values_list("action", flat=True))


def draft(*commitments: CommitmentText, **values) -> Charter:
    charter = services.start_draft(
        territory=TerritoryFactory(slug="ici"), title="Charte", by=None, now=NOW, **values
    )
    return services.write_draft(
        charter=charter,
        revision=1,
        title="Charte",
        preamble="Ensemble.",
        commitments=commitments,
        by=None,
        now=NOW,
    )


def published(*commitments: CommitmentText) -> Charter:
    charter = draft(*(commitments or (FRESH,)))
    return services.publish_charter(charter=charter, revision=charter.revision, by=None, now=NOW)


def texts(charter: Charter) -> list[CommitmentText]:
    return services.commitments_of(charter=charter)


def test_start_draft_opens_the_first_version() -> None:
    territory = TerritoryFactory()

    charter = services.start_draft(territory=territory, title="Charte", by=None, now=NOW)

    assert (charter.version, charter.title, charter.published_at) == (1, "Charte", None)
    assert texts(charter) == []
    assert told() == [CharterEvent.DRAFTED]
    assert AuditLine.objects.get().scope == f"territory:{territory.pk}"


def test_start_draft_copies_the_version_in_force() -> None:
    first = published(FRESH, HONOUR)

    second = services.start_draft(territory=first.territory, by=None, now=NOW)

    assert (second.version, second.title, second.preamble) == (2, "Charte", "Ensemble.")
    assert texts(second) == [FRESH, HONOUR]


def test_start_draft_twice_is_refused() -> None:
    first = draft()

    with pytest.raises(services.DraftAlreadyStarted) as refused:
        services.start_draft(territory=first.territory, by=None, now=NOW)

    assert refused.value.charter == first
    assert Charter.objects.get() == first


def test_write_draft_keeps_commitments_that_are_not_given() -> None:
    charter = draft(FRESH, PAY)

    services.write_draft(
        charter=charter, revision=2, title="Autre titre", preamble="", by=None, now=NOW
    )

    charter.refresh_from_db()
    assert (charter.title, charter.preamble, charter.revision) == ("Autre titre", "", 3)
    assert texts(charter) == [FRESH, PAY]


def test_commitments_are_added_edited_moved_and_removed() -> None:
    charter = draft(FRESH)
    by_and_now = {"by": None, "now": NOW}

    services.add_commitment(charter=charter, revision=2, commitment=PAY, **by_and_now)
    services.add_commitment(charter=charter, revision=3, commitment=HONOUR, **by_and_now)
    assert texts(charter) == [FRESH, PAY, HONOUR]

    services.move_commitment(charter=charter, revision=4, position=3, places=-1, **by_and_now)
    assert texts(charter) == [FRESH, HONOUR, PAY]

    services.move_commitment(charter=charter, revision=5, position=1, places=1, **by_and_now)
    assert texts(charter) == [HONOUR, FRESH, PAY]

    other = CommitmentText(CommitmentKind.OTHER, "Partager.")
    services.edit_commitment(
        charter=charter, revision=6, position=2, commitment=other, **by_and_now
    )
    services.remove_commitment(charter=charter, revision=7, position=1, **by_and_now)
    assert texts(charter) == [other, PAY]
    assert list(Commitment.objects.order_by("position").values_list("position", flat=True)) == [
        1,
        2,
    ]


@pytest.mark.parametrize(("position", "places"), [(1, -1), (2, 1), (1, -5), (2, 5)])
def test_move_commitment_stops_at_the_ends_of_the_list(position: int, places: int) -> None:
    charter = draft(FRESH, PAY)

    services.move_commitment(
        charter=charter, revision=2, position=position, places=places, by=None, now=NOW
    )

    assert texts(charter) == [FRESH, PAY]


@pytest.mark.parametrize("position", [0, 2, -1])
def test_commitment_of_no_such_rank_is_refused(position: int) -> None:
    charter = draft(FRESH)
    where = {"charter": charter, "revision": 2, "position": position, "by": None, "now": NOW}

    with pytest.raises(services.NoSuchCommitment):
        services.edit_commitment(commitment=PAY, **where)
    with pytest.raises(services.NoSuchCommitment):
        services.move_commitment(places=1, **where)
    with pytest.raises(services.NoSuchCommitment):
        services.remove_commitment(**where)

    charter.refresh_from_db()
    assert (texts(charter), charter.revision) == ([FRESH], 2)


def every_change(charter: Charter, revision: int) -> list:
    same = {"charter": charter, "revision": revision, "by": None, "now": NOW}
    return [
        lambda: services.write_draft(title="X", preamble="", **same),
        lambda: services.add_commitment(commitment=PAY, **same),
        lambda: services.edit_commitment(position=1, commitment=PAY, **same),
        lambda: services.move_commitment(position=1, places=1, **same),
        lambda: services.remove_commitment(position=1, **same),
        lambda: services.publish_charter(**same),
        lambda: services.discard_draft(**same),
    ]


def test_charter_in_force_is_frozen() -> None:
    charter = published(FRESH)

    for change in every_change(charter, charter.revision):
        with pytest.raises(services.CharterFrozen):
            change()

    assert texts(charter) == [FRESH]


def test_draft_changed_meanwhile_is_shown_and_kept() -> None:
    charter = draft(FRESH)
    services.write_draft(
        charter=charter, revision=2, title="Par la première", preamble="", by=None, now=NOW
    )

    for change in every_change(charter, 2):
        with pytest.raises(services.CharterChangedMeanwhile) as refused:
            change()
        assert (refused.value.charter.title, refused.value.charter.revision) == (
            "Par la première",
            3,
        )

    assert texts(charter) == [FRESH]


def test_draft_given_up_meanwhile_is_told() -> None:
    charter = draft(FRESH)
    services.discard_draft(charter=charter, revision=2, by=None, now=NOW)

    for change in every_change(charter, 2):
        with pytest.raises(services.DraftDiscarded):
            change()

    assert not Charter.objects.exists()
    assert not Commitment.objects.exists()
    assert told()[-1] == CharterEvent.DISCARDED


def test_publish_charter_puts_it_in_force() -> None:
    charter = draft(FRESH)

    services.publish_charter(charter=charter, revision=2, by=None, now=NOW)

    charter.refresh_from_db()
    assert charter.published_at == NOW
    assert told()[-1] == CharterEvent.PUBLISHED


def test_publish_charter_without_commitment_is_refused() -> None:
    charter = draft()

    with pytest.raises(services.CharterEmpty):
        services.publish_charter(charter=charter, revision=2, by=None, now=NOW)

    charter.refresh_from_db()
    assert charter.published_at is None


def test_sign_charter_says_who_when_and_in_what_capacity() -> None:
    charter = published()
    member = MembershipFactory(partner=PartnerFactory(territory=charter.territory), signatory=True)

    signature = services.sign_charter(
        charter=charter,
        partner=member.partner,
        signatory="Camille Exemple",
        capacity="Directrice",
        by=member.user,
        now=NOW,
    )

    signature.refresh_from_db()
    assert (signature.charter, signature.partner) == (charter, member.partner)
    assert (signature.signed_by, signature.signatory) == (member.user, "Camille Exemple")
    assert (signature.capacity, signature.signed_at) == ("Directrice", NOW)
    line = AuditLine.objects.latest("pk")
    assert (line.action, line.scope, line.changes) == (
        PartnerEvent.CHARTER_SIGNED,
        f"partner:{member.partner_id}",
        {"version": [None, 1]},
    )


def sign(charter: Charter, member) -> CharterSignature:
    return services.sign_charter(
        charter=charter,
        partner=member.partner,
        signatory="C. Exemple",
        capacity="Direction",
        by=member.user,
        now=NOW + timedelta(days=1),
    )


def test_sign_charter_needs_the_right_to() -> None:
    charter = published()
    partner = PartnerFactory(territory=charter.territory)
    manager = MembershipFactory(partner=partner, manager=True)
    former = MembershipFactory(partner=partner, signatory=True, ended_at=NOW)
    elsewhere = MembershipFactory(
        partner=PartnerFactory(territory=charter.territory), signatory=True
    )
    elsewhere.partner = partner

    for member in (manager, former, elsewhere):
        with pytest.raises(services.NotEntitledToSign):
            sign(charter, member)

    assert not CharterSignature.objects.exists()


def test_sign_charter_for_a_structure_that_left_is_refused() -> None:
    charter = published()
    member = MembershipFactory(
        partner=PartnerFactory(territory=charter.territory, left_at=NOW), signatory=True
    )

    with pytest.raises(services.NotEntitledToSign):
        sign(charter, member)


def test_sign_charter_takes_the_version_in_force_only() -> None:
    first = published()
    second = published(PAY)
    open_draft = services.start_draft(territory=first.territory, by=None, now=NOW)
    foreign = CharterFactory(published=True)
    member = MembershipFactory(partner=PartnerFactory(territory=first.territory), signatory=True)

    for charter in (first, open_draft, foreign):
        with pytest.raises(services.NotTheCurrentCharter) as refused:
            sign(charter, member)
        assert refused.value.current == second

    assert not CharterSignature.objects.exists()


def test_sign_charter_before_any_is_published_is_refused() -> None:
    charter = draft(FRESH)
    member = MembershipFactory(partner=PartnerFactory(territory=charter.territory), signatory=True)

    with pytest.raises(services.NotTheCurrentCharter) as refused:
        sign(charter, member)

    assert refused.value.current is None


def test_sign_charter_twice_is_refused_and_the_first_stays() -> None:
    charter = published()
    member = MembershipFactory(partner=PartnerFactory(territory=charter.territory), signatory=True)
    first = CharterSignatureFactory(
        charter=charter, partner=member.partner, signed_by=UserFactory()
    )

    with pytest.raises(services.AlreadySigned) as refused:
        sign(charter, member)

    assert refused.value.signature == first
    assert CharterSignature.objects.get() == first
