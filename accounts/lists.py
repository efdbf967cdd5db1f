"""The admin's lists at any length: nothing counts a whole table, and no page is found by walking past others.

A list of up to LONG rows has numbered pages and sorts by its columns, as Django's own. A longer one stands
newest first and goes on by number: `?before=<number>` what is older, `?after=<number>` what is newer.
"""

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

LONG = 10_000
# A search that no index serves looks through so many numbers for one page; the next page looks on from there.
LOOKED_THROUGH = 20_000
BEFORE, AFTER = "before", "after"
DIGITS_MAX = 18


class CappedPaginator(Paginator):
    """Counts up to LONG: what stands behind is found by searching, not by turning pages."""

    @cached_property
    def count(self) -> int:
        return self.object_list[:LONG].count()


def is_long(rows: QuerySet) -> bool:
    """Whether more than LONG rows stand there; reads so many entries of an index and no more."""
    key = rows.model._meta.pk
    if not isinstance(getattr(key, "target_field", key), models.IntegerField):
        return False
    return rows.order_by().values("pk")[LONG : LONG + 1].exists()


class LongList(ChangeList):
    """A change list that changes its manners once it is long. `older` and `newer`: addresses, "" for none."""

    is_long = False
    older = newer = newest = ""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.before, self.after = (_number(request.GET.get(name, "")) for name in (BEFORE, AFTER))
        super().__init__(request, *args, **kwargs)

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet:
        # A filter or search chosen on this page begins at the top.
        for name in (BEFORE, AFTER):
            self.params.pop(name, None)
            self.filter_params.pop(name, None)
        return super().get_queryset(request, exclude_parameters)

    def get_results(self, request: HttpRequest) -> None:
        self.is_long = is_long(self.root_queryset)
        if not self.is_long:
            super().get_results(request)
            return
        self.result_list = self._place()
        self.result_count = len(self.result_list)
        self.full_result_count, self.show_full_result_count = None, False
        self.show_admin_actions = True
        self.can_show_all, self.multi_page, self.sortable_by = False, True, ()
        self.paginator = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)

    def _place(self) -> list[models.Model]:
        """The rows of this page; sets the addresses of its neighbours."""
        rows = self.queryset.order_by("-pk")
        if self.after is not None:
            found, rest = self._next(rows.order_by("pk"), self.after, upwards=True)
            if rest is not None:
                # Going up it begins right above this place, so what is older begins there.
                self._link(self.after + 1, rest)
                return found
        found, rest = self._next(rows, self.before, upwards=False)
        self._link(rest, None if self.before is None else self.before - 1)
        return found

    def _next(self, rows: QuerySet, place: int | None, *, upwards: bool) -> tuple[list[Any], int | None]:
        """The next rows from a place, in the page's order, and the place to go on from, None at the end."""
        ends = self.root_queryset.order_by("pk" if upwards else "-pk").values_list("pk", flat=True)
        compare, inside = ("gt", "lte") if upwards else ("lt", "gte")
        border = None
        if place is not None:
            rows = rows.filter(**{f"pk__{compare}": place})
        if self.query and self.model_admin.looked_through is not None:
            start = place if place is not None else (ends.first() or 0) + 1
            border = start + self.model_admin.looked_through * (1 if upwards else -1)
            rows = rows.filter(**{f"pk__{inside}": border})
        found = list(rows[: self.list_per_page + 1])
        rest = None
        if len(found) > self.list_per_page:
            found = found[: self.list_per_page]
            rest = found[-1].pk
        elif border is not None and ends.filter(**{f"pk__{compare}": border}).exists():
            rest = border
        return (found[::-1] if upwards else found), rest

    def _link(self, older: int | None, newer: int | None) -> None:
        """The page below begins before `older`, the one above after `newer`."""
        self.older = self.get_query_string({BEFORE: older}) if older is not None else ""
        self.newer = self.get_query_string({AFTER: newer}) if newer is not None else ""
        self.newest = self.get_query_string() if newer is not None else ""


def _number(text: str) -> int | None:
    known = text.isascii() and text.isdecimal() and len(text) <= DIGITS_MAX
    return int(text) if known else None
