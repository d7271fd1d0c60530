"""The projection of the duties room, built once from the seeded journal."""


def build() -> None:
    pass
