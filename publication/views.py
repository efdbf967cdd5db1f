"""Pages that the paper edits itself."""

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from publication.http import picture, public_page
from publication.models import PolicyPage


@require_safe
@public_page
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    return render(
        request, "publication/policy.html", {"page": get_object_or_404(PolicyPage, slug=slug, is_shown=True)}
    )


@require_safe
def brand(request: HttpRequest, name: str) -> FileResponse:
    """The logo and the default share picture."""
    return picture(settings.MEDIA_ROOT / "brand" / name)
