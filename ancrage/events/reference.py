"""Ready templates: the two sides of a kind of meeting, and what each is asked at registration.

Sources: public accounts of medical speed meetings held in France from 2015 to 2024 (Rennes,
Niort, Tomblaine, Rouen and Caen, the dentists' evenings), and the practice sheet that doctors
publish when they look for a locum or a successor.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancrage.events.enums import EventKind, Meaning, QuestionKind, SideRole

_MODES: Sequence[tuple[str, Promise]] = (
    ("locum_regular", _("Remplacement régulier")),
    ("locum_occasional", _("Remplacement ponctuel")),
    ("collaboration", _("Collaboration")),
    ("association", _("Association")),
    ("succession", _("Reprise du cabinet")),
    ("salaried", _("Poste salarié")),
)
_SUPERVISION: tuple[str, Promise] = ("supervision", _("Accueil d’un docteur junior (MSU)"))
_DAYS: Sequence[tuple[str, Promise]] = (
    ("mon", _("Lundi")),
    ("tue", _("Mardi")),
    ("wed", _("Mercredi")),
    ("thu", _("Jeudi")),
    ("fri", _("Vendredi")),
    ("sat", _("Samedi")),
)


@dataclass(frozen=True)
class AskedQuestion:
    """A question of a template."""

    label: Promise
    kind: QuestionKind
    meaning: Meaning = Meaning.NONE
    options: Sequence[tuple[str, Promise]] = ()
    help_text: Promise | str = ""
    required: bool = False
    on_sheet: bool = True


@dataclass(frozen=True)
class SideTemplate:
    """A side of a template, and how much its wishes count (0 to 10)."""

    role: SideRole
    name: Promise
    singular: Promise
    explanation: Promise
    wish_weight: int = 5
    questions: Sequence[AskedQuestion] = field(default_factory=tuple)


@dataclass(frozen=True)
class Template:
    """Two sides ready to be opened."""

    label: Promise
    kind: EventKind
    sides: tuple[SideTemplate, SideTemplate]


_AROUND = AskedQuestion(
    label=_("Autour de quelle commune ?"),
    kind=QuestionKind.COMMUNE,
    meaning=Meaning.PLACE,
    on_sheet=False,
)
_REACH = AskedQuestion(
    label=_("Jusqu’à quelle distance, en kilomètres ?"),
    kind=QuestionKind.NUMBER,
    meaning=Meaning.REACH,
)
_START = AskedQuestion(
    label=_("À partir de quand ?"), kind=QuestionKind.DATE, meaning=Meaning.START
)
_VIDEO = AskedQuestion(
    label=_("Une minute de vidéo sur votre lieu d’exercice"),
    kind=QuestionKind.LINK,
    help_text=_("Un lien, si vous en avez un ; la vidéo s’ouvre sur son propre site."),
)
_HOST_DOCTOR = (
    AskedQuestion(
        label=_("Que recherchez-vous ?"),
        kind=QuestionKind.CHOICES,
        meaning=Meaning.MODE,
        options=_MODES,
        required=True,
    ),
    AskedQuestion(
        label=_("Commune du cabinet"),
        kind=QuestionKind.COMMUNE,
        meaning=Meaning.PLACE,
        required=True,
    ),
    _START,
    AskedQuestion(
        label=_("Quels jours ?"),
        kind=QuestionKind.CHOICES,
        meaning=Meaning.DAYS,
        options=_DAYS,
    ),
    AskedQuestion(
        label=_("Pourriez-vous accueillir deux professionnels ?"),
        kind=QuestionKind.YES_NO,
        meaning=Meaning.TOGETHER,
    ),
    AskedQuestion(
        label=_("Le cabinet en quelques lignes"),
        kind=QuestionKind.LONG_TEXT,
        help_text=_("Équipe, secrétariat, logiciel, actes par jour, visites, gardes, logement."),
    ),
    _VIDEO,
)
_TRAINEE = (
    AskedQuestion(
        label=_("Où en êtes-vous ?"),
        kind=QuestionKind.CHOICE,
        options=(
            ("phase_1", _("Interne, phase socle")),
            ("phase_2", _("Interne, phase d’approfondissement")),
            ("phase_3", _("Docteur junior, phase de consolidation")),
            ("locum", _("Remplaçant thésé ou non")),
            ("settled", _("Déjà installé, je cherche autre chose")),
        ),
        required=True,
    ),
    AskedQuestion(
        label=_("Avez-vous une licence de remplacement ?"),
        kind=QuestionKind.CHOICE,
        meaning=Meaning.LICENCE,
        options=(
            ("held", _("Oui")),
            ("soon", _("Bientôt")),
            ("no", _("Pas encore")),
            ("thesis", _("Inscrit à l’Ordre : pas besoin de licence")),
        ),
        on_sheet=False,
    ),
    AskedQuestion(
        label=_("Que recherchez-vous ?"),
        kind=QuestionKind.CHOICES,
        meaning=Meaning.MODE,
        options=_MODES,
        required=True,
    ),
    _AROUND,
    _REACH,
    _START,
    AskedQuestion(
        label=_("Quels jours ?"),
        kind=QuestionKind.CHOICES,
        meaning=Meaning.DAYS,
        options=_DAYS,
    ),
    AskedQuestion(
        label=_("Cherchez-vous à deux, au même endroit ?"),
        kind=QuestionKind.YES_NO,
        meaning=Meaning.TOGETHER,
        help_text=_("Deux professionnels de santé qui veulent exercer près l’un de l’autre."),
    ),
)

TEMPLATES: Mapping[str, Template] = MappingProxyType(
    {
        "docdating": Template(
            label=_("Doc’dating : médecins installés, internes et remplaçants"),
            kind=EventKind.DOCDATING,
            sides=(
                SideTemplate(
                    role=SideRole.HOST,
                    name=_("médecins installés"),
                    singular=_("médecin installé"),
                    explanation=_(
                        "Vous exercez et cherchez un remplaçant, un collaborateur, un associé ou"
                        " un successeur."
                    ),
                    questions=_HOST_DOCTOR,
                ),
                SideTemplate(
                    role=SideRole.VISITOR,
                    name=_("internes et remplaçants"),
                    singular=_("interne ou remplaçant"),
                    explanation=_("Vous cherchez où remplacer, collaborer ou vous installer."),
                    # They are few: what they wish weighs more.
                    wish_weight=8,
                    questions=_TRAINEE,
                ),
            ),
        ),
        "supervision": Template(
            label=_("Docteurs juniors et maîtres de stage"),
            kind=EventKind.DOCDATING,
            sides=(
                SideTemplate(
                    role=SideRole.HOST,
                    name=_("maîtres de stage universitaires"),
                    singular=_("maître de stage universitaire"),
                    explanation=_("Vous êtes agréé et accueillez un docteur junior."),
                    questions=(
                        AskedQuestion(
                            label=_("Que proposez-vous ?"),
                            kind=QuestionKind.CHOICES,
                            meaning=Meaning.MODE,
                            options=(_SUPERVISION, *_MODES),
                            required=True,
                        ),
                        *_HOST_DOCTOR[1:],
                    ),
                ),
                SideTemplate(
                    role=SideRole.VISITOR,
                    name=_("docteurs juniors"),
                    singular=_("docteur junior"),
                    explanation=_("Vous cherchez un lieu pour votre année de consolidation."),
                    wish_weight=8,
                    questions=(
                        AskedQuestion(
                            label=_("Que recherchez-vous ?"),
                            kind=QuestionKind.CHOICES,
                            meaning=Meaning.MODE,
                            options=(_SUPERVISION, *_MODES),
                            required=True,
                        ),
                        *_TRAINEE[3:],
                    ),
                ),
            ),
        ),
        "job_dating": Template(
            label=_("Job dating : structures et candidats"),
            kind=EventKind.JOB_DATING,
            sides=(
                SideTemplate(
                    role=SideRole.HOST,
                    name=_("structures"),
                    singular=_("structure"),
                    explanation=_("Vous recrutez dans un service, un établissement, un cabinet."),
                    questions=(
                        AskedQuestion(
                            label=_("Quels métiers recrutez-vous ?"),
                            kind=QuestionKind.TEXT,
                            required=True,
                        ),
                        AskedQuestion(
                            label=_("Commune du poste"),
                            kind=QuestionKind.COMMUNE,
                            meaning=Meaning.PLACE,
                            required=True,
                        ),
                        _START,
                        AskedQuestion(
                            label=_("L’équipe et le poste en quelques lignes"),
                            kind=QuestionKind.LONG_TEXT,
                        ),
                        _VIDEO,
                    ),
                ),
                SideTemplate(
                    role=SideRole.VISITOR,
                    name=_("candidats"),
                    singular=_("candidat ou candidate"),
                    explanation=_("Vous cherchez un poste, un remplacement, une formation."),
                    wish_weight=6,
                    questions=(
                        AskedQuestion(
                            label=_("Quel est votre métier, ou celui que vous visez ?"),
                            kind=QuestionKind.TEXT,
                            required=True,
                        ),
                        _AROUND,
                        _REACH,
                        _START,
                    ),
                ),
            ),
        ),
        "discovery": Template(
            label=_("Journée de découverte : lieux d’exercice et étudiants"),
            kind=EventKind.DISCOVERY,
            sides=(
                SideTemplate(
                    role=SideRole.HOST,
                    name=_("lieux d’exercice"),
                    singular=_("lieu d’exercice"),
                    explanation=_("Vous faites connaître votre lieu, votre équipe, vos métiers."),
                    questions=(
                        AskedQuestion(
                            label=_("Quels métiers fait-on découvrir chez vous ?"),
                            kind=QuestionKind.TEXT,
                            required=True,
                        ),
                        AskedQuestion(
                            label=_("Commune du lieu d’exercice"),
                            kind=QuestionKind.COMMUNE,
                            meaning=Meaning.PLACE,
                            required=True,
                        ),
                        AskedQuestion(
                            label=_("Ce que vous proposez ensuite"),
                            kind=QuestionKind.LONG_TEXT,
                            help_text=_("Stage, immersion, tutorat, logement, visite du lieu."),
                        ),
                        _VIDEO,
                    ),
                ),
                SideTemplate(
                    role=SideRole.VISITOR,
                    name=_("étudiants et internes"),
                    singular=_("étudiant ou interne"),
                    explanation=_("Vous découvrez des lieux d’exercice avant de choisir."),
                    wish_weight=7,
                    questions=(
                        AskedQuestion(
                            label=_("Quelles études, en quelle année ?"),
                            kind=QuestionKind.TEXT,
                            required=True,
                        ),
                        AskedQuestion(
                            label=_("Qu’aimeriez-vous découvrir ?"), kind=QuestionKind.LONG_TEXT
                        ),
                        _AROUND,
                        _REACH,
                    ),
                ),
            ),
        ),
    }
)
