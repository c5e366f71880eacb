"""allauth's forms in our words: a label for every field, no placeholder, help that helps."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.utils.translation import gettext_lazy as _

_PASSWORD_HELP = _(
    "12 caractères au moins. Une phrase que vous retenez vaut mieux qu’un mot compliqué."
)
_CODE_HELP = _("Huit chiffres, avec ou sans tiret.")

_ADDRESS = _("Adresse électronique")
_PASSWORD = _("Mot de passe")


class _InOurWords(forms.Form):
    """Give fields their label and their help, and take allauth's placeholders away."""

    words: dict[str, tuple[Any, Any]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]


class _Code(_InOurWords):
    """A code typed from a mail: a keyboard of digits, filled in by the telephone itself."""

    words = {"code": (_("Code reçu par courriel"), _CODE_HELP)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(
            {"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": True}
        )


class LoginForm(_InOurWords, account.LoginForm):
    """Address and password."""

    words = {"login": (_ADDRESS, ""), "password": (_PASSWORD, "")}


class LoginCodeForm(_InOurWords, account.RequestLoginCodeForm):
    """The address a code is sent to."""

    words = {"email": (_ADDRESS, _("Celle avec laquelle votre compte a été ouvert."))}


class SignupForm(_InOurWords, account.SignupForm):
    """Open an account: who one is, where to write, a password."""

    first_name = forms.CharField(
        max_length=80, widget=forms.TextInput({"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        max_length=80, widget=forms.TextInput({"autocomplete": "family-name"})
    )
    field_order = ["first_name", "last_name", "email", "password1"]
    words = {
        "first_name": (_("Prénom"), ""),
        "last_name": (_("Nom"), ""),
        "email": (_ADDRESS, _("Un code y sera envoyé pour la confirmer.")),
        "password1": (_PASSWORD, _PASSWORD_HELP),
    }


class ConfirmLoginForm(_Code, account.ConfirmLoginCodeForm):
    """The code that signs in."""


class ConfirmAddressForm(_Code, account.ConfirmEmailVerificationCodeForm):
    """The code that proves an address."""


class ConfirmResetForm(_Code, account.ConfirmPasswordResetCodeForm):
    """The code that lets one choose a new password."""


class NewAddressForm(_InOurWords, account.AddEmailForm):
    """The address that will replace the present one, once proved."""

    words = {"email": (_("Nouvelle adresse électronique"), _("Un code y sera envoyé."))}


class ResetPasswordForm(_InOurWords, account.ResetPasswordForm):
    """The address of an account whose password is forgotten."""

    words = {"email": (_ADDRESS, _("Celle avec laquelle votre compte a été ouvert."))}


class NewPasswordForm(_InOurWords, account.ResetPasswordKeyForm):
    """The password chosen after the code."""

    words = {
        "password1": (_("Nouveau mot de passe"), _PASSWORD_HELP),
        "password2": (_("Le même, encore une fois"), ""),
    }


class SetPasswordForm(_InOurWords, account.SetPasswordForm):
    """The first password of an account that had none."""

    words = {
        "password1": (_PASSWORD, _PASSWORD_HELP),
        "password2": (_("Le même, encore une fois"), ""),
    }


class ChangePasswordForm(_InOurWords, account.ChangePasswordForm):
    """The present password and the next."""

    words = {
        "oldpassword": (_("Mot de passe actuel"), ""),
        "password1": (_("Nouveau mot de passe"), _PASSWORD_HELP),
        "password2": (_("Le même, encore une fois"), ""),
    }


class ReauthenticateForm(_InOurWords, account.ReauthenticateForm):
    """The password, asked again before a sensitive act."""

    words = {"password": (_("Votre mot de passe"), "")}


class _DeviceCode(_Code):
    words = {
        "code": (
            _("Code de l’application"),
            _("Six chiffres, ou l’un de vos codes de secours."),
        )
    }


class SecondFactorForm(_DeviceCode, second_factor.AuthenticateForm):
    """The code of the telephone, after the password."""


class ReauthenticateBySecondFactorForm(_DeviceCode, second_factor.ReauthenticateForm):
    """The code of the telephone, asked again before a sensitive act."""


class ActivateTotpForm(_Code, totp.ActivateTOTPForm):
    """The first code of an application just set up: proof that it works."""

    words = {"code": (_("Code affiché par l’application"), _("Six chiffres."))}


_PASSKEY_NAME = (_("Nom de la clé"), _("Pour la reconnaître : « Mon téléphone »."))


class AddPasskeyForm(_InOurWords, passkeys.AddWebAuthnForm):
    """A passkey of this device, which may replace the password."""

    words = {
        "name": _PASSKEY_NAME,
        "passwordless": (
            _("Me connecter avec cette clé seule, sans mot de passe"),
            _("L’appareil demandera votre empreinte, votre visage ou son code."),
        ),
    }


class RenamePasskeyForm(_InOurWords, passkeys.EditWebAuthnForm):
    """Another name for a passkey."""

    words = {"name": _PASSKEY_NAME}
