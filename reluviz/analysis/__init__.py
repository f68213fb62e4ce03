"""What a training run means, computed and checked: its rules, phases, merges and optimum."""

from reluviz.analysis.comparing import Comparison, compare
from reluviz.analysis.optimum.landscape import Verdict
from reluviz.analysis.pushes import Drive, drive
from reluviz.analysis.rules import Rule
from reluviz.analysis.run import Analysis, analyse

__all__ = [
    "Analysis", "Comparison", "Drive", "Rule", "Verdict", "analyse", "compare", "drive",
]  # fmt: skip
