"""How tags are found; taggit's own table knows their names alone."""

from typing import Any

from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver
from taggit.models import Tag

from archive.pinyin import initials
from archive.suggestions import INITIALS_LENGTH, key_of


class TagSpelling(models.Model):
    """The keys by which ``archive.suggestions`` finds a tag."""

    tag = models.OneToOneField(
        Tag, primary_key=True, on_delete=models.CASCADE, related_name="spelling"
    )
    folded = models.CharField(max_length=100, db_index=True)
    initials = models.CharField(max_length=100, db_index=True)

    def __str__(self) -> str:
        return self.folded


def spelled(name: str) -> dict[str, str]:
    """The columns of ``TagSpelling`` for a name."""
    return {"folded": key_of(name), "initials": initials(name)[:INITIALS_LENGTH]}


@receiver(post_save, sender=Tag)
def _spell(sender: type[Tag], instance: Tag, **kwargs: Any) -> None:
    """Tags are made in many places, of Wagtail's and taggit's, too."""
    if not kwargs.get("raw"):
        keys = spelled(instance.name)
        TagSpelling.objects.update_or_create(tag=instance, defaults=keys)
