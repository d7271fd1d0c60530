"""The second step of signing in."""

from luytre.verbs.shape import PERSON, Verb, choice, words

KINDS = {
    "totp": words("mã từ ứng dụng", "codes of an app"),
    "webauthn": words("khóa bảo mật, khóa truy cập", "security key or passkey"),
    "recovery_codes": words("mã dự phòng", "recovery codes"),
}
KIND = {"kind": choice("Loại", "Kind", KINDS, required=True)}
VERBS = (
    Verb(
        "factor.added",
        words("{by} thêm bước hai cho {about}", "{by} added a second step to {about}"),
        words("bước hai đã thêm", "the second step added"),
        about=PERSON,
        detail=KIND,
        fileable=False,
    ),
    Verb(
        "factor.removed",
        words("{by} gỡ bước hai của {about}", "{by} removed a second step of {about}"),
        words("bước hai đã gỡ", "the second step removed"),
        about=PERSON,
        detail=KIND,
        fileable=False,
    ),
    Verb(
        "factor.renewed",
        words("{by} tạo lại bước hai của {about}", "{by} renewed a second step of {about}"),
        words("bước hai đã tạo lại", "the second step renewed"),
        about=PERSON,
        detail=KIND,
        fileable=False,
    ),
)
