"""Two people editing one sheet: what the second is shown, and how their form goes on."""

from dataclasses import dataclass

from django.forms import Form


@dataclass(frozen=True)
class Difference:
    """A field that somebody else changed while the reader was typing."""

    label: str
    theirs: str
    yours: str


def differences_from(form: Form, saved: Form) -> list[Difference]:
    """Return where what was typed in `form` differs from the row as `saved` now shows it."""
    found = []
    for bound in form.visible_fields():
        theirs, yours = _in_words(saved, bound.name), _in_words(form, bound.name)
        if theirs != yours:
            found.append(Difference(str(bound.label), theirs or "—", yours or "—"))
    return found


def resubmittable(form: Form, revision: int) -> None:
    """Let a form refused as outdated be sent again: it now answers the row as it is."""
    data = form.data.copy()  # type: ignore[attr-defined]
    data[form.add_prefix("revision")] = str(revision)
    form.data = data


def _in_words(form: Form, name: str) -> str:
    """What the field of that name shows its reader."""
    value = form[name].value()
    choices = getattr(form.fields[name], "choices", None)
    if choices is not None:
        labels = {str(getattr(code, "value", code)): str(label) for code, label in choices}
        return labels.get(str(value or ""), "") if value else ""
    return "" if value is None else str(value).strip()
