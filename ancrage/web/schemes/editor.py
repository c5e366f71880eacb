"""An aid being edited: its form, the revision it was read at, the three versions of a conflict."""

from django.core.exceptions import ValidationError
from django.http import QueryDict

from ancrage.schemes.models import Scheme
from ancrage.schemes.services import SchemeChangedMeanwhile
from ancrage.web.acting import show_refusal
from ancrage.web.conflicts import Versions, reconcile, revision_sent, seal
from ancrage.web.schemes.forms.editing import SchemeForm


class SchemeEditor:
    """The form of an aid, bound to `data` when something was sent."""

    def __init__(self, data: QueryDict | None, *, scheme: Scheme) -> None:
        self._data = data
        # A form writes on its row before it is saved: the page prints the one in the database.
        self.form = SchemeForm(data, instance=_copy(scheme))
        self.revision = revision_sent(data, scheme.revision)
        # What the page showed when it was opened: it travels in the page, sealed.
        self.opened_on = seal([self.form]) if data is None else data.get("opened_on", "")
        self.is_conflict = False
        self.versions: tuple[Versions, ...] = ()

    def is_ready(self) -> bool:
        """Say whether what was sent can be saved."""
        return self._data is not None and self.form.is_valid()

    def refuse(self, refusal: ValidationError) -> None:
        """Show why the service refused, beside its field."""
        show_refusal(refusal, self.form)

    def reconcile(self, changed: SchemeChangedMeanwhile) -> None:
        """Keep what was typed, take what only somebody else changed, go on from there."""
        current = SchemeEditor(None, scheme=changed.current)
        found = reconcile(
            typed=[self.form],
            current=[current.form],
            sealed=self.opened_on,
            data=self._data or QueryDict(),
        )
        self.is_conflict, self.versions = True, found.versions
        self.revision, self.opened_on = current.revision, current.opened_on
        self.form = SchemeForm(found.data, instance=_copy(changed.current))

    @property
    def status(self) -> int:
        """The status of the page that shows this editor again."""
        if self.is_conflict:
            return 409
        return 200 if self._data is None else 422


def _copy(scheme: Scheme) -> Scheme:
    return Scheme.objects.get(pk=scheme.pk)
