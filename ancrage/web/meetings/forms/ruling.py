"""What an organiser decides of a pair, and how a pair is reached."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ancrage.events.enums import RuleKind, SideRole
from ancrage.events.models import PairRule
from ancrage.events.queries import Named
from ancrage.web.meetings.rooms import RoundOf

FREE = "free"


class RuleForm(forms.Form):
    """Impose, forbid, or set free; a reason for the two first."""

    kind = forms.ChoiceField(
        label=_("Cette rencontre"),
        choices=[
            (FREE, _("Libre : le calcul décide")),
            (RuleKind.LOCKED, _("Imposée")),
            (RuleKind.FORBIDDEN, _("Interdite")),
        ],
        widget=forms.RadioSelect,
    )
    round = forms.ChoiceField(
        label=_("À quel tour, si elle est imposée"),
        required=False,
    )
    reason = forms.CharField(
        label=_("Raison"),
        required=False,
        max_length=200,
        help_text=_("Lue par l’organisation seule. Demandée pour imposer ou interdire."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        rule: PairRule | None,
        rounds: Sequence[RoundOf],
    ) -> None:
        initial = {
            "kind": rule.kind if rule else FREE,
            "round": "" if rule is None or rule.round is None else str(rule.round),
            "reason": rule.reason if rule else "",
        }
        super().__init__(data, initial=initial)
        self.fields["round"].choices = [  # type: ignore[attr-defined]
            ("", _("N’importe lequel")),
            *(
                (
                    str(one.number),
                    gettext("Tour %(n)d, %(time)s")
                    % {"n": one.name, "time": f"{one.starts_at:%H:%M}"},
                )
                for one in rounds
            ),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where there must be one."""
        cleaned: dict[str, Any] = super().clean() or {}
        decides = cleaned.get("kind") in RuleKind.values
        if decides and not cleaned.get("reason", "").strip():
            self.add_error(
                "reason", gettext("Écrivez en quelques mots pourquoi : vos collègues le liront.")
            )
        return cleaned

    @property
    def decision(self) -> dict[str, Any]:
        """What the service takes."""
        kind, number = self.cleaned_data["kind"], self.cleaned_data["round"]
        return {
            "kind": None if kind == FREE else RuleKind(kind),
            "round_number": int(number) if number and kind == RuleKind.LOCKED else None,
            "reason": self.cleaned_data["reason"],
        }


class PairForm(forms.Form):
    """Two people, one of each side."""

    host = forms.ChoiceField(label=_("Reste à sa table"))
    visitor = forms.ChoiceField(label=_("Change de table"))

    def __init__(self, data: Mapping[str, Any] | None, *, names: Iterable[Named]) -> None:
        super().__init__(data)
        known = sorted(names, key=lambda one: (one.label.casefold(), one.pk))
        for field, role in (("host", SideRole.HOST), ("visitor", SideRole.VISITOR)):
            self.fields[field].choices = [  # type: ignore[attr-defined]
                ("", _("Choisissez")),
                *((str(one.pk), one.label) for one in known if one.role == role and one.has_place),
            ]
