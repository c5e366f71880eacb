"""What is wrong in a set of parameters, told to whoever typed it, with how to mend it."""

from django.utils.translation import gettext as _

from ancrage.core.accessibility.parameters import Flaw, InvalidParameters


def sentence_on(error: InvalidParameters) -> str:
    """Return what is wrong and what is expected, naming the line at fault where there is one."""
    return _SAID[error.flaw]() % {"rank": error.rank, "before": error.rank - 1}


_SAID = {
    Flaw.STEPS: lambda: _("Donnez au moins un palier : des minutes, puis un poids."),
    Flaw.BOUND: lambda: _(
        "Palier %(rank)d : les minutes doivent être plus grandes que celles d’avant (et "
        "au-dessus de 0, d’une journée au plus)."
    ),
    Flaw.LEVEL: lambda: _("Palier %(rank)d : un poids est au-dessus de 0, et de 1 au plus."),
    Flaw.GROWS: lambda: _(
        "Palier %(rank)d : le poids remonte par rapport au palier %(before)d. Plus on est loin, "
        "moins on y va : il ne peut que baisser, ou rester égal."
    ),
    Flaw.SLOPE: lambda: _(
        "La droite descend : elle est nulle après plus de minutes qu’elle n’est entière."
    ),
    Flaw.FLOOR: lambda: _("Le plancher est de 0 ou plus, et ne dépasse pas le plafond."),
    Flaw.CLASSES: lambda: _(
        "Classe %(rank)d : les actes doivent être plus nombreux que ceux d’avant, et compter pour "
        "autant de postes, ou davantage."
    ),
    Flaw.AGES: lambda: _(
        "Tranche %(rank)d : les âges commencent à 0 et grandissent d’une ligne à l’autre."
    ),
    Flaw.AGE_WEIGHT: lambda: _("Tranche %(rank)d : un poids est au-dessus de 0."),
    Flaw.AGE_CAP: lambda: _("Un âge, de 1 à 120 ans ; vide : tous comptent."),
    Flaw.POST: lambda: _("Un poste apporte quelque chose : un nombre au-dessus de 0."),
    Flaw.PEOPLE: lambda: _("Au moins un habitant."),
    Flaw.THRESHOLD: lambda: _("Un seuil est au-dessus de 0 ; vide : il n’y en a pas."),
}
