"""The open directory of the welcome, in the fields of data·inclusion v1."""

from datetime import date

from ninja import Schema


class RowOut(Schema):
    """What structures and services both say; French names are those of the schema."""

    source: str
    id: str
    nom: str
    date_maj: date
    lien_source: str | None
    description: str | None
    adresse: str | None
    complement_adresse: str | None
    code_postal: str | None
    commune: str | None
    code_insee: str | None
    latitude: float | None
    longitude: float | None
    telephone: str | None
    courriel: str | None
    horaires_accueil: str | None


class StructureOut(RowOut):
    """A structure of the directory."""

    siret: str | None
    site_web: str | None
    accessibilite_lieu: str | None
    reseaux_porteurs: list[str] | None


class ServiceOut(RowOut):
    """A service of the directory."""

    structure_id: str
    description: str
    type: str | None
    thematiques: list[str] | None
    frais: str | None
    frais_precisions: str | None
    publics: list[str] | None
    publics_precisions: str | None
    conditions_acces: str | None
    modes_accueil: list[str] | None
    zone_eligibilite: list[str] | None
    modes_mobilisation: list[str] | None
    mobilisable_par: list[str] | None
    mobilisation_precisions: str | None
    lien_mobilisation: str | None
    volume_horaire_hebdomadaire: float | None
    nombre_semaines: int | None


class StructuresOut(Schema):
    """A page of structures, and how many there are in all."""

    items: list[StructureOut]
    count: int


class ServicesOut(Schema):
    """A page of services, and how many there are in all."""

    items: list[ServiceOut]
    count: int
