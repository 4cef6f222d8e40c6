"""Accounts."""

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """An account of a person: staff of the house or an approved reader."""

    class Meta:
        verbose_name = _("账号")
        verbose_name_plural = _("账号")
