"""Load the reference data of every app: professions, specialties, and what others register."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _

from ancrage.kit.reference import Difference, FieldChange, loaders


class Command(BaseCommand):
    help = (
        "Compare les nomenclatures du programme avec la base et charge ce qui diffère, sans rien "
        "supprimer ni défaire ce qui a été modifié à la main."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="montre les différences sans rien écrire"
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="remplace aussi les valeurs modifiées à la main",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every loader, all or nothing: on a dry run, load for real and undo."""
        autodiscover_modules("reference_loaders")
        now = timezone.now()
        with transaction.atomic():
            for _name, load in loaders():
                # Later loaders may need the rows of earlier ones, so a dry run writes too.
                for difference in load(by=None, now=now, overwrite=options["overwrite"]):
                    if options["verbosity"]:
                        self._show(difference, detailed=options["dry_run"])
            transaction.set_rollback(options["dry_run"])
        if options["dry_run"] and options["verbosity"]:
            self.stdout.write(_("Rien n’a été écrit (essai à blanc)."))

    def _show(self, difference: Difference, *, detailed: bool) -> None:
        self.stdout.write(
            _(
                "%(title)s — nouveaux : %(created)d, changés : %(changed)d, gardés tels que "
                "modifiés à la main : %(kept)d, fermés : %(closed)d, rouverts : %(reopened)d, "
                "inchangés : %(unchanged)d."
            )
            % {
                "title": difference.title,
                "created": len(difference.created),
                "changed": len(difference.changed),
                "kept": len(difference.kept),
                "closed": len(difference.closed),
                "reopened": len(difference.reopened),
                "unchanged": difference.unchanged,
            }
        )
        if detailed:
            for sign, names in (
                ("+", difference.created),
                ("−", difference.closed),
                ("↑", difference.reopened),
            ):
                for name in names:
                    self.stdout.write(f"  {sign} {name}")
        for change in difference.changed:
            self._show_change("~", change)
        for change in difference.kept:
            self._show_change("=", change)

    def _show_change(self, sign: str, change: FieldChange) -> None:
        self.stdout.write(
            f"  {sign} {change.row} · {change.field} : {change.held!r} → {change.reference!r}"
        )
