"""What is asked of an official file that somebody brings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ancrage.demography.enums import OF_SOMEBODY, Care, Dataset
from ancrage.demography.models import FIRST_YEAR, LAST_YEAR, VintageFile
from ancrage.demography.services.incoming import MOST_BYTES, Brought, Origin
from ancrage.demography.services.reading.sheets import year_of
from ancrage.web.widgets import FileDrop

LICENCE = "Licence Ouverte 2.0"
ACCEPTED = (".xlsx", ".xls", ".ods", ".csv", ".txt", ".tsv")
_MEBIBYTE = 1024 * 1024


class BringForm(forms.Form):
    """Which file, of what, of which year, from whom."""

    fichier = forms.FileField(
        label=_("Fichier"),
        max_length=200,
        widget=FileDrop(
            ACCEPTED, _("Tel qu’il est publié : XLSX, XLS, ODS ou CSV, 60 Mo au plus.")
        ),
    )
    contenu = forms.ChoiceField(label=_("Ce qu’il contient"), choices=Dataset.choices)
    profession = forms.ChoiceField(
        label=_("Profession"),
        required=False,
        choices=[("", "—"), *Care.choices],
        help_text=_("Pour l’accessibilité, les professionnels et les moyennes."),
    )
    annee = forms.IntegerField(
        label=_("Année"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=_(
            "Celle dont parle le fichier, pas celle où il a paru. Si un classeur a une feuille "
            "par année, vous choisirez."
        ),
    )
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("Qui le publie, comme « DREES, APL 2023 ».")
    )
    licence = forms.CharField(label=_("Licence"), max_length=120, initial=LICENCE)
    adresse = forms.URLField(
        label=_("Adresse de la source"), required=False, max_length=500, assume_scheme="https"
    )

    def clean_fichier(self) -> Any:
        """Refuse what would be too long to read."""
        file = self.cleaned_data["fichier"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _(
                    "Ce fichier fait plus de %(most)d Mo : gardez-en les départements qui vous "
                    "intéressent, ou demandez à l’administration de l’importer par commande."
                ),
                params={"most": MOST_BYTES // _MEBIBYTE},
            )
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for whom, where the file is about somebody; nobody elsewhere."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("contenu") in OF_SOMEBODY:
            if not found.get("profession"):
                self.add_error("profession", _("Dites de quelle profession parle ce fichier."))
        else:
            found["profession"] = ""
        return found

    @property
    def brought(self) -> Brought:
        """What the service takes."""
        found = self.cleaned_data
        return Brought(
            dataset=Dataset(found["contenu"]),
            care=Care(found["profession"]) if found["profession"] else None,
            year=found["annee"],
            origin=Origin(found["source"], found["licence"], found["adresse"]),
            filename=found["fichier"].name,
        )


class SheetsForm(forms.Form):
    """Which sheets of a workbook are read, each as the file of its year."""

    def __init__(self, *args: Any, file: VintageFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names: list[str] = list(file.sheets)
        for rank, name in enumerate(self.names):
            year = year_of(name)
            self.fields[f"feuille_{rank}"] = forms.BooleanField(
                label=name, required=False, initial=year is not None
            )
            self.fields[f"annee_{rank}"] = forms.IntegerField(
                label=_("Année de « %(sheet)s »") % {"sheet": name},
                required=False,
                min_value=FIRST_YEAR,
                max_value=LAST_YEAR,
                initial=year or file.year,
            )

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The box and the year of each sheet."""
        return [
            (self[f"feuille_{rank}"], self[f"annee_{rank}"]) for rank in range(len(self.names))
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the year of each sheet that is ticked."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for rank in range(len(self.names)):
            year = f"annee_{rank}"
            if (
                found.get(f"feuille_{rank}")
                and found.get(year) is None
                and year not in self.errors
            ):
                self.add_error(year, _("Dites de quelle année parle cette feuille."))
        return found

    @property
    def years(self) -> dict[str, int]:
        """What the service takes: the sheets that are ticked, and the year of each."""
        found = self.cleaned_data
        return {
            name: found[f"annee_{rank}"]
            for rank, name in enumerate(self.names)
            if found[f"feuille_{rank}"]
        }


class KeepForm(forms.Form):
    """Whether another file gives way, and whether a poor one is meant."""

    malgre = forms.BooleanField(
        label=_("Garder ce fichier bien qu’il dise si peu d’un territoire"), required=False
    )
    remplacer = forms.BooleanField(label=_("Remplacer le fichier déjà là"), required=False)

    def __init__(self, *args: Any, file: VintageFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.file = file
