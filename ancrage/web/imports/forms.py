"""What is asked of whoever brings a file."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.validators import LENGTHS
from ancrage.kit.models import StagedImport
from ancrage.territory.reference.departments import DEPARTMENTS as DEPARTMENT_CODES
from ancrage.web.imports.kinds import (
    COMMUNE_LIST,
    COMPLETE_LIST,
    CONTOUR_FILE,
    CREATE_PARTNERS,
    DEPARTMENTS,
    DIRECTORY,
    IMPORTABLES,
    LICENCE,
    PROOF,
    PUBLISH,
    SINCE,
    SOURCE,
    VINTAGE,
    Importable,
)
from ancrage.web.widgets import ComboboxInput, DateInput, FileDrop

ACCEPTED = (".xlsx", ".xls", ".ods", ".csv", ".txt", ".tsv")
OFFICIAL = (".json", ".geojson")
ARCHIVES = (".json", ".zip")
LARGEST = 20 * 1024 * 1024
_SOURCES = ("INSEE, COG", "geo.api.gouv.fr", "IGN Admin Express", "ARS, arrêté de zonage")


class OptionsForm(forms.Form):
    """What the kinds given ask beside the file: only the questions of these kinds."""

    publish = forms.TypedChoiceField(
        label=_("Que faire de ce qui est créé ?"),
        choices=[
            ("yes", _("Le publier dès l’import")),
            ("no", _("Le garder en brouillon, à relire")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
        required=False,
    )
    create_partners = forms.BooleanField(
        label=_("Créer les structures que la plateforme ne connaît pas"),
        help_text=_("Chacune sera « à compléter ». Sans cela, leurs sites attendent."),
        required=False,
    )
    source = forms.CharField(
        label=_("Source"),
        help_text=_("Qui publie ces données : elle est gardée avec elles."),
        max_length=40,
        required=False,
        widget=ComboboxInput(_SOURCES),
    )
    information_proof = forms.CharField(
        label=_("Comment les personnes ont été informées"),
        help_text=_("Quand et par quel moyen : « dit au salon du 12 novembre ». Chacune le lira."),
        max_length=LENGTHS["information_proof"],
        required=False,
    )
    vintage = forms.CharField(
        label=_("Millésime"),
        help_text=_("L’année ou la version du fichier, par exemple 2024."),
        max_length=18,
        required=False,
    )
    licence = forms.CharField(
        label=_("Licence"), max_length=120, required=False, initial="Licence Ouverte 2.0"
    )
    since = forms.DateField(
        label=_("En vigueur depuis"),
        help_text=_("Pour les lignes qui ne le disent pas : la date d’effet de l’arrêté."),
        required=False,
        widget=DateInput(),
    )
    departments = forms.CharField(
        label=_("Départements dont la liste est complète"),
        help_text=_(
            "Comme « 44, 85 ». Leurs communes que le fichier ne nomme pas sont alors hors zone ; "
            "celles qui y étaient en sortent la veille, et l’essai les montre."
        ),
        max_length=400,
        required=False,
    )
    complete_list = forms.BooleanField(
        label=_("Le fichier est une liste complète"),
        help_text=_(
            "Ce qui est en cours et n’est pas dans le fichier sera proposé au retrait. "
            "Dans le doute, ne cochez pas."
        ),
        required=False,
    )

    def __init__(self, *args: Any, kinds: Iterable[Importable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {name for kind in kinds for name in kind.asks}
        for name in (
            *(PUBLISH, PROOF, CREATE_PARTNERS, SOURCE, VINTAGE, COMPLETE_LIST),
            *(LICENCE, SINCE, DEPARTMENTS),
        ):
            if name not in asked:
                del self.fields[name]

    @staticmethod
    def initial_of(staged: StagedImport) -> dict[str, Any]:
        """Return what the import was told."""
        told = dict(staged.options)
        return {**told, PUBLISH: "yes" if told.get(PUBLISH, True) else "no"}

    def options_of(self, kind: Importable) -> dict[str, Any]:
        """Return the options of an import of that kind, as it reads them."""
        options: dict[str, Any] = {}
        for name in kind.asks:
            answer = self.cleaned_data[name]
            options[name] = answer is not False if name == PUBLISH else answer
        if SINCE in kind.asks:
            # JSON holds no day; a list whole for some départements ends what it does not name.
            options[SINCE] = options[SINCE].isoformat() if options[SINCE] else ""
            options[COMPLETE_LIST] = bool(options[DEPARTMENTS])
        return options

    def clean_departments(self) -> str:
        """Refuse what is no code of a département."""
        codes = [one.strip().upper() for one in self.cleaned_data[DEPARTMENTS].split(",")]
        unknown = [code for code in codes if code and code not in DEPARTMENT_CODES]
        if unknown:
            raise forms.ValidationError(
                _("Département inconnu : « %(code)s »."), params={"code": unknown[0]}
            )
        return ", ".join(code for code in codes if code)

    def ask_what_is_needed(self, kind: Importable | None) -> None:
        """Ask where an official list comes from, what it changes is dated by it; and how people
        were told, nobody is entered unknowingly."""
        if kind is None:
            return
        for name, sentence in (
            (SOURCE, _("Dites qui publie ces données, par exemple « INSEE, COG ».")),
            (VINTAGE, _("Dites de quelle année ou de quelle version est ce fichier.")),
            (PROOF, _("Dites quand et comment ces personnes ont été informées de leur saisie.")),
        ):
            if name in kind.asks and not self.cleaned_data.get(name):
                self.add_error(name, sentence)


class ChoicesForm(OptionsForm):
    """The same questions again, once a file was tried."""

    def __init__(self, *args: Any, importable: Importable, **kwargs: Any) -> None:
        super().__init__(*args, kinds=[importable], **kwargs)
        self.importable = importable

    def clean(self) -> dict[str, Any]:
        """Ask what this kind cannot do without."""
        self.ask_what_is_needed(self.importable)
        return self.cleaned_data

    @property
    def import_options(self) -> dict[str, Any]:
        """The options as the import reads them."""
        return self.options_of(self.importable)


class DepositForm(OptionsForm):
    """A file, and for whom it is."""

    target = forms.ChoiceField(label=_("Que contient le fichier, et pour qui ?"))
    file = forms.FileField(
        label=_("Fichier"),
        error_messages={
            "required": _("Choisissez un fichier."),
            "empty": _("Ce fichier est vide : il ne contient aucun octet."),
        },
    )

    def __init__(self, *args: Any, targets: list[tuple[str, str]], **kwargs: Any) -> None:
        offered = {value.partition("|")[0] for value, _label in targets}
        super().__init__(*args, kinds=[IMPORTABLES[key] for key in offered], **kwargs)
        self._offered = offered
        field = self.fields["target"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("Choisissez")), *targets] if len(targets) > 1 else targets
        formats: tuple[str, ...] = ACCEPTED
        words = _("XLSX, XLS, ODS ou CSV, 20 Mo au plus. Les macros ne sont jamais lues.")
        if self.brings_communes:
            formats = (*ACCEPTED, *OFFICIAL)
            words = _("XLSX, XLS, ODS, CSV, JSON ou GeoJSON, 20 Mo au plus.")
        elif DIRECTORY.key in offered:
            formats = (*ACCEPTED, *ARCHIVES)
            words = _(
                "XLSX, XLS, ODS ou CSV ; JSON ou ZIP pour un annuaire. 20 Mo au plus. Les macros "
                "ne sont jamais lues."
            )
        self.fields["file"].widget = FileDrop(formats, words)

    @property
    def brings_communes(self) -> bool:
        """Whether communes or their contours may be brought."""
        return bool(self._offered & {COMMUNE_LIST.key, CONTOUR_FILE.key})

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        uploaded = self.cleaned_data["file"]
        if uploaded.size > LARGEST:
            raise forms.ValidationError(
                _("Ce fichier pèse plus de 20 Mo. Retirez-en les images, ou coupez-le en deux.")
            )
        return uploaded

    def clean(self) -> dict[str, Any]:
        """Ask what the kind cannot do without."""
        kind, _bar, _owner = self.cleaned_data.get("target", "").partition("|")
        self.ask_what_is_needed(IMPORTABLES.get(kind))
        return self.cleaned_data

    @property
    def kind_and_owner(self) -> tuple[str, str]:
        """What is imported, and the owner key."""
        kind, _bar, owner_key = self.cleaned_data["target"].partition("|")
        return kind, owner_key

    @property
    def import_options(self) -> dict[str, Any]:
        """The options of the import, as its kind reads them."""
        return self.options_of(IMPORTABLES[self.kind_and_owner[0]])


class ColumnsForm(forms.Form):
    """One choice for each column of the file: what it is, or that it is not read."""

    def __init__(self, *args: Any, staged: StagedImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen = staged.columns_seen()
        choices = [
            ("", _("Ne pas lire cette colonne")),
            *((column.code, column.label) for column in staged.imported.columns),
        ]
        for column in self.seen:
            self.fields[f"c{column.index}"] = forms.ChoiceField(
                label=column.label or column.letter,
                choices=choices,
                initial=column.code,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse one meaning given to two columns, at the second of them."""
        taken: dict[str, str] = {}
        for column in self.seen:
            name = f"c{column.index}"
            code = self.cleaned_data.get(name)
            if code and code in taken:
                self.add_error(
                    name,
                    _("« %(other)s » est déjà lue ainsi : gardez-en une seule.")
                    % {"other": taken[code]},
                )
            elif code:
                taken[code] = column.label or column.letter
        return self.cleaned_data

    @property
    def mapping(self) -> dict[int, str | None]:
        """{index of the column: code, or None}."""
        return {one.index: self.cleaned_data[f"c{one.index}"] or None for one in self.seen}

    @property
    def is_changed(self) -> bool:
        """Whether somebody chose otherwise than was guessed."""
        return any((one.code or None) != self.mapping[one.index] for one in self.seen)


class SheetForm(forms.Form):
    """Another sheet, or another line for the header."""

    sheet = forms.CharField(label=_("Feuille"), required=False, max_length=120)
    header_line = forms.IntegerField(
        label=_("Ligne de l’en-tête"),
        help_text=_("0 si le fichier n’a pas d’en-tête. Vide : elle est cherchée."),
        required=False,
        min_value=0,
        max_value=10_000,
    )
