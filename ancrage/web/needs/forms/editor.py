"""Everything the page of a need being edited holds: its forms, their doubts, a conflict."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from ancrage.needs.models import LegalPublication, Need, PracticeSheet
from ancrage.needs.queries import duty_to_publish
from ancrage.needs.queries.publication import Duty
from ancrage.needs.services import NeedChangedMeanwhile, facts_of
from ancrage.needs.validators import Remark, asks_practice_sheet, remarks_on, wording_remarks
from ancrage.partners.enums import PUBLIC_EMPLOYERS, PartnerKind
from ancrage.web.acting import show_refusal
from ancrage.web.conflicts import Versions, reconcile, revision_sent, seal
from ancrage.web.needs.forms.editing import (
    FIELD_OF,
    DetailsForm,
    EssentialsForm,
    FactsForm,
    PracticeForm,
    PublicationForm,
)


class Editor:
    """The forms of one need, as one: the essentials only when `whole`.

    `revision` is the one at which the page was first shown: it travels in the page, so that a
    change made meanwhile by somebody else is seen.
    """

    def __init__(self, data: QueryDict | None, *, need: Need, whole: bool) -> None:
        self.whole = whole
        self._fill(data, need)
        self.revision = revision_sent(data, need.revision)
        # What the page showed when it was opened: it travels in the page, sealed.
        self.opened_on = seal(self.forms) if data is None else data.get("opened_on", "")
        self.remarks: list[Remark] = []
        self.conflict: NeedChangedMeanwhile | None = None
        self.versions: tuple[Versions, ...] = ()

    def _fill(self, data: QueryDict | None, need: Need) -> None:
        self.need = need
        self._data = data
        self.essentials = (
            EssentialsForm(
                data, partner=need.partner, need=need, initial=EssentialsForm.initial_of(need)
            )
            if self.whole
            else None
        )
        self.details = DetailsForm(data, need=need, initial=DetailsForm.initial_of(need))
        self.practice = self._practice(data)
        self.publication = self._publication(data)

    @property
    def forms(self) -> list[FactsForm]:
        """Every form of the page, in its order."""
        every = (self.essentials, self.details, self.practice, self.publication)
        return [form for form in every if form is not None]

    def is_ready(self) -> bool:
        """Say whether what was sent can be saved: right, and its doubts accepted."""
        wrong = [form for form in self.forms if not form.is_valid()]  # every form tells its errors
        if self._data is None or wrong:
            return False
        self.remarks = self._doubts()
        return not self.remarks or bool(self._data.get("quand_meme"))

    @property
    def changes(self) -> dict[str, Any]:
        """What `edit_need` takes: the facts, and the sheets shown."""
        facts = self.details.facts()
        if self.essentials is not None:
            facts |= self.essentials.facts()
        if self.practice is not None:
            facts["practice"] = self.practice.facts()
        if self.publication is not None:
            facts["publication"] = self.publication.facts()
        return facts

    def refuse(self, refusal: ValidationError) -> None:
        """Show why the service refused; for a conflict, the three versions side by side."""
        if isinstance(refusal, NeedChangedMeanwhile):
            self.conflict = refusal
            self._reconcile(refusal.current)
        else:
            show_refusal(refusal, *self.forms, field_of=FIELD_OF)

    def _reconcile(self, need: Need) -> None:
        """Keep what was typed, take what only somebody else changed, go on from there."""
        current = Editor(None, need=need, whole=self.whole)
        found = reconcile(
            typed=self.forms,
            current=current.forms,
            sealed=self.opened_on,
            data=self._data or QueryDict(),
        )
        self.versions = found.versions
        self.revision, self.opened_on = current.revision, current.opened_on
        self._fill(found.data, need)

    @property
    def status(self) -> int:
        """The status of the page that shows this editor again."""
        if self.conflict is not None:
            return 409
        return 200 if self._data is None else 422

    def _doubts(self) -> list[Remark]:
        changes = self.changes
        return [
            *remarks_on({**facts_of(self.need), **changes}),
            *wording_remarks(changes.get("practice") or {}, ("note",)),
            *wording_remarks(changes.get("publication") or {}, ("missions", "conditions")),
        ]

    def _practice(self, data: QueryDict | None) -> PracticeForm | None:
        sheet = getattr(self.need, "practice_sheet", None)
        asked = asks_practice_sheet(
            has_practice_sheet=self.need.profession.has_practice_sheet,
            contract=self.need.contract,
        )
        if sheet is None and not asked:
            return None
        initial = PracticeForm.initial_of(sheet or PracticeSheet())
        return PracticeForm(data, prefix="cabinet", initial=initial)

    def _publication(self, data: QueryDict | None) -> PublicationForm | None:
        sheet = getattr(self.need, "publication", None)
        public = PartnerKind(self.need.partner.kind) in PUBLIC_EMPLOYERS
        if sheet is None and (not public or duty_to_publish(self.need) is Duty.NO):
            return None
        initial = PublicationForm.initial_of(sheet or LegalPublication())
        return PublicationForm(data, prefix="publication", initial=initial)
