"""What lists are filtered by: all in the address, none required."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ancrage.kit.search import used_in
from ancrage.partners.models import Partner
from ancrage.professions.models import Profession
from ancrage.web.widgets import SearchInput

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class WordsField(forms.CharField):
    """The words that a list is searched for."""

    def __init__(self, label: "str | _StrPromise") -> None:
        super().__init__(label=label, required=False, max_length=120, widget=SearchInput())


class WorkFilters(forms.Form):
    """The words, the trade and the structure that a list of `rows` is narrowed to.

    Only what the rows lead to is offered, by the paths that the list gives.
    """

    q = WordsField(_("Mots"))
    metier = forms.ModelChoiceField(
        label=_("Métier"),
        queryset=Profession.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Tous les métiers"),
    )
    structure = forms.ModelChoiceField(
        label=_("Structure"),
        queryset=Partner.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Toutes les structures"),
    )

    profession_path = "profession"
    partner_path = "partner"

    def __init__(self, *args: Any, rows: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        professions = used_in(Profession, rows, self.profession_path)
        partners = used_in(Partner, rows, self.partner_path)
        self.offer("metier", professions.order_by("rank", "pk"))
        self.offer("structure", partners.order_by("name", "pk"))

    def offer(self, name: str, choices: QuerySet[Any]) -> None:
        """Let the filter `name` choose among `choices`."""
        self.fields[name].queryset = choices  # type: ignore[attr-defined]
