"""Admin views that belong to no viewset. All below ``archive/``: see ``gate``."""

from django.urls import path

from cms.admin import (
    acquisition_prints,
    acquisition_steps,
    authority_merging,
    authority_reports,
    bulk_edit,
    codes,
    dates,
    finding_aids,
    history,
    my_work,
    reports,
    saved_filters,
    scans_beside,
    subject_exchange,
    subject_steps,
    suggest,
    tag_steps,
    tree,
    visits,
    volumes,
)

_ACQUISITION = "archive/acquisitions/<int:pk>/"

urlpatterns = [
    path(
        "archive/authorities/merge/",
        authority_merging.merge_authorities,
        name="archive_authorities_merge",
    ),
    path(
        "archive/authorities/duplicates/",
        authority_reports.duplicates,
        name="archive_authorities_duplicates",
    ),
    path(
        "archive/authorities/unlinked/",
        authority_reports.without_authority,
        name="archive_authorities_unlinked",
    ),
    path(
        "archive/authorities/named/",
        authority_reports.named,
        name="archive_authorities_named",
    ),
    path(
        "archive/authorities/<int:pk>/link/",
        authority_reports.link_records,
        name="archive_authorities_link",
    ),
    path("archive/bulk-edit/", bulk_edit.bulk_edit, name="archive_bulk_edit"),
    path("archive/filters/save/", saved_filters.save, name="archive_filter_save"),
    path(
        "archive/filters/<int:pk>/delete/",
        saved_filters.delete,
        name="archive_filter_delete",
    ),
    path(
        "archive/scans/<int:pk>/<int:sequence>/",
        scans_beside.scan,
        name="archive_scan",
    ),
    path("archive/duplicates/", reports.duplicate_records, name="archive_duplicates"),
    path("archive/history/<int:pk>/", history.record_history, name="archive_history"),
    path(
        "archive/history/<int:pk>/restore/<int:change>/",
        history.restore,
        name="archive_restore",
    ),
    path("archive/history/<int:pk>/discard/", history.discard, name="archive_discard"),
    path("archive/my-work/", my_work.my_work, name="archive_my_work"),
    path("archive/completeness/", reports.completeness, name="archive_completeness"),
    path("archive/dates/", dates.understood, name="archive_dates"),
    path("archive/suggest/<slug:kind>/", suggest.suggest, name="archive_suggest"),
    path(
        "archive/subjects/read/", subject_steps.read_names, name="archive_subjects_read"
    ),
    path(
        "archive/subjects/merge/<int:pk>/",
        subject_steps.merge,
        name="archive_subjects_merge",
    ),
    path(
        "archive/subjects/export/",
        subject_exchange.ExportView.as_view(),
        name="archive_subjects_export",
    ),
    path(
        "archive/subjects/import/",
        subject_exchange.UploadView.as_view(),
        name="archive_subjects_import",
    ),
    path(
        "archive/subjects/import/<uuid:token>/",
        subject_exchange.CheckView.as_view(),
        name="archive_subjects_check",
    ),
    path("archive/tags/complete/", suggest.complete_tags, name="archive_tags_complete"),
    path("archive/tags/change/", tag_steps.change, name="archive_tags_change"),
    path(
        "archive/tags/promote/<int:pk>/",
        tag_steps.promote,
        name="archive_tags_promote",
    ),
    path("archive/visits/", visits.report, name="archive_visits"),
    path("archive/codes/", codes.check_code, name="archive_codes"),
    path("archive/move/<int:pk>/", tree.move, name="archive_move"),
    path("archive/place/<int:pk>/", tree.place, name="archive_place"),
    path("archive/volumes/<int:pk>/", volumes.divide, name="archive_volume"),
    path("archive/numbering/<int:pk>/", tree.numbering, name="archive_numbering"),
    path(
        "archive/print/list/<str:form>/",
        finding_aids.of_list,
        name="archive_print_list",
    ),
    path(
        "archive/print/<int:pk>/<str:form>/",
        finding_aids.of_record,
        name="archive_print",
    ),
    path(
        f"{_ACQUISITION}items/new/",
        acquisition_steps.add_item,
        name="archive_acquisition_item_add",
    ),
    path(
        f"{_ACQUISITION}items/<int:item_pk>/",
        acquisition_steps.edit_item,
        name="archive_acquisition_item_edit",
    ),
    path(
        f"{_ACQUISITION}items/<int:item_pk>/remove/",
        acquisition_steps.remove_item,
        name="archive_acquisition_item_remove",
    ),
    path(
        f"{_ACQUISITION}appraise/",
        acquisition_steps.appraise,
        name="archive_acquisition_appraise",
    ),
    path(
        f"{_ACQUISITION}accession/",
        acquisition_steps.accession,
        name="archive_acquisition_accession",
    ),
    path(
        f"{_ACQUISITION}return/",
        acquisition_steps.give_back,
        name="archive_acquisition_return",
    ),
    path(
        f"{_ACQUISITION}certificate/",
        acquisition_prints.certificate,
        name="archive_acquisition_certificate",
    ),
    path(
        f"{_ACQUISITION}list/",
        acquisition_prints.things,
        name="archive_acquisition_list",
    ),
]
