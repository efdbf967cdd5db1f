"""Every address of the paper; what each answers stands in docs/architecture.md."""

from django.contrib import admin
from django.urls import include, path, re_path

from articles import sitemaps
from articles import views as articles
from articles import views_archive as archive
from articles import views_lists as lists
from articles import views_reads as reads
from newsroom import account, account_data, crawlers, outage, search, views
from publication import views as publication

urlpatterns = [
    # Asked for most, and so looked at first.
    path("news/<int:pk>/", articles.article, name="article"),
    path("", views.front, name="front"),
    path("", include("comments.urls")),
    path("search/", search.search, name="search"),
    path("", include("articles.feeds.urls")),
    path("news/<int:pk>/read/", reads.article_read, name="article-read"),
    path("news/<int:pk>/<path:rest>", articles.article_moved, name="article-moved"),
    path("section/<slug:slug>/", lists.section, name="section"),
    path("tag/<str:slug>/", lists.tag, name="tag"),
    path("series/<slug:slug>/", lists.series, name="series"),
    path("reporter/<int:pk>/", lists.reporter, name="reporter"),
    path("kind/<slug:name>/", lists.kind, name="kind"),
    path("archive/", archive.archive, name="archive"),
    re_path(r"^archive/(?P<year>[0-9]{4})/$", archive.archive, name="archive-year"),
    re_path(r"^archive/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/$", archive.month, name="archive-month"),
    re_path(
        r"^archive/(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})/$",
        archive.day,
        name="archive-day",
    ),
    path("policy/<slug:slug>/", publication.policy, name="policy"),
    path("media/photos/<slug:key>/<str:name>", articles.rendition, name="rendition"),
    path("media/cards/<int:pk>/<str:name>", articles.card, name="card"),
    path("media/brand/<str:name>", publication.brand, name="brand"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-news.xml", sitemaps.news, name="sitemap-news"),
    path("sitemap-pages.xml", sitemaps.pages, name="sitemap-pages"),
    path("sitemap-reporters.xml", sitemaps.reporters, name="sitemap-reporters"),
    path("sitemap-articles-<int:number>.xml", sitemaps.articles, name="sitemap-articles"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("ads.txt", crawlers.ads, name="ads"),
    path(".well-known/security.txt", crawlers.security, name="security"),
    path("manifest.webmanifest", publication.manifest, name="manifest"),
    path("speculation.json", publication.speculation, name="speculation"),
    path("favicon.ico", publication.icon, {"name": "favicon.ico"}, name="favicon"),
    path("apple-touch-icon.png", publication.icon, {"name": "apple-touch-icon.png"}, name="apple-touch-icon"),
    path("icon-192.png", publication.icon, {"name": "icon-192.png"}, name="icon-192"),
    path("icon-512.png", publication.icon, {"name": "icon-512.png"}, name="icon-512"),
    path("accounts/", account.account, name="account"),
    path("accounts/export/", account_data.account_export, name="account-export"),
    path("accounts/delete/", account_data.account_delete, name="account-delete"),
    path("accounts/claim/", account_data.account_claim, name="account-claim"),
    path("accounts/signup/", account.SignUp.as_view(), name="account_signup"),
    path("accounts/3rdparty/signup/", account.ProviderSignUp.as_view(), name="socialaccount_signup"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler429 = views.too_many_requests
handler500 = outage.server_error
handler503 = outage.unavailable
