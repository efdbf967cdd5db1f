"""How answers are labelled for caches: public pages say so themselves, everything else is private."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

# Shared caches may keep a page this many seconds, and serve it a little longer while they fetch a new one.
PUBLIC_CACHE_CONTROL = "public, max-age=0, s-maxage=1, stale-while-revalidate=10, stale-if-error=60"
PRIVATE_CACHE_CONTROL = "private, no-store"

View = Callable[..., HttpResponse]


def public_page(view: View) -> View:
    """Marks a view whose answer is byte for byte the same for everybody, signed in or not."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = PUBLIC_CACHE_CONTROL
        return response

    return wrapper
