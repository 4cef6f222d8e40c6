"""Admin views for all who write pages: nothing of the holdings is behind them."""

from django.urls import path

from cms.admin import page_authors, page_subjects, week_rollover

urlpatterns = [
    path("pages-authors/suggest/", page_authors.suggest, name="page_authors_suggest"),
    path(
        "pages-subjects/suggest/",
        page_subjects.suggest,
        name="page_subjects_suggest",
    ),
    path(
        "publicity-week/<int:pk>/roll-over/",
        week_rollover.roll_over,
        name="week_roll_over",
    ),
]
