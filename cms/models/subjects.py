"""What a page is about: concepts of the thesaurus."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel


class SubjectsField(ParentalManyToManyField):
    """Concepts, typed by their labels in the form (``cms.admin.page_subjects``)."""

    def formfield(self, **kwargs: Any) -> Any:
        # The forms need models that are ready; this module is one of them.
        from cms.admin.page_subjects import SubjectsFormField

        return SubjectsFormField(
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
        )


class HasSubjects(models.Model):
    """A page that is found by its subjects (``cms.knowledge.gathering``).

    Give the page ``SUBJECT_PANELS`` in its ``content_panels`` and a ``search_kind``.
    """

    subjects = SubjectsField(
        "archive.Subject",
        verbose_name=_("主题"),
        blank=True,
        related_name="+",
        help_text=_("主题词表中的正式词，多个用分号隔开；页面由此进入专题和条例导读。"),
    )

    class Meta:
        abstract = True


SUBJECT_PANELS = [FieldPanel("subjects")]


class SubjectKey(models.ForeignKey):  # type: ignore[type-arg]
    """One concept, typed by its label in the form."""

    def formfield(self, **kwargs: Any) -> Any:
        from cms.admin.page_subjects import SubjectFormField

        return SubjectFormField(
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
        )
