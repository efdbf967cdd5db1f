"""Bans: they are made on a comment's page, and lifted or moved here."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import permissions
from accounts.guarded import GuardedAdmin
from accounts.models import User
from comments import banning
from comments.models import Ban
from publication import audit, clock


class ActiveFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "active"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("in force")), ("0", _("ended"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        active = Q(until=None) | Q(until__gt=clock.now())
        if self.value() == "1":
            return queryset.filter(active)
        return queryset.exclude(active) if self.value() == "0" else queryset


@admin.register(Ban)
class BanAdmin(GuardedAdmin):
    """Reason and end can be changed; deleting is lifting."""

    may_view = may_change = staticmethod(permissions.can_ban_writers)
    list_display = ("whom", "kind", "why", "until", "in_force", "created_at")
    list_filter = (ActiveFilter, "kind")
    search_fields = ("why",)
    list_per_page = 100
    actions = None
    fields = ("whom", "kind", "why", "until", "ends", "created_at")
    readonly_fields = ("whom", "kind", "ends", "created_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Ban, form: Any, change: bool) -> None:
        if obj.kind == Ban.Kind.ADDRESS:
            end = banning.rotation_end(obj.created_at)
            obj.until = min(obj.until or end, end)
        super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Ban) -> None:
        banning.lift(obj, by=request.user)

    def write_down(self, verb: str, request: HttpRequest, obj: models.Model) -> None:
        audit.record("ban", by=request.user, obj=obj, why=obj.why)

    @admin.display(description=_("whom"))
    def whom(self, row: Ban) -> str:
        """A member's nickname; of a browser or an address the beginning of its hash."""
        if row.kind != Ban.Kind.MEMBER:
            return f"{row.get_kind_display()} {row.target.removeprefix('g')[:8]}…"
        user = User.objects.filter(pk=row.target.removeprefix("m")).first()
        return (user.nickname or user.name or f"#{user.pk}") if user else "–"

    @admin.display(description=_("in force"), boolean=True)
    def in_force(self, row: Ban) -> bool:
        return row.is_active(clock.now())

    @admin.display(description=_("its end"))
    def ends(self, row: Ban) -> str:
        if row.kind == Ban.Kind.ADDRESS:
            return str(_("A ban of an address ends when the hashes of addresses change, at the latest."))
        return str(_("Blank: for good."))
