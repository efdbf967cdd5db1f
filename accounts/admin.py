"""People: who may log in, and in which roles."""

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts import permissions
from accounts.guarded import GuardedAdmin
from accounts.models import Role, User
from publication import audit

# What Django calls the page on which a manager sets somebody's password.
PASSWORD_DOOR = "auth_user_password_change"


class RoleField(forms.ModelMultipleChoiceField):
    """The four roles by their names in the reader's language, in the order of Role."""

    def __init__(self, **kwargs: Any) -> None:
        order = Case(*(When(name=role, then=Value(place)) for place, role in enumerate(Role.values)))
        super().__init__(Group.objects.filter(name__in=Role.values).order_by(order), **kwargs)

    def label_from_instance(self, obj: Group) -> str:
        return str(Role(obj.name).label) if obj.name in Role.values else obj.name


class RoleFilter(admin.SimpleListFilter):
    title = _("roles")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Role.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(groups__name=self.value()) if self.value() in Role.values else queryset


class PersonForm(UserChangeForm):
    """`manager` is whoever changes the person; the user admin sets it for each request."""

    manager: User

    class Meta:
        model = User
        fields = ("email", "password", "name", "nickname", "language", "groups", "is_active")
        help_texts = {
            "is_active": _(
                "Staff accounts are not deleted. Whoever may no longer enter is switched off here."
            )
        }

    def clean(self) -> dict[str, Any]:
        """Nobody locks the door behind oneself: another manager has to do that."""
        data = super().clean()
        if self.instance.pk != self.manager.pk or self.instance.is_superuser:
            return data
        names = {group.name for group in data.get("groups", [])}
        if Role.MANAGER not in names:
            self.add_error("groups", _("You cannot take the role of manager from yourself."))
        if not data.get("is_active"):
            self.add_error("is_active", _("You cannot close your own account here."))
        return data


class NewPersonForm(AdminUserCreationForm):
    # There is no other way in for which an account without a password would be made here.
    usable_password = None

    class Meta:
        model = User
        fields = ("email", "name", "groups")


class NewPasswordForm(AdminPasswordChangeForm):
    """Sets a password; taking one away is not offered: `is_active` closes an account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)


@admin.register(User)
class UserAdmin(GuardedAdmin, DjangoUserAdmin):
    """Managers only. Staff are whoever has a role; there is no other switch."""

    may_view = may_change = staticmethod(permissions.can_manage_people)
    form = PersonForm
    add_form = NewPersonForm
    change_password_form = NewPasswordForm
    change_user_password_template = "admin/accounts/user/password.html"
    add_form_template = "admin/accounts/user/add_form.html"
    list_display = ("email", "name", "nickname", "shown_roles", "is_active", "last_login")
    list_filter = (RoleFilter, "is_active")
    search_fields = ("email", "name", "nickname")
    search_help_text = _("E-mail, name or nickname")
    ordering = ("email",)
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("email", "password", "name", "nickname", "language")}),
        (_("Roles"), {"fields": ("groups", "is_active")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "name", "password1", "password2")}),
        (_("Roles"), {"fields": ("groups",)}),
    )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The account that runs the server is changed by nobody below it: not its password, not its address."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: deeds, articles and addresses hang on an account. It is switched off instead."""
        return False

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, **kwargs)
        form.manager = request.user
        return form

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        # An address that is the account's no longer neither opens it nor asks for its password.
        EmailAddress.objects.filter(user=obj).exclude(email=obj.email).delete()

    def user_change_password(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Django's own door; the new password and its audit row are stored together or not at all."""
        with transaction.atomic():
            return super().user_change_password(request, *args, **kwargs)

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> Any:
        """Called for each change; that of a password goes past save_model, which writes the others down."""
        if request.resolver_match.url_name == PASSWORD_DOOR:
            audit.record("password", by=request.user, obj=obj)
        return super().log_change(request, obj, message)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "groups" in form.changed_data:
            names = ", ".join(sorted(form.instance.groups.values_list("name", flat=True)))
            audit.record("roles", by=request.user, obj=form.instance, why=names)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name != "groups":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        return RoleField(
            required=False,
            label=_("Roles"),
            widget=forms.CheckboxSelectMultiple,
        )

    @admin.display(description=_("roles"))
    def shown_roles(self, user: User) -> str:
        names = {group.name for group in user.groups.all()}
        return ", ".join(str(role.label) for role in Role if role in names) or "–"
