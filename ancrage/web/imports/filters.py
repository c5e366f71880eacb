"""The filters of the list of imports: all in the address, none required."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ancrage.kit.models import StagedImport
from ancrage.kit.search import with_words
from ancrage.web.filters import WordsField
from ancrage.web.imports.kinds import IMPORTABLES, owner_names

_Status = StagedImport.Status
# What people tell apart; a reading that waits or runs is the same to them.
_STATES: Mapping[str, tuple[str | Promise, tuple[str, ...]]] = {
    "a-decider": (_("À décider"), (_Status.STAGED,)),
    "importes": (_("Importés"), (_Status.APPLIED,)),
    "lecture": (_("En cours de lecture"), (_Status.PENDING, _Status.STAGING)),
    "illisibles": (_("Illisibles"), (_Status.FAILED,)),
    "abandonnes": (_("Abandonnés"), (_Status.CANCELLED, _Status.ABANDONED)),
}


class FilterForm(forms.Form):
    """What somebody looks for among the imports of `rows`."""

    q = WordsField(_("Nom du fichier"))
    contenu = forms.ChoiceField(label=_("Contenu"), required=False)
    pour = forms.ChoiceField(label=_("Pour qui"), required=False)
    etat = forms.ChoiceField(
        label=_("État"),
        required=False,
        choices=[
            ("", pgettext_lazy("états", "Tous")),
            *((code, label) for code, (label, _statuses) in _STATES.items()),
        ],
    )

    def __init__(self, *args: Any, rows: QuerySet[StagedImport], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        scopes = set(rows.order_by().values_list("kind", "owner_key").distinct())
        self.owners = owner_names(key for _kind, key in scopes)
        kinds = {kind for kind, _key in scopes}
        self._offer(
            "contenu",
            pgettext_lazy("contenus", "Tous"),
            [(key, str(one.label)) for key, one in IMPORTABLES.items() if key in kinds],
        )
        named = sorted(self.owners.items(), key=lambda one: (one[1].casefold(), one[0]))
        self._offer("pour", pgettext_lazy("propriétaires", "Tous"), named)

    def _offer(self, name: str, every: Any, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", every), *choices]

    @cached_property
    def found(self) -> QuerySet[StagedImport]:
        """The imports asked for; a criterion that is wrong is left out."""
        self.is_valid()  # fills `cleaned_data` with what is right
        asked = self.cleaned_data
        rows = self.rows
        if asked.get("q"):
            rows = with_words(rows, asked["q"])
        if asked.get("contenu"):
            rows = rows.filter(kind=asked["contenu"])
        if asked.get("pour"):
            rows = rows.filter(owner_key=asked["pour"])
        if asked.get("etat"):
            rows = rows.filter(status__in=_STATES[asked["etat"]][1])
        return rows

    @property
    def is_filtered(self) -> bool:
        """Whether some criterion narrows the list."""
        self.is_valid()
        return any(self.cleaned_data.values())
