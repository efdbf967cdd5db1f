"""The paper's facts and its policy pages in the admin; the audit log stands in admin_audit.py."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import permissions
from accounts.guarded import GuardedAdmin
from articles.rerendering import RENDERED_FACTS, render_all
from newsroom.admin_audit import AuditAdmin
from publication import branding, versions
from publication.models import PolicyPage, Publication

__all__ = ["AuditAdmin", "PolicyPageAdmin", "PublicationAdmin"]

# A role is given on the person's page; a bare list of groups would only show names nobody may change.
admin.site.unregister(Group)


class PublicationForm(forms.ModelForm):
    """The facts; pictures are taken in as untrusted ones are."""

    def clean_logo(self) -> Any:
        return self._picture("logo")

    def clean_default_share_picture(self) -> Any:
        return self._picture("default_share_picture")

    def _picture(self, field: str) -> Any:
        """A new file is encoded anew; what stands there already, or "clear", passes."""
        file = self.cleaned_data[field]
        return branding.encoded(file) if isinstance(file, UploadedFile) else file


@admin.register(Publication)
class PublicationAdmin(GuardedAdmin):
    """One row: the list leads straight to it."""

    may_view = may_change = staticmethod(permissions.can_manage_publication)
    form = PublicationForm
    fieldsets = (
        (
            _("The newspaper"),
            {"fields": ("name", "corporation", "registration_number", "registered_on", "issued_on")},
        ),
        (
            _("Responsible"),
            {
                "fields": (
                    "publisher",
                    "editor",
                    "youth_officer",
                    "privacy_officer",
                    "ombudsman",
                    "arrangement_officer",
                )
            },
        ),
        (_("Contact"), {"fields": ("address", "phone", "email")}),
        (
            _("Words on the page"),
            {
                "fields": (
                    "copyright_line",
                    "byline_label",
                    "published_label",
                    "modified_label",
                    "dateline_pattern",
                    "credit_pattern",
                )
            },
        ),
        (_("Pictures"), {"fields": ("logo", "default_share_picture")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Publication.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            return super().changelist_view(request, extra_context)
        row = Publication.objects.first()
        name = "admin:publication_publication_change" if row else "admin:publication_publication_add"
        return redirect(reverse(name, args=[row.pk] if row else []))

    def save_model(self, request: HttpRequest, obj: Publication, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if RENDERED_FACTS.intersection(form.changed_data):
            transaction.on_commit(lambda: render_all.enqueue())

    def version_keys(self, obj: models.Model) -> list[str]:
        return [versions.PUBLICATION]


@admin.register(PolicyPage)
class PolicyPageAdmin(GuardedAdmin):
    may_view = may_change = staticmethod(permissions.can_manage_publication)
    list_display = ("title", "slug", "order", "is_shown", "updated_at")
    list_editable = ("order", "is_shown")
    prepopulated_fields = {"slug": ("title",)}

    def version_keys(self, obj: models.Model) -> list[str]:
        return [versions.PUBLICATION]
