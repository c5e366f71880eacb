"""Finding a mail of the demo."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MailboxForm(forms.Form):
    """Words of the address or of the subject."""

    q = forms.CharField(label=_("Destinataire ou objet"), required=False, max_length=100)
