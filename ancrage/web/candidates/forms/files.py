"""Documents and proofs."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ancrage.candidates.enums import DocumentKind, ProofKind
from ancrage.candidates.models import Candidate, Document
from ancrage.candidates.validators import MAX_DOCUMENT_BYTES
from ancrage.territory.models import Department
from ancrage.web.widgets import DateInput, FileDrop

_ACCEPTED = (".pdf", ".jpg", ".jpeg", ".png", ".docx", ".odt")


class DocumentForm(forms.Form):
    """A file to join."""

    kind = forms.ChoiceField(label=gettext_lazy("Nature"), choices=DocumentKind.choices)
    title = forms.CharField(
        label=gettext_lazy("Intitulé"),
        max_length=120,
        help_text=gettext_lazy("Par exemple : diplôme d’État, CV 2026."),
    )
    file = forms.FileField(
        label=gettext_lazy("Fichier"),
        widget=FileDrop(
            accept=_ACCEPTED,
            limit=gettext_lazy(
                "PDF, JPEG, PNG, Word (.docx) ou OpenDocument (.odt), 8 Mo au plus."
            ),
        ),
    )

    def clean_file(self) -> bytes:
        """Return the content, read no further than what is accepted."""
        sent = self.cleaned_data["file"]
        if sent.size > MAX_DOCUMENT_BYTES:
            raise forms.ValidationError(
                _("Ce fichier dépasse 8 Mo : réduisez ses images, ou enregistrez-le en PDF."),
                code="too_large",
            )
        content: bytes = sent.read(MAX_DOCUMENT_BYTES + 1)
        return content


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
