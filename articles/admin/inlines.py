"""What stands in the article's form besides the article: its bylines and the related articles picked by hand."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from accounts import permissions
from accounts.guarded import KnownAutocomplete
from accounts.models import User
from articles import related
from articles.admin.actions import VERBS
from articles.admin.forms import BylineForm, BylineFormSet
from articles.models import Article, Byline, RelatedPick
from articles.models.article import Status
from publication import clock


def only_choose(field: Any) -> None:
    """Sections, series and reporters are chosen in an article's form, and edited on their own pages."""
    for door in ("can_add_related", "can_change_related", "can_delete_related", "can_view_related"):
        setattr(field.widget, door, False)


def pressed(request: HttpRequest) -> str:
    """The workflow button of this POST, or nothing."""
    return next((name for name in VERBS if name in request.POST), "")


class ArticleRows(KnownAutocomplete):
    """Rows that belong to an article: whoever may read or edit it may read or edit them."""

    def has_view_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return obj is None or permissions.can_view_article(request.user, obj)

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return (
            permissions.can_write_articles(request.user)
            if obj is None
            else permissions.can_edit_article(request.user, obj)
        )

    has_add_permission = has_delete_permission = has_change_permission


class BylineInline(ArticleRows, admin.StackedInline):
    model = Byline
    form = BylineForm
    formset = BylineFormSet
    fields = ("reporter", ("role", "order"))
    autocomplete_fields = ("reporter",)
    # Each row looks its reporter up; a longer list is a mistake.
    max_num = 20

    def get_formset(self, request: HttpRequest, obj: Article | None = None, **kwargs: Any) -> Any:
        # Never more forms than rows, whatever number the management form is given.
        formset = super().get_formset(request, obj, absolute_max=self.max_num, **kwargs)
        formset.action = pressed(request)
        if "reporter" in formset.form.base_fields:
            only_choose(formset.form.base_fields["reporter"])
        return formset

    def get_extra(self, request: HttpRequest, obj: Article | None = None, **kwargs: Any) -> int:
        """One empty row where there is no byline yet; left empty it keeps nobody from saving."""
        return 0 if obj and obj.pk and obj.bylines.exists() else 1


class RelatedPickInline(ArticleRows, admin.StackedInline):
    """What a reader is offered next; what is missing to a full list is found by tags and words."""

    model = RelatedPick
    fk_name = "article"
    fields = ("related", "order")
    autocomplete_fields = ("related",)
    extra = 0
    max_num = related.SHOWN

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        picks = super().get_queryset(request).select_related("related")
        return picks.defer("related__body", "related__body_html", "related__lead_html")

    def get_formset(self, request: HttpRequest, obj: Article | None = None, **kwargs: Any) -> Any:
        # Never more forms than rows, as above.
        formset = super().get_formset(request, obj, absolute_max=self.max_num, **kwargs)
        if "related" in formset.form.base_fields:
            field = formset.form.base_fields["related"]
            only_choose(field)
            # What somebody else picked stays valid for whoever edits the article after them.
            field.queryset = pickable(request.user, picked_for=obj)
        return formset


def pickable(user: User, *, picked_for: Article | None = None) -> QuerySet:
    """What may be picked: what readers see; one's own, and for a desk everybody's, from its approval on."""
    allowed = Q(status=Status.PUBLISHED, publish_at__lte=clock.now())
    if permissions.can_see_all_articles(user):
        allowed = Q(status=Status.PUBLISHED)
    else:
        allowed |= Q(status=Status.PUBLISHED, owner=user)
    if picked_for is not None and picked_for.pk:
        allowed |= Q(pk__in=RelatedPick.objects.filter(article=picked_for).values("related"))
        allowed &= ~Q(pk=picked_for.pk)
    return Article.objects.filter(allowed).defer("body", "body_html", "lead_html")


def is_picking(request: HttpRequest) -> bool:
    """The autocomplete of the related articles asks, not the list of articles."""
    match = request.resolver_match
    return bool(match and match.url_name == "autocomplete" and request.GET.get("model_name") == "relatedpick")
