"""The nomenclature: everybody reads it, administrators keep it."""

from typing import Any

from ancrage.professions.models import ProfessionAlias, Specialty
from ancrage.professions.services import retire_profession, retire_specialty
from tests.factories import ProfessionFactory
from tests.factories.moments import NOW
from tests.matrix.world import Row, World

EVERYBODY = (200,) * 9
ADMIN_READS = (302, *(403,) * 7, 200)
ADMIN = (302, *(403,) * 7, 302)


def nurse(world: World) -> dict[str, Any]:
    return {"code": "nurse"}


def retired(world: World) -> dict[str, Any]:
    profession = ProfessionFactory(code="barber_surgeon")
    retire_profession(profession=profession, by=None, now=NOW)
    return {"code": profession.code}


def writing(world: World) -> dict[str, Any]:
    alias = ProfessionAlias.objects.get(profession__code="nurse", folded="inf")
    return {**nurse(world), "pk": alias.pk}


def specialty(world: World) -> dict[str, Any]:
    return {"code": "SM04"}


def retired_specialty(world: World) -> dict[str, Any]:
    retire_specialty(specialty=Specialty.objects.get(code="SM04"), by=None, now=NOW)
    return specialty(world)


def known_writing(world: World) -> dict[str, Any]:
    return {"rows": ProfessionAlias.objects.get(profession__code="nurse", folded="inf").pk}


def corrected(world: World) -> dict[str, Any]:
    return {
        **{"label_fr": "Infirmier", "plural_fr": "Infirmiers"},
        **{"label_en": "Nurse", "plural_en": "Nurses", "registration": "order"},
    }


MATRIX = {
    "professions:list": Row("GET", EVERYBODY),
    "professions:csv": Row("GET", EVERYBODY),
    "professions:xlsx": Row("GET", EVERYBODY),
    "professions:sheet": Row("GET", EVERYBODY, nurse),
    "professions:bridges": Row("GET", EVERYBODY, nurse),
    "professions:specialties": Row("GET", EVERYBODY),
    "professions:specialties_csv": Row("GET", EVERYBODY),
    "professions:edit": Row("POST", ADMIN, nurse, corrected),
    "professions:alias_add": Row(
        "POST", ADMIN, nurse, lambda world: {"text": "blouse blanche", "certain": "yes"}
    ),
    "professions:alias_close": Row("POST", ADMIN, writing),
    "professions:undo": Row("POST", ADMIN, data=known_writing),
    "professions:retire": Row("GET", ADMIN_READS, nurse),
    "professions:reinstate": Row("POST", ADMIN, retired),
    "professions:specialty_retire": Row("GET", ADMIN_READS, specialty),
    "professions:specialty_reinstate": Row("POST", ADMIN, retired_specialty),
}
