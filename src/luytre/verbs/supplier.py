"""Suppliers and third parties."""

from luytre.verbs.shape import ORGANISATION, PAPER, Verb, whole, words

VERBS = (
    Verb(
        "supplier.reviewed",
        words("{by} rà soát nhà cung cấp, bên thứ ba của {about}", "{by} reviewed the suppliers of {about}"),
        words("biên bản rà soát nhà cung cấp, bên thứ ba", "the supplier review"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "suppliers": whole("Số nhà cung cấp", "Number of suppliers"),
        },
    ),
)
