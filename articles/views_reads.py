"""Where a page reports that it is being read."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from articles import reads


# Without a token: the page is the same for everybody, and nothing of a person's is changed here.
@csrf_exempt
@require_POST
def article_read(request: HttpRequest, pk: int) -> HttpResponse:
    """204 in every case, so that it tells nothing about an article; the body is not looked at."""
    if reads.is_reader(request.headers):
        reads.count(pk, request.META.get("REMOTE_ADDR", ""))
    return HttpResponse(status=204)
