"""The judge: law × bearers × facts × moment → obligations, each with its why.

`Judge(law, things, facts)` answers `.results(…)`, `.all(…)`, `.standing(…)`, `.timeline(…)`, `.turns_green(result)`;
`standing(results)` is the one line a board cell shows. `luytre.core.duty.bulk` judges millions of slots in numpy, with equal results.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from luytre.core.duty.cell import standing
    from luytre.core.duty.judge import Judge
    from luytre.core.duty.model import STATUSES, Dated, Fact, Reason, Result, Thing

__all__ = ["STATUSES", "Dated", "Fact", "Judge", "Reason", "Result", "Thing", "standing"]

_HOMES = {"Judge": "judge", "standing": "cell"}


def __getattr__(name: str) -> Any:
    """Names are fetched when first asked for, so that `luytre judge --help` answers at once."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOMES.get(name, 'model')}"), name)
    globals()[name] = found
    return found
