"""Word templates of papers: an office's own version, or back to the original."""

from luytre.verbs.shape import ORGANISATION, Verb, text, whole, words

_VERSION = {"kind": text("Loại văn bản", "Kind of paper"), "version": whole("Phiên bản", "Version", required=True)}

VERBS = (
    Verb(
        "template.loaded",
        words("{by} tải lên mẫu văn bản của {about}", "{by} loaded a template of papers for {about}"),
        words("mẫu văn bản Word", "the Word template"),
        about=ORGANISATION,
        detail=_VERSION,
        fileable=False,
    ),
    Verb(
        "template.restored",
        words("{by} khôi phục mẫu văn bản gốc cho {about}", "{by} restored the original template of papers for {about}"),
        words("mẫu văn bản gốc", "the original template"),
        about=ORGANISATION,
        detail=_VERSION,
        fileable=False,
    ),
)
