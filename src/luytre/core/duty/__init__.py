"""The judge: law × bearers × facts × moment → obligations, each with its why.

`Judge(law, things, facts)` answers `.results(…)`, `.all(…)`, `.timeline(…)`, `.turns_green(result)`;
`standing(results)` is the one line a board cell shows. `luytre.core.duty.bulk` judges millions of slots in numpy, with equal results.
"""

from luytre.core.duty.judge import Judge
from luytre.core.duty.model import STATUSES, Dated, Fact, Reason, Result, Thing
from luytre.core.duty.standing import standing

__all__ = ["STATUSES", "Dated", "Fact", "Judge", "Reason", "Result", "Thing", "standing"]
