"""What the demo knows of medical demography: official facts, kept as vintages."""

from ancrage.demo.demography.load import load_demography, load_study
from ancrage.demo.demography.scenarios import load_scenarios

__all__ = ["load_demography", "load_scenarios", "load_study"]
