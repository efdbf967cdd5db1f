"""The article in the admin: writing, the workflow's buttons, the lists, the preview."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import permissions
from accounts.guarded import GuardedAdmin, search_words
from articles import checklist, editing, presenting, workflow
from articles.admin.actions import available_actions, perform
from articles.admin.filters import ExceptionFilter, MineFilter, SectionFilter, StateFilter
from articles.admin.forms import ArticleForm
from articles.admin.inlines import BylineInline, RelatedPickInline, is_picking, only_choose, pickable, pressed
from articles.models import Article
from articles.models.article import Status
from articles.search.find import matches
from articles.widgets import nonced_media
from publication import clock, verbs
from publication.models import Audit

# Deeds shown on an article's history page, newest first; the audit log holds all of them.
HISTORY_ROWS = 200
# Fields of the form that are no columns; each stands only where something reads it.
EXTRA_FIELDS = frozenset({"note", "at", "is_typo", "seen"})


@admin.register(Article)
class ArticleAdmin(GuardedAdmin):
    """A reporter sees and writes own work, a desk all of it; every door asks permissions.py."""

    form = ArticleForm
    inlines = (BylineInline, RelatedPickInline)
    change_form_template = "admin/articles/article/change_form.html"
    list_display = ("headline", "state", "section", "byline", "owner", "goes_out", "updated_at")
    list_filter = (StateFilter, MineFilter, SectionFilter, "kind", "grade", ExceptionFilter)
    list_per_page = 50
    list_max_show_all = 200
    # Their presence makes the search field; what is searched is the paper's own index of words.
    search_fields = ("title",)
    search_help_text = _("Words of the headline, text, captions, tags or reporter")
    looked_through = None
    raw_id_fields = ("lead_photo",)
    actions = None
    # The form has links of its own, and only what is public has a page.
    view_on_site = False
    fieldsets = (
        (None, {"fields": ("title", "subtitle", "body", "seen"), "classes": ("is-main", "writing")}),
        (
            _("Lead photo"),
            {
                "fields": (
                    "lead_photo",
                    "lead_caption",
                    "lead_credit",
                    "lead_alt",
                    "lead_decorative",
                    "lead_whole",
                ),
                "classes": ("is-main", "lead-photo"),
            },
        ),
        (
            _("Place in the paper"),
            {"fields": ("section", "series", "tags", "kind", "grade"), "classes": ("is-side", "place")},
        ),
        (_("For lists"), {"fields": ("lead", "region"), "classes": ("is-side", "lists")}),
        (
            _("Origin"),
            {"fields": ("source", "copyright", "ai_use", "ai_note"), "classes": ("is-side", "origin")},
        ),
        (_("Desk"), {"fields": ("note", "at", "is_typo"), "classes": ("is-desk",)}),
    )

    # Doors

    def has_module_permission(self, request: HttpRequest) -> bool:
        return permissions.can_use_newsroom(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        if obj is None:
            return permissions.can_use_newsroom(request.user)
        return permissions.can_view_article(request.user, obj)

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        if obj is None:
            return permissions.can_write_articles(request.user)
        return permissions.can_edit_article(request.user, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return permissions.can_write_articles(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return obj is not None and permissions.can_delete_article(request.user, obj)

    def get_deleted_objects(self, objs: Iterable[Article], request: HttpRequest) -> tuple[Any, ...]:
        """What goes with a draft needs no right of its own: its thread is deleted by no other door."""
        deleted, counts, _needed, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, set(), protected

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        if is_picking(request):
            return pickable(request.user).order_by("-id")
        articles = Article.objects.select_related("section__parent", "owner", "submitted_by", "approved_by")
        if not permissions.can_see_all_articles(request.user):
            articles = articles.filter(owner=request.user)
        if request.resolver_match and request.resolver_match.url_name == "articles_article_changelist":
            articles = articles.defer("body", "body_html", "lead_html").prefetch_related("bylines")
        return articles.order_by("-id")

    def get_urls(self) -> list[URLPattern]:
        preview = path(
            "<int:pk>/preview/",
            self.admin_site.admin_view(self.preview_view),
            name="articles_article_preview",
        )
        recall = path(
            "<int:pk>/recall/", self.admin_site.admin_view(self.recall_view), name="articles_article_recall"
        )
        return [preview, recall, *super().get_urls()]

    def recall_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A door of its own: whoever waits for the desk may not write in the form."""
        article = self.get_queryset(request).filter(pk=pk).first()
        if article is None:
            raise Http404
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            workflow.recall(article, by=request.user)
        except workflow.Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, gettext("Taken back. Write on, and send it again."))
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[pk]))

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The article as a reader would see it; unknown and not yours look the same."""
        article = Article.objects.for_page().filter(pk=pk).first()
        if article is None or not permissions.can_view_article(request.user, article):
            raise Http404
        return render(request, "articles/article.html", presenting.article_page(article, is_preview=True))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Django's own door with its checks; what it shows is the audit, which no form can forget."""
        rows = Audit.objects.filter(object_type="articles.article", object_id=object_id).order_by("-id")
        deeds = [{"row": row, "verb": verbs.label(row.verb)} for row in rows[:HISTORY_ROWS]]
        return super().history_view(request, object_id, {"deeds": deeds, **(extra_context or {})})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """By the words of the index, as readers search; drafts too."""
        return matches(queryset, " ".join(search_words(search_term))), False

    # The form

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Article | None:
        """For a POST the row is locked: what the form checks is still so when it is saved."""
        if request.method == "POST":
            field = Article._meta.pk if from_field is None else Article._meta.get_field(from_field)
            try:
                wanted = {field.name: field.to_python(object_id)}
                rows = self.get_queryset(request).filter(**wanted)
                # Held first and read then: articles.locking says why.
                rows.select_related(None).select_for_update().values_list("pk").get()
                return rows.get()
            except (Article.DoesNotExist, ValidationError, ValueError, OverflowError):
                return None
        return super().get_object(request, object_id, from_field)

    def get_form(
        self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.action = pressed(request)
        for name in {"section", "series"} & form.base_fields.keys():
            only_choose(form.base_fields[name])
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """The desk's own fields stand only where there is a button that reads them."""
        needed = {name for action in available_actions(request.user, obj) for name in action.fields}
        if obj is not None and obj.is_public(clock.now()) and self.has_change_permission(request, obj):
            needed.add("is_typo")
        if obj is not None and self.has_change_permission(request, obj):
            needed.add("seen")
        fieldsets = []
        for label, options in super().get_fieldsets(request, obj):
            fields = tuple(f for f in options["fields"] if f not in EXTRA_FIELDS or f in needed)
            if fields:
                fieldsets.append((label, {**options, "fields": fields}))
        return fieldsets

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"kind": "article", "grade": "normal", **super().get_changeform_initial_data(request)}

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Article, inline: Any, prefix: str
    ) -> dict[str, Any]:
        """A reporter's own byline stands there already on a new article."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        own = getattr(request.user, "reporter", None)
        if request.method == "GET" and not obj.pk and own is not None:
            kwargs["initial"] = [{"reporter": own.pk}]
        return kwargs

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        article = kwargs.get("obj")
        context["media"] = nonced_media(context["media"], request)
        # Under a name of its own: Django's template would put a second note beside ours.
        context |= {"refused": bool(context["errors"]), "errors": []}
        context["workflow_actions"] = available_actions(request.user, article)
        if article is not None:
            lacks = checklist.missing(article, bylines=article.bylines.count())
            context |= {
                "lacks": lacks,
                "state": self.state(article),
                "is_public": article.is_public(clock.now()),
                "may_close_thread": article.is_kept and permissions.can_close_thread(request.user, article),
                "returned_with": article.return_note if article.status == Status.RETURNED else "",
                "may_recall": permissions.can_recall_article(request.user, article),
                "is_waiting": article.status == Status.SUBMITTED,
            }
        return super().render_change_form(request, context, *args, **kwargs)

    # Saving

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        if change and not form.has_news:
            # Nothing of the article itself; save_related looks at the rows.
            return
        self._write(request, obj, form, change)

    def _write(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        try:
            if change:
                editing.update(obj, by=request.user, is_typo=form.cleaned_data.get("is_typo", False))
            else:
                editing.create(obj, by=request.user)
        except workflow.NotAllowed as refusal:
            raise PermissionDenied from refusal

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """An unchanged article is left alone: no new time of saving, no audit row, no new pages.

        Bylines and related articles are the article's too, and no text: they do not move 수정.
        """
        has_rows_changed = any(formset.has_changed() for formset in formsets)
        if change and has_rows_changed and not form.has_news:
            self._write(request, form.instance, form, change)
        super().save_related(request, form, formsets, change)
        if not change or has_rows_changed or form.has_news:
            editing.finish(form.instance)

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        try:
            editing.delete(obj, by=request.user)
        except workflow.NotAllowed as refusal:
            raise PermissionDenied from refusal

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._after_save(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._after_save(request, obj) or super().response_change(request, obj)

    def _after_save(self, request: HttpRequest, obj: Article) -> HttpResponse | None:
        """Carries out the pressed button; what it refuses is said, and the text is saved all the same."""
        name = pressed(request)
        if not name:
            return None
        here = reverse("admin:articles_article_change", args=[obj.pk])
        at = ArticleForm.base_fields["at"].clean(request.POST.get("at") or None)
        try:
            done = perform(name, obj, by=request.user, note=request.POST.get("note", ""), at=at)
        except workflow.Refused as refusal:
            messages.error(request, gettext("Saved, but: {reason}").format(reason=refusal.message))
            return HttpResponseRedirect(here)
        messages.success(request, done)
        return HttpResponseRedirect(
            here if self.has_view_permission(request, obj) else reverse("admin:index")
        )

    # Columns

    @admin.display(description=_("headline"), ordering="title")
    def headline(self, article: Article) -> str:
        return str(article)

    @admin.display(description=_("status"), ordering="status")
    def state(self, article: Article) -> str:
        is_planned = article.is_scheduled(clock.now())
        label = _("Scheduled") if is_planned else article.get_status_display()
        return format_html(
            '<span class="state state-{}">{}</span>', "scheduled" if is_planned else article.status, label
        )

    @admin.display(description=_("byline"))
    def byline(self, article: Article) -> str:
        return article.byline_text or "–"

    @admin.display(description=_("publishes at"), ordering="publish_at", empty_value="–")
    def goes_out(self, article: Article) -> Any:
        return article.publish_at

    def get_list_filter(self, request: HttpRequest) -> Any:
        everything = super().get_list_filter(request)
        if permissions.can_see_all_articles(request.user):
            return everything
        return tuple(item for item in everything if item is not MineFilter)
