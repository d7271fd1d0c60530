"""Regular expressions that cannot hang: RE2 takes time linear in the text, whatever the rule says.

What RE2 lacks (look-around, back references) is left to `re` only where it provably cannot run away; else the rule is named as not run.
"""

import re
from collections.abc import Callable
from functools import lru_cache

Search = Callable[[str], object]
RE2_MEMORY = 8 << 20  # bytes an expression may take for its automaton


class Runaway(ValueError):
    """An expression that neither RE2 takes nor `re` can be trusted with."""


@lru_cache(maxsize=4096)
def searcher(pattern: str, flags: str = "") -> Search:
    """A function text → match or None. `flags` of i, m, s as in Sigma. Raises Runaway with the reason."""
    prefix = f"(?{flags})" if flags else ""
    try:
        return _by_re2((prefix + _for_re2(pattern)).encode())
    except ImportError:
        pass
    except Exception as fault:  # re2.error has no public base: try the second way
        reason = str(fault)
        return _trusted(prefix + pattern, reason)
    return _trusted(prefix + pattern, "google-re2 is not installed")


def _by_re2(pattern: bytes) -> Search:
    """By UTF-8 bytes and without groups: only whether it matches is asked, so RE2 need not say where (a third of the time, measured)."""
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = RE2_MEMORY
    options.never_capture = True
    search = re2.compile(pattern, options).search
    return lambda text: search(text.encode("utf-8", "replace"))


def _for_re2(pattern: str) -> str:
    return pattern.replace(r"\Z", r"\z")


def _trusted(pattern: str, reason: str) -> Search:
    if backtracks(pattern):
        raise Runaway(f"{reason}; it may backtrack without end")
    return re.compile(pattern).search


def backtracks(pattern: str) -> bool:
    """May `re` need more than about quadratic time? Judged on the safe side: over one unbounded repeat, or a repeat within one."""
    unbounded = 0
    try:
        import re._parser as parser  # type: ignore[import-not-found]  # the standard parser, named so since 3.11
    except ImportError:  # pragma: no cover
        return True

    def visit(items: object, inside: bool) -> bool:
        nonlocal unbounded
        for op, argument in items:  # type: ignore[attr-defined]
            name = str(op)
            if name in ("MAX_REPEAT", "MIN_REPEAT"):
                _, most, body = argument
                loose = most is parser.MAXREPEAT or most > 64
                unbounded += loose
                if (inside and most > 1) or visit(body, inside or loose):
                    return True
            elif name in ("GROUPREF", "GROUPREF_EXISTS"):
                return True
            elif name == "SUBPATTERN":
                if visit(argument[3], inside):
                    return True
            elif name == "BRANCH":
                if inside or any(visit(branch, inside) for branch in argument[1]):
                    return True
            elif name in ("ASSERT", "ASSERT_NOT") and visit(argument[1], inside):
                return True
        return False

    return visit(parser.parse(pattern), False) or unbounded > 1


def from_glob(glob: str) -> str:
    """A Sigma pattern (stars, question marks, backslash before literal ones) as an anchored expression over the whole text."""
    out, escaped = [], False
    for letter in glob:
        if escaped:
            out.append(re.escape(letter))
            escaped = False
        elif letter == "\\":
            escaped = True
        else:
            out.append({"*": ".*", "?": "."}.get(letter) or re.escape(letter))
    return r"\A(?s:" + "".join(out) + r")\z"


def literals_of_glob(glob: str) -> list[str]:
    """The literal runs of a Sigma pattern, each of which any matching text contains."""
    runs, run, escaped = [], "", False
    for letter in glob:
        if escaped or letter not in "*?\\":
            run, escaped = run + letter, False
        elif letter == "\\":
            escaped = True
        else:
            runs.append(run)
            run = ""
    return [found for found in [*runs, run] if found]


@lru_cache(maxsize=4096)
def literal_of(pattern: str, flags: str = "") -> str | None:
    """A run of letters (lower case, at least 2) that every match contains; None where none is certain."""
    try:
        import re._parser as parser

        items = parser.parse(pattern, re.IGNORECASE if "i" in flags else 0)
    except (ImportError, re.error, RecursionError, OverflowError):
        return None
    best = max(_runs(items), key=len, default="")
    return best.lower() if len(best) >= 2 and best.isascii() else None


def _runs(items: object) -> list[str]:
    runs, run = [], ""
    for op, argument in items:  # type: ignore[attr-defined]
        name = str(op)
        if name == "LITERAL":
            run += chr(argument)
            continue
        one = _one_letter(argument) if name == "IN" else None  # [Cc] is the letter c
        if one:
            run += one
            continue
        runs.append(run)
        run = ""
        if name == "SUBPATTERN":
            runs.extend(_runs(argument[3]))
        elif name in ("MAX_REPEAT", "MIN_REPEAT") and argument[0] >= 1:
            runs.extend(_runs(argument[2]))
    return [*runs, run]


def _one_letter(choices: object) -> str | None:
    letters = {chr(value).lower() if str(op) == "LITERAL" else None for op, value in choices}  # type: ignore[attr-defined]
    return letters.pop() if len(letters) == 1 and None not in letters else None
