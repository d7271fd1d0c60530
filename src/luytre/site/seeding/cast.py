"""The cast: the people of the sample world one can sign in as."""

from dataclasses import dataclass

from luytre.site.world import LAST_DAY
from luytre.site.world.bodies import COORDINATOR, PROVINCE, TEAM
from luytre.site.world.land import Land
from luytre.site.world.people import INSPECTORATE, Person

PASSWORD = "tre-gia-mang-moc"  # noqa: S105  an old saying, printed on the terminal: for demonstrations only
AGENCY, COMMUNE, FIRM = "org:so-y-te", "org:14980", "org:dn-song-ma"


@dataclass(frozen=True)
class Role:
    """A sign-in: whoever holds this post on the world's last day."""

    username: str
    says: str
    body: str
    role: str


CAST = (
    Role("chu-tich", "Chủ tịch UBND tỉnh / chair", PROVINCE, "chair"),
    Role("dau-moi", "Cơ quan đầu mối tổng hợp / coordinator", COORDINATOR, "coordinator"),
    Role("thu-truong", "Giám đốc Sở Y tế / head of an agency", AGENCY, "head"),
    Role("can-bo", "Cán bộ đầu mối Sở Y tế / contact officer", AGENCY, "contact"),
    Role("xa", "Cán bộ UBND xã Thiết Ống / commune officer", COMMUNE, "contact"),
    Role("doanh-nghiep", "Viễn thông mẫu Sông Mã / enterprise", FIRM, "enterprise"),
    Role("ung-cuu", "Đội ứng cứu sự cố tỉnh / response team", TEAM, "response_team"),
    Role("kiem-tra", "Thanh tra tỉnh / auditor", INSPECTORATE, "auditor"),
)
BODIES = {one.body for one in CAST}


def holder(land: Land, one: Role) -> Person:
    """Who that is."""
    here = (p for p in land.people if p.body == one.body and p.role == one.role)
    return next(p for p in here if p.from_on <= LAST_DAY and (p.until_on is None or p.until_on > LAST_DAY))
