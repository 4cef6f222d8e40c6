import json
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client

from archive.records import set_reference_code
from archive.seen import DESCRIPTION
from tests.cms.collection import Collection


def ask(client: Client, path: str, status: int = 200) -> Any:
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == status
    assert response["Content-Type"] == "application/json"
    return json.loads(response.content)


def test_search_has_the_shape_that_scripts_rely_on(
    client: Client, held: Collection
) -> None:
    answer = ask(client, "search?q=矛盾纠纷")
    assert answer["total"] == 1
    (hit,) = answer["hits"]
    assert hit["type"] == "file"
    assert hit["reference_code"] == "T001-WS·1953·Y-001"
    assert hit["title"] == "調解須知"
    assert client.get(hit["url"]).status_code == 200
    (snippet,) = hit["snippets"]
    assert snippet["page"] == 1
    ((start, end),) = snippet["marks"]
    assert snippet["text"][start:end] == "矛盾糾紛"
    assert answer["facets"]["fonds"] == [
        {"value": "T001", "label": "T001　测试全宗", "count": 1}
    ]
    assert set(answer["facets"]) >= {"type", "fonds", "year", "tag"}
    assert answer["approximate_facets"] == []


def test_a_record_has_the_attribute_names_of_the_standard(
    client: Client, held: Collection
) -> None:
    record = ask(client, "records/T001-WS·1953·Y-001")
    assert record["title"] == "調解須知"
    assert record["level"] == "file"
    assert record["creators"] == ["样本调解委员会", "样本村"]
    assert record["scope_content"] == "须知若干条。"
    assert record["tags"] == ["调解"]
    assert (record["open_status"], record["secrecy"]) == ("open", "public")
    assert record["disclosure_status"] == "active"
    assert [page["page"] for page in record["pages"]] == [1, 2]
    assert client.get(record["pages"][0]["image"]).status_code == 200
    assert [one["reference_code"] for one in record["ancestors"]] == ["T001"]


def test_a_catalogue_entry_has_title_date_and_code(
    client: Client, held: Collection
) -> None:
    record = ask(client, "records/T001-WS·2003·Y-004")
    assert set(record) == {"reference_code", "title", "date_display", "access", "url"}
    assert not set(record) & set(DESCRIPTION)


def test_no_list_tells_the_level_of_a_catalogue_entry(
    client: Client, held: Collection
) -> None:
    (hit,) = ask(client, "search?q=目录开放")["hits"]
    listed = ask(client, "records?parent=T001")["records"]
    (entry,) = (one for one in listed if one["access"] == "catalogue")
    for shown in (hit, entry):
        assert shown["title"] == "目录开放案卷"
        assert shown["type"] == ""
    assert ask(client, "search?q=目录开放")["facets"]["type"] == []


@pytest.mark.parametrize(
    "path", ["records/{}", "records?parent={}&page=1", "pages?reference_code={}"]
)
def test_a_former_code_leads_to_the_new_one(
    client: Client, held: Collection, path: str
) -> None:
    old, new = "T001-WS·1953·Y-001", "T001-WS·1953·Y-009"
    set_reference_code(held.public, new)
    response = client.get("/api/v1/" + path.format(old))
    assert response.status_code == 301
    location = unquote(response.headers["Location"])
    assert location == "/api/v1/" + path.format(new)
    assert client.get(location).status_code == 200
    # Of a record that this reader may not see there is no trace.
    old, new = "T001-WS·2002·Y-003", "T001-WS·2002·Y-009"
    set_reference_code(held.staff, new)
    missing = client.get("/api/v1/" + path.format("T001-WS·2002·Y-777"))
    for code in (old, new):
        hidden = client.get("/api/v1/" + path.format(code))
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content
        assert dict(hidden.headers) == dict(missing.headers)


def test_records_lists_what_lies_below(client: Client, held: Collection) -> None:
    assert [one["title"] for one in ask(client, "records")["records"]] == ["测试全宗"]
    below = ask(client, "records?parent=T001")
    assert below["total"] == 2
    assert {one["title"] for one in below["records"]} == {"調解須知", "目录开放案卷"}


def test_pages_have_text_and_image(client: Client, held: Collection) -> None:
    answer = ask(client, "pages?reference_code=T001-WS·1953·Y-001")
    first = answer["pages"][0]
    assert first["text"].startswith("凡遇矛盾糾紛")
    assert (first["width"], first["height"]) == (200, 100)
    assert first["proofread"] is False


@pytest.mark.parametrize(
    "path",
    [
        "records/T001-WS·2002·Y-003",
        "records/nothing",
        "records?parent=T001-WS·2002·Y-003",
        "pages?reference_code=T001-WS·2002·Y-003",
        "pages?reference_code=T001-WS·2003·Y-004",
        "pages",
        "nothing/at/all",
    ],
)
def test_what_is_hidden_and_what_is_not_there_answer_alike(
    client: Client, held: Collection, path: str
) -> None:
    assert ask(client, path, 404) == {
        "error": {"code": "not_found", "message": "没有找到，或尚未开放。"}
    }


@pytest.mark.parametrize("query", ["page=0", "page=x", "sort=colour"])
def test_a_parameter_that_makes_no_sense_is_an_error(
    client: Client, held: Collection, query: str
) -> None:
    assert ask(client, f"search?{query}", 400)["error"]["code"] == "bad_parameter"


def test_paging_too_deep_is_an_error(client: Client, held: Collection) -> None:
    answer = ask(client, "search?q=矛盾纠纷&page=5000", 400)
    assert answer["error"]["code"] == "paging_too_deep"


def test_an_engine_that_is_down_is_no_empty_answer(
    client: Client, settings: object, db: None, tmp_path: object
) -> None:
    settings.SEARCH = {  # type: ignore[attr-defined]
        "ENGINE": "embedded",
        "PATH": f"{tmp_path}/never-made/search.sqlite3",
    }
    response = client.get("/api/v1/search?q=矛盾")
    assert response.status_code == 503
    assert response["Retry-After"]
    assert json.loads(response.content)["error"]["code"] == "search_unavailable"


def test_the_description_of_the_interface_is_true(
    client: Client, held: Collection
) -> None:
    document = ask(client, "openapi.json")
    schemas = document["components"]["schemas"]
    answers = {
        "Results": ask(client, "search?q=矛盾纠纷"),
        "Record": ask(client, "records/T001-WS·1953·Y-001"),
        "Records": ask(client, "records"),
        "Pages": ask(client, "pages?reference_code=T001-WS·1953·Y-001"),
        "Error": ask(client, "records/nothing", 404),
    }
    for name, answer in answers.items():
        described = set(schemas[name]["properties"])
        assert described <= set(answer), name
        if not schemas[name].get("additionalProperties"):
            assert set(answer) <= described, name
    hit = answers["Results"]["hits"][0]
    assert set(hit) == set(schemas["Hit"]["properties"])
    for path in document["paths"]:
        url = "/api/v1" + path.replace("{reference_code}", "T001")
        assert client.get(url).status_code in (200, 404)
