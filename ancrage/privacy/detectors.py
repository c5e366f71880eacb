"""What has no place in the free text about a person: found, explained, never blocked.

Forbidden to ask, and so not to be kept: social security number, nationality, place of birth,
family, health, disability, beliefs, past pay (Code du travail, art. L.1132-1 and L.1221-6; CNIL
recruitment guide, January 2023; GDPR art. 9). Those who write about care name ill people,
children and disability all day: each rule looks for what is said of the person described, and
carries guards against the sentences of the trade.

The writer is warned and the coordination sees a mark; a machine cannot know the context.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancrage.kit.passages import PassageFinder

# French social security number: sex, year, month, department (Corsica 2A, 2B), commune, order
# number, then a key. Months 20 and more are those of people whose month of birth is unknown.
_NIR = re.compile(
    r"(?<![0-9A-Za-z])"
    r"([12378])[\s.-]?(\d{2})[\s.-]?(0[1-9]|1[0-2]|[2-9]\d)[\s.-]?"
    r"(\d{2}|2[ABab])[\s.-]?(\d{3})[\s.-]?(\d{3})[\s./-]{0,3}(?:cl[ée]\s*:?\s*)?(\d{2})"
    r"(?![0-9A-Za-z])"
)
_IBAN = re.compile(
    r"(?<![0-9A-Za-z])FR\d{2}(?:[\s.-]?[0-9A-Z]{4}){5}[\s.-]?[0-9A-Z]{3}(?![0-9A-Za-z])", re.I
)
_LETTERS = {chr(ord("A") + n): str(10 + n) for n in range(26)}


@dataclass(frozen=True)
class Finding:
    """What was found at text[start:end], and what to do about it."""

    kind: str
    start: int
    end: int
    advice: Promise


@dataclass(frozen=True)
class _Kind:
    """One thing not to keep: see `kit.passages.PassageRule` for the three lists."""

    code: str
    advice: Promise
    patterns: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    excuses: tuple[str, ...] = ()


# Those who are cared for, taught or welcomed: the trade, not the person.
_TRADE = (
    r"\b(patient\w*|resident\w*|usager\w*|beneficiaire\w*|publics?|enfants? (de|en|dys|autiste"
    r"|handicap|place|accueil|hospital)\w*|aupres|accompagn\w+|prise en charge|prises en charge"
    r"|accueil\w*|suivi (de|des|d')|soins?|service|services|unite|pole|consultation\w*|education"
    r"|prevention|depistage|stage|formation|diplome\w*|du |diu |ime|mas|fam|esat"
    r"|sessad|ehpad|ulis|personnes? (agee|handicap|en situation|atteinte|malade|accueil"
    r"|dependant)\w*"
    r"|adultes?|adolescent\w*|experience|referente?|infirmiere?s?|medecins?|educat\w+"
    r"|assistante?s?"
    r"|psycholog\w+|aide[- ]soignante?s?|association|projet d'etablissement|specialis\w+)\b"
)
_ILLNESS = (
    r"(cancer|diabete|diabetique|depression|depressi[fv]e?|burn[- ]?out|epilepsie|epileptique"
    r"|asthme|asthmatique|sclerose en plaques|fibromyalgie|endometriose|hernie discale|lombalgies?"
    r"|sciatique|vih|seropositi[fv]e?|hepatite|bipolaire|bipolarite|addiction|alcoolisme"
    r"|alcoolique|maladie (chronique|auto-?immune|de crohn|professionnelle)|migraines?|anorexie"
    r"|schizophren\w+|parkinson|tumeur|avc|infarctus|insuffisance (renale|cardiaque))"
)

KINDS: tuple[_Kind, ...] = (
    _Kind(
        code="health",
        advice=_(
            "L’état de santé ne regarde que la médecine du travail : retirez-le, et dites plutôt"
            " quelles conditions de travail conviennent."
        ),
        patterns=(
            r"\b(arret|arrets|conge|conges) (de )?(longue )?(maladie|longue duree)\b",
            r"\b(sors?|sorti|sortie|suite|remise?|apres) (d'une|a une) (longue )?maladie\b",
            r"\ben (arret|invalidite|longue maladie)\b(?! (de|d') (travail des))",
            r"\b(mi-temps|temps partiel) therapeutique\b",
            r"\b(inapte|inaptitude)\b(?! (des|aux normes))",
            r"\b(affection (de )?longue duree|ald)\b",
            r"\b(probleme|souci|ennui)s? (de )?(sante|dos|coeur|psy\w*)\b",
            r"\b(j'ai (eu )?(un |une |du |de la |des )?|je (suis|souffre d[eu']"
            r"|fais) ?(un |une |du |de la |des )?|atteinte? d[eu'] ?(un |une |la )?"
            r"|souffr\w+ d[eu'] ?(un |une |la )?|suivie? pour (un |une |du |de la )?"
            r"|traitee? pour (un |une |du |de la )?|opere?e? d[eu'] ?(un |une |la )?"
            rf"|soignee? pour (un |une |du |de la )?){_ILLNESS}\b",
            rf"\b(mon|ma|mes|son|sa|ses) {_ILLNESS}\b",
            rf"\b(suite a|depuis|a cause d[e']|en raison d[e']) ?(un |une |mon |ma )?{_ILLNESS}\b",
            r"\b(hospitalisee?|operee?) (en|depuis|l'an|cette|le mois|il y a)\b",
            r"\b(sous|prend|prends|suit|suis) (un |des |d'|de )?(antidepresseur|anxiolytique"
            r"|traitement (medical|lourd|de fond))\w*",
            r"\b(arret|arrets) (maladie )?(possible|prolonge|en cours|jusqu)\w*",
            r"\b(accident du travail|maladie professionnelle) (en|depuis|reconnu\w*)\b",
            r"\bgroupe sanguin\b",
        ),
        guards=(_TRADE,),
    ),
    _Kind(
        code="disability",
        advice=_(
            "La qualité de travailleur handicapé est une donnée de santé : elle se dit à"
            " l’employeur choisi ou à la médecine du travail, pas ici."
        ),
        patterns=(
            r"\brqth\b",
            r"\b(reconnue?|reconnaissance|qualite|statut|titulaire) (de |du |d'un "
            r"|en )?(la qualite de )?"
            r"travailleu(r|se) handicapee?\b",
            r"\btravailleu(r|se) handicapee?\b",
            r"\b(je suis|j'ai un|mon|est) (handicap\w*|malentendante?|sourde?|malvoyante?|aveugle"
            r"|autiste|dyslexique)\b",
            r"\b(mdph|aah|allocation adulte\w* handicap\w*|taux d'(incapacite|invalidite))\b",
            r"\bcarte (d'invalidite|mobilite inclusion)\b",
        ),
        guards=(
            r"\b(accompagn\w+|aupres|dossiers?|orientation|referente?|patient\w*|resident\w*"
            r"|usager\w*|enfants?|accueil\w*|insertion|public|publics|demandes?|aide aux|emploi"
            r"|personnes?|adultes?|eleves?|partenariat|relations?|lien)\b",
        ),
    ),
    _Kind(
        code="family",
        advice=_(
            "La situation de famille ne se garde pas dans un profil : dites plutôt les horaires"
            " qui conviennent. L’aide au logement ou à la garde se demande à part."
        ),
        patterns=(
            r"\bsituation (de famille|familiale|matrimoniale)\b(?! (des?|du|d') ?)",
            r"\b(celibataire|mariee?|pacsee?|divorcee?|separee?|veuf|veuve|concubinage)\b",
            r"\b(un|une|deux|trois|\d) (fils|filles?|garcons?) (etudiante?|lyceen\w*"
            r"|en bas age|a charge)",
            r"\b(mere|pere|maman|papa) (de|d'|celibataire|isolee?|au foyer)\b",
            r"\b(j'ai|avec|a) (un|une|deux|trois|quatre|cinq|\d) (jeunes? |petits? )?"
            r"(enfants?|bebes?|garcons?|filles?)\b(?! (en|a) (charge )?(accueil"
            r"|garde professionnelle))",
            r"\b(un|une|deux|trois|quatre|cinq|\d) (jeunes? )?enfants? (a charge|en bas age"
            r"|a la maison)\b",
            r"^\s*(\d|un|deux|trois|quatre) enfants?\s*$",
            r"\b(mon|ma|mes|son|sa|ses) (mari|femme|epouse|epoux|conjointe?|compagne|compagnon"
            r"|enfants?|fils|filles?|bebe)\b",
            r"\b(sans|pas d['e]) ?enfants?\b",
            r"\benceinte\b",
            r"\bconge (de )?(maternite|parental|paternite)\b",
            r"\b(desir|projet) d'enfants?\b",
            r"\b(garde (alternee|partagee)|famille monoparentale)\b",
        ),
        guards=(
            r"\b(accueil\w*|aupres|accompagn\w+|creche\w*|micro-creche|assistante? maternelle"
            r"|puericult\w+|suivi (de|des)|soins?|patient\w*|resident\w*|familles? (de|des|d')"
            r"|aide aux|encadr\w+|groupe de|section|consultation\w*|sage-femme|maieutique"
            r"|remplac\w+|pediatr\w+|protection|ecole|agree\w*|groupes?|residente?s? |unite"
            r"|femmes|meres|publics?|foyer|placee?s?|handicap\w*)\b",
        ),
    ),
    _Kind(
        code="nationality",
        advice=_(
            "La nationalité et l’origine ne se gardent pas : dites seulement si le diplôme est"
            " reconnu en France, ou l’autorisation d’exercice en cours."
        ),
        patterns=(
            r"\bnationalite\b",
            r"\bd'origine (?!rurale|controlee|urbaine|professionnelle|protegee)\w+",
            r"\b(titre|carte) de (sejour|resident)\b",
            r"\b(je suis|de citoyennete|ressortissante?) (francaise?|algerien\w*|marocain\w*"
            r"|tunisien\w*|espagnole?|portugaise?|roumaine?|belge|italien\w*|senegalaise?"
            r"|camerounaise?|libanaise?|syrien\w*|ukrainien\w*|turque?|europeen\w*|etrangere?)\b",
            r"\b(demandeu(r|se) d'asile|refugiee? politique|naturalisee?|sans[- ]papiers)\b",
        ),
        guards=(
            r"\b(accompagn\w+|aupres|publics?|accueil\w*|toutes|quelle que soit|sans condition"
            r"|patient\w*|usager\w*|residents?|diplome d'origine|personnes)\b",
        ),
    ),
    _Kind(
        code="birth",
        advice=_("La date et le lieu de naissance ne servent qu’après l’embauche : retirez-les."),
        patterns=(
            r"\bnee? (le|en|a|au|aux) ?(?!terme|domicile)[\w'-]+",
            r"\b(date|lieu|pays|departement|ville|annee) de naissance\b",
            r"\bnaissance ?: ?\S",
            r"\b(agee? de|j'ai) \d{2} ans\b(?! (d'|de |dans|en ))",
            r"^\s*age ?: ?\d{2}\b",
            r"^\s*\d{2} ans\s*$",
        ),
        guards=(
            r"\b(enfants?|nourrissons?|bebes?|patient\w*|resident\w*|prematur\w*|nouveau[- ]ne\w*"
            r"|adolescent\w*|personnes|publics?|eleves?|service|declar\w+)\b",
        ),
    ),
    _Kind(
        code="beliefs",
        advice=_(
            "Religion, opinions, syndicat et vie intime sont des données protégées : retirez-les."
        ),
        patterns=(
            r"\b(je suis|est|de confession|de religion|pratiquante?) (catholique|protestante?"
            r"|musulmane?|juif|juive|bouddhiste|chretien\w*|athee|evangeli\w+"
            r"|temoin de jehovah)\b",
            r"\b(catholique|protestante?|musulmane?|juif|juive|chretien\w*) (pratiquant"
            r"|croyant)\w*",
            r"\b(porte le voile|ramadan|shabbat|messe)\b",
            r"\b(adherente?|militante?|deleguee?|membre|encartee?)( \w+)? (cgt|cfdt|sud|fo|unsa"
            r"|cftc|parti (socialiste|communiste|\w+)|syndica\w+)\b",
            r"\b(je suis|est) (homosexuel\w*|gay|lesbienne|bisexuel\w*|trans(genre)?)\b",
        ),
        guards=(
            r"\b(patient\w*|residents?|usager\w*|accompagn\w+|etablissement|hopital|clinique)\b",
        ),
    ),
    _Kind(
        code="past_pay",
        advice=_(
            "La rémunération passée ne se garde pas : écrivez plutôt celle qui est souhaitée."
        ),
        patterns=(
            r"\b(dernier|ancien|precedent|actuel) (salaire|traitement)\b",
            r"\b(derniere|ancienne|precedente|actuelle) (remuneration|paie|paye)\b",
            r"\b(salaire|remuneration) (actuel\w*|precedente?|anterieure?|d'avant)\b",
            r"\b(je gagn\w+|je touch\w+|gagnait|touchait) (environ |actuellement |actuel )?\d",
        ),
    ),
)

_ADVICE_NUMBERS = {
    "nir": _(
        "Un numéro de sécurité sociale ne se demande qu’après l’embauche : retirez-le d’ici."
    ),
    "bank": _("Des coordonnées bancaires ne se demandent qu’après l’embauche : retirez-les."),
}
_ADVICE = _ADVICE_NUMBERS | {kind.code: kind.advice for kind in KINDS}
_finder = PassageFinder(KINDS)


def detect_forbidden(text: str) -> list[Finding]:
    """Return what `text` should not hold of a person, in the order of the text."""
    found = [*_numbers(text), *((one.code, one.start, one.end) for one in _finder.find(text))]
    return [
        Finding(kind=kind, start=start, end=end, advice=_ADVICE[kind])
        for kind, start, end in sorted(found, key=lambda one: (one[1], one[0]))
    ]


def is_nir(number: str) -> bool:
    """Say whether 15 characters are a social security number: shape and key.

    The key is 97 less the remainder of the first 13 digits by 97; in Corsica 2A counts as 19 and
    2B as 18 (INSEE, instruction of the RNIPP).
    """
    match = _NIR.fullmatch(number.strip())
    return match is not None and _key_holds(match)


def _numbers(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _NIR.finditer(text):
        if _key_holds(match):
            yield "nir", match.start(), match.end()
    for match in _IBAN.finditer(text):
        if _iban_holds(match.group()):
            yield "bank", match.start(), match.end()


def _key_holds(match: re.Match[str]) -> bool:
    *parts, key = match.groups()
    digits = "".join(parts).upper().replace("2A", "19").replace("2B", "18")
    return 97 - int(digits) % 97 == int(key)


def _iban_holds(text: str) -> bool:
    plain = re.sub(r"[\s.-]", "", text).upper()
    turned = plain[4:] + plain[:4]
    return int("".join(_LETTERS.get(letter, letter) for letter in turned)) % 97 == 1
