"""FINESS categories of facilities to carry: the code is the key, labels change."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SOURCE = "FINESS, nomenclature des catégories d’établissement (flux cs1500106), ANS et DREES"
VERSION = "2021"
READ_ON = date(2026, 8, 22)


class Sector(StrEnum):
    """The domain of FINESS that a category belongs to."""

    HEALTH = "SAN"
    SOCIAL = "SOC"


@dataclass(frozen=True, slots=True)
class FacilityCategoryRow:
    """One category: labels in both languages, and the short name people use."""

    code: str
    short: str
    label_fr: str
    label_en: str
    sector: Sector


_HEALTH = (
    (
        "101",
        "CHU",
        "Centre hospitalier régional ou universitaire",
        "Regional or university hospital",
    ),
    ("106", "CH", "Centre hospitalier, ancien hôpital local", "Hospital, former local hospital"),
    ("109", "SMR", "Établissement privé de soins de suite", "Private follow-up care facility"),
    ("124", "Centre de santé", "Centre de santé", "Health centre"),
    ("127", "HAD", "Hospitalisation à domicile", "Hospital care at home"),
    ("128", "Clinique", "Établissement de soins chirurgicaux", "Surgical care facility"),
    ("129", "Clinique", "Établissement de soins médicaux", "Medical care facility"),
    ("131", "CLCC", "Centre de lutte contre le cancer", "Cancer centre"),
    ("141", "Dialyse", "Centre de dialyse", "Dialysis centre"),
    ("156", "CMP", "Centre médico-psychologique", "Community mental health centre"),
    ("223", "PMI", "Protection maternelle et infantile", "Mother and child health service"),
    ("292", "CHS", "Centre hospitalier spécialisé en psychiatrie", "Psychiatric hospital"),
    ("355", "CH", "Centre hospitalier", "Hospital"),
    ("362", "USLD", "Établissement de soins de longue durée", "Long-term care facility"),
    ("365", "Clinique", "Établissement de soins pluridisciplinaire", "Multi-specialty facility"),
    ("603", "MSP", "Maison de santé", "Multi-professional health house"),
    (
        "604",
        "CPTS",
        "Communauté professionnelle territoriale de santé",
        "Territorial care network",
    ),
    ("611", "Laboratoire", "Laboratoire de biologie médicale", "Medical laboratory"),
    ("620", "Officine", "Pharmacie d’officine", "Community pharmacy"),
)

_SOCIAL = (
    ("165", "ACT", "Appartement de coordination thérapeutique", "Therapeutic flat"),
    ("177", "MECS", "Maison d’enfants à caractère social", "Children’s home"),
    (
        "182",
        "SESSAD",
        "Service d’éducation spéciale et de soins à domicile",
        "Special education at home",
    ),
    ("183", "IME", "Institut médico-éducatif", "Medico-educational institute"),
    (
        "186",
        "ITEP",
        "Institut thérapeutique, éducatif et pédagogique",
        "Therapeutic and educational institute",
    ),
    ("189", "CMPP", "Centre médico-psycho-pédagogique", "Child guidance centre"),
    ("190", "CAMSP", "Centre d’action médico-sociale précoce", "Early intervention centre"),
    (
        "197",
        "CSAPA",
        "Centre de soins, accompagnement et prévention en addictologie",
        "Addiction care centre",
    ),
    ("202", "Résidence autonomie", "Résidence autonomie", "Independent living residence"),
    (
        "207",
        "Accueil de jour",
        "Centre de jour pour personnes âgées",
        "Day centre for older people",
    ),
    (
        "209",
        "SPASAD",
        "Service polyvalent d’aide et de soins à domicile",
        "Home help and care service",
    ),
    ("246", "ESAT", "Établissement et service d’aide par le travail", "Sheltered work service"),
    (
        "252",
        "Foyer d’hébergement",
        "Foyer d’hébergement pour adultes handicapés",
        "Housing for disabled adults",
    ),
    ("255", "MAS", "Maison d’accueil spécialisée", "Specialised care home"),
    ("354", "SSIAD", "Service de soins infirmiers à domicile", "Home nursing service"),
    (
        "382",
        "Foyer de vie",
        "Foyer de vie pour adultes handicapés",
        "Life home for disabled adults",
    ),
    ("437", "FAM", "Foyer d’accueil médicalisé", "Medicalised care home"),
    (
        "445",
        "SAMSAH",
        "Service d’accompagnement médico-social pour adultes handicapés",
        "Medico-social support service",
    ),
    ("446", "SAVS", "Service d’accompagnement à la vie sociale", "Social life support service"),
    (
        "448",
        "EAM",
        "Établissement d’accueil médicalisé",
        "Medicalised facility for disabled people",
    ),
    (
        "449",
        "EANM",
        "Établissement d’accueil non médicalisé",
        "Non-medicalised facility for disabled people",
    ),
    (
        "460",
        "SAAD",
        "Service autonomie aide (aide et accompagnement à domicile)",
        "Home help service",
    ),
    ("463", "CLIC", "Centre local d’information et de coordination", "Local information centre"),
    (
        "500",
        "EHPAD",
        "Établissement d’hébergement pour personnes âgées dépendantes",
        "Care home for older people",
    ),
    (
        "501",
        "EHPA",
        "Établissement d’hébergement pour personnes âgées, avec crédits de soins",
        "Retirement home with care funding",
    ),
    ("502", "EHPA", "Établissement d’hébergement pour personnes âgées", "Retirement home"),
)

FACILITY_CATEGORIES: tuple[FacilityCategoryRow, ...] = tuple(
    FacilityCategoryRow(code, short, label_fr, label_en, sector)
    for sector, rows in ((Sector.HEALTH, _HEALTH), (Sector.SOCIAL, _SOCIAL))
    for code, short, label_fr, label_en in rows
)
