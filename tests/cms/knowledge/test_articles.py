"""What we ship of the articles."""

import re

import pytest
from django.utils import translation

from archive.models import Subject
from cms.knowledge.articles import NAME, PARTS, article, articles


def test_there_are_twenty_nine_places_and_no_article_twenty_six() -> None:
    found = articles()
    assert [one.number for one in found] == list(range(1, 30))
    assert [one.number for one in found if one.is_missing] == [26]
    assert article(30) is None


def test_each_has_title_and_summary_in_both_languages() -> None:
    for one in articles():
        if one.is_missing:
            continue
        assert one.title
        assert one.title_en
        assert 15 <= len(one.summary) <= 80
        assert one.part in PARTS
        assert not re.search("[\u3400-\u9fff]", one.title_en + one.summary_en)
        assert len(one.summary_en) > 40


def test_an_article_is_cited_as_one_of_a_draft() -> None:
    one = article(21)
    assert one is not None
    assert one.citation == f"{NAME}第二十一条"
    assert "草案送审稿" in one.citation


def test_names_follow_the_readers_language() -> None:
    one = article(9)
    assert one is not None
    with translation.override("zh-hans"):
        assert (one.name, one.heading) == ("第九条", "法治")
    with translation.override("en"):
        assert (one.name, one.heading) == ("Article 9", "Rule of law")


@pytest.mark.django_db
def test_the_subjects_of_articles_six_to_nineteen_are_in_the_thesaurus() -> None:
    for one in articles():
        if 6 <= one.number <= 19:
            concept = Subject.objects.get(label=one.subject)
            assert concept.source == one.citation
            assert one.slug


def test_no_two_subject_pages_have_one_address() -> None:
    slugs = [one.slug for one in articles() if one.slug]
    assert len(slugs) == len(set(slugs)) == 14
