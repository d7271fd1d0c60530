"""A browser's own name for itself, in words a person recognises."""

from django import template

register = template.Library()
BROWSERS = (
    ("Edg/", "Edge"),
    ("coc_coc", "Cốc Cốc"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Mac OS", "macOS"), ("Linux", "Linux"))


@register.filter
def device(agent: str) -> str:
    """ "Chrome · Windows"; what is not known keeps its first letters."""
    found = [next((name for mark, name in table if mark in agent), "") for table in (BROWSERS, SYSTEMS)]
    return " · ".join(word for word in found if word) or agent[:40] or "?"
