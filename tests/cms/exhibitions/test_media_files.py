"""Sound, film and captions of the house's own."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction

from cms.blocks.audiovisual import AudioBlock, VideoBlock
from cms.models import SiteDocument
from tests.cms.exhibitions.building import (
    CAPTIONS,
    audio,
    block,
    chapter,
    document,
    exhibition,
    sound,
    video,
)

pytestmark = pytest.mark.django_db


def got(
    client: Client, made: SiteDocument, **headers: str
) -> tuple[int, bytes, dict[str, str]]:
    response = client.get(made.url, headers=headers)
    streamed = getattr(response, "streaming", False)
    body = b"".join(response) if streamed else response.content
    return response.status_code, body, dict(response.headers)


def test_a_recording_is_sent_as_what_it_is(client: Client) -> None:
    status, body, headers = got(client, document("guide.wav", sound()))
    assert (status, body) == (200, sound())
    assert headers["Content-Type"] == "audio/wav"
    assert headers["Content-Disposition"] == "inline"
    assert headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    ("asked", "status", "part", "told"),
    [
        ("bytes=0-3", 206, slice(0, 4), "bytes 0-3/{size}"),
        ("bytes=44-", 206, slice(44, None), "bytes 44-{last}/{size}"),
        ("bytes=-4", 206, slice(-4, None), None),
        ("bytes=0-999999", 206, slice(None), "bytes 0-{last}/{size}"),
        ("bytes=0-1,4-5", 200, slice(None), None),
        ("lines=1-2", 200, slice(None), None),
    ],
)
def test_a_range_of_it_can_be_asked_for(
    client: Client, asked: str, status: int, part: slice, told: str | None
) -> None:
    whole = sound()
    answer = got(client, document("guide.wav", whole), range=asked)
    assert answer[:2] == (status, whole[part])
    assert answer[2]["Content-Length"] == str(len(whole[part]))
    if told:
        size = len(whole)
        expected = told.format(size=size, last=size - 1)
        assert answer[2]["Content-Range"] == expected


@pytest.mark.parametrize("asked", ["bytes=999999-", "bytes=9-3", "bytes=-0"])
def test_a_range_outside_of_it_is_refused(client: Client, asked: str) -> None:
    status, body, headers = got(client, document("a.wav", sound()), range=asked)
    assert (status, body) == (416, b"")
    assert headers["Content-Range"] == f"bytes */{len(sound())}"


def test_what_the_browser_has_is_not_sent_again(client: Client) -> None:
    made = document("guide.wav", sound())
    etag = got(client, made)[2]["ETag"]
    assert got(client, made, **{"if-none-match": etag})[0] == 304
    other = {"range": "bytes=0-3", "if-range": '"other"'}
    assert got(client, made, **other)[0] == 200


def test_a_file_of_a_closed_collection_stays_closed(client: Client) -> None:
    made = document("guide.wav", sound())
    closed = Collection.get_first_root_node().add_child(name="关")
    CollectionViewRestriction.objects.create(
        collection=closed, restriction_type="login"
    )
    made.collection = closed
    made.save()
    status, body, _headers = got(client, made, range="bytes=0-3")
    assert status == 302
    assert body == b""


def test_other_files_are_sent_as_before(client: Client) -> None:
    _status, _body, headers = got(client, document("list.txt", b"text"))
    assert headers["Content-Disposition"].startswith("attachment")


def test_a_chapter_plays_them_with_captions_and_transcript(client: Client) -> None:
    heard, seen = audio("文字稿在此"), video()
    exhibition([chapter("一", block("audio", heard), block("video", seen))])
    page = client.get("/exhibitions/paper/").content.decode()
    for told in ("<audio controls", "文字稿在此", 'kind="captions"', '.vtt"'):
        assert told in page
    assert 'srclang="zh-Hans"' in page
    assert "autoplay" not in page


def test_a_film_without_captions_and_a_sound_without_transcript_are_refused() -> None:
    film = document("film.mp4", b"film")
    video = VideoBlock()
    for captions in (None, document("film.txt", CAPTIONS), document("x.vtt", b"hm")):
        value = {
            "title": "片",
            "file": film.pk,
            "captions": captions.pk if captions else None,
            "language": "en",
            "poster": None,
            "description": "",
        }
        with pytest.raises(ValidationError):
            video.clean(video.to_python(value))
    audio = AudioBlock()
    for file, words in ((document("a.wav", b"x"), ""), (film, "文字稿")):
        value = {"title": "音", "file": file.pk, "transcript": words}
        with pytest.raises(ValidationError):
            audio.clean(audio.to_python(value))
