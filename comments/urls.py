"""The addresses of comments; what each answers stands in docs/architecture.md."""

from django.urls import path

from comments import views, views_acting, views_own, views_writing

urlpatterns = [
    path("news/<int:pk>/comments/", views.comments, name="comments"),
    path("news/<int:pk>/comments/write/", views_writing.comment_write, name="comment-write"),
    path("comments/<int:pk>/", views_acting.comment, name="comment"),
    path("comments/<int:pk>/edit/", views_writing.comment_edit, name="comment-edit"),
    path("comments/<int:pk>/delete/", views_acting.comment_delete, name="comment-delete"),
    path("comments/<int:pk>/vote/", views_acting.comment_vote, name="comment-vote"),
    path("comments/<int:pk>/report/", views_acting.comment_report, name="comment-report"),
    path("comments/<int:pk>/at/", views.comment_at, name="comment-at"),
    path("comments/mine/", views_own.comments_mine, name="comments-mine"),
    path("comments/me.json", views_own.comments_me, name="comments-me"),
]
