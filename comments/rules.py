"""Every number of the comments, each with a sentence. An operator changes them in settings.COMMENTS."""

from dataclasses import dataclass, fields
from datetime import timedelta

from django.conf import settings

# What a reader may write, in code points of the canonical text; the database holds the same bound.
BODY_MAX = 400
# More combining marks than this in a row are no writing but a blot over the neighbours.
MARKS_MAX = 4
# Bytes of a comment's request: 400 code points percent-encoded are under 10 KiB.
REQUEST_MAX = 64 * 1024
NICKNAME_MIN, NICKNAME_MAX = 2, 20
# Top-level comments on a page, and replies shown under each before "more replies".
PAGE_SIZE = 20
REPLIES_SHOWN = 3
# Replies on one page of "more replies", and comments on one page of one's own.
REPLIES_PAGE = 50
MINE_PAGE = 20
BEST_SHOWN = 3
# Rows that name a writer or an address (postings, hashes of addresses, reports) leave after this.
KEPT = timedelta(days=90)
# A rights claim hides a comment for at most this long.
CLAIM_MAX = timedelta(days=30)
# The moderators are warned this long before a claim ends.
CLAIM_WARNING = timedelta(days=3)


@dataclass(frozen=True)
class Rules:
    """What a paper may choose."""

    # Seconds after posting in which a writer may edit; an edit does not start them anew.
    edit_seconds: int = 60
    # Recommendations and others' replies together that make a comment BEST.
    best_from: int = 3
    # Whether readers without an account may write, and vote.
    guests_write: bool = True
    guests_vote: bool = True
    # Seconds between two comments of one writer.
    pause_seconds: int = 10
    # Comments of one writer in 24 hours, and on one article in 24 hours; deleted ones count.
    per_day: int = 20
    per_article: int = 10
    # Votes of one writer in 24 hours; withdrawals count.
    votes_per_day: int = 50
    # Guests' votes on one comment from one address in 24 hours.
    guest_votes_per_address: int = 3
    # Comments from one address (IPv6: one /64) in ten minutes.
    per_address: int = 30
    # Different people whose reports hold a comment.
    reports_hold: int = 3
    # Days after publication on which comments close; 0 never.
    close_after_days: int = 0

    @property
    def edit_window(self) -> timedelta:
        return timedelta(seconds=self.edit_seconds)


# Where a paper has chosen nothing.
_OURS = Rules()


def rules() -> Rules:
    """The numbers in force."""
    chosen = getattr(settings, "COMMENTS", {})
    if not chosen:
        return _OURS
    return Rules(**{field.name: chosen[field.name] for field in fields(Rules) if field.name in chosen})
