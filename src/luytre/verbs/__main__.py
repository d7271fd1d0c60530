"""Write law/verbs.yaml, the names of the evidence as the law reads them: python -m luytre.verbs > law/verbs.yaml."""

import sys

from luytre.verbs import VOCABULARY, Verb

HEAD = """# The verbs the law may name, each with the name of its paper. Generated: python -m luytre.verbs > law/verbs.yaml
# (luytre.core knows nothing above it, so the vocabulary reaches the law as data; tests/house asserts that both are the same.)
"""


def quoted(text: str) -> str:
    return '"' + text.replace('"', '\\"') + '"'


def listing() -> str:
    """The vocabulary as YAML, one verb a line, in order of name."""
    return HEAD + "".join(line(verb) for _, verb in sorted(VOCABULARY.items()))


def line(verb: Verb) -> str:
    fields = f", detail: [{', '.join(verb.detail)}]" if verb.detail else ", detail: []"
    return f"{verb.name}: {{vi: {quoted(verb.paper['vi'])}, en: {quoted(verb.paper['en'])}{fields}}}\n"


if __name__ == "__main__":
    sys.stdout.write(listing())
