"""What several rules share, and the days of which the facts are."""

from datetime import date

READ_ON = date(2026, 11, 21)
"""The pages were read for this inventory; one that dates itself earlier keeps its own day."""

DOCTORS = (
    "{anaesthetist, emergency_doctor, general_practitioner, geriatrician, psychiatrist, "
    "specialist_doctor}"
)

FUTURE_DOCTORS = "{dentist, general_practitioner, medical_intern, specialist_doctor}"

AGREED = """une (
  secteur = secteur_1
  toutes (
    secteur = secteur_2
    optam
  )
)"""
"""Sector 1, or sector 2 with moderated fees."""

ONCE_IN_TEN_YEARS = """une (
  pas aide_meme_categorie
  derniere_aide_le <= aujourd’hui - 10 ans
)"""
"""No second aid of the same category within ten years (law of 27 December 2023):
https://banquedesterritoires.fr/aide-linstallation-des-professionnels-de-sante-un-decret-pour-contrer-le-nomadisme-medical
"""

NORMANDY = "{14, 27, 50, 61, 76}"
PAYS_DE_LA_LOIRE = "{44, 49, 53, 72, 85}"
CENTRE = "{18, 28, 36, 37, 41, 45}"
ILE_DE_FRANCE = "{75, 77, 78, 91, 92, 93, 94, 95}"
