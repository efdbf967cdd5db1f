"""Sections, series, reporters, desks."""

from typing import Any

from django.contrib import admin
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from accounts import permissions
from accounts.guarded import GuardedAdmin
from articles import cards
from articles.admin.forms import section_label
from articles.admin.pickers import KnowsInitials, tag_urls
from articles.models import Article, DeskAssignment, Reporter, Section, Series
from articles.models.paper import TREE_ORDER
from articles.search import index
from articles.widgets import PhotoWidget, nonced_media
from publication import versions


@admin.register(Section)
class SectionAdmin(KnowsInitials, GuardedAdmin):
    may_view = staticmethod(permissions.can_use_newsroom)
    may_change = staticmethod(permissions.can_manage_publication)
    list_display = ("shown_name", "slug", "order")
    ordering = TREE_ORDER
    list_select_related = ("parent",)
    list_editable = ("order",)
    prepopulated_fields = {"slug": ("name",)}
    search_fields = ("name", "slug")

    @admin.display(description=_("name"))
    def shown_name(self, section: Section) -> str:
        return section_label(section)

    def save_model(self, request: HttpRequest, obj: Section, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "name" in form.changed_data:
            cards.section_changed(obj)

    def version_keys(self, obj: models.Model) -> list[str]:
        # The sections stand in every page's navigation.
        return [versions.PUBLICATION, f"section:{obj.pk}"]


@admin.register(Series)
class SeriesAdmin(KnowsInitials, GuardedAdmin):
    may_view = staticmethod(permissions.can_use_newsroom)
    may_change = staticmethod(permissions.can_manage_series)
    list_display = ("title", "slug", "description")
    prepopulated_fields = {"slug": ("title",)}
    search_fields = ("title", "slug")

    def version_keys(self, obj: models.Model) -> list[str]:
        return [f"series:{obj.pk}"]


@admin.register(Reporter)
class ReporterAdmin(KnowsInitials, GuardedAdmin):
    may_view = staticmethod(permissions.can_use_newsroom)
    may_change = staticmethod(permissions.can_manage_publication)
    list_display = ("name", "title", "email", "user", "is_active")
    list_filter = ("is_active",)
    list_select_related = ("user",)
    search_fields = ("name", "email")
    search_help_text = _("Name or e-mail")
    autocomplete_fields = ("user",)
    raw_id_fields = ("portrait",)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, widgets={"portrait": PhotoWidget()}, **kwargs)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """The byline's picker offers who still writes for the paper."""
        queryset, distinct = super().get_search_results(request, queryset, search_term)
        if request.path.endswith("/autocomplete/"):
            queryset = queryset.filter(is_active=True)
        return queryset, distinct

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        context["media"] = nonced_media(context["media"], request)
        return super().render_change_form(request, context, *args, **kwargs)

    def version_keys(self, obj: models.Model) -> list[str]:
        return [versions.FRONT, f"reporter:{obj.pk}"]


@admin.register(DeskAssignment)
class DeskAssignmentAdmin(GuardedAdmin):
    may_view = may_change = staticmethod(permissions.can_manage_people)
    list_display = ("user", "section")
    list_select_related = ("user", "section")
    autocomplete_fields = ("user", "section")


admin.site.unregister(Tag)


@admin.register(Tag)
class TagAdmin(KnowsInitials, GuardedAdmin):
    may_view = staticmethod(permissions.can_use_newsroom)
    may_change = staticmethod(permissions.can_manage_series)
    list_display = ("name", "slug")
    # A clean-up of tags takes many at once.
    actions = ()
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}

    def get_urls(self) -> list[URLPattern]:
        return tag_urls() + super().get_urls()

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            self._tell_search(Article.objects.filter(tags=obj))

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        with transaction.atomic():
            tagged = list(Article.objects.filter(tags=obj).values_list("pk", flat=True))
            super().delete_model(request, obj)
            self._tell_search(Article.objects.filter(pk__in=tagged))

    def _tell_search(self, articles: QuerySet) -> None:
        """Their tags' names are among the words that articles are found by."""
        for _number in index.put_each(articles):
            pass

    def version_keys(self, obj: models.Model) -> list[str]:
        return [f"tag:{obj.pk}"]
