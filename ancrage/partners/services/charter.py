"""The charter: drafted, published in versions, signed by structures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from ancrage.accounts.policy import may_on
from ancrage.kit.audit import record
from ancrage.partners.enums import CharterEvent, CommitmentKind, PartnerEvent
from ancrage.partners.models import Charter, CharterSignature, Commitment, Partner
from ancrage.partners.queries import current_charter, scope_of
from ancrage.territory.models import Territory


@dataclass(frozen=True)
class CommitmentText:
    """One promise as it is written. `threshold` is in days or percent, as its kind says."""

    kind: CommitmentKind | str
    text: str
    threshold: int | None = None


class DraftAlreadyStarted(Exception):
    """A draft is being written; `charter` is that one."""

    def __init__(self, charter: Charter) -> None:
        super().__init__(charter.pk)
        self.charter = charter


class CharterFrozen(Exception):
    """The version is published: it no longer changes."""


class CharterChangedMeanwhile(Exception):
    """Somebody saved the draft after it was opened; `charter` is as they left it."""

    def __init__(self, charter: Charter) -> None:
        super().__init__(charter.pk)
        self.charter = charter


class DraftDiscarded(Exception):
    """The draft was given up meanwhile."""


class CharterEmpty(Exception):
    """A charter without any commitment cannot be published."""


class NoSuchCommitment(Exception):
    """The draft has no commitment of that rank."""


class NotTheCurrentCharter(Exception):
    """Only the version in force can be signed; `current` is that one, or None."""

    def __init__(self, current: Charter | None) -> None:
        super().__init__(current and current.pk)
        self.current = current


class NotEntitledToSign(Exception):
    """The person has not been given the right to sign for that structure."""


class AlreadySigned(Exception):
    """The structure has signed that version; `signature` says who and when."""

    def __init__(self, signature: CharterSignature) -> None:
        super().__init__(signature.pk)
        self.signature = signature


@transaction.atomic
def start_draft(*, territory: Territory, title: str = "", by: Any, now: datetime) -> Charter:
    """Open the draft of the next version, with the words of the version in force if any.

    Raises DraftAlreadyStarted.
    """
    model = current_charter(territory)
    last = Charter.objects.filter(territory=territory).aggregate(last=Max("version"))["last"]
    try:
        with transaction.atomic():
            charter = Charter.objects.create(
                territory=territory,
                version=(last or 0) + 1,
                title=title or (model.title if model else ""),
                preamble=model.preamble if model else "",
                created_at=now,
            )
    except IntegrityError as error:
        draft = Charter.objects.get(territory=territory, published_at__isnull=True)
        raise DraftAlreadyStarted(draft) from error
    if model is not None:
        _write(charter, commitments_of(charter=model))
    _tell(charter, CharterEvent.DRAFTED, by=by, now=now)
    return charter


@transaction.atomic
def write_draft(
    *,
    charter: Charter,
    revision: int,
    title: str,
    preamble: str,
    commitments: Sequence[CommitmentText] | None = None,
    by: Any,
    now: datetime,
) -> Charter:
    """Write the words of a draft and, when given, its whole list of commitments in order.

    Raises CharterFrozen, CharterChangedMeanwhile, DraftDiscarded.
    """
    current = _draft(charter, revision)
    current.title = title
    current.preamble = preamble
    current.save(update_fields=["title", "preamble"])
    if commitments is not None:
        _write(current, commitments)
    _tell(current, CharterEvent.EDITED, by=by, now=now)
    return current


@transaction.atomic
def add_commitment(
    *,
    charter: Charter,
    revision: int,
    commitment: CommitmentText,
    by: Any,
    now: datetime,
) -> Charter:
    """Add a commitment at the end of a draft.

    Raises CharterFrozen, CharterChangedMeanwhile, DraftDiscarded.
    """
    current = _draft(charter, revision)
    _write(current, [*commitments_of(charter=current), commitment])
    _tell(current, CharterEvent.EDITED, by=by, now=now)
    return current


@transaction.atomic
def edit_commitment(
    *,
    charter: Charter,
    revision: int,
    position: int,
    commitment: CommitmentText,
    by: Any,
    now: datetime,
) -> Charter:
    """Rewrite the commitment of rank `position`.

    Raises CharterFrozen, CharterChangedMeanwhile, DraftDiscarded, NoSuchCommitment.
    """
    current = _draft(charter, revision)
    texts = _with_rank(current, position)
    texts[position - 1] = commitment
    _write(current, texts)
    _tell(current, CharterEvent.EDITED, by=by, now=now)
    return current


@transaction.atomic
def move_commitment(
    *,
    charter: Charter,
    revision: int,
    position: int,
    places: int,
    by: Any,
    now: datetime,
) -> Charter:
    """Move a commitment by `places` (−1: one rank up), never beyond the ends of the list.

    Raises CharterFrozen, CharterChangedMeanwhile, DraftDiscarded, NoSuchCommitment.
    """
    current = _draft(charter, revision)
    texts = _with_rank(current, position)
    moved = texts.pop(position - 1)
    texts.insert(max(0, position - 1 + places), moved)
    _write(current, texts)
    _tell(current, CharterEvent.EDITED, by=by, now=now)
    return current


@transaction.atomic
def remove_commitment(
    *, charter: Charter, revision: int, position: int, by: Any, now: datetime
) -> Charter:
    """Take a commitment out of a draft.

    Raises CharterFrozen, CharterChangedMeanwhile, DraftDiscarded, NoSuchCommitment.
    """
    current = _draft(charter, revision)
    texts = _with_rank(current, position)
    del texts[position - 1]
    _write(current, texts)
    _tell(current, CharterEvent.EDITED, by=by, now=now)
    return current


@transaction.atomic
def discard_draft(*, charter: Charter, revision: int, by: Any, now: datetime) -> None:
    """Give a draft up, with its commitments.

    Raises CharterFrozen, CharterChangedMeanwhile, DraftDiscarded.
    """
    current = _draft(charter, revision)
    _tell(current, CharterEvent.DISCARDED, by=by, now=now)
    current.delete()


@transaction.atomic
def publish_charter(*, charter: Charter, revision: int, by: Any, now: datetime) -> Charter:
    """Put a draft in force: structures sign it from now on, and it no longer changes.

    Raises CharterFrozen, CharterChangedMeanwhile, DraftDiscarded, CharterEmpty.
    """
    current = _draft(charter, revision)
    if not current.title or not Commitment.objects.filter(charter=current).exists():
        raise CharterEmpty
    current.published_at = now
    current.save(update_fields=["published_at"])
    _tell(current, CharterEvent.PUBLISHED, by=by, now=now)
    return current


@transaction.atomic
def sign_charter(
    *,
    charter: Charter,
    partner: Partner,
    signatory: str,
    capacity: str,
    by: Any,
    now: datetime,
) -> CharterSignature:
    """Sign the version in force for a structure: `signatory`, in that `capacity`.

    Raises NotEntitledToSign, NotTheCurrentCharter, AlreadySigned.
    """
    if not may_on(by, "partners.sign_charter", partner):
        raise NotEntitledToSign
    current = current_charter(partner.territory)
    if current is None or current.pk != charter.pk:
        raise NotTheCurrentCharter(current)
    try:
        with transaction.atomic():
            signature = CharterSignature.objects.create(
                charter=charter,
                partner=partner,
                signed_by=by,
                signatory=signatory,
                capacity=capacity,
                signed_at=now,
            )
    except IntegrityError as error:
        known = CharterSignature.objects.get(charter=charter, partner=partner)
        raise AlreadySigned(known) from error
    record(
        action=PartnerEvent.CHARTER_SIGNED,
        target=partner,
        by=by,
        now=now,
        scope=scope_of(partner),
        changes={"version": (None, charter.version)},
    )
    return signature


def commitments_of(*, charter: Charter) -> list[CommitmentText]:
    """Return the promises of a version, in order."""
    rows = Commitment.objects.filter(charter=charter).order_by("position")
    return [CommitmentText(row.kind, row.text, row.threshold) for row in rows]


def _draft(charter: Charter, revision: int) -> Charter:
    """The draft, held until the end of the transaction and marked as changed."""
    held = Charter.objects.filter(
        pk=charter.pk, revision=revision, published_at__isnull=True
    ).update(revision=F("revision") + 1)
    current = Charter.objects.select_related("territory").filter(pk=charter.pk).first()
    if current is None:
        raise DraftDiscarded
    if current.published_at is not None:
        raise CharterFrozen
    if not held:
        raise CharterChangedMeanwhile(current)
    return current


def _with_rank(charter: Charter, position: int) -> list[CommitmentText]:
    texts = commitments_of(charter=charter)
    if not 1 <= position <= len(texts):
        raise NoSuchCommitment
    return texts


def _write(charter: Charter, commitments: Sequence[CommitmentText]) -> None:
    Commitment.objects.filter(charter=charter).delete()
    Commitment.objects.bulk_create(
        Commitment(
            charter=charter,
            position=position,
            kind=commitment.kind,
            text=commitment.text,
            threshold=commitment.threshold,
        )
        for position, commitment in enumerate(commitments, start=1)
    )


def _tell(charter: Charter, event: CharterEvent, *, by: Any, now: datetime) -> None:
    record(
        action=event,
        target=charter,
        by=by,
        now=now,
        scope=f"territory:{charter.territory_id}",
        changes={"version": (None, charter.version)},
    )
