"""What the JSON API offers, as an OpenAPI document."""

from typing import Any

from archive.vocabulary import AuthorityKind, Role
from search.engines.base import FACETS, SORTS
from search.stories import CATALOGUE

_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_MARK = {
    "type": "array",
    "items": _COUNT,
    "minItems": 2,
    "maxItems": 2,
    "description": "[start, end) in code points",
}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _query(name: str, description: str, **schema: Any) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "description": description,
        "schema": schema or _TEXT,
    }


def _answers(schema: str, *errors: int) -> dict[str, Any]:
    def body(name: str) -> dict[str, Any]:
        return {"application/json": {"schema": _ref(name)}}

    descriptions = {
        400: "A parameter makes no sense",
        404: "Nothing of that code, or not open to this reader",
        503: "Search is out of order; see Retry-After",
    }
    return {
        "200": {"description": "The answer", "content": body(schema)},
        **{
            str(status): {
                "description": descriptions[status],
                "content": body("Error"),
            }
            for status in errors
        },
    }


_PAGE = _query("page", "From 1", type="integer", minimum=1)
_MANY = {"type": "array", "items": _TEXT}

_ALL_OF_THESE = (
    "May be repeated: a hit must hold all the values. The count beside a value in "
    "the answer's facets is the total that adding this value gives."
)


def _told_of(facet: str) -> str:
    if facet == "place":
        return f"A place's number, or any name that it ever had. {_ALL_OF_THESE}"
    return _ALL_OF_THESE


_MOVED = {"301": {"description": "The code has changed; see Location"}}

_PATHS: dict[str, Any] = {
    "/search": {
        "get": {
            "summary": "Records and pages in which the words occur, and where",
            "parameters": [
                _query("q", 'Words; "phrase", AND, OR, NOT'),
                *(_query(name, _told_of(name), **_MANY) for name in FACETS),
                _query("date_from", "YYYY or YYYY-MM-DD"),
                _query("date_to", "YYYY or YYYY-MM-DD"),
                _query("sort", "Order", type="string", enum=list(SORTS)),
                _PAGE,
            ],
            "responses": _answers("Results", 400, 503),
        }
    },
    "/records": {
        "get": {
            "summary": "The fonds, or the records below one",
            "parameters": [_query("parent", "Reference code"), _PAGE],
            "responses": {**_answers("Records", 400, 404), **_MOVED},
        }
    },
    "/records/{reference_code}": {
        "get": {
            "summary": "A record's description",
            "parameters": [
                {
                    "name": "reference_code",
                    "in": "path",
                    "required": True,
                    "schema": _TEXT,
                }
            ],
            "responses": {**_answers("Record", 404), **_MOVED},
        }
    },
    "/pages": {
        "get": {
            "summary": "Image and text of every page of a record",
            "parameters": [
                {**_query("reference_code", "Reference code"), "required": True}
            ],
            "responses": {**_answers("Pages", 404), **_MOVED},
        }
    },
}

_BRIEF: dict[str, Any] = {
    "type": {
        "type": "string",
        "description": "Level of a record, empty with access “catalogue”; or kind of "
        "a page",
    },
    "reference_code": _TEXT,
    "title": _TEXT,
    "date_display": _TEXT,
    "access": {"type": "string", "enum": ["catalogue", "full"]},
    "url": {"type": "string", "format": "uri"},
}
_PAGE_FIELDS: dict[str, Any] = {
    "page": _COUNT,
    "url": {"type": "string", "format": "uri"},
    "image": {"type": "string", "format": "uri"},
    "image_service": {"type": "string", "format": "uri"},
    "width": _COUNT,
    "height": _COUNT,
}

_RELATION = _object(
    number=_TEXT,
    kind={"type": "string", "enum": list(AuthorityKind.values)},
    role={"type": "string", "enum": list(Role.values)},
    name={"type": "string", "description": "In use at the date of the record"},
    preferred_name={"type": "string", "description": "Today's"},
)

_SCHEMAS: dict[str, Any] = {
    "Relation": _RELATION,
    "Error": _object(error=_object(code=_TEXT, message=_TEXT)),
    "Snippet": _object(
        page={
            "type": ["integer", "null"],
            "minimum": 0,
            "description": "Of a record's scans; null in a page of the site",
        },
        text=_TEXT,
        marks=_list(_MARK),
        url=_TEXT,
    ),
    "Hit": _object(
        **_BRIEF,
        section={
            "type": "string",
            "description": f"“{CATALOGUE}” for records, else the part of the site "
            "that the page is in; such a page has no reference code",
        },
        summary={
            "type": "string",
            "description": "Of pages of the site; empty for records",
        },
        title_marks=_list(_MARK),
        snippets=_list(_ref("Snippet")),
        page_count=_COUNT,
        match_count=_COUNT,
    ),
    "FacetValue": _object(value=_TEXT, label=_TEXT, count=_COUNT),
    "Results": _object(
        total=_COUNT,
        page=_COUNT,
        page_size=_COUNT,
        variants=_list(_TEXT),
        notice=_TEXT,
        approximate_facets={
            **_list(_TEXT),
            "description": "Facets with more values than are listed, or whose "
            "counts are estimates",
        },
        hits=_list(_ref("Hit")),
        facets={
            "type": "object",
            "additionalProperties": _list(_ref("FacetValue")),
        },
    ),
    "Brief": _object(**_BRIEF),
    "Records": _object(
        total=_COUNT, page=_COUNT, pages=_COUNT, records=_list(_ref("Brief"))
    ),
    "Record": {
        **_object(
            **_BRIEF,
            level=_TEXT,
            creators=_list(_TEXT),
            particulars={"type": "object", "additionalProperties": _TEXT},
            tags=_list(_TEXT),
            relations=_list(_ref("Relation")),
            date_min={"type": ["string", "null"], "format": "date"},
            date_max={"type": ["string", "null"], "format": "date"},
            is_demonstration={"type": "boolean"},
            ancestors=_list(_ref("Brief")),
            pages=_list(_object(**_PAGE_FIELDS)),
        ),
        "description": "Further attributes are those of DA/T 18-2022, where filled "
        "in; with access “catalogue” there are title, date and reference code only.",
        "additionalProperties": True,
    },
    "Pages": _object(
        reference_code=_TEXT,
        pages=_list(
            _object(
                **_PAGE_FIELDS,
                text=_TEXT,
                direction={"type": "string", "enum": ["h", "v", ""]},
                script={"type": "string", "enum": ["hans", "hant", ""]},
                confidence={"type": ["number", "null"]},
                proofread={"type": "boolean"},
            )
        ),
    ),
}

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "“枫桥经验”陈列馆档案与知识库", "version": "1"},
    "servers": [{"url": "/api/v1"}],
    "paths": _PATHS,
    "components": {"schemas": _SCHEMAS},
}
