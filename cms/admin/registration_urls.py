"""Admin views for those who run events and classes: nothing of the holdings."""

from django.urls import path

from cms.admin import registration_export, registration_steps, registrations

urlpatterns = [
    path("registrations/", registrations.occasions, name="registration_occasions"),
    path(
        "registrations/<int:pk>/", registrations.occasion, name="registration_occasion"
    ),
    path(
        "registrations/<int:pk>/edit/",
        registration_steps.edit,
        name="registration_edit",
    ),
    path(
        "registrations/<int:pk>/call-off/",
        registration_steps.call_off,
        name="registration_call_off",
    ),
    path(
        "registrations/<int:pk>/take-back/",
        registration_steps.take_back,
        name="registration_take_back",
    ),
    path(
        "registrations/<int:pk>/walk-in/",
        registration_steps.walk_in,
        name="registration_walk_in",
    ),
    path(
        "registrations/<int:pk>/export/",
        registration_export.export,
        name="registration_export",
    ),
    path(
        "registrations/one/<int:pk>/<slug:name>/",
        registration_steps.step,
        name="registration_step",
    ),
]
