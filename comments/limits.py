"""How much one writer and one address may do, each limit a function with its number from rules.py."""

from datetime import timedelta

from django.utils.translation import gettext as _

from comments.facts import Own, Voted
from comments.models import Ban
from comments.refusals import Forbidden, Refused, TooMuch
from comments.rules import rules
from comments.writers import Writer
from publication import clock


def not_banned(by: Writer) -> None:
    """Forbidden for a banned member, browser or address."""
    targets = [(Ban.Kind.MEMBER if by.user else Ban.Kind.GUEST, by.key), (Ban.Kind.ADDRESS, by.address)]
    for ban in Ban.objects.filter(target__in=[target for _kind, target in targets if target]):
        if (ban.kind, ban.target) in targets and ban.is_active(clock.now()):
            raise banned()


def banned() -> Forbidden:
    return Forbidden(_("You cannot write here at the moment."))


def may_post(own: Own) -> None:
    """Pause, day, article, address, and the same text twice; deleted comments count."""
    chosen = rules()
    pause = timedelta(seconds=chosen.pause_seconds)
    if own.newest is not None and own.newest < pause:
        wait = chosen.pause_seconds - int(own.newest.total_seconds())
        raise TooMuch(_("Wait {seconds} seconds before the next comment.").format(seconds=wait), wait)
    if own.today >= chosen.per_day:
        raise TooMuch(_("That is enough for today: {n} comments a day.").format(n=chosen.per_day), 3600)
    if own.here >= chosen.per_article:
        message = _("That is enough under this article: {n} comments a day.")
        raise TooMuch(message.format(n=chosen.per_article), 3600)
    if own.near is not None and own.near >= chosen.per_address:
        raise TooMuch(_("Too many comments from your network. Try again in a few minutes."), 600)
    if own.is_said:
        raise Refused(_("You have written this already."))


def may_vote(by: Writer, voted: Voted) -> None:
    """Fifty changes a day, and few guests' votes on one comment from one address."""
    chosen = rules()
    if voted.today >= chosen.votes_per_day:
        raise TooMuch(_("That is enough voting for today."), 3600)
    if by.user is None and voted.near >= chosen.guest_votes_per_address:
        raise TooMuch(_("Too many votes from your network on this comment today."), 3600)
