"""Accounts, uploads of editors, and the Wagtail pages of the site."""

from .bookings import GroupBooking
from .chronicle import ChronicleEvent, ChroniclePage, EventSource
from .desk import DescriptionTemplate, SavedFilter
from .exhibitions import ExhibitionIndexPage, ExhibitionPage
from .fixed_wordings import FixedWording
from .glossary import GlossaryPage, TermPage
from .home import HomePage
from .indexed import IndexedPage
from .knowledge import KnowledgePage
from .news import NewsIndexPage, NewsPage
from .outputs import OutputAuthor, OutputIndexPage, OutputPage
from .outward import LinkCheck
from .regulation import RegulationPage
from .reusable import ReusableText
from .reviews import PageReview, ReviewState, SignOff
from .site import SiteDetails
from .standard import StandardPage
from .subject_pages import SubjectIndexPage, SubjectPage
from .takedown import TakedownRequest
from .traditional_wordings import TraditionalWording
from .uploads import SiteDocument, SiteImage, SiteRendition
from .users import User
from .visit_counts import VisitCount
from .visit_page import VisitPage

__all__ = [
    "ChronicleEvent",
    "ChroniclePage",
    "DescriptionTemplate",
    "EventSource",
    "ExhibitionIndexPage",
    "ExhibitionPage",
    "FixedWording",
    "GlossaryPage",
    "GroupBooking",
    "HomePage",
    "IndexedPage",
    "KnowledgePage",
    "LinkCheck",
    "NewsIndexPage",
    "NewsPage",
    "OutputAuthor",
    "OutputIndexPage",
    "OutputPage",
    "PageReview",
    "RegulationPage",
    "ReusableText",
    "ReviewState",
    "SavedFilter",
    "SignOff",
    "SiteDetails",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
    "StandardPage",
    "SubjectIndexPage",
    "SubjectPage",
    "TakedownRequest",
    "TermPage",
    "TraditionalWording",
    "User",
    "VisitCount",
    "VisitPage",
]
