"""XML as events, by expat: no document types, no entities, no outside, depth limited."""

from collections.abc import Callable
from xml.parsers import expat

MAX_NESTED = 300


class XmlRefused(Exception):
    """XML that is broken or brings what we do not open."""


def parse(
    content: bytes,
    start: Callable[[str, dict[str, str]], None],
    words: Callable[[str], None],
    end: Callable[[str], None],
) -> None:
    """Calls back with local names (no prefix), attributes by local name, and text. Raises XmlRefused."""
    parser, depth = expat.ParserCreate(), 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_NESTED:
            raise XmlRefused("XML lồng quá sâu")
        if ":" in "".join(attributes):
            attributes = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        start(name.rpartition(":")[2] if ":" in name else name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name.rpartition(":")[2] if ":" in name else name)

    def refused(*_: object) -> None:
        raise XmlRefused("XML có khai báo DTD")

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = opened, closed, words
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refused
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise XmlRefused("XML bị hỏng") from error
