"""The switches of a thread: open or closed, ranking free or frozen. For moderators and the desk."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import permissions
from accounts.guarded import GuardedAdmin, search_words
from articles.models import Article, Discussion
from articles.search.find import matches
from comments import moderation
from publication import clock


class DiscussionForm(forms.ModelForm):
    why = forms.CharField(max_length=300, required=False, label=_("Reason"))

    class Meta:
        model = Discussion
        fields = ("state", "ranking_frozen")
        help_texts = {
            "state": _("A closed thread says so and stays readable."),
            "ranking_frozen": _("Hides BEST and shows the newest first."),
        }


@admin.register(Discussion)
class DiscussionAdmin(GuardedAdmin):
    """Threads of articles that are or were public: nobody learns of a draft here."""

    may_view = may_change = staticmethod(permissions.can_close_threads)
    form = DiscussionForm
    fields = ("headline", "visible_count", "state", "ranking_frozen", "why")
    readonly_fields = ("headline", "visible_count")
    list_display = ("headline", "section", "visible_count", "state", "ranking_frozen")
    list_filter = ("state", "ranking_frozen")
    list_per_page = 50
    # Its presence makes the search field; what is searched is the paper's own index of words.
    search_fields = ("article__title",)
    search_help_text = _("Words of the headline, the text, a tag or a reporter's name")
    looked_through = None
    ordering = ("-article_id",)
    actions = ("open_threads", "close_threads", "freeze_ranking", "free_ranking")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Discussion | None = None) -> bool:
        if obj is None:
            return permissions.can_close_threads(request.user)
        return permissions.can_close_thread(request.user, obj.article)

    has_change_permission = has_view_permission

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        now = clock.now()
        rows = super().get_queryset(request).select_related("article__section__parent")
        rows = rows.filter(article__first_published_at__lte=now)
        mine = request.user.desk_section_ids
        if permissions.can_moderate_comments(request.user) or not mine:
            return rows
        sections = Q(article__section__in=mine) | Q(article__section__parent__in=mine)
        return rows.filter(sections | Q(article__section=None))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        found = matches(Article.objects.all(), " ".join(search_words(search_term)))
        return queryset.filter(article__in=found.order_by().values("pk")), False

    def save_model(self, request: HttpRequest, obj: Discussion, form: Any, change: bool) -> None:
        moderation.set_discussion(
            obj.article,
            by=request.user,
            is_open=obj.state == Discussion.State.OPEN,
            is_frozen=obj.ranking_frozen,
            why=form.cleaned_data.get("why", ""),
        )

    def _set(self, request: HttpRequest, rows: QuerySet, **wanted: bool) -> None:
        done = 0
        for row in rows:
            is_now = {"is_open": row.state == Discussion.State.OPEN, "is_frozen": row.ranking_frozen}
            if is_now | wanted != is_now:
                moderation.set_discussion(row.article, by=request.user, **is_now | wanted)
                done += 1
        messages.success(
            request, ngettext("{n} thread changed.", "{n} threads changed.", done).format(n=done)
        )

    @admin.action(description=_("Open the threads"))
    def open_threads(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._set(request, queryset, is_open=True)

    @admin.action(description=_("Close the threads"))
    def close_threads(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._set(request, queryset, is_open=False)

    @admin.action(description=_("Freeze the ranking"))
    def freeze_ranking(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._set(request, queryset, is_frozen=True)

    @admin.action(description=_("Free the ranking"))
    def free_ranking(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._set(request, queryset, is_frozen=False)

    @admin.display(description=_("headline"), ordering="article__title")
    def headline(self, row: Discussion) -> str:
        return str(row.article)

    @admin.display(description=_("section"), ordering="article__section")
    def section(self, row: Discussion) -> str:
        return str(row.article.section or "–")

    def view_on_site(self, obj: Discussion) -> str:
        return obj.article.get_absolute_url()
