"""Documents and proofs."""

from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ancrage.candidates.enums import DocumentKind, ProofKind
from ancrage.candidates.models import Candidate, Document
from ancrage.candidates.validators import (
    MAX_DOCUMENT_BYTES,
    document_format,
    words_of_document,
)
from ancrage.privacy.detectors import detect_forbidden
from ancrage.territory.models import Department
from ancrage.web.widgets import DateInput, FileDrop

_ACCEPTED = (".pdf", ".jpg", ".jpeg", ".png", ".docx", ".odt")


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
        document_format(content)
        return content

    def clean(self) -> dict[str, Any]:
        """Ask once to take out what has no place in a file; the same one sent again is taken."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        content: bytes = cleaned["file"]
        found = detect_forbidden(words_of_document(content, document_format(content)))
        digest = sha256(content).hexdigest()
        if found and self.data.get("relu") != digest:
            self.reread = digest
            warning = _(
                "Ce document contient ce que l’on ne garde pas. %(advice)s Joignez-le corrigé, ou"
                " le même une seconde fois."
            )
            self.add_error("file", warning % {"advice": found[0].advice})
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
