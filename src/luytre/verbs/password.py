"""Passwords."""

from luytre.verbs.shape import PERSON, Verb, words

VERBS = (
    Verb(
        "password.changed",
        words("{by} đổi mật khẩu của {about}", "{by} changed the password of {about}"),
        words("lần đổi mật khẩu", "the change of password"),
        about=PERSON,
        fileable=False,
    ),
)
