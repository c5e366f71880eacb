"""Backups: one file with the database, the documents and a copy of the ledger; and back."""

from ancrage.privacy.services.backups.archive import ArchiveDamaged, Manifest, open_archive
from ancrage.privacy.services.backups.databases import (
    DatabaseMismatch,
    DumpFailed,
    ToolMissing,
)
from ancrage.privacy.services.backups.making import make_backup, prune_backups
from ancrage.privacy.services.backups.restoring import (
    BackupMissing,
    DatabaseInUse,
    DatabaseNotEmpty,
    Restored,
    RestoreFailed,
    restore_backup,
)

__all__ = [
    "ArchiveDamaged",
    "BackupMissing",
    "DatabaseInUse",
    "DatabaseMismatch",
    "DatabaseNotEmpty",
    "DumpFailed",
    "Manifest",
    "RestoreFailed",
    "Restored",
    "ToolMissing",
    "make_backup",
    "open_archive",
    "prune_backups",
    "restore_backup",
]
