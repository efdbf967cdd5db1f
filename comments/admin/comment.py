"""The moderators' queue and a comment's own page. Nothing here writes words, and nothing keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import permissions
from accounts.guarded import GuardedAdmin
from articles.models import Section
from comments import banning, moderation, waiting
from comments.admin.forms import STATES, VERBS, WHO, BanForm, ClaimForm, DeedForm, filters
from comments.models import Comment, Report, State
from comments.refusals import Refused
from publication import clock, verbs
from publication.models import Audit, Heartbeat

# Rows of one kind on a comment's own page.
SHOWN = 20
SEE_OTHER = 303
QUEUE = "admin:comments_comment_changelist"
DETAIL = "admin:comments_comment_change"


@admin.register(Comment)
class CommentAdmin(GuardedAdmin):
    """The list is the queue, a comment's page tells all about it; both POST verbs, never fields."""

    may_view = may_change = staticmethod(permissions.can_moderate_comments)
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    # The stock way of deleting, should anything ever lead there: the verb, and a log without words

    def get_deleted_objects(self, objs: Iterable[Comment], request: HttpRequest) -> tuple[Any, ...]:
        """Votes, reports and replies are the verb's affair, and nothing of them is printed."""
        named = [str(one) for one in objs]
        return named, {str(Comment._meta.verbose_name_plural): len(named)}, set(), []

    def delete_model(self, request: HttpRequest, obj: Comment) -> None:
        moderation.delete(obj.pk, by=request.user)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        moderation.in_bulk(moderation.delete, queryset.values_list("pk", flat=True), by=request.user, why="")

    def save_model(self, request: HttpRequest, obj: Comment, form: Any, change: bool) -> None:
        raise PermissionDenied

    # The queue

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """GET a page of the queue; POST one verb on some comments: JSON for the script, 303 without it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._deed(request, f"{reverse(QUEUE)}?{request.GET.urlencode()}")
        asked = filters(request.GET)
        page = waiting.page(asked)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Comments"),
            "opts": self.opts,
            "asked": asked,
            "page": page,
            "counts": waiting.counts(clock.now()),
            "tabs": _tabs(request),
            "choices": _choices(),
            "next_url": _address(request, after=page.next) if page.next else "",
            "first_url": _address(request) if asked.after is not None else "",
            "is_narrowed": any(value for key, value in request.GET.items() if key not in {"view", "after"}),
            "heartbeat": Heartbeat.objects.filter(name="tick").first(),
            "now": clock.now(),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/comments/comment/queue.html", context)

    def _deed(self, request: HttpRequest, back: str) -> HttpResponse:
        """Carries out the pressed verb; what is gone meanwhile is said and disturbs nothing."""
        form = DeedForm(request.POST)
        if not form.is_valid():
            message = " ".join(str(error) for errors in form.errors.values() for error in errors)
            return _answer(request, back, message, {}, status=422)
        verb = form.cleaned_data["verb"]
        done = moderation.in_bulk(VERBS[verb], form.pks, by=request.user, why=form.why())
        states = dict(Comment.objects.filter(pk__in=form.pks).values_list("pk", "state"))
        message = ngettext("{n} comment: {deed}", "{n} comments: {deed}", done)
        message = message.format(n=done, deed=verbs.label(verb))
        if done < len(form.pks):
            gone = len(form.pks) - done
            message += " · " + ngettext("{n} was gone already", "{n} were gone already", gone).format(n=gone)
        rows = {str(pk): _state(states.get(pk, State.DELETED)) for pk in form.pks}
        return _answer(request, back, message, rows)

    # A comment's own page

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """All about one comment, and the verbs that need more than a key: claims and bans."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        comment = self.get_object(request, object_id)
        if comment is None:
            raise Http404
        claim, ban = ClaimForm(), BanForm(kinds=banning.kinds(comment))
        if request.method == "POST":
            here = reverse(DETAIL, args=[comment.pk])
            if "verb" in request.POST:
                return self._deed(request, here)
            ban = BanForm(request.POST, kinds=banning.kinds(comment)) if "_ban" in request.POST else ban
            claim = ClaimForm(request.POST) if "_claim" in request.POST else claim
            said = _banned(request, comment, ban) or _claimed(request, comment, claim)
            if said:
                messages.success(request, said)
                return HttpResponseRedirect(here, status=SEE_OTHER)
        context = {**self._about(request, comment), "claim_form": claim, "ban_form": ban}
        is_refused = claim.errors or ban.errors
        return TemplateResponse(
            request, "admin/comments/comment/detail.html", context, status=422 if is_refused else 200
        )

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        known = object_id.isascii() and object_id.isdigit() and len(object_id) <= 18
        rows = Comment.objects.select_related("article__section", "user", "parent", "answers")
        return rows.filter(pk=int(object_id)).first() if known else None

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The deeds stand on the comment's page."""
        return HttpResponseRedirect(reverse(DETAIL, args=[object_id]))

    def _about(self, request: HttpRequest, comment: Comment) -> dict[str, Any]:
        others = Comment.objects.filter(waiting.same_writer(comment)).exclude(pk=comment.pk)
        deeds = Audit.objects.filter(object_type="comments.comment", object_id=str(comment.pk))
        reports = comment.report_rows.order_by("-id")[:SHOWN]
        return {
            **self.admin_site.each_context(request),
            "title": str(comment),
            "opts": self.opts,
            "row": waiting.described([comment])[0],
            "comment": comment,
            "others": others.select_related("article").order_by("-id")[:SHOWN],
            "replies": comment.children.exclude(state=State.DELETED).order_by("id")[:SHOWN],
            "reports": [(Report.Reason(row.reason).label, row.created_at) for row in reports],
            "deeds": [(verbs.label(row.verb), row) for row in deeds.order_by("-id")[:SHOWN]],
            "bans": banning.standing(comment),
            "choices": _choices(),
            "now": clock.now(),
        }


