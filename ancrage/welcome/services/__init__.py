"""What changes the welcome, and what it answers."""

from ancrage.welcome.permissions import PURPOSE, scope_of
from ancrage.welcome.services.answering import (
    can_undo,
    grant_request,
    refuse_request,
    undo_answer,
)
from ancrage.welcome.services.calendars import (
    Period,
    TermsFacts,
    calendar_of,
    free_by_offer,
    free_periods,
    set_calendar,
    set_terms,
)
from ancrage.welcome.services.errors import (
    AlreadyRequested,
    CalendarChangedMeanwhile,
    ConsentMissing,
    CutsGrantedDays,
    DatesInDisorder,
    DatesMissing,
    NothingFree,
    OfferNotOpen,
    ProjectChangedMeanwhile,
    ProjectClosed,
    RequestStepNotAllowed,
    UndoTooLate,
)
from ancrage.welcome.services.finding import (
    Answers,
    Shelf,
    answers_for,
    answers_on,
    offer_of,
    request_of,
    shelf_of,
)
from ancrage.welcome.services.hours import usual_hours
from ancrage.welcome.services.inclusion import InclusionImport
from ancrage.welcome.services.links import (
    AskedPartner,
    GivenReply,
    RequestNotOpen,
    asked_partner,
    given_reply,
    partner_recipients,
    reply_token,
)
from ancrage.welcome.services.near import NearService, services_near
from ancrage.welcome.services.projects import (
    ProjectFacts,
    close_project,
    edit_project,
    forget_project,
    open_project,
)
from ancrage.welcome.services.reminders import remind_partners
from ancrage.welcome.services.replying import grant_by_link, refuse_by_link, undo_by_link
from ancrage.welcome.services.requests import (
    cancel_place,
    close_request,
    see_request,
    send_request,
)
from ancrage.welcome.services.rights import (
    KEPT_MONTHS,
    erase_project,
    export_project,
    forget_old_projects,
    forget_what_was_agreed,
)
from ancrage.welcome.services.searching import FoundOffer, OfferSearch, search_offers
from ancrage.welcome.services.spouses import SpousePosts, posts_for_spouse
from ancrage.welcome.services.unmet import (
    NeedState,
    StandingNeed,
    UnmetTheme,
    standing_needs,
    unmet_themes,
)

__all__ = [
    "KEPT_MONTHS",
    "PURPOSE",
    "AlreadyRequested",
    "Answers",
    "AskedPartner",
    "CalendarChangedMeanwhile",
    "ConsentMissing",
    "CutsGrantedDays",
    "DatesInDisorder",
    "DatesMissing",
    "FoundOffer",
    "GivenReply",
    "InclusionImport",
    "NearService",
    "NeedState",
    "NothingFree",
    "OfferNotOpen",
    "OfferSearch",
    "Period",
    "ProjectChangedMeanwhile",
    "ProjectClosed",
    "ProjectFacts",
    "RequestNotOpen",
    "RequestStepNotAllowed",
    "Shelf",
    "SpousePosts",
    "StandingNeed",
    "TermsFacts",
    "UndoTooLate",
    "UnmetTheme",
    "answers_for",
    "answers_on",
    "asked_partner",
    "calendar_of",
    "can_undo",
    "cancel_place",
    "close_project",
    "close_request",
    "edit_project",
    "erase_project",
    "export_project",
    "forget_old_projects",
    "forget_project",
    "forget_what_was_agreed",
    "free_by_offer",
    "free_periods",
    "given_reply",
    "grant_by_link",
    "grant_request",
    "offer_of",
    "open_project",
    "partner_recipients",
    "posts_for_spouse",
    "refuse_by_link",
    "refuse_request",
    "remind_partners",
    "reply_token",
    "request_of",
    "scope_of",
    "search_offers",
    "see_request",
    "send_request",
    "services_near",
    "set_calendar",
    "set_terms",
    "shelf_of",
    "standing_needs",
    "undo_answer",
    "undo_by_link",
    "unmet_themes",
    "usual_hours",
]
