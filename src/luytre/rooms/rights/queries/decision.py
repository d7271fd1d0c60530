"""Vì sao tôi thấy, vì sao tôi không thấy: the ground of a decision in words; for what is foreign and what is absent the same words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luytre.journal.models import Mention
from luytre.register import access, reading
from luytre.register import queries as register
from luytre.register.models import Post, Role
from luytre.verbs import VOCABULARY
from luytre.verbs.delegation import SCOPES
from luytre.verbs.label import LABELS


@dataclass(frozen=True)
class Decision:
    """What was asked, whether it is granted, and why, a sentence a step; `posts`: what the person holds today."""

    thing: str
    name: str
    verb: str
    granted: bool
    steps: Sequence[str]
    posts: Sequence[str]


def verb_choices() -> list[tuple[str, str]]:
    """What may be asked: to see, or any verb, by the name of its paper."""
    lang = _lang()
    named = sorted((verb.paper[lang], name) for name, verb in VOCABULARY.items())
    return [(access.SEE, _("thấy")), *((name, f"{paper} ({name})") for paper, name in named)]


def decide(person: object, thing: str, verb: str, on: date) -> Decision:
    """The decision on a thing ("org:…", "system:…", "entry:…", or a bare code) for seeing it or for a verb."""
    held = access.posts(person, on)
    refs = _refs(thing.strip())
    for ref in refs:
        steps, named = _granted(person, ref, verb, on)
        if steps:
            return Decision(ref, named, verb, True, steps, [_post(post, on) for post in held])
    seen = next((ref for ref in refs if _sees(person, ref, on)), None)
    name = register.names([seen]).get(seen, seen) if seen else thing
    steps = [_not_of_role(verb, held)] if seen and verb != access.SEE else [_nothing_leads(thing)]
    return Decision(seen or thing, name, verb, False, steps, [_post(post, on) for post in held])


def _refs(thing: str) -> list[str]:
    if ":" in thing:
        return [thing]
    return [f"entry:{thing}"] if thing.isdecimal() and len(thing) < 18 else [f"org:{thing}", f"system:{thing}"]


def _sees(person: object, ref: str, on: date) -> bool:
    return not ref.startswith("entry:") and access.ground(person, access.SEE, ref, on) is not None


def _granted(person: object, ref: str, verb: str, on: date) -> tuple[list[str], str]:
    if ref.startswith("entry:"):
        return _entry(person, ref, verb, on)
    if not _sees(person, ref, on):
        return [], ""
    ground = access.ground(person, verb, ref, on)
    names = register.names(ground.way) if ground else {}
    return (_steps(ground, names, verb, on), names.get(ref, ref)) if ground else ([], "")


def _entry(person: object, ref: str, verb: str, on: date) -> tuple[list[str], str]:
    """An entry is seen through a thing it mentions, unless its kind or its label says otherwise."""
    number = _number(ref)
    seen = access.visible_refs(person, on).intersection(Mention.objects.filter(entry=number).values_list("thing", flat=True))
    if not seen or not reading.may_read(number, seen_by=person, on=on):
        return [], ""
    steps, name = _granted(person, min(seen), verb, on)
    label = reading.label_of(ref, on)
    more = [_("Nhãn %(label)s mở cho ông/bà.") % {"label": LABELS[label.tlp][_lang()]}] if label else []
    return ([_("Ghi nhận số %(n)s nói về %(name)s.") % {"n": number, "name": name}, *steps, *more] if steps else [], name)


def _number(ref: str) -> int:
    said = ref.removeprefix("entry:")
    return int(said) if said.isdecimal() and len(said) < 18 else 0


def _steps(ground: access.Ground, names: dict[str, str], verb: str, on: date) -> list[str]:
    steps = [_("Ông/bà giữ vị trí: %(post)s.") % {"post": _post(ground.post, on)}]
    way = [names.get(ref, ref) for ref in ground.way]
    if ground.letter:
        until = (
            _("đến hết %(day)s") % {"day": f"{ground.letter.until_on:%d/%m/%Y}"}
            if ground.letter.until_on
            else _("đến khi có văn bản chấm dứt")
        )
        said = {"number": ground.letter.number, "from": f"{ground.letter.from_on:%d/%m/%Y}", "until": until}
        steps.append(_("%(body)s giao bằng văn bản cho đơn vị của ông/bà.") % {"body": way[1]})
        steps.append(_("Văn bản số %(number)s, từ %(from)s %(until)s.") % said)
        steps.append(_("Phạm vi giao: %(scope)s.") % {"scope": SCOPES[ground.letter.scope][_lang()]})
    elif ground.reach == access.ALL:
        steps.append(_("Vai trò này được làm việc đó trong toàn tỉnh."))
    elif len(way) == 1:
        steps.append(_("Đó là đơn vị của chính vị trí này."))
    else:
        steps.append(_("Đường đi trong sổ đăng ký ngày %(day)s: %(way)s.") % {"day": f"{on:%d/%m/%Y}", "way": " → ".join(way)})
    return steps


def _post(post: Post, on: date) -> str:
    ends = _(", đến trước %(day)s") % {"day": f"{post.until_on:%d/%m/%Y}"} if post.until_on else ""
    said = {"role": post.get_role_display(), "body": post.organisation.name, "from": f"{post.from_on:%d/%m/%Y}"}
    return _("%(role)s, %(body)s, từ %(from)s") % said + ends


def _not_of_role(verb: str, held: Sequence[Post]) -> str:
    owners = [str(Role(role).label) for role, rights in access.ROLES.items() if any(verb in right.verbs for right in rights)]
    return _("Ông/bà thấy nơi này, nhưng không vị trí nào đang giữ được làm việc đó ở đây. Việc này thuộc: %(roles)s.") % {
        "roles": ", ".join(owners) or _("quản trị tại máy chủ")
    }


def _nothing_leads(thing: str) -> str:
    """The one answer for what is foreign, what is absent and what a label closes."""
    return _(
        "Không vị trí nào ông/bà đang giữ dẫn tới “%(thing)s”: mã này không có ở đây, hoặc thuộc đơn vị khác, "
        "hoặc mang nhãn chia sẻ hẹp hơn. Các trường hợp được trả lời như nhau."
    ) % {"thing": thing}


def _lang() -> str:
    return "en" if (get_language() or "vi").startswith("en") else "vi"
