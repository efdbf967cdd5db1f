"""The admin site: our log-in, our theme, the desk's dashboard as its index."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import permissions
from articles import desk
from comments import waiting
from publication import clock
from publication.models import Heartbeat

# What stands on the dashboard under which heading, in this order; what is not named stands last.
GROUPS = (
    (_("Articles"), ("articles.article", "articles.photo", "articles.series", "taggit.tag")),
    (
        _("Comments"),
        ("comments.comment", "articles.discussion", "comments.blockedword", "comments.ban"),
    ),
    (
        _("The newspaper"),
        (
            "articles.section",
            "articles.reporter",
            "articles.deskassignment",
            "publication.publication",
            "publication.policypage",
        ),
    ),
    (_("People and records"), ("accounts.user", "publication.audit")),
)
OTHERS = _("Machinery")


class NewsroomAdminSite(admin.AdminSite):
    site_header = site_title = _("Newsroom")
    index_title = _("Desk")
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        return permissions.can_enter_admin(request.user)

    def get_urls(self) -> list[Any]:
        """Without the detour `r/<type>/<id>/`, which tells anybody on the staff whether an object exists."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    # Coming and going: the paper has one log-in, and one place for passwords

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The paper's own log-in page; who is signed in without a role is told so."""
        if request.method == "GET" and self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", reverse("admin:index")), reverse("account_login"))

    def logout(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("account_change_password")

    # What every page of the admin knows

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "newsroom_links": self.links(request)}

    def links(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The doors a person goes through all day, on top of every page."""
        if not self.has_permission(request):
            return []
        doors = [(_("Desk"), reverse("admin:index"))]
        if permissions.can_use_newsroom(request.user):
            doors += [
                (_("Articles"), reverse("admin:articles_article_changelist")),
                (_("Photos"), reverse("admin:articles_photo_changelist")),
            ]
        if permissions.can_moderate_comments(request.user):
            doors.append((_("Comments"), reverse("admin:comments_comment_changelist")))
        return [
            {
                "label": label,
                "url": url,
                "is_current": request.path == url or (number > 0 and request.path.startswith(url)),
            }
            for number, (label, url) in enumerate(doors)
        ]

    # The dashboard

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {
            "dashboard": desk.dashboard(request.user, clock.now()),
            "heartbeat": Heartbeat.objects.filter(name="tick").first(),
            # Whoever cannot do anything about it is not alarmed by it.
            "watches": permissions.can_see_all_articles(request.user),
            "now": clock.now(),
            "groups": self.groups(request),
            "can_write": permissions.can_write_articles(request.user),
            "waiting": waiting.counts(clock.now())
            if permissions.can_moderate_comments(request.user)
            else None,
        }
        return super().index(request, {**context, **(extra_context or {})})

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> HttpResponse:
        """Apps are how the code is cut, not the newsroom: everything stands on the dashboard."""
        return redirect("admin:index")

    def groups(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What the person may open, as [{"name", "models"}], without what no role may open."""
        models = {
            f"{app['app_label']}.{model['model']._meta.model_name}": model
            for app in self.get_app_list(request)
            for model in app["models"]
        }
        groups = [
            {"name": name, "models": [models.pop(label) for label in labels if label in models]}
            for name, labels in GROUPS
        ]
        groups.append({"name": OTHERS, "models": list(models.values())})
        return [group for group in groups if group["models"]]
