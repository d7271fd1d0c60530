"""Telling citizens how to report."""

from luytre.verbs.shape import ORGANISATION, PAPER, Verb, words

VERBS = (
    Verb(
        "reporting_guide.published",
        words("{by} tuyên truyền cho người dân cách báo sự cố, thay mặt {about}", "{by} told citizens how to report incidents for {about}"),
        words("bài đăng, tài liệu hướng dẫn người dân báo sự cố", "the post or leaflet on how to report incidents"),
        about=ORGANISATION,
        detail={
            **PAPER,
        },
    ),
)
