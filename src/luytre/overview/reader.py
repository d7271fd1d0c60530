"""Who reads this page: the person, the posts held today, the body spoken for, and which kind of work that means."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from luytre.journal import clock
from luytre.register import access
from luytre.register.models import Account, Person, Post, Role

LEADING = (Role.CHAIR, Role.COORDINATOR, Role.AUDITOR)
WORKING = (Role.HEAD, Role.CONTACT, Role.OFFICER, Role.APPRAISER, Role.ENTERPRISE, Role.RESPONSE_TEAM)
ORDER = (*LEADING, *WORKING, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Reader:
    """The posts of a person today, the weightiest first."""

    person: Person | None
    posts: tuple[Post, ...]

    @cached_property
    def roles(self) -> set[str]:
        return {post.role for post in self.posts}

    @property
    def leads(self) -> bool:
        """Looks at the whole province: the board is home."""
        return bool(self.roles & set(LEADING))

    @cached_property
    def sees(self) -> frozenset[str] | None:
        """The bodies and systems this person may see; None: all of them."""
        if self.person is None:
            return frozenset()
        today = clock.today()
        return None if access.sees_all(self.person, today, self.posts) else access.visible_refs(self.person, today)

    def may_see(self, ref: str) -> bool:
        return self.sees is None or ref in self.sees

    @cached_property
    def _looks_up(self) -> frozenset[str] | None:
        """The bodies whose people's telephones and addresses this person may look up; None: all."""
        return access.reading_refs(self.person, "personal_data.read", clock.today()) if self.person else frozenset()

    def may_look_up(self, post: Post) -> bool:
        """How the holder of a post is reached: one's own, or of a body whose people one may look up."""
        return self._looks_up is None or post.organisation.ref in self._looks_up or post.of_id == getattr(self.person, "pk", None)

    def link(self, code: str, name: str) -> tuple[str, str]:
        """A body to name, with its code where this person may go there; a name alone tells nothing that the law does not."""
        return (code if self.may_see(f"org:{code}") else "", name)

    @property
    def post(self) -> Post | None:
        return self.posts[0] if self.posts else None

    @property
    def working(self) -> Post | None:
        """The post in which this person does a body's own work."""
        return next((post for post in self.posts if post.role in WORKING), None)

    @property
    def workplaces(self) -> list[Post]:
        """The posts in which this person does a body's own work, one a body."""
        return list({post.organisation_id: post for post in reversed(self.posts) if post.role in WORKING}.values())[::-1]

    def working_at(self, code: str) -> Post | None:
        """The post at the body named, where the person works there; else the weightiest."""
        return next((post for post in self.workplaces if post.organisation.code == code), self.working)

    @property
    def bodies(self) -> list[str]:
        return list(dict.fromkeys(post.organisation.ref for post in self.posts))

    @property
    def may_instruct(self) -> bool:
        return Role.CHAIR in self.roles

    @property
    def may_confirm(self) -> bool:
        return Role.HEAD in self.roles


def reader(request: HttpRequest) -> Reader:
    """The reader of a request, read once."""
    kept: Reader | None = getattr(request, "luytre_reader", None)
    if kept is None:
        kept = _read(request)
        request.luytre_reader = kept  # type: ignore[attr-defined]
    return kept


def _read(request: HttpRequest) -> Reader:
    user = getattr(request, "user", None)
    if not isinstance(user, Account) or user.person is None:
        return Reader(None, ())
    posts = access.posts(user, clock.today())
    return Reader(user.person, tuple(sorted(posts, key=lambda post: (ORDER.index(Role(post.role)), post.pk))))
