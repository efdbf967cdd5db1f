"""My data: all of it as a file, the browser's comments taken into the account, and the end of the account."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import permissions
from accounts.models import User
from comments import claiming, exporting, leaving, writers
from comments.exporting import moment
from comments.models import Comment
from comments.refusals import Refused
from publication import audit
from publication.models import Audit

SEE_OTHER = 303


def browser(request: HttpRequest) -> str:
    """The guest that this browser is without the account; blank where it has never written."""
    key = writers.guest_key(request)
    return writers.guest_hash(key) if key else ""


@require_safe
@login_required
def account_export(request: HttpRequest) -> HttpResponse:
    """Everything stored about this person, as one JSON file."""
    response = JsonResponse(
        {"account": _account(request.user), **exporting.export(request.user)},
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    day = timezone.localdate().isoformat()
    response["Content-Disposition"] = f'attachment; filename="my-data-{day}.json"'
    return response


def _account(user: User) -> dict[str, Any]:
    """Secrets (the password's hash, the second factor's key) are named, not told."""
    deeds = Audit.objects.filter(actor=user).order_by("id")
    return {
        "id": user.pk,
        "email": user.email,
        "name": user.name,
        "nickname": user.nickname,
        "language": user.language,
        "roles": sorted(user.roles),
        "joined": moment(user.date_joined),
        "last_login": moment(user.last_login),
        "has_password": user.has_usable_password(),
        "email_addresses": list(
            EmailAddress.objects.filter(user=user).values("email", "verified", "primary")
        ),
        "connected_log_ins": [
            {
                "provider": row.provider,
                "id": row.uid,
                "joined": moment(row.date_joined),
                "last_login": moment(row.last_login),
                "told_by_provider": row.extra_data,
            }
            for row in SocialAccount.objects.filter(user=user)
        ],
        "second_factors": [
            {"type": row.type, "created_at": moment(row.created_at), "last_used_at": moment(row.last_used_at)}
            for row in Authenticator.objects.filter(user=user)
        ],
        "audit": [
            {
                "at": moment(row.at),
                "verb": row.verb,
                "object": f"{row.object_type} {row.object_id}",
                "why": row.why,
            }
            for row in deeds
        ],
    }


@require_POST
@login_required
def account_claim(request: HttpRequest) -> HttpResponse:
    """Takes this browser's comments, votes and reports into the account; the browser forgets its key."""
    response = HttpResponseRedirect(reverse("account"), status=SEE_OTHER)
    try:
        number = claiming.claim(request.user, browser(request))
    except Refused as refusal:
        messages.error(request, refusal.message)
        return response
    message = ngettext("{n} comment is in your account now.", "{n} comments are in your account now.", number)
    messages.success(request, message.format(n=number))
    response.delete_cookie(writers.COOKIE, samesite="Lax")
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required(allow_get=True)
def account_delete(request: HttpRequest) -> HttpResponse:
    """GET asks, POST deletes after the password: comments first, then everything else with the account."""
    user = request.user
    if permissions.can_enter_admin(user):
        # Whose name stands in the audit log and over articles does not leave by a click.
        return render(request, "newsroom/account_delete.html", {"is_staff": True}, status=403)
    if request.method != "POST":
        number = Comment.objects.filter(user=user).count()
        return render(request, "newsroom/account_delete.html", {"comments": number})
    leaving.delete_comments(user)
    with transaction.atomic():
        leaving.erase(user)
        audit.record("close account", by=None, obj=user)
        User.objects.get(pk=user.pk).delete()
    logout(request)
    messages.success(request, _("Your account and everything in it are deleted."))
    return HttpResponseRedirect(reverse("account_login"), status=SEE_OTHER)
