"""Needs written, rewritten, copied, deleted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Unpack

from django.db import IntegrityError, transaction
from django.utils import timezone

from ancrage.kit.audit import differences, record_many
from ancrage.kit.changes import ChangeSource
from ancrage.kit.life import editing
from ancrage.kit.life.editing import audited, normalised, refuse_missing, save_at_revision
from ancrage.kit.life.trace import trace_line
from ancrage.kit.models import AuditLine
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import LegalPublication, Need, NeedStatusChange, PracticeSheet
from ancrage.needs.services.errors import (
    NeedGone,
    ReferenceTaken,
)
from ancrage.needs.services.facts import (
    PRACTICE,
    PUBLICATION,
    REQUIRED,
    NeedFacts,
    PracticeFacts,
    PublicationFacts,
    check_need,
    check_sheets,
    facts_of,
    search_text,
    wording_flags,
)
from ancrage.needs.services.life import LIFE
from ancrage.needs.services.lifecycle import publish_need
from ancrage.partners.models import Partner

_SHEETS: tuple[tuple[type[PracticeSheet | LegalPublication], str, tuple[str, ...]], ...] = (
    (PracticeSheet, "practice_sheet", PRACTICE),
    (LegalPublication, "publication", PUBLICATION),
)


def create_need(
    *,
    partner: Partner,
    by: Any,
    now: datetime,
    publish: bool = False,
    source: ChangeSource = ChangeSource.PAGE,
    practice: PracticeFacts | None = None,
    publication: PublicationFacts | None = None,
    **facts: Unpack[NeedFacts],
) -> Need:
    """Write a need of `partner`, as a draft or published at once.

    Raises ValidationError (reasons by field), ReferenceTaken, or NeedIsOver when it would be
    published after its end.
    """
    with transaction.atomic():
        (need,) = create_needs(
            partner=partner, drafts=[facts], by=by, now=now, publish=publish, source=source
        )
        if _write_sheets(need, practice=practice, publication=publication):
            need.wording_flags = _flags(need, facts_of(need))
            Need.objects.filter(pk=need.pk).update(wording_flags=need.wording_flags)
    return need


def create_needs(
    *,
    partner: Partner,
    drafts: Iterable[NeedFacts],
    by: Any,
    now: datetime,
    publish: bool = False,
    source: ChangeSource = ChangeSource.PAGE,
) -> list[Need]:
    """Write many needs of one structure in few statements: all of them, or none.

    Raises as `create_need` does, on the first that cannot stand.
    """
    needs = [_new_need(partner, facts, by=by, now=now, publish=publish) for facts in drafts]
    taken = Need.objects.filter(
        partner=partner, reference__in={need.reference for need in needs} - {""}
    )
    try:
        with transaction.atomic():
            Need.objects.bulk_create(needs, batch_size=200)
            if publish:
                NeedStatusChange.objects.bulk_create(
                    _publications(needs, by=by, source=source), batch_size=500
                )
            record_many(_creation_lines(needs, by=by, now=now, source=source))
    except IntegrityError:
        reference = taken.values_list("reference", flat=True).order_by("reference").first()
        if not (reference := reference or _repeated(needs)):
            raise
        raise ReferenceTaken(reference) from None
    return needs


def edit_need(
    *,
    need: Need,
    revision: int,
    by: Any,
    now: datetime,
    publish: bool = False,
    source: ChangeSource = ChangeSource.PAGE,
    practice: PracticeFacts | None = None,
    publication: PublicationFacts | None = None,
    **facts: Unpack[NeedFacts],
) -> Need:
    """Change the given facts of a need read at `revision`, and return it as it is now.

    A published need that is edited, even to say the same, is thereby confirmed; with `publish`
    a draft or a paused one is published in the same breath. Sheets not given are left alone.
    Raises ValidationError (reasons by field), ReferenceTaken, NeedChangedMeanwhile or NeedGone,
    and what `publish_need` raises.
    """
    with transaction.atomic():
        current = LIFE.current_row(need)
        trace = _rewrite(
            current,
            facts,
            revision=revision,
            by=by,
            now=now,
            source=source,
            practice=practice,
            publication=publication,
        )
        if trace is not None:
            trace.save(force_insert=True)
        if publish:
            publish_need(need=current, by=by, now=now, source=source)
    return current


def edit_needs(
    *,
    edits: Sequence[tuple[Need, NeedFacts]],
    by: Any,
    now: datetime,
    source: ChangeSource = ChangeSource.PAGE,
) -> list[Need]:
    """Change many needs, each at the revision it was read at: all of them, or none.

    Raises as `edit_need` does, on the first that cannot be changed.
    """
    with transaction.atomic():
        rows = LIFE.with_all(Need.objects.filter(pk__in=[need.pk for need, _facts in edits]))
        currents = {row.pk: row for row in rows}
        traces = []
        for need, facts in edits:
            current = currents.get(need.pk)
            if current is None:
                raise NeedGone
            traces.append(
                _rewrite(current, facts, revision=need.revision, by=by, now=now, source=source)
            )
        record_many(trace for trace in traces if trace is not None)
    return [currents[need.pk] for need, _facts in edits]


def duplicate_need(*, need: Need, by: Any, now: datetime) -> Need:
    """Write a draft that says the same as `need`, with its practice sheet.

    The reference is left out, being unique, and so is the end if it is past. The legal
    publication is not copied: a new post is published anew.
    """
    facts = facts_of(need)
    facts["reference"] = ""
    today = timezone.localdate(now)
    # An old start would be refused in a new need: the copy starts today instead.
    facts["starts_on"] = max(facts["starts_on"], today)
    if facts["ends_on"] is not None and facts["ends_on"] < facts["starts_on"]:
        facts["ends_on"] = None
    sheet = getattr(need, "practice_sheet", None)
    practice = PracticeFacts(**facts_of(sheet, PRACTICE)) if sheet else None  # type: ignore[typeddict-item]
    return create_need(partner=need.partner, by=by, now=now, practice=practice, **facts)


def delete_draft(*, need: Need, by: Any, now: datetime) -> None:
    """Delete a need that was never published. Raises NeedNotDraft or NeedGone."""
    editing.delete_draft(LIFE, need, by=by, now=now)


def refresh_search() -> int:
    """Recompute the search column where a structure or a profession changed its name.

    Returns how many needs were mended. Safe to repeat.
    """
    return editing.refresh_search(
        LIFE, lambda need: search_text(facts_of(need), partner=need.partner)
    )


def _new_need(
    partner: Partner, given: NeedFacts, *, by: Any, now: datetime, publish: bool
) -> Need:
    refuse_missing(given, REQUIRED)
    need = Need(partner=partner)
    facts = {**facts_of(need), **normalised(given)}
    today = timezone.localdate(now)
    check_need(facts, partner=partner, on=today)
    if publish:
        LIFE.refuse_past_end(facts["ends_on"], now=now)
    for name, value in facts.items():
        setattr(need, name, value)
    need.created_by = by if getattr(by, "pk", None) else None
    need.created_at = need.updated_at = need.status_since = now
    if publish:
        need.status = NeedStatus.PUBLISHED
        need.published_at = need.confirmed_at = now
    need.search = search_text(facts, partner=partner)
    need.wording_flags = wording_flags(facts)
    return need


def _rewrite(
    current: Need,
    given: NeedFacts,
    *,
    revision: int,
    by: Any,
    now: datetime,
    source: ChangeSource,
    practice: PracticeFacts | None = None,
    publication: PublicationFacts | None = None,
) -> AuditLine | None:
    """Change one row in place, and return the line of its trace if there is anything to say.

    The row is written only if it still is at `revision`; saying what it already says is no
    conflict, whoever said it first.
    """
    before, clean = facts_of(current), normalised(given)
    after = {**before, **clean}
    check_need(
        after,
        partner=current.partner,
        on=timezone.localdate(now),
        start_is_new=after["starts_on"] != before["starts_on"],
    )
    changes = {
        **differences(audited(before), audited(after)),
        **_write_sheets(current, practice=practice, publication=publication),
    }
    published = current.status == NeedStatus.PUBLISHED
    if not changes and not published:
        return None
    values: dict[str, Any] = {"confirmed_at": now} if published else {}
    if changes:
        values |= {name: after[name] for name in clean if after[name] != before[name]}
        values |= {
            "updated_at": now,
            "revision": revision + 1,
            "search": search_text(after, partner=current.partner),
            "wording_flags": _flags(current, after),
        }
    save_at_revision(LIFE, current, values, revision=revision)
    done = "edited" if changes else "confirmed"
    return trace_line(LIFE, current, done, by=by, now=now, source=source, changes=changes)


def _write_sheets(
    need: Need, *, practice: PracticeFacts | None, publication: PublicationFacts | None
) -> dict[str, list[Any]]:
    """Write the sheets that are given, and return what changes as an audit line says it."""
    check_sheets(practice, publication)
    changes: dict[str, list[Any]] = {}
    for (model, name, fields), given in zip(_SHEETS, (practice, publication), strict=True):
        if given is None:
            continue
        sheet = getattr(need, name, None) or model(need=need)
        before = facts_of(sheet, fields)
        changed = differences(before, {**before, **normalised(given)})
        if not changed:
            continue
        for field, value in normalised(given).items():
            setattr(sheet, field, value)
        sheet.save()
        setattr(need, name, sheet)
        changes |= {f"{name}.{field}": pair for field, pair in changed.items()}
    return changes


def _flags(need: Need, facts: dict[str, Any]) -> str:
    return wording_flags(
        facts, getattr(need, "practice_sheet", None), getattr(need, "publication", None)
    )


def _publications(
    needs: Iterable[Need], *, by: Any, source: ChangeSource
) -> list[NeedStatusChange]:
    return [
        NeedStatusChange(
            need=need,
            before=NeedStatus.DRAFT,
            after=NeedStatus.PUBLISHED,
            at=need.created_at,
            by=by if getattr(by, "pk", None) else None,
            source=source,
        )
        for need in needs
    ]


def _creation_lines(
    needs: Iterable[Need], *, by: Any, now: datetime, source: ChangeSource
) -> list[AuditLine]:
    return [
        trace_line(
            LIFE,
            need,
            "created",
            by=by,
            now=now,
            source=source,
            changes={"status": ["", need.status]},
        )
        for need in needs
    ]


def _repeated(needs: Iterable[Need]) -> str:
    references = Counter(need.reference for need in needs if need.reference)
    return next((reference for reference, times in references.items() if times > 1), "")
