"""Every feed stands under the address of the page whose articles it tells."""

from django.urls import path

from articles.feeds.places import ENDINGS
from articles.feeds.views import feed

ADDRESSES = {
    "paper": "",
    "section": "section/<slug:slug>/",
    "series": "series/<slug:slug>/",
    "reporter": "reporter/<int:pk>/",
    "tag": "tag/<str:slug>/",
}

urlpatterns = [
    path(address + ending, feed, {"place": place, "form": form}, name=f"{place}-{form}")
    for place, address in ADDRESSES.items()
    for form, ending in ENDINGS.items()
]
