"""Refusal: the one exception meant for people's eyes."""


class Refusal(Exception):
    """Something can't be done, said in words a person can use: what is wrong and what to do next.

    `field` names the input at fault where there is one; `status` is the HTTP status a window answers with.
    """

    def __init__(self, says: str, *, field: str | None = None, status: int = 409) -> None:
        super().__init__(says)
        self.says = says
        self.field = field
        self.status = status
