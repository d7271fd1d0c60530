"""The sentence of a result, by `words` where it is built; a plain one until then."""

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from luytre.core.duty.model import Result
    from luytre.core.law.model import Law


def says(result: "Result", law: "Law", lang: str) -> str:
    if find_spec("luytre.core.duty.words"):
        sentence: str = import_module("luytre.core.duty.words").says(result, law, lang)
        return sentence
    name = law.duties[result.duty].name[lang]
    return f"{name}: {result.status} ({result.clause})" + ("" if result.due_on is None else f" – {result.due_on:%d/%m/%Y}")
