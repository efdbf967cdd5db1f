"""People in the admin, where every app is in sight: who is deleted leaves as one who leaves by oneself."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db import models, transaction
from django.http import HttpRequest

from accounts import permissions
from accounts.admin import UserAdmin
from accounts.models import User
from comments import leaving
from comments.models import Comment

admin.site.unregister(User)


@admin.register(User)
class PeopleAdmin(UserAdmin):
    """Comments go the way a deletion goes; the stock way would refuse, or leave words behind."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Readers, on their request; on staff hang articles and deeds, so they are switched off instead."""
        return isinstance(obj, User) and not obj.is_staff and permissions.can_manage_people(request.user)

    def get_deleted_objects(self, objs: Iterable[User], request: HttpRequest) -> tuple[Any, ...]:
        """The person and the number of comments; no reader's words on the page that asks."""
        named = [str(one) for one in objs]
        comments = Comment.objects.filter(user__in=objs).count()
        counted = {
            str(User._meta.verbose_name_plural): len(named),
            str(Comment._meta.verbose_name_plural): comments,
        }
        return named, counted, set(), []

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        with transaction.atomic():
            leaving.erase(obj)
            super().delete_model(request, obj)
