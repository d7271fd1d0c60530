"""A person's account: invited, opened, locked, suspended, restored."""

from luytre.verbs.shape import ORGANISATION, PERSON, Verb, choice, whole, words

WHY = {
    "unused": words("lâu không dùng", "long unused"),
    "decided": words("người có quyền quyết định", "decided by who may"),
}
VERBS = (
    Verb(
        "account.invited",
        words("{by} mời một cán bộ của {about} mở tài khoản", "{by} invited someone of {about} to open an account"),
        words("thư mời mở tài khoản", "the invitation to open an account"),
        about=ORGANISATION,
        fileable=False,
    ),
    Verb(
        "account.withdrawn",
        words("{by} thu hồi một thư mời mở tài khoản của {about}", "{by} withdrew an invitation of {about}"),
        words("việc thu hồi thư mời", "the withdrawal of an invitation"),
        about=ORGANISATION,
        fileable=False,
    ),
    Verb(
        "account.opened",
        words("{by} mở tài khoản {about} theo thư mời", "{by} opened the account {about} by invitation"),
        words("tài khoản đã mở", "the account opened"),
        about=PERSON,
        fileable=False,
    ),
    Verb(
        "account.locked",
        words("{by} tạm khóa {about} sau nhiều lần đăng nhập sai", "{by} locked {about} after repeated failures"),
        words("lần tạm khóa do đăng nhập sai", "the lock after failures"),
        about=PERSON,
        detail={"failures": whole("Số lần sai", "Failures")},
        fileable=False,
    ),
    Verb(
        "account.unlocked",
        words("{by} mở lại đăng nhập cho {about}", "{by} let {about} sign in again"),
        words("việc mở lại đăng nhập", "the lock lifted"),
        about=PERSON,
        fileable=False,
    ),
    Verb(
        "account.suspended",
        words("{by} tạm ngừng một tài khoản của {about}", "{by} suspended an account of {about}"),
        words("việc tạm ngừng tài khoản", "the suspension of an account"),
        about=(*ORGANISATION, *PERSON),
        detail={"why": choice("Lý do", "Why", WHY, required=True)},
        fileable=False,
    ),
    Verb(
        "account.restored",
        words("{by} cho dùng lại một tài khoản của {about}", "{by} restored an account of {about}"),
        words("việc cho dùng lại tài khoản", "the restoring of an account"),
        about=(*ORGANISATION, *PERSON),
        fileable=False,
    ),
)
