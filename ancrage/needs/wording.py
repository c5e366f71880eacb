"""What an offer may not ask: discriminating or intrusive demands, found in free text.

An offer may not refer to any of the criteria of art. L.1132-1 of the Code du travail (art.
L.5321-2), nor to the sex or the family of the person sought (L.1142-1); what is asked of a
candidate must bear directly on the post (L.1221-6; CNIL recruitment guide, January 2023).

The detector warns the writer and marks the need for the coordination; it never blocks, for a
machine cannot know the context. It is accent-blind, and each rule carries guards against the
sentences of care work that look alike: patients are aged, pregnant and ill; candidates are
simply not asked.
"""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancrage.kit.passages import PassageFinder

_QUOTE_LENGTH = 120


@dataclass(frozen=True)
class Rule:
    """One thing not to ask: what betrays it, what excuses it, why, and what to write instead.

    All are regular expressions on folded text (see `kit.text.fold`). A guard met in the passage
    or in the clause before it silences the pattern; an excuse does so from anywhere in the text.
    """

    code: str
    reason: Promise
    suggestion: Promise
    patterns: tuple[str, ...]
    guards: tuple[str, ...] = ()
    excuses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A passage that trips a rule: `quote` is the text as written."""

    code: str
    quote: str
    reason: Promise
    suggestion: Promise


# People who are cared for, not recruited.
_CARED_FOR = (
    r"\b(enfants?|bebes?|patient\w*|resident\w*|publics?|jeunes accueillis|adolescent\w*"
    r"|personnes? (agees?|handicap\w*|accueil\w*|accompagn\w*|en situation|dependant\w*)"
    r"|adultes?|usager\w*|beneficiaire\w*|mineurs?|eleves?|aines?|seniors?)\b"
)
_CARE = r"\b(accueil\w*|accompagn\w+|aupres|hebergement|prise en charge|suivi)\b"
_ASKED = (
    r"\b(avoir|ayant|aura|devra\w*|doit|il faut|disposer|disposant|necessit\w+|exig\w+"
    r"|requis\w*|imperati\w+|obligatoire\w*|indispensable\w*|etre en mesure)\b"
)
_TELL = r"\b(indiqu\w+|precis\w+|renseign\w+|mentionn\w+|communiqu\w+)\b"
_ENCLOSE = r"\b(joindre|joignez|fournir|fournissez|envoye[rz]|votre|vos)\b"
_CHILDCARE = (
    r"\b(gardes? d'enfants?|modes? de garde|problemes? de garde|garde de (ses|vos|leurs))\b"
)

RULES: tuple[Rule, ...] = (
    Rule(
        code="age",
        reason=_("L’âge est un critère interdit dans une offre (Code du travail, art. L.1132-1)."),
        suggestion=_(
            "Décrivez l’expérience attendue : « débutants acceptés », « cinq ans de pratique »."
        ),
        patterns=(
            r"\bagee?s? (de |entre )?(\d\d|moins|plus|maximum|minimum)",
            r"\b(moins|plus) de (1[89]|[2-6]\d) ans\b"
            r"(?! (d'(experience|existence|anciennete|activite)|de (pratique|carriere|savoir)"
            r"|au service))",
            r"\b(entre (1[89]|[2-6]\d) et|de (1[89]|[2-6]\d) a) [2-6]\d ans\b(?! d'experience)",
            r"\b(age (maxim\w+|limite|ideal|souhaite)|limite d'age)\b",
            r"\bjeunes? (et (dynamique|motive)\w*|femmes?|hommes?|filles?|gens"
            r"|(dynamique|motive|diplome|collaborat|professionnel|candidat|medecin|infirmier"
            r"|aide-soignant|aide soignant)\w*)",
        ),
        guards=(
            _CARED_FOR,
            _CARE,
            r"\b(apprenti\w*|contrats? de professionnalisation|service civique|depuis|il y a"
            r"|moyenne d'|equipes?)",
        ),
    ),
    Rule(
        code="sex",
        reason=_("Une offre s’adresse aux femmes comme aux hommes (art. L.1142-1)."),
        suggestion=_("Écrivez l’intitulé aux deux genres, ou ajoutez « F/H »."),
        patterns=(
            r"\bde sexe (feminin|masculin)\b",
            r"\b(hommes?|femmes?) (uniquement|exclusivement|seulement|souhaitee?s?|exigee?s?"
            r"|de preference|imperativement)\b",
            r"\b(reserve|ouvert uniquement|ouvert exclusivement|destine)e?s? (a un|a une|aux) "
            r"(hommes?|femmes?)\b",
            r"\b(profil|personnel|candidature|presence|poste) (feminin|masculin)e?s?\b",
            r"\b(recherch\w+|recrut\w+|cherch\w+|souhait\w+) (un homme|une femme|une dame"
            r"|un monsieur)\b",
            r"\b(recherch\w+|recrut\w+|cherch\w+) (une|des) (infirmieres?|aides?[- ]soignantes?"
            r"|assistantes?|educatrices?|puericultrices?)\b(?!\s*[(/·.-])(?! (ou|et) )",
        ),
        guards=(_CARED_FOR, _CARE),
        excuses=(
            r"\b[fhm] ?[/-] ?[fhm]\b",
            r"\b(hommes?|femmes?) (ou|et) (une |un |des )?(femmes?|hommes?)\b",
        ),
    ),
    Rule(
        code="family",
        reason=_(
            "La situation de famille ne se demande pas (Code du travail, art. L.1132-1 et "
            "L.1142-1)."
        ),
        suggestion=_("Décrivez les horaires réels : chacun saura s’ils lui conviennent."),
        patterns=(
            r"\bsituation (de famille|familiale|matrimoniale)\b(?! (des?|du|d') ?)",
            r"\b(celibataire|marie|mariee|divorce|divorcee)s?\b[^.;\n]{0,20}"
            r"\b(souhait\w+|exig\w+|de preference|uniquement)\b",
            r"\bsans (enfants?|charges? (de famille|familiales?)|attaches?( familiales?)?"
            r"|contraintes? familiales?|obligations? familiales?)\b",
            r"\b(pere|mere)s? de famille\b",
            rf"{_TELL}[^.;\n]{{0,60}}\b(nombre d'enfants|conjointe?|etat civil)\b",
        ),
        guards=(
            _CARE,
            r"\b(aide|recherche|selon|quelle que soit|en fonction de|adapt\w+|evalu\w+"
            r"|analys\w+|suppl\w+|logement\w*)\b",
        ),
    ),
    Rule(
        code="childcare",
        reason=_(
            "La garde des enfants relève de la vie privée, et la question écarte surtout des "
            "femmes."
        ),
        suggestion=_(
            "Indiquez les horaires, et l’aide que le territoire peut apporter pour la garde."
        ),
        patterns=(
            rf"\b(resolu\w*|regl\w+|organis\w+|anticip\w+)\b[^.;\n]{{0,40}}{_CHILDCARE}",
            rf"{_ASKED}[^.;\n]{{0,40}}{_CHILDCARE}",
            rf"{_CHILDCARE}[^.;\n]{{0,30}}"
            r"\b(resolu\w*|regl\w+|assuree?s?|organisee?s?|obligatoires?|exigee?s?)\b",
        ),
        guards=(
            r"\b(experience|aide|aider|aidons|propos\w+|offr\w+|possib\w+|services?|places?"
            r"|creches?|accompagn\w+|solutions?|partenaires?|assurer|effectuer|realiser"
            r"|prestations?|interventions?|intervenir|missions?)\b",
        ),
    ),
    Rule(
        code="pregnancy",
        reason=_("La grossesse et les projets d’enfant sont des critères interdits (L.1132-1)."),
        suggestion=_("Retirez ce passage."),
        patterns=(
            r"\b(pas|non|ni) enceintes?\b",
            r"\b(sans|pas de|aucun) (projet|desir|souhait)s? "
            r"(de (grossesse|maternite)|d'enfants?)\b",
        ),
    ),
    Rule(
        code="health",
        reason=_(
            "L’état de santé et le handicap ne s’apprécient que par la médecine du travail "
            "(L.1132-1)."
        ),
        suggestion=_("Décrivez les tâches : « port de charges », « station debout prolongée »."),
        patterns=(
            r"\b(bonne|excellente|parfaite|tres bonne|solide) (sante|condition physique"
            r"|forme physique|constitution)\b(?! (financiere|economique|publique|budgetaire))",
            r"\bsans (probleme|souci|antecedent|restriction|contre-indication)s? "
            r"(de sante|medica\w+|de dos|physiques?)\b",
            r"\b(sans|pas de|aucun) (handicap|arrets? maladie)\b",
            r"\bnon[- ]fumeu(r|se)s?\b",
            r"\b(physiquement|medicalement) apte\b",
            rf"{_ENCLOSE}[^.;\n]{{0,40}}\b(certificat medical|groupe sanguin|etat de sante)\b",
            r"\b(qualite de travailleur handicape|rqth) (exigee?|obligatoire|exclue?)\b",
        ),
        guards=(
            _CARED_FOR,
            r"\b(maint\w+|vieill\w+|rest\w+|viv\w+|promo\w+|veill\w+|garant\w+)\b",
        ),
    ),
    Rule(
        code="origin",
        reason=_(
            "La nationalité et l’origine ne se demandent pas avant l’embauche ; seules les "
            "conditions légales d’exercice comptent."
        ),
        suggestion=_(
            "Citez la condition légale : « diplôme reconnu en France », « conditions d’accès à "
            "la fonction publique »."
        ),
        patterns=(
            r"\b(de|la) nationalite\b",
            r"\bnationalite (francaise|europeenne|ue)\b",
            r"\b(francais|francaise|langue) (de souche|natifs?|natives?|maternelle)\b",
            r"\bd'origine (francaise|europeenne|africaine|etrangere|maghrebine)\b",
            r"\b(carte d'identite|passeport) (francaise?|europeen\w*)\b",
            rf"{_TELL}[^.;\n]{{0,60}}\b((lieu|pays) de naissance|nationalite)\b",
        ),
        guards=(
            _CARED_FOR,
            r"\b(sans condition|quelle que soit|toutes?|sans distinction)\b",
        ),
    ),
    Rule(
        code="appearance",
        reason=_("L’apparence physique est un critère interdit (art. L.1132-1)."),
        suggestion=_("Dites ce que le poste demande : « accueil du public », « tenue fournie »."),
        patterns=(
            r"\b(bonne|tres bonne|excellente|parfaite|belle) presentation\b"
            r"(?! (du|des|de la|de l'|d'un|d'une|orale|ecrite|power))",
            r"\bphysique (agreable|avantageux|soigne)\b",
            r"\bphotos? (d'identite )?(exigee?s?|obligatoires?|souhaitee?s?|jointes?|recentes?"
            r"|demandee?s?)\b",
            r"\b(cv|candidature|lettre) (avec|et|\+|accompagnee? d'une) photo\b",
            r"\b(taille|poids) (minimum|minimale?|maximum|maximale?)\b",
        ),
    ),
    Rule(
        code="residence",
        reason=_("Le lieu de résidence est un critère interdit (art. L.1132-1)."),
        suggestion=_(
            "Dites le délai à tenir : « intervention en 30 minutes pendant l’astreinte »."
        ),
        patterns=(
            r"\b(habiter|resider) (imperativement |obligatoirement )?(a|sur|dans|pres|en) ",
            r"\b(habitant|residant|domicilie|domiciliee|demeurant) "
            r"(imperativement |obligatoirement )?(a|sur|dans|pres) ",
            r"\b(domicile|residence) (proche|a proximite|a moins de)[^.;\n]{0,40}"
            r"\b(exig\w+|obligatoire|souhait\w+|imperati\w+)\b",
        ),
        guards=(
            r"\b(enfants?|patient\w*|residents?|personnes?|usager\w*|beneficiaire\w*|adultes?)\b",
            r"\b(possib\w+|pouvoir|permet\w*|facilit\w+|envie|aide\w*|propos\w+|vivre|venir"
            r"|logements?)\b",
        ),
    ),
    Rule(
        code="belief",
        reason=_(
            "Les convictions, l’engagement syndical et la vie intime sont des critères interdits "
            "(art. L.1132-1)."
        ),
        suggestion=_("Retirez ce passage ; la neutralité du service public suffit."),
        patterns=(
            r"\bde (confession|religion) \w+",
            r"\b(catholique|chretien|protestant|musulman|juif|juive|athee)\w* "
            r"(pratiquant\w*|souhait\w+|exig\w+|de preference)\b",
            r"\b(non|pas) syndique\w*\b",
            r"\bsans (engagement|activite|mandat)s? (syndica\w+|politiques?)\b",
            r"\b(hetero|homo)sexuel\w*\b",
        ),
        guards=(_CARED_FOR,),
    ),
    Rule(
        code="documents",
        reason=_(
            "Le numéro de sécurité sociale, la carte Vitale et le RIB ne se demandent qu’après "
            "l’embauche (CNIL)."
        ),
        suggestion=_("Demandez un CV et, s’il le faut, le diplôme : rien de plus à ce stade."),
        patterns=(
            rf"{_ENCLOSE}[^.;\n]{{0,60}}\b(carte vitale|numero de securite sociale|rib"
            r"|releve d'identite bancaire|date de naissance|livret de famille)\b",
        ),
        guards=(_CARED_FOR,),
    ),
    Rule(
        code="past_pay",
        reason=_("La rémunération passée d’un candidat ne se demande pas (CNIL)."),
        suggestion=_("Affichez votre fourchette de rémunération."),
        patterns=(
            r"\b(derniere?s?|precedente?s?) (bulletins?|fiches?) de (salaire|paie|paye)\b",
            r"\b(votre|son|dernier) (salaire|remuneration) "
            r"(actuel(le)?|precedente?|anterieure?)\b",
            rf"{_TELL}[^.;\n]{{0,40}}\b(salaire|remuneration) (actuel(le)?|precedente?)\b",
        ),
        guards=(r"\b(reprise|maintien|en fonction)\b",),
    ),
)


_finder = PassageFinder(RULES)
_RULE_OF = {rule.code: rule for rule in RULES}


def find_forbidden_wording(text: str) -> list[Finding]:
    """Return the passages of `text` that ask what an offer may not, in the order of the text.

    At most one finding a rule and a sentence: the writer needs the place, not a count.
    """
    return list(_findings(text)) if text else []


# The same text is read when it is tried, when it is written and when it is flagged.
@lru_cache(maxsize=512)
def _findings(text: str) -> tuple[Finding, ...]:
    found = []
    for passage in _finder.find(text):
        rule = _RULE_OF[passage.code]
        quote = " ".join(text[passage.start : passage.end].split())[:_QUOTE_LENGTH]
        found.append(Finding(rule.code, quote, rule.reason, rule.suggestion))
    return tuple(found)
