"""The ways out that this installation has set: mail by SMTP or into a folder, SMS by a gateway, webhooks."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from luytre.post import gateways, mail, outgoing
from luytre.post.models import Channel

if TYPE_CHECKING:
    from luytre.post.worker import Way


def ways(now: datetime) -> dict[str, "Way"]:
    """Channel → way out. Letters of a channel that has none wait, and the page of letters says so."""
    found: dict[str, Way] = {}
    if settings.LUYTRE_MAIL_FOLDER:
        found[Channel.MAIL] = mail.Folder(Path(settings.LUYTRE_MAIL_FOLDER), settings.LUYTRE_MAIL_FROM, settings.LUYTRE_MARK, now)
    elif settings.LUYTRE_SMTP:
        found[Channel.MAIL] = mail.Smtp(settings.LUYTRE_SMTP, settings.LUYTRE_MAIL_FROM, settings.LUYTRE_MARK, now)
    rules = outgoing_rules()
    if settings.LUYTRE_SMS_URL:
        found[Channel.SMS] = gateways.Sms(settings.LUYTRE_SMS_URL, settings.LUYTRE_SMS_TOKEN, settings.LUYTRE_MARK, rules)
    if settings.LUYTRE_WEBHOOK_SECRET:
        found[Channel.WEBHOOK] = gateways.Webhook(settings.LUYTRE_WEBHOOK_SECRET, now, rules)
    return found


def outgoing_rules() -> outgoing.Rules:
    """Where this installation's own requests may go."""
    return outgoing.Rules(settings.LUYTRE_OUT_NETWORKS, settings.LUYTRE_OUT_HTTP)
