"""Letters of the doors, by the post: the invitation. Courteous, Vietnamese first; the link stands in the letter and nowhere else."""

from django.template.loader import render_to_string
from django.utils import translation

from luytre.doors.models import Invitation
from luytre.post import actions as post


def invitation(sent: Invitation, link: str) -> None:
    """To the invited person's official address; goes at once, whatever the hour."""
    words = {"invitation": sent, "link": link, "person": sent.person, "organisation": sent.organisation}
    with translation.override("vi"):
        text = render_to_string("doors/invitation.txt", words)
    subject, _, body = text.partition("\n")
    key = f"doors.invitation.{sent.pk}"
    post.send(key=key, channel="mail", to=sent.person.email, subject=subject, text=body.strip() + "\n", urgent=True, topic="doors")
