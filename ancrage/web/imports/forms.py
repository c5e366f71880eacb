"""What is asked of whoever brings a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ancrage.kit.models import StagedImport
from ancrage.web.imports.kinds import NEEDS, SITES
from ancrage.web.widgets import FileDrop

ACCEPTED = (".xlsx", ".xls", ".ods", ".csv", ".txt", ".tsv")
LARGEST = 20 * 1024 * 1024


class DepositForm(forms.Form):
    """A file, and for whom it is."""

    target = forms.ChoiceField(label=_("Que contient le fichier, et pour qui ?"))
    file = forms.FileField(
        label=_("Fichier"),
        widget=FileDrop(
            (*ACCEPTED, ".json"),
            _("XLSX, XLS, ODS ou CSV, 20 Mo au plus. Les macros ne sont jamais lues."),
        ),
        error_messages={
            "required": _("Choisissez un fichier."),
            "empty": _("Ce fichier est vide : il ne contient aucun octet."),
        },
    )
    publish = forms.TypedChoiceField(
        label=_("Que faire des besoins créés ?"),
        choices=[
            ("yes", _("Les publier dès l’import")),
            ("no", _("Les garder en brouillon, à relire un par un")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
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

    create_partners = forms.BooleanField(
        label=_("Sites FINESS : créer les structures que la plateforme ne connaît pas"),
        help_text=_("Chacune sera « à compléter ». Sans cela, leurs sites attendent."),
        required=False,
    )

    def __init__(self, *args: Any, targets: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["target"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = targets
        kinds = {value.partition("|")[0] for value, _label in targets}
        if NEEDS.key not in kinds:
            del self.fields["publish"]
        if SITES.key not in kinds:
            del self.fields["create_partners"]
        if len(targets) > 1:
            field.choices = [("", _("Choisissez")), *targets]

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        uploaded = self.cleaned_data["file"]
        if uploaded.size > LARGEST:
            raise forms.ValidationError(
                _("Ce fichier pèse plus de 20 Mo. Retirez-en les images, ou coupez-le en deux.")
            )
        return uploaded

    @property
    def kind_and_owner(self) -> tuple[str, str]:
        """What is imported, and the owner key."""
        kind, _bar, owner_key = self.cleaned_data["target"].partition("|")
        return kind, owner_key

    @property
    def import_options(self) -> dict[str, Any]:
        """The options of the import, as its kind reads them."""
        kind, _owner = self.kind_and_owner
        options = {"complete_list": self.cleaned_data["complete_list"]}
        if kind == NEEDS.key:
            options["publish"] = self.cleaned_data["publish"] is not False
        if kind == SITES.key:
            options["create_partners"] = self.cleaned_data["create_partners"]
        return options


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
