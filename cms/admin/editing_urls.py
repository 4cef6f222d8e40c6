"""Admin views of the editors' desk. All below ``editing/``."""

from django.urls import path

from cms.admin import (
    findings,
    fixed_wordings,
    page_reports,
    personal_data,
    reviews,
    sign_offs,
)

urlpatterns = [
    path("editing/reviews/<int:pk>/", reviews.review, name="editing_review"),
    path(
        "editing/reviews/<int:pk>/preview/",
        reviews.preview,
        name="editing_review_preview",
    ),
    path("editing/findings/<int:pk>/", findings.findings, name="editing_findings"),
    path(
        "editing/personal-data/<int:pk>/",
        personal_data.clear,
        name="editing_personal_data",
    ),
    path(
        "editing/personal-data/<int:pk>/preview/",
        personal_data.preview,
        name="editing_personal_data_preview",
    ),
    path("editing/sheets/<int:pk>/sheet/", sign_offs.sheet, name="editing_sheet"),
    path(
        "editing/wordings/export/",
        fixed_wordings.export,
        name="editing_wordings_export",
    ),
    path(
        "editing/wordings/import/", fixed_wordings.load, name="editing_wordings_import"
    ),
    *(
        path(
            f"editing/reports/{name}/",
            page_reports.report,
            {"name": name},
            name=f"editing_report_{name}",
        )
        for name in page_reports.REPORTS
    ),
]
