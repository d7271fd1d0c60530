"""Nouns: person, dated post (role at a body), account to sign in, membership of a response team."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from luytre.register.dated import Dated, FoldedField, SortField, ordered
from luytre.register.organisations import Organisation, ResponseTeam


class Role(models.TextChoices):
    """Roles are functions, never names of agencies; access.py says which verbs each may write."""

    HEAD = "head", _("người đứng đầu")
    CONTACT = "contact", _("cán bộ đầu mối")
    OFFICER = "officer", _("cán bộ phụ trách")
    APPRAISER = "appraiser", _("cán bộ thẩm định")
    RESPONSE_TEAM = "response_team", _("đội ứng cứu sự cố")
    COORDINATOR = "coordinator", _("đầu mối tổng hợp")
    CHAIR = "chair", _("lãnh đạo UBND tỉnh")
    AUDITOR = "auditor", _("kiểm tra, thanh tra")
    ADMINISTRATOR = "administrator", _("quản trị hệ thống")
    ENTERPRISE = "enterprise", _("đại diện doanh nghiệp")


class Person(models.Model):
    """Someone who holds or held a post. Personal data lives here and in asides, never in the journal's detail."""

    code = models.CharField(_("mã"), max_length=60, unique=True)
    name = models.CharField(_("họ và tên"), max_length=200)
    salutation = models.CharField(_("xưng hô"), max_length=20, blank=True)  # "Ông", "Bà"
    folded = FoldedField(db_index=True)
    sorting = SortField()
    phone = models.CharField(_("điện thoại"), max_length=40, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    at_duty_door = False  # set for one request that came by the duty door (trực): own bodies only

    def __str__(self) -> str:
        return self.called

    @property
    def ref(self) -> str:
        return f"person:{self.code}"

    @property
    def called(self) -> str:
        return f"{self.salutation} {self.name}".strip()

    @property
    def greeted(self) -> str:
        """As called within a sentence: "Chào bà …"."""
        return f"{self.salutation.lower()} {self.name}".strip()


class Post(Dated):
    """A role a person holds at a body. The head of a body on a day is its post of role head (or chair) on that day."""

    of = models.ForeignKey(Person, verbose_name=_("cán bộ"), on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, verbose_name=_("đơn vị"), on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(_("vai trò"), max_length=20, choices=Role.choices)
    title = models.CharField(_("chức danh"), max_length=200, blank=True)
    FIELDS: ClassVar[tuple[str, ...]] = ("organisation", "role", "title")

    class Meta:
        constraints = [ordered("post_ordered")]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation}"


class TeamMember(Dated):
    """A person's place in a response team."""

    of = models.ForeignKey(ResponseTeam, verbose_name=_("đội"), on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, verbose_name=_("cán bộ"), on_delete=models.PROTECT, related_name="memberships")
    leads = models.BooleanField(_("đội trưởng"), default=False)
    FIELDS: ClassVar[tuple[str, ...]] = ("person", "leads")

    class Meta:
        constraints = [ordered("teammember_ordered")]


class Accounts(BaseUserManager["Account"]):
    """Opens accounts with a hashed password."""

    def open(self, username: str, password: str | None, person: Person | None = None) -> "Account":
        account = self.model(username=self.model.normalize_username(username), person=person)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """What someone signs in with. Rights come from the posts the person holds that day, not from the account."""

    username = models.CharField(_("tên đăng nhập"), max_length=100, unique=True)
    person = models.OneToOneField(Person, verbose_name=_("cán bộ"), null=True, on_delete=models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    objects = Accounts()
    at_duty_door = False  # as of the person

    def __str__(self) -> str:
        return self.username

    @property
    def ref(self) -> str:
        """Who acts: the person behind the account."""
        return self.person.ref if self.person else f"account:{self.username}"
