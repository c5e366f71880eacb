"""Why a campaign or an answer may not change: one name and one sentence each."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ancrage.needs.models import Campaign, CampaignAnswer


class CampaignNameTaken(ValidationError):
    """Another campaign of the territory has that name."""

    def __init__(self) -> None:
        super().__init__(
            _("Une campagne du territoire porte déjà ce nom."), code="campaign_name_taken"
        )


class CampaignChangedMeanwhile(ValidationError):
    """Somebody else changed the campaign; `current` is as it is now."""

    def __init__(self, current: Campaign) -> None:
        self.current = current
        super().__init__(
            _("Cette campagne a été modifiée entre-temps : relisez-la avant d’enregistrer."),
            code="campaign_changed",
        )


class CampaignNotDraft(ValidationError):
    """Once open, what was asked no longer changes: answers would not compare."""

    def __init__(self) -> None:
        super().__init__(
            _("La campagne est ouverte : ses questions ne changent plus."), code="not_draft"
        )


class CampaignNotOpen(ValidationError):
    """Answers are taken while the campaign is open."""

    def __init__(self) -> None:
        super().__init__(
            _("La campagne n’est pas ouverte : elle ne reçoit pas de réponse."), code="not_open"
        )


class AnotherCampaignOpen(ValidationError):
    """A territory asks one thing at a time."""

    def __init__(self) -> None:
        super().__init__(
            _("Une campagne est déjà ouverte sur ce territoire : closez-la d’abord."),
            code="another_open",
        )


class CampaignEmpty(ValidationError):
    """A campaign asks about at least one profession."""

    def __init__(self) -> None:
        super().__init__(_("Choisissez au moins un métier à recenser."), code="campaign_empty")


class NobodyToAsk(ValidationError):
    """No structure of the territory recruits."""

    def __init__(self) -> None:
        super().__init__(
            _("Aucune structure du territoire ne recrute : il n’y a personne à interroger."),
            code="nobody_to_ask",
        )


class AnswerChangedMeanwhile(ValidationError):
    """A colleague saved the answer in between; `current` is as it is now."""

    def __init__(self, current: CampaignAnswer) -> None:
        self.current = current
        super().__init__(
            _("Quelqu’un a enregistré cette réponse entre-temps : comparez avant d’enregistrer."),
            code="answer_changed",
        )


class DeadlinePassed(ValidationError):
    """Structures cannot be asked to answer by a day that is over."""

    def __init__(self) -> None:
        super().__init__(
            _("La date limite de réponse est passée : repoussez-la avant d’ouvrir la campagne."),
            code="deadline_passed",
        )


class CampaignNotClosed(ValidationError):
    """Only a closed campaign is reopened."""

    def __init__(self) -> None:
        super().__init__(_("La campagne n’est pas close."), code="not_closed")


class ProfessionNotAsked(ValidationError):
    """An answer is about the professions and the questions of its campaign."""

    def __init__(self) -> None:
        super().__init__(
            _("La campagne ne demande rien sur ce métier ou cette question."),
            code="profession_not_asked",
        )
