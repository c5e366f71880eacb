"""What people write about themselves."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ancrage.accounts.models import User
from ancrage.accounts.validators import LONGEST_TOKEN_LIFE, validate_token_end
from ancrage.web.widgets import DateInput

_USUAL_TOKEN_LIFE = timedelta(days=90)


class ProfileForm(forms.Form):
    """How one is called, what one does, which language one reads."""

    first_name = forms.CharField(
        label=_("Prénom"),
        max_length=80,
        widget=forms.TextInput({"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Nom"), max_length=80, widget=forms.TextInput({"autocomplete": "family-name"})
    )
    job_title = forms.CharField(
        label=_("Fonction"),
        max_length=120,
        required=False,
        help_text=_("Par exemple : responsable des ressources humaines."),
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    language = forms.ChoiceField(
        label=_("Langue des pages et des courriels"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )

    @classmethod
    def of(cls, user: User, data: Any = None) -> "ProfileForm":
        """Return the form filled in with what is known of `user`."""
        return cls(data, initial={name: getattr(user, name) for name in cls.base_fields})


class TokenForm(forms.Form):
    """A token for a program: what it is for, until when."""

    name = forms.CharField(
        label=_("Nom du jeton"),
        max_length=80,
        help_text=_("Le programme qui s’en servira : « Export vers la paie »."),
    )
    expires_on = forms.DateField(
        label=_("Valable jusqu’au"),
        widget=DateInput(),
        help_text=_("Un an au plus. Passé ce jour, le programme n’entre plus."),
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"expires_on": today + _USUAL_TOKEN_LIFE})
        self.today = today
        self.fields["expires_on"].widget.attrs.update(
            {
                "min": (today + timedelta(days=1)).isoformat(),
                "max": (today + LONGEST_TOKEN_LIFE).isoformat(),
            }
        )

    def clean_expires_on(self) -> date:
        """Refuse a day that is past, or too far."""
        end: date = self.cleaned_data["expires_on"]
        validate_token_end(end, today=self.today)
        return end

    @property
    def expires_at(self) -> datetime:
        """The last moment of the day chosen, where the platform is."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["expires_on"], time.max))
