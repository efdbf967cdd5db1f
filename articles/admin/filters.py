"""Filters of the article list."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import permissions
from articles.models import Section
from articles.models.article import Status
from publication import clock


class StateFilter(admin.SimpleListFilter):
    """The states a desk thinks in: scheduled apart from published."""

    title = _("status")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        states = [(value, label) for value, label in Status.choices]
        states.insert(3, ("scheduled", _("Scheduled")))
        return states

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "scheduled":
            return queryset.scheduled(clock.now())
        if self.value() == Status.PUBLISHED:
            return queryset.public(clock.now())
        return queryset.filter(status=self.value()) if self.value() in Status.values else queryset


class MineFilter(admin.SimpleListFilter):
    title = _("owner")
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("1", _("my own articles"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(owner=request.user) if self.value() == "1" else queryset


class SectionFilter(admin.SimpleListFilter):
    """The top-level sections, each with what stands below it."""

    title = _("section")
    parameter_name = "section"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        top = Section.objects.filter(parent=None).order_by("order", "id")
        return [(str(pk), name) for pk, name in top.values_list("pk", "name")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        known = {value for value, _name in self.lookup_choices}
        if self.value() not in known:
            return queryset
        below = Section.objects.filter(Q(pk=self.value()) | Q(parent=self.value()))
        # Numbers, not a join: each section's articles stand in an index.
        return queryset.filter(section__in=list(below.values_list("pk", flat=True)))


class ExceptionFilter(admin.SimpleListFilter):
    """For managers: what its own submitter approved, with a reason."""

    title = _("approval")
    parameter_name = "exception"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        if not permissions.is_manager(request.user):
            return []
        return [("1", _("by their own submitter"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.exclude(approval_reason="") if self.value() == "1" else queryset
