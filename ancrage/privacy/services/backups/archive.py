"""The file of a backup: a compressed tar whose last member lists the digests of the others."""

import io
import json
import os
import tarfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import file_digest
from pathlib import Path

FORMAT = 1
MANIFEST, DATABASE, LEDGER, FILES = "manifest.json", "database", "erasures.jsonl", "files"


class ArchiveDamaged(Exception):
    """The file is not a backup of ours, or not all of it is there."""


@dataclass(frozen=True)
class Manifest:
    """What a backup is: when it was made, from which database, and the digest of each member."""

    made_at: str
    engine: str
    digests: Mapping[str, str]
    format: int = FORMAT


def write_archive(*, target: Path, folder: Path, engine: str, now: datetime) -> Manifest:
    """Pack the files of `folder` into `target`, all or nothing, readable by its owner only."""
    digests = {name: _digest(folder / name) for name in _members(folder)}
    manifest = Manifest(made_at=now.isoformat(), engine=engine, digests=digests)
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.part")
    with _private(unfinished) as stream:
        with tarfile.open(fileobj=stream, mode="w:gz") as archive:
            for name in digests:
                archive.add(folder / name, arcname=name, recursive=False)
            text = json.dumps(asdict(manifest), indent=2).encode()
            entry = tarfile.TarInfo(MANIFEST)
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text))
        stream.flush()
        os.fsync(stream.fileno())
    unfinished.replace(target)
    return manifest


def open_archive(*, source: Path, folder: Path) -> Manifest:
    """Unpack `source` into `folder` and check every digest. Raises `ArchiveDamaged`."""
    try:
        with tarfile.open(source, mode="r:gz") as archive:
            archive.extractall(folder, filter="data")
        manifest = Manifest(**json.loads((folder / MANIFEST).read_bytes()))
    except (OSError, EOFError, tarfile.TarError, ValueError, TypeError) as error:
        raise ArchiveDamaged(str(error)) from error
    if manifest.format != FORMAT:
        raise ArchiveDamaged(f"format {manifest.format}")
    found = {name: _digest(folder / name) for name in _members(folder) if name != MANIFEST}
    if found != dict(manifest.digests):
        wrong = sorted(set(found.items()) ^ set(manifest.digests.items()))
        raise ArchiveDamaged(wrong[0][0])
    return manifest


def _members(folder: Path) -> list[str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in paths)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def _private(path: Path) -> io.BufferedWriter:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(handle, "wb")
