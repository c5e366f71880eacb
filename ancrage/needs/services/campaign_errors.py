"""Why a campaign or an answer may not change: one name and one sentence each."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ancrage.kit.refusals import Refusal
from ancrage.needs.models import Campaign, CampaignAnswer


class CampaignNameTaken(Refusal):
    """Another campaign of the territory has that name."""

    sentence = _("Une campagne du territoire porte déjà ce nom.")
    known_as = "campaign_name_taken"


class CampaignChangedMeanwhile(ValidationError):
    """Somebody else changed the campaign; `current` is as it is now."""

    def __init__(self, current: Campaign) -> None:
        self.current = current
        super().__init__(
            _("Cette campagne a été modifiée entre-temps : relisez-la avant d’enregistrer."),
            code="campaign_changed",
        )


class CampaignNotDraft(Refusal):
    """Once open, what was asked no longer changes: answers would not compare."""

    sentence = _("La campagne est ouverte : ses questions ne changent plus.")
    known_as = "not_draft"


class CampaignNotOpen(Refusal):
    """Answers are taken while the campaign is open."""

    sentence = _("La campagne n’est pas ouverte : elle ne reçoit pas de réponse.")
    known_as = "not_open"


class AnotherCampaignOpen(Refusal):
    """A territory asks one thing at a time."""

    sentence = _("Une campagne est déjà ouverte sur ce territoire : closez-la d’abord.")
    known_as = "another_open"


class CampaignEmpty(Refusal):
    """A campaign asks about at least one profession."""

    sentence = _("Choisissez au moins un métier à recenser.")
    known_as = "campaign_empty"


class NobodyToAsk(Refusal):
    """No structure of the territory recruits."""

    sentence = _("Aucune structure du territoire ne recrute : il n’y a personne à interroger.")
    known_as = "nobody_to_ask"


class AnswerChangedMeanwhile(ValidationError):
    """A colleague saved the answer in between; `current` is as it is now."""

    def __init__(self, current: CampaignAnswer) -> None:
        self.current = current
        super().__init__(
            _("Quelqu’un a enregistré cette réponse entre-temps : comparez avant d’enregistrer."),
            code="answer_changed",
        )


class DeadlinePassed(Refusal):
    """Structures cannot be asked to answer by a day that is over."""

    sentence = _("La date limite de réponse est passée : repoussez-la avant d’ouvrir la campagne.")
    known_as = "deadline_passed"


class CampaignNotClosed(Refusal):
    """Only a closed campaign is reopened."""

    sentence = _("La campagne n’est pas close.")
    known_as = "not_closed"


class ProfessionNotAsked(Refusal):
    """An answer is about the professions and the questions of its campaign."""

    sentence = _("La campagne ne demande rien sur ce métier ou cette question.")
    known_as = "profession_not_asked"
