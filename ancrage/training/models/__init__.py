"""Training: courses and their runs, wishes, enrolments, funding, and the plan of what to open."""

from ancrage.training.models.catalogue import (
    Course,
    CourseRun,
    RunMove,
    RunSession,
    TrainingProvider,
)
from ancrage.training.models.people import (
    Attendance,
    Enrolment,
    EnrolmentMove,
    FundingFile,
    TrainingWish,
)
from ancrage.training.models.plans import OpeningPlan, PlanNeed, PlanOption, PlanWish

__all__ = [
    "Attendance",
    "Course",
    "CourseRun",
    "Enrolment",
    "EnrolmentMove",
    "FundingFile",
    "OpeningPlan",
    "PlanNeed",
    "PlanOption",
    "PlanWish",
    "RunMove",
    "RunSession",
    "TrainingProvider",
    "TrainingWish",
]
