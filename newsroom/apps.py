from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("Newsroom")


class NewsroomAdminConfig(AdminConfig):
    """Django's admin with our site: its log-in is the paper's, its index the desk's dashboard."""

    default_site = "newsroom.admin_site.NewsroomAdminSite"
