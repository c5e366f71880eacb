"""What the demo knows of medical demography: official facts, kept as vintages."""

from ancrage.demo.demography.load import load_demography, load_study
from ancrage.demo.demography.scenarios import load_scenarios
from ancrage.demo.demography.sets import load_set

__all__ = ["load_demography", "load_scenarios", "load_set", "load_study"]
