"""Accounts and passwords."""

from luytre.verbs.shape import EITHER, PAPER, Verb, words

VERBS = (
    Verb(
        "accounts.reviewed",
        words("{by} rà soát tài khoản, mật khẩu tại {about}", "{by} reviewed accounts and passwords of {about}"),
        words("biên bản rà soát tài khoản và đổi mật khẩu", "the review of accounts and passwords"),
        about=EITHER,
        detail={
            **PAPER,
        },
    ),
)
