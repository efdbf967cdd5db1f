"""The photo library in the admin."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import permissions
from accounts.guarded import GuardedAdmin
from articles import photos
from articles.models import Photo
from articles.photo_library import photo_urls


class UploadForm(forms.ModelForm):
    """A new photo: nothing but the file, its data are read from it."""

    file = forms.FileField(label=_("Picture"), help_text=_("JPEG, PNG, WebP, AVIF or GIF."))

    class Meta:
        model = Photo
        fields: tuple[str, ...] = ()

    def clean_file(self) -> Any:
        """Refuses what is no picture, with the reason; what is one is stored by the verb."""
        try:
            self.stored = photos.store_upload(self.cleaned_data["file"], by=self.uploader)
        except ValidationError as refusal:
            raise forms.ValidationError(refusal.messages) from refusal
        return self.cleaned_data["file"]


@admin.register(Photo)
class PhotoAdmin(GuardedAdmin):
    """Everybody in the newsroom looks; one changes what one uploaded, a desk everything."""

    may_view = may_change = staticmethod(permissions.can_use_photos)
    list_display = ("thumbnail", "shown_caption", "credit", "photographer", "dimensions", "uploaded_by", "uploaded_at")
    list_display_links = ("thumbnail", "shown_caption")
    list_filter = ("uploaded_at", "ai_use")
    list_select_related = ("uploaded_by",)
    list_per_page = 50
    search_fields = ("caption", "photographer", "credit", "original_name")
    readonly_fields = ("picture", "original_name", "dimensions", "uploaded_by", "uploaded_at")
    fieldsets = (
        (None, {"fields": ("picture", "caption", "credit", "alt")}),
        (_("Rights"), {"fields": ("photographer", "copyright", "licence", "usage_terms", "source", "taken_at")}),
        (_("Cropping"), {"fields": ("whole", "focal_x", "focal_y")}),
        (_("Use of AI"), {"fields": ("ai_use", "ai_note")}),
        (_("File"), {"fields": ("original_name", "dimensions", "uploaded_by", "uploaded_at")}),
    )

    def get_urls(self) -> list[URLPattern]:
        return photo_urls() + super().get_urls()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("metadata")

    def has_change_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        if obj is None:
            return permissions.can_use_photos(request.user)
        return permissions.can_edit_photo(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        # A photo may stand in an article; the library keeps what it was given.
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Photo | None = None) -> Any:
        return super().get_fieldsets(request, obj) if obj else ((None, {"fields": ("file",)}),)

    def get_form(self, request: HttpRequest, obj: Photo | None = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is not None:
            return super().get_form(request, obj, change, **kwargs)
        return type("UploadForm", (UploadForm,), {"uploader": request.user})

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Photo:
        if change:
            return super().save_form(request, form, change)
        return form.stored

    def save_model(self, request: HttpRequest, obj: Photo, form: Any, change: bool) -> None:
        if change:
            photos.describe(obj, by=request.user, changed_fields=set(form.changed_data))
        elif obj.uploaded_by_id != request.user.pk:
            messages.info(request, gettext("This picture was in the library already."))

    @admin.display(description=_("picture"))
    def thumbnail(self, photo: Photo) -> str:
        return format_html('<img class="photo-thumb" src="{}" alt="" loading="lazy" width="96">', photo.preview_url)

    @admin.display(description=_("picture"))
    def picture(self, photo: Photo) -> str:
        return format_html('<img class="photo-picture" src="{}" alt="{}">', photo.preview_url, photo.alt)

    @admin.display(description=_("caption"), ordering="caption")
    def shown_caption(self, photo: Photo) -> str:
        return str(photo)

    @admin.display(description=_("pixels"))
    def dimensions(self, photo: Photo) -> str:
        return f"{photo.width} × {photo.height}"
