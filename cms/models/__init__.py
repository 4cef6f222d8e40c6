"""Accounts, uploads of editors, and the Wagtail pages of the site."""

from .pages import HomePage, SiteDetails
from .uploads import SiteDocument, SiteImage, SiteRendition
from .users import User

__all__ = [
    "HomePage",
    "SiteDetails",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
    "User",
]
