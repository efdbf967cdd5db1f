"""Blocked words: what holds a comment for review."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts import permissions
from accounts.guarded import GuardedAdmin
from comments.admin.forms import BlockedWordForm
from comments.models import BlockedWord


@admin.register(BlockedWord)
class BlockedWordAdmin(GuardedAdmin):
    may_view = may_change = staticmethod(permissions.can_edit_blocked_words)
    form = BlockedWordForm
    list_display = ("word", "harmless")
    search_fields = ("word", "exceptions")
    list_per_page = 200

    @admin.display(description=_("exceptions"))
    def harmless(self, row: BlockedWord) -> str:
        return ", ".join(row.exceptions.splitlines()) or "–"
