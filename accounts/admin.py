"""People: who may log in, and in which roles."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import permissions
from accounts.guarded import GuardedAdmin
from accounts.models import Role, User



class RoleField(forms.ModelMultipleChoiceField):
    """The four roles by their names in the reader's language."""

    def label_from_instance(self, obj: Group) -> str:
        return str(Role(obj.name).label) if obj.name in Role.values else obj.name


class PersonForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"


class NewPersonForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name")


@admin.register(User)
class UserAdmin(GuardedAdmin, DjangoUserAdmin):
    """Managers only. Staff are whoever has a role; there is no other switch."""

    may_view = may_change = staticmethod(permissions.can_manage_people)
    form = PersonForm
    add_form = NewPersonForm
    list_display = ("email", "name", "nickname", "shown_roles", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    search_fields = ("email", "name", "nickname")
    ordering = ("email",)
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("email", "password", "name", "nickname", "language")}),
        (_("Roles"), {"fields": ("groups", "is_active")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name != "groups":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        return RoleField(
            queryset=Group.objects.filter(name__in=Role.values),
            required=False,
            label=_("Roles"),
            widget=forms.CheckboxSelectMultiple,
        )

    @admin.display(description=_("roles"))
    def shown_roles(self, user: User) -> str:
        names = {group.name for group in user.groups.all()}
        return ", ".join(str(role.label) for role in Role if role in names) or "–"
