"""One body files for another, in writing."""

from luytre.verbs.shape import ORGANISATION, PAPER, Field, Verb, choice, day, words

# What is entrusted; a letter that names no scope entrusts all of it.
SCOPES = {
    "all": words("mọi minh chứng của đơn vị", "all evidence of the body"),
    "reports": words("kế hoạch, báo cáo", "plans and reports"),
    "systems": words("việc về hệ thống thông tin: cấp độ, đánh giá, rà quét, khắc phục", "work on systems: levels, scans, fixes"),
    "incidents": words("việc về sự cố: ứng cứu, phương án, diễn tập", "incidents: response, plans, exercises"),
}

VERBS = (
    Verb(
        "delegation.granted",
        words("{by} giao {about} nộp minh chứng thay", "{by} let another body file for {about}"),
        words("văn bản giao nộp thay", "the letter of delegation"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "to": Field("thing", words("Đơn vị được giao", "Body entrusted"), True),
            "until_on": day("Giao đến ngày", "Entrusted until"),
            "scope": choice("Phạm vi giao", "Scope", SCOPES),
        },
    ),
    Verb(
        "delegation.ended",
        words("{by} chấm dứt việc giao nộp thay cho {about}", "{by} ended the delegation for {about}"),
        words("văn bản chấm dứt việc giao nộp thay", "the letter ending the delegation"),
        about=ORGANISATION,
        detail={
            **PAPER,
            "to": Field("thing", words("Đơn vị được giao", "Body entrusted"), True),
        },
    ),
)
