"""`import_needs FILE --partner FINESS-or-slug`: the needs of a structure, from its own file."""

from ancrage.partners.management.declaring import DeclaredCommand


class Command(DeclaredCommand):
    help = "Importe les besoins d’une structure depuis un tableau (XLSX, XLS, ODS ou CSV)."
    kind = "needs"
