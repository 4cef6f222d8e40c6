"""Accounts, uploads of editors, and the Wagtail pages of the site."""

from .desk import DescriptionTemplate, SavedFilter
from .pages import HomePage, SiteDetails
from .uploads import SiteDocument, SiteImage, SiteRendition
from .users import User

__all__ = [
    "DescriptionTemplate",
    "HomePage",
    "SavedFilter",
    "SiteDetails",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
    "User",
]
