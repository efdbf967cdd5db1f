"""Comments in the admin: the moderators' queue, bans, blocked words, and the threads' own switches."""

from comments.admin.bans import BanAdmin
from comments.admin.comment import CommentAdmin
from comments.admin.discussions import DiscussionAdmin
from comments.admin.words import BlockedWordAdmin

__all__ = ["BanAdmin", "BlockedWordAdmin", "CommentAdmin", "DiscussionAdmin"]
