"""A copy of everything the platform holds of a person: JSON, CSV and their files, in one ZIP."""

import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from ancrage.kit.audit import record
from ancrage.kit.tabular.writing.delimited import write_csv
from ancrage.privacy.enums import PrivacyEvent, RequestKind
from ancrage.privacy.models import AccessTrace, ConsentEntry, DataSubject, RightsRequest
from ancrage.privacy.rights import Export, ExportedFile, exports
from ancrage.privacy.services.requests import note_own_act

Rows = Sequence[Mapping[str, Any]]


@transaction.atomic
def export_subject(
    *,
    subject: DataSubject,
    stream: IO[bytes],
    by: Any,
    now: datetime,
    also: Mapping[str, Export] | None = None,
) -> None:
    """Write the ZIP to `stream`; `also` holds what is told by parts above, such as the account.

    A copy the person takes themselves is noted at the rights desk, with its proof.
    """
    parts = {name: export(subject=subject) for name, export in exports} | dict(also or {})
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        _write_texts(archive, parts, now)
        for part, export in sorted(parts.items()):
            _write_files(archive, part, export.files)
    record(action=PrivacyEvent.EXPORTED, target=subject, by=by, now=now, scope=subject.home)
    if by is not None and by.pk == subject.user_id:
        note_own_act(
            subject=subject,
            kind=RequestKind.PORTABILITY,
            answer=_("Copie téléchargée par la personne."),
            by=by,
            now=now,
        )


@exports("privacy")
def export_rights(*, subject: DataSubject) -> Export:
    """Return what a person agreed to, who looked, and what they asked."""
    return Export(
        tables={
            "suivi": [
                {
                    "home": subject.home,
                    "created_at": subject.created_at.isoformat(),
                    "last_contact_at": subject.last_contact_at.isoformat(),
                    "limited_at": subject.limited_at.isoformat() if subject.limited_at else None,
                }
            ],
            "accords": [_consent(one) for one in _in_order(ConsentEntry, subject)],
            "consultations": [_look(one) for one in _in_order(AccessTrace, subject)],
            "demandes": [_request(one) for one in _in_order(RightsRequest, subject)],
        }
    )


def _in_order(model: type[Any], subject: DataSubject) -> list[Any]:
    return list(model.objects.filter(subject=subject).order_by("pk"))


def _consent(entry: ConsentEntry) -> dict[str, Any]:
    return {
        "purpose": entry.purpose,
        "scope": entry.scope,
        "given": entry.given,
        "at": entry.at.isoformat(),
        "channel": entry.channel,
        "notice_version": entry.notice_version,
        "notice_sha256": entry.notice_hash,
        "proof": entry.proof,
    }


def _look(trace: AccessTrace) -> dict[str, Any]:
    return {
        "at": trace.at.isoformat(),
        "scope": trace.scope,
        "purpose": trace.purpose,
        "fields": ", ".join(trace.fields),
    }


def _request(request: RightsRequest) -> dict[str, Any]:
    return {
        "kind": request.kind,
        "received_at": request.received_at.isoformat(),
        "due_at": request.due_at.isoformat(),
        "status": request.status,
        "details": request.details,
        "answer": request.answer,
    }


def _write_texts(archive: zipfile.ZipFile, parts: Mapping[str, Export], now: datetime) -> None:
    whole = {part: dict(export.tables) for part, export in sorted(parts.items())}
    text = json.dumps(
        {"exported_at": now.isoformat(), **whole}, ensure_ascii=False, indent=2, default=str
    )
    archive.writestr(_entry("donnees.json", now), text)
    for part, tables in whole.items():
        for title, rows in tables.items():
            if rows:
                with archive.open(_entry(f"tableaux/{part}-{title}.csv", now), "w") as table:
                    _write_table(table, rows)


def _write_table(stream: Any, rows: Rows) -> None:
    header = list(dict.fromkeys(name for row in rows for name in row))
    write_csv(stream, header, ([_cell(row.get(name)) for name in header] for row in rows))


def _cell(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)


def _write_files(archive: zipfile.ZipFile, part: str, files: Sequence[ExportedFile]) -> None:
    for number, file in enumerate(files, start=1):
        # The name somebody gave to a file leads nowhere but into this folder.
        name = PurePosixPath(file.name.replace("\\", "/")).name.strip(".") or "fichier"
        with archive.open(f"fichiers/{part}/{number:02d}-{name}", "w") as entry:
            for block in file.blocks():
                entry.write(block)


def _entry(name: str, now: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=now.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
