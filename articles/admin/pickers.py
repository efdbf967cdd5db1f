"""Choosing people, tags and sections by what one types of their names, initials alone included."""

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from taggit.models import Tag

from accounts import permissions
from accounts.guarded import SEARCH_MAX, search_words
from articles.search import initials
from publication.text import fold_line

# Suggestions shown under the tag field, and how many names are looked at for the most used among them.
TAGS_SHOWN = 8
TAGS_LOOKED_AT = 200


class KnowsInitials:
    """For admins whose first search field is a name: ㄱㄱㅁ finds 구광모, in lists and in pickers.

    Each word must stand in one of the search fields; a picker offers first what begins with the typed text.
    """

    search_fields: tuple[str, ...]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        name, words = self.search_fields[0], search_words(search_term)
        for word in words:
            anywhere = Q(**{f"{name}__iregex": initials.pattern(word)})
            for field in self.search_fields:
                anywhere |= Q(**{f"{field}__icontains": word})
            queryset = queryset.filter(anywhere)
        if words and request.path.endswith("/autocomplete/"):
            queryset = queryset.order_by(beginning_first(name, " ".join(words)), name, "pk")
        return queryset, False


def beginning_first(field: str, text: str) -> Case:
    """Sorts what begins with this text before what only holds it."""
    begins = Q(**{f"{field}__iregex": f"^{initials.pattern(text)}"})
    return Case(When(begins, then=Value(0)), default=Value(1), output_field=IntegerField())


def suggested_tags(text: str) -> list[str]:
    """Names of tags for what is being typed: those that begin with it, then the most used; bounded work."""
    typed = fold_line(text[:SEARCH_MAX])
    if not typed:
        return []
    holding = Tag.objects.filter(name__iregex=initials.pattern(typed))
    first = holding.order_by(beginning_first("name", typed), "name").values_list("pk", flat=True)
    known = Tag.objects.filter(pk__in=list(first[:TAGS_LOOKED_AT])).annotate(uses=Count("tagged_articles"))
    ordered = known.order_by(beginning_first("name", typed), "-uses", "name")
    return list(ordered.values_list("name", flat=True)[:TAGS_SHOWN])


@require_GET
@never_cache
def tag_suggest(request: HttpRequest) -> HttpResponse:
    """`?q=`: {"tags": [names]} for whoever writes articles; 403 with the same shape for everybody else."""
    if not permissions.can_write_articles(request.user):
        return JsonResponse({"tags": []}, status=403)
    return JsonResponse({"tags": suggested_tags(request.GET.get("q", ""))})


def tag_urls() -> list[URLPattern]:
    """For TagAdmin.get_urls, before its own: admin:taggit_tag_suggest."""
    return [path("suggest/", tag_suggest, name="taggit_tag_suggest")]
