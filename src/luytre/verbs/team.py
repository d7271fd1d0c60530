"""Response teams."""

from luytre.verbs.shape import ORGANISATION, PAPER, Verb, whole, words

VERBS = (
    Verb(
        "team.established",
        words("{by} kiện toàn Tổ ứng cứu sự cố của {about}", "{by} set up the response team of {about}"),
        words("quyết định thành lập, kiện toàn Tổ ứng cứu sự cố", "the decision on the response team"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "members": whole("Số thành viên", "Members"),
        },
    ),
)
