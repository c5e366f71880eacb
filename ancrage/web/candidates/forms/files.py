"""Documents and proofs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from ancrage.candidates.enums import DocumentKind, ProofKind
from ancrage.candidates.models import Candidate, Document
from ancrage.territory.models import Department
from ancrage.web.documents import DocumentField, read_document_again
from ancrage.web.widgets import DateInput


class DocumentForm(forms.Form):
    """A file to join. The words of an office document are read for what has no place there."""

    # What the writer was warned about: the digest of the file.
    reread = ""

    kind = forms.ChoiceField(label=gettext_lazy("Nature"), choices=DocumentKind.choices)
    title = forms.CharField(
        label=gettext_lazy("Intitulé"),
        max_length=120,
        help_text=gettext_lazy("Par exemple : diplôme d’État, CV 2026."),
    )
    file = DocumentField(label=gettext_lazy("Fichier"))

    def clean(self) -> dict[str, Any]:
        """Read the words of the file too."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            read_document_again(self, "file")
        return cleaned


class ProofForm(forms.Form):
    """A dated proof."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Justificatif"),
        choices=[("", pgettext_lazy("justificatif", "Choisir…")), *ProofKind.choices],
    )
    department = forms.ModelChoiceField(
        label=gettext_lazy("Département de la faculté"),
        queryset=Department.objects.none(),
        required=False,
        empty_label=gettext_lazy("Sans objet"),
        help_text=gettext_lazy(
            "Pour une licence de remplacement : son conseil fixe la fin de validité."
        ),
    )
    amount = forms.IntegerField(
        label=gettext_lazy("Quantité attestée"),
        required=False,
        min_value=0,
        help_text=gettext_lazy("Crédits ECTS d’un étudiant, mois d’exercice avant l’intérim."),
    )
    issued_on = forms.DateField(label=gettext_lazy("Délivré le"), widget=DateInput())
    expires_on = forms.DateField(
        label=gettext_lazy("Valable jusqu’au"),
        required=False,
        widget=DateInput(),
        help_text=gettext_lazy("Laissez vide : la règle du justificatif donne la date."),
    )
    document = forms.ModelChoiceField(
        label=gettext_lazy("Document joint"),
        queryset=Document.objects.none(),
        required=False,
        empty_label=gettext_lazy("Aucun"),
    )

    def __init__(
        self, *args: Any, candidate: Candidate, renews: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = Department.objects.order_by("code")  # type: ignore[attr-defined]
        self.fields["document"].queryset = candidate.documents.order_by("-added_at", "pk")  # type: ignore[attr-defined]
        if renews:
            del self.fields["kind"], self.fields["department"]


class CheckForm(forms.Form):
    """Whether the original was seen."""

    state = forms.ChoiceField(choices=[("seen", ""), ("refused", ""), ("declared", "")])
