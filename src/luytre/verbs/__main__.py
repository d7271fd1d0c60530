"""Write law/verbs.yaml, the names of the evidence as the law reads them: python -m luytre.verbs > law/verbs.yaml."""

import sys

from luytre.verbs import VOCABULARY

HEAD = """# The verbs the law may name, each with the name of its paper. Generated: python -m luytre.verbs > law/verbs.yaml
# (luytre.core knows nothing above it, so the vocabulary reaches the law as data; tests/house asserts that both are the same.)
"""


def quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'


def listing() -> str:
    """The vocabulary as YAML, one verb a line, in order of name."""
    return HEAD + "".join(
        f"{name}: {{vi: {quoted(verb.paper['vi'])}, en: {quoted(verb.paper['en'])}}}\n" for name, verb in sorted(VOCABULARY.items())
    )


if __name__ == "__main__":
    sys.stdout.write(listing())
