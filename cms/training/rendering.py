"""Curricula and courses as whole documents: what handouts and packages begin from."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from cms.blocks.sources import sources_in
from cms.evidence.claims import Sources
from cms.languages.prefixes import TRADITIONAL, reading_language, tag
from cms.traditional.current import converter
from cms.training import quizzes
from cms.training.citing import citations


def document_context(taught: Any, request: HttpRequest) -> dict[str, Any]:
    """What the templates of both need; records as the public sees them."""
    lessons = [lesson for course in taught.courses for lesson in course.lessons]
    pages = [lesson.page for lesson in lessons]
    sources: Sources = sources_in(*(page.content for page in pages))
    return {
        "page": taught,
        "request": request,
        "courses": taught.courses,
        "lessons": lessons,
        "sources": sources,
        "cited": citations(pages, sources, request),
        "quizzes": [
            (lesson, quizzes.of_block(child.id, child.value))
            for lesson in lessons
            for child in lesson.page.content
            if child.block_type == "quiz"
        ],
        "html_lang": tag(reading_language() or ""),
        "eager": True,
    }


def rendered(template: str, context: dict[str, Any]) -> str:
    """A whole document in the reader's language and script."""
    html = render_to_string(template, context)
    return converter().page(html) if reading_language() == TRADITIONAL else html
