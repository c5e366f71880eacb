"""The 103 ordinal specialties of TRE_R38, retyped, grouped and given their everyday words."""

from ancrage.professions.reference.shapes import SpecialtyRow
from ancrage.professions.reference.specialties.medicine import MEDICINE
from ancrage.professions.reference.specialties.other import DENTAL_AND_NURSING
from ancrage.professions.reference.specialties.surgery import SURGERY_AND_BIOLOGY
from ancrage.professions.reference.specialties.variants import VARIANTS

SPECIALTIES: tuple[SpecialtyRow, ...] = (
    *MEDICINE,
    *SURGERY_AND_BIOLOGY,
    *DENTAL_AND_NURSING,
    *VARIANTS,
)
