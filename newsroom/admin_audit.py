"""The audit log in the admin: to read and to filter; nobody changes it here."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts import permissions
from accounts.guarded import GuardedAdmin
from publication import verbs
from publication.models import Audit

# Kinds of object that verbs speak of, for the filter.
KINDS = (
    "articles.article",
    "articles.photo",
    "articles.section",
    "articles.series",
    "articles.reporter",
    "articles.deskassignment",
    "taggit.tag",
    "comments.comment",
    "comments.ban",
    "comments.blockedword",
    "publication.publication",
    "publication.policypage",
    "accounts.user",
)

# Columns that a name does not need.
HEAVY = {
    "articles.article": ("body", "body_html", "lead_html"),
    "articles.photo": ("metadata",),
    "publication.policypage": ("body",),
}


def kind_name(label: str) -> str:
    """`articles.article` as people call it; a model that is no more keeps its label."""
    try:
        return str(capfirst(apps.get_model(label)._meta.verbose_name))
    except (LookupError, ValueError):
        return label


def living(rows: Iterable[Audit]) -> dict[tuple[str, str], models.Model]:
    """What the rows speak of, as far as it still exists: one query for each kind."""
    numbers: dict[str, set[str]] = {}
    for row in rows:
        if row.object_id.isdecimal() and row.object_type in KINDS:
            numbers.setdefault(row.object_type, set()).add(row.object_id)
    found = {}
    for label, ids in numbers.items():
        queryset = apps.get_model(label)._base_manager.select_related().defer(*HEAVY.get(label, ()))
        found |= {(label, str(pk)): thing for pk, thing in queryset.in_bulk(ids).items()}
    return found


class VerbFilter(admin.SimpleListFilter):
    title = _("verb")
    parameter_name = "verb"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(verbs.LABELS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(verb=self.value()) if self.value() else queryset


class KindFilter(admin.SimpleListFilter):
    title = _("kind of object")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(label, kind_name(label)) for label in KINDS]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(object_type=self.value()) if self.value() else queryset


@admin.register(Audit)
class AuditAdmin(GuardedAdmin):
    may_view = may_change = staticmethod(permissions.can_read_audit)
    list_display = ("at", "actor_name", "deed", "thing", "why")
    list_display_links = None
    list_filter = (VerbFilter, KindFilter, "at")
    search_fields = ("actor_name", "object_id", "why")
    search_help_text = _("Name, number of the object or reason")
    list_per_page = 50
    list_max_show_all = 200
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        page = super().get_changelist_instance(request)
        found = living(page.result_list)
        for row in page.result_list:
            row.named = found.get((row.object_type, row.object_id))
        return page

    @admin.display(description=_("verb"), ordering="verb")
    def deed(self, row: Audit) -> str:
        return verbs.label(row.verb)

    @admin.display(description=_("object"), ordering="object_type")
    def thing(self, row: Audit) -> str:
        """Its kind and name, leading to its page; what is no more has only its number."""
        named = getattr(row, "named", None)
        if named is None:
            return f"{kind_name(row.object_type)} {row.object_id}"
        words = f"{kind_name(row.object_type)} “{named}”"
        try:
            name = f"admin:{row.object_type.replace('.', '_')}_change"
            url = reverse(name, args=[row.object_id])
        except NoReverseMatch:
            return words
        return format_html('<a href="{}">{}</a>', url, words)
