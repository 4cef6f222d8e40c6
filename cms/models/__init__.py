"""Accounts, uploads of editors, and the Wagtail pages of the site."""

from .bookings import GroupBooking
from .case_collections import CaseCollectionPage
from .cases import CaseIndexPage, CaseMethod, CasePage
from .certificates import Certificate
from .chronicle import ChronicleEvent, ChroniclePage, EventSource
from .classes import Attendance, ClassSession, QuizPass, TrainingClass
from .desk import DescriptionTemplate, SavedFilter
from .dispute_types import DisputeType
from .event_page import EventPage
from .exhibitions import ExhibitionIndexPage, ExhibitionPage
from .fixed_wordings import FixedWording
from .glossary import GlossaryPage, TermPage
from .home import HomePage
from .honours import Honour, HonourList
from .indexed import IndexedPage
from .knowledge import KnowledgePage
from .lessons import LessonPage
from .news import NewsIndexPage, NewsPage
from .occasions import Occasion, Registration
from .outputs import OutputAuthor, OutputIndexPage, OutputPage
from .outward import LinkCheck
from .personal_data import PersonalDataClearance
from .publicity_week import ProgrammePage, WeekIndexPage
from .regulation import RegulationPage
from .reusable import ReusableText
from .reviews import PageReview, ReviewState, SignOff
from .site import SiteDetails
from .source_states import SourceState
from .standard import StandardPage
from .subject_pages import SubjectIndexPage, SubjectPage
from .takedown import TakedownRequest
from .traditional_wordings import TraditionalWording
from .training import CoursePage, CurriculumPage, TrainingIndexPage
from .training_registers import Teacher, TeachingPoint
from .uploads import SiteDocument, SiteImage, SiteRendition
from .users import User
from .visit_counts import VisitCount
from .visit_page import VisitPage

__all__ = [
    "Attendance",
    "CaseCollectionPage",
    "CaseIndexPage",
    "CaseMethod",
    "CasePage",
    "Certificate",
    "ChronicleEvent",
    "ChroniclePage",
    "ClassSession",
    "CoursePage",
    "CurriculumPage",
    "DescriptionTemplate",
    "DisputeType",
    "EventPage",
    "EventSource",
    "ExhibitionIndexPage",
    "ExhibitionPage",
    "FixedWording",
    "GlossaryPage",
    "GroupBooking",
    "HomePage",
    "Honour",
    "HonourList",
    "IndexedPage",
    "KnowledgePage",
    "LessonPage",
    "LinkCheck",
    "NewsIndexPage",
    "NewsPage",
    "Occasion",
    "OutputAuthor",
    "OutputIndexPage",
    "OutputPage",
    "PageReview",
    "PersonalDataClearance",
    "ProgrammePage",
    "QuizPass",
    "Registration",
    "RegulationPage",
    "ReusableText",
    "ReviewState",
    "SavedFilter",
    "SignOff",
    "SiteDetails",
    "SiteDocument",
    "SiteImage",
    "SiteRendition",
    "SourceState",
    "StandardPage",
    "SubjectIndexPage",
    "SubjectPage",
    "TakedownRequest",
    "Teacher",
    "TeachingPoint",
    "TermPage",
    "TraditionalWording",
    "TrainingClass",
    "TrainingIndexPage",
    "User",
    "VisitCount",
    "VisitPage",
    "WeekIndexPage",
]
