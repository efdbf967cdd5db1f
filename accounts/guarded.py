"""Admin doors that ask permissions.py and write down what was done."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ERROR_FLAG
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import BadRequest
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.lists import LOOKED_THROUGH, CappedPaginator, LongList
from publication import audit, versions
from publication.text import fold_line

BIGINT_MAX = 2**63 - 1
# A search looks every word up in every field, and SQLite refuses an expression of a thousand parts.
SEARCH_MAX = 100
SEARCH_WORDS_MAX = 10


def search_words(term: str) -> list[str]:
    """The words of an admin's search that are looked for: of an endless search its beginning."""
    return fold_line(term[:SEARCH_MAX]).split()[:SEARCH_WORDS_MAX]


class KnownAutocompleteSelect(AutocompleteSelect):
    """Asks the database for numbers it can hold only: Django's own fails on a forged value."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> Any:
        known = [one if str(one).isdecimal() and int(one) <= BIGINT_MAX else "" for one in value]
        return super().optgroups(name, known, attrs)


class KnownAutocomplete:
    """For admins and inlines: their autocompletes survive forged values."""

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request) and "widget" not in kwargs:
            kwargs["widget"] = KnownAutocompleteSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class GuardedAdmin(KnownAutocomplete, admin.ModelAdmin):
    """A ModelAdmin whose every door asks two predicates: `may_view` and `may_change` (adding, deleting too).

    Changes write an audit row and raise the page versions that `version_keys` names, in one transaction.
    """

    may_view: Callable[[Any], bool]
    may_change: Callable[[Any], bool]
    show_full_result_count = False
    # Each of these would count the whole table, once for each choice of each filter.
    show_facets = admin.ShowFacets.NEVER
    paginator = CappedPaginator
    # Numbers that a search looks through for one page of a long list; None where an index finds what it is for.
    looked_through: int | None = LOOKED_THROUGH
    # Deleting several things at once is for lists that need it; they say so.
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return type(self).may_change(request.user)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return type(self).may_view(request.user)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return type(self).may_change(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return type(self).may_change(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return type(self).may_change(request.user)

    def view_on_site(self, obj: models.Model) -> str | None:
        """Straight to the page of what has one; Django's own detour would answer for what one may not see."""
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[LongList]:
        return LongList

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        """Lists and autocompletes alike: the beginning of an endless search is searched for."""
        return super().get_search_results(request, queryset, " ".join(search_words(search_term)))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Numbers and dates beyond what a database can hold are a mistake in the address, not of ours."""
        try:
            return super().changelist_view(request, extra_context)
        except (OverflowError, ValueError) as error:
            if request.method == "POST":
                raise BadRequest("a value that no field can hold") from error
            if ERROR_FLAG in request.GET:
                raise
            return redirect(f"{request.path}?{ERROR_FLAG}=1")

    def version_keys(self, obj: models.Model) -> list[str]:
        """Keys of publication.versions that a change of this object raises."""
        return []

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            self.write_down("change" if change else "create", request, obj)

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        with transaction.atomic():
            self.write_down("delete", request, obj)
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        with transaction.atomic():
            for obj in queryset:
                self.delete_model(request, obj)

    def write_down(self, verb: str, request: HttpRequest, obj: models.Model) -> None:
        audit.record(verb, by=request.user, obj=obj)
        versions.bump(*self.version_keys(obj))
