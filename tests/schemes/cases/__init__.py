"""Hand-worked cases, each with the site of its source."""

from tests.schemes.cases.living import LIVING_CASES
from tests.schemes.cases.settling import SETTLING_CASES
from tests.schemes.cases.studying import STUDYING_CASES
from tests.schemes.cases.working import WORKING_CASES

CASES = (*SETTLING_CASES, *STUDYING_CASES, *WORKING_CASES, *LIVING_CASES)