def _banned(request: HttpRequest, comment: Comment, form: BanForm) -> str:
    if not (form.is_bound and form.is_valid()):
        return ""
    try:
        row = banning.ban(comment.pk, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return ""
    return _("Banned: {kind}.").format(kind=row.get_kind_display())


def _claimed(request: HttpRequest, comment: Comment, form: ClaimForm) -> str:
    if not (form.is_bound and form.is_valid()):
        return ""
    try:
        moderation.claim(comment.pk, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return ""
    return _("Taken from view until the end of the claim.")


def _answer(
    request: HttpRequest, back: str, message: str, rows: dict[str, Any], status: int = 200
) -> HttpResponse:
    """JSON where the script asks, else back to the page with a message."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        counts = waiting.counts(clock.now())
        numbers = {"held": counts.held, "reported": counts.reported, "claims": counts.claims}
        return JsonResponse({"message": message, "rows": rows, "counts": numbers}, status=status)
    (messages.success if status == 200 else messages.error)(request, message)
    return HttpResponseRedirect(back, status=SEE_OTHER)


def _state(state: str) -> dict[str, str]:
    return {"state": state, "label": str(State(state).label)}


def _tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The lists with their addresses; filters of one do not follow into another."""
    queue, view = reverse(QUEUE), filters(request.GET).view
    return [
        {"name": name, "label": label, "url": f"{queue}?view={name}", "is_current": name == view}
        for name, label in waiting.VIEWS.items()
    ]


def _address(request: HttpRequest, **changed: Any) -> str:
    """This page of the queue with something changed; the place in the list starts anew."""
    asked = {key: value for key, value in request.GET.items() if value and key != "after"} | changed
    return f"{reverse(QUEUE)}?{urlencode(asked)}"


def _choices() -> dict[str, Any]:
    sections = Section.objects.filter(parent=None).order_by("order", "id")
    return {
        "sections": list(sections.values_list("pk", "name")),
        "who": list(WHO.items()),
        "states": [(state.value, state.label) for state in STATES],
        "reasons": list(Report.Reason.choices),
        "found": [(waiting.WORD, _("Blocked word")), (waiting.LINK, _("Guest's link"))],
        "deed_reasons": list(enumerate(Report.Reason.choices, start=1)),
    }
