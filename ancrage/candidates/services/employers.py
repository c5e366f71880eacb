"""Where a person works today: said by them, or known from a hire and a departure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ancrage.candidates.enums import CandidateEvent
from ancrage.candidates.models import Candidate
from ancrage.candidates.services.cards import redraw_cards
from ancrage.kit.audit import record
from ancrage.partners.models import Partner
from ancrage.partners.queries import partner_called
from ancrage.territory.models import Territory


def with_one_employer(facts: Mapping[str, Any], *, territory: Territory) -> dict[str, Any]:
    """Return facts whose employer, where one is said, is a structure or a name, never both.

    A name written by hand that is that of a structure of the territory is that structure: it must
    not see its own employee for want of a choice in a list. Raises ValidationError.
    """
    clean = dict(facts)
    if not {"employer", "employer_name"} & clean.keys():
        return clean
    partner, name = clean.get("employer"), clean.get("employer_name", "")
    if partner is not None and name:
        raise ValidationError(
            {
                "employer_name": _(
                    "Choisissez la structure dans la liste, ou écrivez un autre nom : pas les"
                    " deux."
                )
            }
        )
    if partner is not None and partner.territory_id != territory.pk:
        raise ValidationError({"employer": _("Cette structure est d’un autre territoire.")})
    if name:
        partner = partner_called(name, territory=territory)
    clean["employer"], clean["employer_name"] = partner, "" if partner else name
    if partner is None:
        clean["shown_to_employer"] = False
    return clean


@transaction.atomic
def note_employer(*, candidate: Candidate, partner: Partner, by: Any, now: datetime) -> None:
    """Note, from a post taken there, that the person works in that structure.

    A structure they worked in before stays their employer until they leave it: a second post does
    not end the first. An employer outside the platform is replaced. Their card is called otherwise
    from now on: the structure, which knew it, must not recognise it later.
    """
    current = Candidate.objects.select_related("employer").get(pk=candidate.pk)
    if current.employer is not None and current.employer != partner:
        current.other_employers.add(current.employer)
    current.other_employers.remove(partner)
    _write(candidate, partner, by=by, now=now)
    redraw_cards([candidate])


@transaction.atomic
def note_departure(*, candidate: Candidate, partner: Partner, by: Any, now: datetime) -> None:
    """Note that the person no longer works in that structure; where they still work remains."""
    current = Candidate.objects.get(pk=candidate.pk)
    if current.employer_id != partner.pk:
        current.other_employers.remove(partner)
        return
    left = current.other_employers.order_by("pk").first()
    if left is not None:
        current.other_employers.remove(left)
    _write(candidate, left, by=by, now=now)


def _write(candidate: Candidate, partner: Partner | None, *, by: Any, now: datetime) -> None:
    rows = Candidate.objects.filter(pk=candidate.pk).exclude(employer=partner)
    changed = rows.update(
        employer=partner,
        employer_name="",
        shown_to_employer=False,
        updated_at=now,
        revision=F("revision") + 1,
    )
    if changed:
        record(
            action=CandidateEvent.CHANGED,
            target=candidate,
            by=by,
            now=now,
            scope=f"territory:{candidate.territory_id}",
            changes={"fields": ["", "employer"]},
        )
