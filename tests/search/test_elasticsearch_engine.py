"""What is particular to Elasticsearch: its tokenizer, its index, its absence."""

import sys
import time
import uuid
from collections.abc import Iterator, Sequence

import pytest
from elasticsearch import Elasticsearch

from search.engines.elastic import ElasticsearchEngine
from search.engines.elastic.mapping import index_body
from search.errors import SearchUnavailable, WriteRejected
from search.tokens import engine_text, spell, tokens
from tests.search.corpus import document, found, search
from tests.search.engines import delete_indices
from tests.servers.process import free_port

pytestmark = pytest.mark.elasticsearch

# _analyze gives at most 10,000 tokens at once.
CHUNK = 4_000


@pytest.fixture(scope="module")
def client(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with Elasticsearch(elasticsearch_url) as client:
        yield client


@pytest.fixture
def name(elasticsearch_url: str) -> Iterator[str]:
    name = f"test-{uuid.uuid4().hex}"
    yield name
    delete_indices(elasticsearch_url, name)


@pytest.fixture
def engine(elasticsearch_url: str, name: str) -> Iterator[ElasticsearchEngine]:
    engine = ElasticsearchEngine([elasticsearch_url], name)
    engine.prepare()
    yield engine
    engine.close()


def analysed(client: Elasticsearch, text: str) -> list[str]:
    answer = client.indices.analyze(tokenizer="standard", text=text)
    return [token["token"] for token in answer["tokens"]]


def in_chunks(words: Sequence[str]) -> Iterator[str]:
    for first in range(0, len(words), CHUNK):
        yield " ".join(words[first : first + CHUNK])


def test_the_standard_tokenizer_gives_back_every_token_of_one_character(
    client: Elasticsearch,
) -> None:
    everything = " ".join(map(chr, range(sys.maxunicode + 1)))
    words = sorted({spell(token.text) for token in tokens(everything)})
    assert len(words) > 90_000
    for chunk in in_chunks(words):
        assert analysed(client, chunk) == chunk.split(" ")


@pytest.mark.parametrize(
    "text",
    [
        "1963年11月20日 3.5 don't e_mail a.b.c 1,000 ①② テスト ーー ㍿ 한국어",
        "кот عربي ไทย עברית ελληνικά հայ ქარ ཨོཾ မြန် ខ្មែរ ଓଡ଼",
        "e\u0301 क्षि \U0001f1e8\U0001f1f3 1\ufe0f\u20e3 👨\u200d👩\u200d👧",
        "ﾃﾞ カﾞ が\u3099 甲\ufe00 葛\U000e0100",
        "a" * 300 + "9" * 300 + " ß Straße ſ ŉ ǆ ʼn Å",
        "𠀀𪜀𫝀𫠠𬺰𮯰𰀀𱍐 龥鿋鿿 㐀䶵䶿 〇〡〻々〆",
        "A4纸B5 m²H₂O x-y_z 枫桥_经验 soft\u00adhyphen word\u2060join zero\u200bwidth",
    ],
)
def test_the_standard_tokenizer_gives_back_the_tokens_of_difficult_texts(
    client: Elasticsearch, text: str
) -> None:
    sent = engine_text(text)
    assert analysed(client, sent) == sent.split(" ")


def test_pairs_of_all_kinds_of_tokens_do_not_grow_together(
    client: Elasticsearch,
) -> None:
    kinds = ["枫", "a", "zß", "1", "007", "テ", "ー", "한", "к", "क", "ไ", "𠀀", "〇"]
    kinds += ["u30edd", "ا", "א", "ㄅ", "ꀀ", "ᠠ", "ⅳ", "々", "が", "۳"]
    pairs = [f"{first} {second}" for first in kinds for second in kinds]
    for chunk in in_chunks(pairs):
        assert analysed(client, chunk) == chunk.split(" ")


def test_the_whole_text_is_not_kept_in_the_source(
    engine: ElasticsearchEngine, client: Elasticsearch, name: str
) -> None:
    engine.write([document(1, "枫桥经验", title="标题", tags=("调解",))])
    source = client.get(index=name, id="1:0")["_source"]
    assert set(source) == {
        *("id", "source_id", "audience_min", "audience_max"),
        *("path", "reference_code", "tag"),
    }


def test_shards_and_replicas_are_those_asked_for() -> None:
    settings = index_body(shards=5, replicas=2)["settings"]
    assert (settings["number_of_shards"], settings["number_of_replicas"]) == (5, 2)


def test_facets_are_exact_on_many_shards(elasticsearch_url: str, name: str) -> None:
    engine = ElasticsearchEngine([elasticsearch_url], name, shards=4)
    engine.prepare()
    tags = [f"标签{n:03d}" for n in range(300)]
    engine.write([document(n, tags=tuple(tags[n % 7 :: 7])) for n in range(60)])
    response = search(engine, None, facets=("tag",))
    counts = {tag: len(range(n % 7, 60, 7)) for n, tag in enumerate(tags)}
    expected = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    assert list(response.facets["tag"]) == expected
    assert response.approximate == frozenset()
    engine.close()


def test_a_volume_too_large_for_one_request_is_sent_in_several(
    engine: ElasticsearchEngine,
) -> None:
    engine.write([document(n, "枫桥经验" * 250_000) for n in range(1, 5)])
    assert found(engine, "验枫") == [1, 2, 3, 4]


def test_an_index_never_made_is_unavailable_and_not_empty(
    elasticsearch_url: str, name: str
) -> None:
    engine = ElasticsearchEngine([elasticsearch_url], name)
    for call in (engine.ping, engine.count, engine.documents, engine.tokens_version):
        with pytest.raises(SearchUnavailable):
            call()
    with pytest.raises(SearchUnavailable):
        search(engine, "甲")
    with pytest.raises(SearchUnavailable):
        engine.write([document(1, "甲")])
    engine.prepare()
    engine.write([document(1, "甲")])
    assert found(engine, "甲") == [1]
    engine.close()


def test_an_index_of_another_version_says_so_until_it_is_made_anew(
    elasticsearch_url: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engines.elastic.mapping.SCHEMA_VERSION", "1")
    old = ElasticsearchEngine([elasticsearch_url], name)
    old.prepare()
    monkeypatch.undo()
    engine = ElasticsearchEngine([elasticsearch_url], name)
    for call in (engine.ping, lambda: search(engine, "甲")):
        with pytest.raises(SearchUnavailable, match="another version"):
            call()
    with pytest.raises(SearchUnavailable, match="another version"):
        engine.write([document(1, "甲")])
    generation = engine.begin_rebuild()
    engine.write([document(1, "甲")], generation=generation)
    engine.finish_rebuild(generation)
    assert found(engine, "甲") == [1]
    old.close()
    engine.close()


def test_a_server_that_is_down_is_unavailable_within_seconds() -> None:
    engine = ElasticsearchEngine([f"http://127.0.0.1:{free_port()}"], "archive")
    started = time.monotonic()
    with pytest.raises(SearchUnavailable):
        search(engine, "甲")
    with pytest.raises(SearchUnavailable):
        engine.ping()
    with pytest.raises(SearchUnavailable):
        engine.write([document(1, "甲")])
    with pytest.raises(SearchUnavailable):
        engine.begin_rebuild()
    assert time.monotonic() - started < 5
    engine.close()


def test_one_node_of_several_may_be_down(elasticsearch_url: str, name: str) -> None:
    hosts = [f"http://127.0.0.1:{free_port()}", elasticsearch_url]
    engine = ElasticsearchEngine(hosts, name)
    engine.prepare()
    for number in range(1, 5):
        engine.write([document(number, "甲")])
    assert found(engine, "甲") == [1, 2, 3, 4]
    engine.close()


def test_a_document_that_elasticsearch_refuses_is_named(
    engine: ElasticsearchEngine,
) -> None:
    with pytest.raises(WriteRejected, match="2:0"):
        engine.write([document(1, "甲"), document(2, reference_code="长" * 20_000)])


def test_a_writer_that_comes_late_for_a_swap_does_not_bring_an_index_back(
    engine: ElasticsearchEngine,
    client: Elasticsearch,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    generation = engine.begin_rebuild()
    engine.finish_rebuild(generation)
    # The writer read the aliases before the swap and believes in a next index.
    targets = [name, f"{name}-next"]
    monkeypatch.setattr(engine, "_targets", lambda generation: targets)
    engine.write([document(1, "甲")])
    assert found(engine, "甲") == [1]
    assert list(client.indices.get(index=f"{name}*")) == [generation]


def test_two_rebuilds_begun_at_once_leave_one_next_index(
    elasticsearch_url: str, client: Elasticsearch, name: str
) -> None:
    first = ElasticsearchEngine([elasticsearch_url], name)
    second = ElasticsearchEngine([elasticsearch_url], name)
    old, new = first.begin_rebuild(), second.begin_rebuild()
    first.abandon_rebuild(old)
    assert list(client.indices.get_alias(name=f"{name}-next")) == [new]
    first.close()
    second.close()
