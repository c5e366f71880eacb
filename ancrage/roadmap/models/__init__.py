"""What a roadmap is made of."""

from ancrage.roadmap.models.indicators import GRACE_DAYS, Indicator, IndicatorValue
from ancrage.roadmap.models.meetings import Decision, Meeting
from ancrage.roadmap.models.reports import PublicFigure, Report, ReportComment, ReportEdition
from ancrage.roadmap.models.safety import GoodPractice, SafetyCollection, SafetyReport
from ancrage.roadmap.models.steering import (
    Action,
    ActionDocument,
    ActionMove,
    Axis,
    Milestone,
    Roadmap,
)

__all__ = [
    "GRACE_DAYS",
    "Action",
    "ActionDocument",
    "ActionMove",
    "Axis",
    "Decision",
    "GoodPractice",
    "Indicator",
    "IndicatorValue",
    "Meeting",
    "Milestone",
    "PublicFigure",
    "Report",
    "ReportComment",
    "ReportEdition",
    "Roadmap",
    "SafetyCollection",
    "SafetyReport",
]
