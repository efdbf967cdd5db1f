"""The admin site: our log-in, our theme, the desk's dashboard as its index."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import permissions
from articles import desk
from publication import clock
from publication.models import Heartbeat


class NewsroomAdminSite(admin.AdminSite):
    site_header = site_title = _("Newsroom")
    index_title = _("Desk")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return permissions.can_enter_admin(request.user)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The paper's own log-in page; who is signed in without a role is told so."""
        if request.method == "GET" and self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            return redirect("account")
        return redirect_to_login(request.GET.get("next", reverse("admin:index")), reverse("account_login"))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        dashboard = desk.dashboard(request.user, clock.now())
        beat = Heartbeat.objects.filter(name="tick").first()
        return super().index(request, {"dashboard": dashboard, "heartbeat": beat, **(extra_context or {})})
