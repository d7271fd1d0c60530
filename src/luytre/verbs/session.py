"""Signing in and out."""

from luytre.verbs.shape import PERSON, Verb, choice, words

HOW = {
    "password": words("mật khẩu", "password"),
    "factor": words("mật khẩu và bước hai", "password and second step"),
    "passkey": words("khóa truy cập", "passkey"),
    "provider": words("cổng đăng nhập chung", "shared sign-in"),
}
DOOR = {"staff": words("cửa công vụ", "staff door"), "duty": words("cửa trực", "duty door")}
ENDED = {
    "self": words("tự đăng xuất", "signed out"),
    "elsewhere": words("kết thúc từ phiên khác", "ended from another session"),
    "rule": words("theo quy tắc của hệ thống", "by a rule of the system"),
}
VERBS = (
    Verb(
        "session.started",
        words("{by} đăng nhập vào tài khoản {about}", "{by} signed in to the account {about}"),
        words("lần đăng nhập", "the sign-in"),
        about=PERSON,
        detail={
            "how": choice("Cách đăng nhập", "How", HOW, required=True),
            "door": choice("Cửa", "Door", DOOR, required=True),
        },
        fileable=False,
    ),
    Verb(
        "session.ended",
        words("{by} kết thúc phiên làm việc của {about}", "{by} ended a session of {about}"),
        words("lần kết thúc phiên", "the end of a session"),
        about=PERSON,
        detail={"how": choice("Cách kết thúc", "How", ENDED, required=True)},
        fileable=False,
    ),
)
