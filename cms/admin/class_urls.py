"""Admin views of a class: who was there, how far they are, their certificates."""

from django.urls import URLPattern, path

from cms.admin import class_attendance, class_learners

_CLASS = "training/classes/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(f"{_CLASS}attendance/", class_attendance.sheet, name="class_attendance"),
    path(
        f"{_CLASS}sign-in/<int:session>/",
        class_attendance.sign_in,
        name="class_sign_in",
    ),
    path(f"{_CLASS}learners/", class_learners.learners, name="class_learners"),
    path(f"{_CLASS}issue/", class_learners.issue, name="class_issue"),
    path(
        "training/certificates/<int:pk>/revoke/",
        class_learners.revoke,
        name="class_revoke",
    ),
]
