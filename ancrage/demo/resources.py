"""What the structures of the demo share: some thirty resources, in every state."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.demo.people import PEOPLE
from ancrage.partners.models import Partner
from ancrage.professions.models import Profession
from ancrage.resources import services as resources
from ancrage.resources.enums import ResourceKind as Kind

HOUSING_FROM, HOUSING_TO = (5, 1), (10, 31)


@dataclass(frozen=True)
class Share:
    """One thing that a structure lends. `fte` in hundredths; `summer`: 1 May to 31 October."""

    structure: str
    kind: Kind
    title: str
    description: str
    profession: str = ""
    quantity: int = 1
    fte: int | None = None
    days: str = ""
    summer: bool = False


SHARES = (
    Share("hopital-de-la-cote", Kind.HOUSING, "Chambres à l’internat de Pornic",
          "Chambres meublées, cuisine partagée, à dix minutes à pied de l’hôpital. Réservées aux "
          "internes et aux étudiants en stage.", quantity=6, summer=True),
    Share("hopital-de-la-cote", Kind.HOUSING, "Deux studios au-dessus de la crèche",
          "Studios meublés, parking, wifi, près de l’hôpital.", quantity=2, summer=True),
    Share("hopital-de-la-cote", Kind.STAFF_TIME, "Gériatre, une demi-journée par semaine",
          "Avis gériatrique sur place dans les EHPAD voisins, par convention.",
          profession="specialist_doctor", fte=10, days="le jeudi matin"),
    Share("hopital-de-la-cote", Kind.STAFF_TIME, "Diététicienne partagée",
          "Menus, dénutrition, textures : deux jours par mois.", profession="dietitian", fte=10,
          days="deux mardis par mois"),
    Share("hopital-de-la-cote", Kind.TRAINING_PLACE, "Stages infirmiers en médecine polyvalente",
          "Tutrices formées, accueil collectif le lundi.", profession="nurse", quantity=4),
    Share("hopital-de-la-cote", Kind.EXPERTISE, "Équipe mobile d’hygiène",
          "Audit, protocole, formation des équipes sur deux demi-journées."),
    Share("hopital-de-la-cote", Kind.ROOM, "Salle de simulation",
          "Chambre reconstituée, mannequin, vidéo. Huit personnes.", days="le vendredi"),
    Share("clinique-des-dunes", Kind.STAFF_TIME, "Ergothérapeute à temps partagé",
          "Aménagement du poste de travail et du domicile.", profession="occupational_therapist",
          fte=20, days="le mercredi"),
    Share("clinique-des-dunes", Kind.ROOM, "Plateau de rééducation en fin de journée",
          "Balnéothérapie et salle d’appareils, pour les libéraux du secteur.",
          days="du lundi au jeudi, après 17 h"),
    Share("clinique-des-dunes", Kind.TRAINING_PLACE, "Terrain de stage en kinésithérapie",
          "Deux places par période, référent de stage présent.", profession="physiotherapist",
          quantity=2),
    Share("ehpad-le-phare", Kind.HOUSING, "Studio meublé face au port",
          "Studio au calme, draps fournis, vélo prêté. Pour un interne ou un remplaçant d’été.",
          summer=True),
    Share("ehpad-le-phare", Kind.TUTOR, "Tutrice pour aide-soignantes en apprentissage",
          "Aide-soignante expérimentée, formée au tutorat.", profession="care_assistant"),
    Share("ehpad-le-phare", Kind.IMMERSION, "Une semaine aux côtés de l’équipe",
          "Découverte du métier d’aide-soignant, par convention avec France Travail.",
          profession="care_assistant", quantity=3),
    Share("ehpad-le-phare", Kind.VEHICLE, "Minibus adapté, neuf places",
          "Rampe et arrimage pour deux fauteuils ; conducteur à prévoir.", days="le week-end"),
    Share("ehpad-les-embruns", Kind.HOUSING, "Chambre d’ami pour remplaçant d’été",
          "Chambre avec salle d’eau dans l’aile du personnel.", quantity=2, summer=True),
    Share("ehpad-la-baie", Kind.STAFF_TIME, "Psychologue à partager",
          "Soutien aux équipes et aux familles.", profession="psychologist", fte=20,
          days="le lundi et un vendredi sur deux"),
    Share("ehpad-du-port", Kind.HOUSING, "Deux chambres pour étudiants",
          "Chambres meublées dans l’ancien logement de fonction, à deux minutes de l’EHPAD.",
          quantity=2, summer=True),
    Share("ehpad-les-tilleuls", Kind.EXPERTISE, "Référent bientraitance",
          "Intervient une demi-journée auprès de vos équipes."),
    Share("ehpad-la-fontaine", Kind.ROOM, "Bureau de consultation équipé",
          "Table d’examen, lavabo, accès indépendant.", days="mardi et jeudi"),
    Share("residence-la-jetee", Kind.HOUSING, "Deux T1 de la résidence",
          "Logements libres entre deux résidents, meublés.", quantity=2, summer=True),
    Share("ssiad-du-littoral", Kind.VEHICLE, "Deux voitures libres l’après-midi",
          "Citadines électriques, assurance comprise.", quantity=2, days="de 14 h à 18 h"),
    Share("ssiad-de-l-estuaire", Kind.IMMERSION, "Une tournée avec nos équipes",
          "Une matinée à domicile, pour qui hésite encore.", profession="care_assistant"),
    Share("aide-a-domicile-du-pays", Kind.TUTOR, "Tuteurs pour auxiliaires de vie",
          "Trois tuteurs formés, secteurs de Sainte-Pazanne et Machecoul.", quantity=3),
    Share("mas-les-hirondelles", Kind.IMMERSION, "Immersion en maison d’accueil spécialisée",
          "Trois jours, repas compris.", quantity=2),
    Share("esat-du-canal", Kind.EXPERTISE, "Aménager un poste de travail",
          "Conseil d’une conseillère en emploi accompagné."),
    Share("msp-de-la-plaine", Kind.TRAINING_PLACE, "Maître de stage universitaire",
          "Interne de médecine générale de niveau 1, logement possible à proximité.",
          profession="general_practitioner"),
    Share("msp-sainte-pazanne", Kind.ROOM, "Cabinet de consultation avancée",
          "Pour un spécialiste, secrétariat partagé.", days="le mercredi"),
    Share("cpts-du-retz", Kind.EXPERTISE, "Aide à l’installation",
          "Un rendez-vous pour les aides, les locaux et le conjoint."),
    Share("creche-les-bigorneaux", Kind.CHILDCARE, "Places en horaires décalés",
          "Ouverture dès 6 h 15 pour les soignants du territoire.", quantity=3),
    Share("habitat-du-retz", Kind.HOUSING, "Appartements meublés pour internes",
          "Deux chambres chacun, loyer plafonné, bail mobilité.", quantity=4, summer=True),
    Share("maison-des-petits", Kind.CHILDCARE, "Accueil d’urgence",
          "Deux places gardées pour les remplaçants qui arrivent avec un enfant.", quantity=2),
    Share("mobilite-pays-de-retz", Kind.VEHICLE, "Voitures à louer à petit prix",
          "De la semaine au trimestre, pour prendre un poste.", quantity=5),
)  # fmt: skip


def load_resources(
    built: dict[str, Partner], users: dict[str, User], *, draws: Random, now: datetime
) -> int:
    """Share what is in `SHARES`, most of it today; some is stale, paused, given or a draft."""
    professions = {row.code: row for row in Profession.objects.order_by("pk")}
    hands = {person.structure: users[person.email] for person in PEOPLE if person.structure}
    for rank, share in enumerate(SHARES, start=1):
        partner = built[share.structure]
        if partner.commune is None:
            message = f"{share.structure} has no commune"
            raise ValueError(message)
        by = hands.get(share.structure)
        shared = now - timedelta(days=draws.randint(5, 170), minutes=draws.randint(0, 500))
        first, last = _period(share, timezone.localdate(shared), today=timezone.localdate(now))
        resource = resources.create_resource(
            partner=partner,
            kind=share.kind,
            title=share.title,
            commune=partner.commune,
            available_from=first,
            available_to=last,
            reference=f"RES-{rank:02d}",
            profession=professions.get(share.profession),
            quantity=share.quantity,
            fte_hundredths=share.fte,
            days=share.days,
            description=share.description,
            contact_email=f"accueil@{share.structure}.example",
            publish=rank % 13 != 0,
            by=by,
            now=shared,
        )
        if resource.published_at is None:
            continue
        fate = draws.random()
        then = now - timedelta(days=draws.randint(0, 4), minutes=1)
        if fate < 0.1:
            resources.give_resource(resource=resource, by=by, now=then)
        elif fate < 0.17:
            resources.pause_resource(resource=resource, by=by, now=then)
        else:
            # Three ages: most are fresh, some to confirm, a few stale.
            oldest = 25 if fate < 0.8 else 55
            since = draws.randint(0, oldest)
            confirmed = max(shared, now - timedelta(days=since, minutes=2))
            resources.confirm_resource(resource=resource, by=by, now=confirmed)
    return len(SHARES)


def _period(share: Share, shared: date, *, today: date) -> tuple[date, date | None]:
    """From the day it was shared on; in summer, the season under way or the next one."""
    if not share.summer:
        return shared, None
    year = today.year if (today.month, today.day) <= HOUSING_TO else today.year + 1
    return date(year, *HOUSING_FROM), date(year, *HOUSING_TO)
