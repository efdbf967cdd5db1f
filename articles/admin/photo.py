"""The photo library in the admin."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from js_asset import ImportMap, Media, Script

from accounts import permissions
from accounts.guarded import GuardedAdmin
from articles import photos
from articles.editor import EDITOR_MODULES
from articles.models import Photo
from articles.photo_library import photo_urls
from articles.pictures.renditions import NoSpace
from articles.widgets import nonced_media, photo_endpoints
from publication.images import MAX_BYTES

PAGE_MEDIA = Media(
    importmap=ImportMap(EDITOR_MODULES),
    js=[Script(f"js/admin/{name}.js", type="module") for name in ("focal-point", "photo-drop")],
)


class UploadForm(forms.ModelForm):
    """A new photo: nothing but the file, its data are read from it."""

    file = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG, WebP, AVIF or GIF. Caption, credit and photographer are read from the file."),
    )

    class Meta:
        model = Photo
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # With script the field takes several pictures at once, each with its own progress and refusal.
        self.fields["file"].widget.attrs |= photo_endpoints() | {
            "accept": "image/jpeg,image/png,image/webp,image/avif,image/gif",
            "data-photo-drop": "",
            "data-photo-page": reverse("admin:articles_photo_change", args=[0]),
            "data-photo-max-bytes": MAX_BYTES,
        }

    def clean_file(self) -> Any:
        """Refuses what is no picture, with the reason; what is one is stored by the verb."""
        try:
            self.stored = photos.store_upload(self.cleaned_data["file"], by=self.uploader)
        except ValidationError as refusal:
            raise forms.ValidationError(refusal.messages) from refusal
        except NoSpace as refusal:
            message = gettext("There is no room left for pictures. Tell the people who run the server.")
            raise forms.ValidationError(message) from refusal
        return self.cleaned_data["file"]


@admin.register(Photo)
class PhotoAdmin(GuardedAdmin):
    """Everybody in the newsroom looks; one changes what one uploaded, a desk everything."""

    may_view = may_change = staticmethod(permissions.can_use_photos)
    change_form_template = "admin/articles/photo/change_form.html"
    list_display = (
        "thumbnail",
        "shown_caption",
        "credit",
        "photographer",
        "dimensions",
        "uploaded_by",
        "uploaded_at",
    )
    list_display_links = ("thumbnail", "shown_caption")
    list_filter = ("uploaded_at", "ai_use")
    list_select_related = ("uploaded_by",)
    list_per_page = 50
    list_max_show_all = 200
    search_fields = ("caption", "photographer", "credit", "original_name")
    search_help_text = _("Caption, photographer, credit or file name")
    readonly_fields = ("original_name", "dimensions", "uploaded_by", "uploaded_at")
    actions = None
    fieldsets = (
        (None, {"fields": ("caption", "credit", "alt")}),
        (_("Cropping"), {"fields": ("whole", "focal_x", "focal_y"), "classes": ("cropping",)}),
        (
            _("Rights"),
            {"fields": ("photographer", "copyright", "licence", "usage_terms", "source", "taken_at")},
        ),
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

    def get_form(
        self, request: HttpRequest, obj: Photo | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is not None:
            return super().get_form(request, obj, change, **kwargs)
        return type("UploadForm", (UploadForm,), {"uploader": request.user})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        context["media"] = nonced_media(context["media"] + PAGE_MEDIA, request)
        context["show_save_and_add_another"] = False
        photo = kwargs.get("obj")
        if photo is not None:
            context["renditions"] = [
                {**rendition, "url": photo.rendition_url(rendition["name"])} for rendition in photo.renditions
            ]
            context["metadata"] = [
                (kind.upper(), sorted(part.items())) for kind, part in photo.metadata.items()
            ]
        return super().render_change_form(request, context, *args, **kwargs)

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Photo:
        instance = super().save_form(request, form, change)
        return instance if change else form.stored

    def save_model(self, request: HttpRequest, obj: Photo, form: Any, change: bool) -> None:
        if change:
            photos.describe(obj, by=request.user, changed_fields=set(form.changed_data))
        elif obj.uploaded_by_id != request.user.pk:
            messages.info(request, gettext("This picture was in the library already."))

    @admin.display(description=_("picture"))
    def thumbnail(self, photo: Photo) -> str:
        return format_html(
            '<img class="photo-thumb" src="{}" alt="" loading="lazy" width="120" height="80">',
            photo.preview_url,
        )

    @admin.display(description=_("caption"), ordering="caption")
    def shown_caption(self, photo: Photo) -> str:
        return str(photo)

    @admin.display(description=_("pixels"))
    def dimensions(self, photo: Photo) -> str:
        return f"{photo.width} × {photo.height}"
