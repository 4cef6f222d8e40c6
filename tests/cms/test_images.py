import json
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from archive.models import Folio, Record
from archive.seen import IMAGE_VIEW_VERSION
from tests.cms import collection
from tests.cms.collection import Collection
from tests.factories import UserFactory

FULL = "full/max/0/default.png"


@pytest.fixture
def tree(db: None) -> Collection:
    """The collection without an index: images need none."""
    return collection.build(index=False)


def base(record: Record) -> str:
    folio = record.folios.order_by("sequence")[0]
    return f"/iiif/image/{folio.pk}-{IMAGE_VIEW_VERSION}"


def test_an_open_image_is_served_with_its_own_size(
    client: Client, tree: Collection
) -> None:
    response = client.get(f"{base(tree.public)}/{FULL}")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "public, max-age=600"
    assert Image.open(BytesIO(response.content)).size == (200, 100)


def test_level_2_requests_are_answered(client: Client, tree: Collection) -> None:
    region = "10,10,100,50/50,/90/gray.jpg"
    response = client.get(f"{base(tree.public)}/{region}")
    assert response.status_code == 200
    assert Image.open(BytesIO(response.content)).size == (25, 50)
    assert client.get(f"{base(tree.public)}/pct:0,0,50,50/!90,90/0/default.webp")


def test_info_json_describes_the_image(client: Client, tree: Collection) -> None:
    response = client.get(f"{base(tree.public)}/info.json")
    assert response["Content-Type"].startswith("application/ld+json")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Accept" in response["Vary"].split(", ")
    info = json.loads(response.content)
    assert info["id"] == f"http://testserver{base(tree.public)}"
    assert (info["width"], info["height"]) == (200, 100)
    assert info["profile"] == "level2"


def test_the_image_itself_leads_to_info_json(client: Client, tree: Collection) -> None:
    response = client.get(base(tree.public))
    assert response.status_code == 303
    assert response.headers["Location"] == f"{base(tree.public)}/info.json"


def test_an_unchanged_image_is_not_sent_twice(client: Client, tree: Collection) -> None:
    url = f"{base(tree.public)}/{FULL}"
    etag = client.get(url)["ETag"]
    again = client.get(url, headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again.content == b""
    other = client.get(f"{base(tree.public)}/full/100,/0/default.png")
    assert other["ETag"] != etag


def test_nothing_names_the_master(client: Client, tree: Collection) -> None:
    folio = tree.public.folios.select_related("master")[0]
    response = client.get(f"{base(tree.public)}/{FULL}")
    told = response.content + str(dict(response.headers)).encode()
    assert folio.master.sha256.encode() not in told


@pytest.mark.parametrize("part", ["", "/info.json", f"/{FULL}"])
def test_a_hidden_image_answers_as_one_that_does_not_exist(
    client: Client, tree: Collection, part: str
) -> None:
    for record in (tree.staff, tree.reading_room, tree.catalogue_only):
        pk = str(record.folios.order_by("sequence")[0].pk)
        missing_pk = "0" * len(pk)
        hidden = client.get(base(record) + part)
        missing = client.get(f"/iiif/image/{missing_pk}-{IMAGE_VIEW_VERSION}{part}")
        assert hidden.status_code == missing.status_code == 404
        assert dict(hidden.headers) == dict(missing.headers)
        assert (
            hidden.content.replace(f"{pk}-".encode(), f"{missing_pk}-".encode())
            == missing.content
        )


def test_a_hidden_image_does_not_even_say_that_a_request_makes_no_sense(
    client: Client, tree: Collection
) -> None:
    nonsense = "/full/purple/0/default.png"
    assert client.get(base(tree.public) + nonsense).status_code == 400
    assert client.get(base(tree.staff) + nonsense).status_code == 404


def test_a_quarantined_image_is_for_staff_alone(
    client: Client, tree: Collection
) -> None:
    Folio.objects.filter(record=tree.public).update(quarantined=True)
    url = f"{base(tree.public)}/{FULL}"
    assert client.get(url).status_code == 404
    client.force_login(UserFactory.create(is_superuser=True))
    response = client.get(url)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


def test_what_only_some_may_see_is_kept_in_no_cache(
    reader_in_the_room: Client, tree: Collection
) -> None:
    response = reader_in_the_room.get(f"{base(tree.reading_room)}/{FULL}")
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in response
    public = reader_in_the_room.get(f"{base(tree.public)}/{FULL}")
    assert public["Cache-Control"] == "public, max-age=600"


@pytest.mark.parametrize(
    "identifier", ["x", "1", "1-", "-1", "１-1", "1-1-1", "9" * 40]
)
def test_an_identifier_of_no_image_is_not_found(
    client: Client, db: None, identifier: str
) -> None:
    assert client.get(f"/iiif/image/{identifier}/{FULL}").status_code == 404
