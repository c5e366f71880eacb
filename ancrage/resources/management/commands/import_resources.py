"""`import_resources FILE --partner FINESS-or-slug`: what a structure shares, from its file."""

from ancrage.partners.management.declaring import DeclaredCommand


class Command(DeclaredCommand):
    help = "Importe les ressources d’une structure depuis un tableau (XLSX, XLS, ODS ou CSV)."
    kind = "resources"
