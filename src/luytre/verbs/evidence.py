"""Evidence considered by the coordinator."""

from luytre.verbs.shape import EITHER, Field, Verb, words

VERBS = (
    Verb(
        "evidence.accepted",
        words("{by} chấp nhận minh chứng của {about}", "{by} accepted evidence of {about}"),
        words("ý kiến chấp nhận minh chứng", "the acceptance of evidence"),
        about=EITHER,
        detail={
            "entry": Field("entry", words("Minh chứng được xét", "Evidence considered")),
        },
        fileable=False,
    ),
    Verb(
        "evidence.rejected",
        words("{by} không chấp nhận minh chứng của {about}", "{by} rejected evidence of {about}"),
        words("ý kiến không chấp nhận minh chứng", "the rejection of evidence"),
        about=EITHER,
        detail={
            "entry": Field("entry", words("Minh chứng được xét", "Evidence considered")),
        },
        fileable=False,
    ),
)
