"""At the door: a text or a file that bears a mark of state secrets is turned away, in words that say what to do instead.

Asked by the fields of forms (so that the person sees it beside the field) and again by the journal's own door (so that no way leads round).
"""

import hashlib
from functools import lru_cache

from django.utils.translation import gettext as _

from luytre.core.marking import Verdict, judge_file, judge_text

_KNOWN: dict[tuple[str, bytes], Verdict] = {}  # the same file is asked about by the form and by the store
_KEPT = 200


def fault_of_text(text: str) -> str | None:
    """Why this text may not be written down here; None when it may."""
    verdict = _text(text) if len(text) < 400 else judge_text(text)
    return _says(_("Nội dung này"), verdict) if verdict.verdict == "secret" else None


_text = lru_cache(maxsize=5000)(judge_text)


def fault_of_file(name: str, content: bytes) -> str | None:
    """Why this file may not be kept here; None when it may. What cannot be read is taken on the sender's declaration."""
    key = (name, hashlib.sha256(content).digest())
    if key not in _KNOWN:
        if len(_KNOWN) >= _KEPT:
            _KNOWN.clear()
        _KNOWN[key] = judge_file(name, content)
    verdict = _KNOWN[key]
    return _says(_("Tệp “%(name)s”") % {"name": name[-80:]}, verdict) if verdict.verdict == "secret" else None


def _says(what: str, verdict: Verdict) -> str:
    says = _(
        "%(what)s mang dấu độ mật %(marking)s (%(where)s) nên không được nhận; hệ thống chưa ghi lại gì. Không gửi lại qua mạng: ngắt máy "
        "khỏi mạng, báo ngay người phụ trách bảo vệ bí mật nhà nước của đơn vị, và gửi bản giấy theo đường văn thư mật. "
        "Nếu đây không phải dấu độ mật, hãy viết lại dòng đó thành câu đầy đủ."
    )
    return says % {"what": what, "marking": verdict.marking, "where": verdict.where}
