"""The thesaurus as SKOS (W3C, 2009), in Turtle or RDF/XML.

``skos:notation`` is the number, ``skos:prefLabel`` in ``zh`` and ``en`` the labels, and
``isothes:status`` (ISO 25964) the status. A file is only read where it lies: nothing
that it names is fetched, and XML that declares a document type is refused, for that is
how entities grow and reach for other files.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat
from xml.sax import SAXException

from django.utils.translation import gettext as _
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.exceptions import Error as RdfError
from rdflib.namespace import DCTERMS, OWL, RDF, SKOS
from rdflib.term import Node

from archive.models import Subject
from archive.subjects.bringing import Report, Wish, bring
from archive.subjects.store import load
from archive.subjects.thesaurus import Concept, Thesaurus, is_number

FORMATS: Final = {"ttl": "turtle", "rdf": "pretty-xml"}
"""Suffix → what rdflib calls the syntax."""

ISOTHES = Namespace("http://purl.org/iso25964/skos-thes#")
BASE = "urn:fengqiao:subject:"
SCHEME = URIRef("urn:fengqiao:subjects")
MAX_BYTES: Final = 50_000_000

PROPERTIES: Final = {
    "number": "skos:notation",
    "label": "skos:prefLabel@zh",
    "label_en": "skos:prefLabel@en",
    "alternatives": "skos:altLabel",
    "broader": "skos:broader",
    "related": "skos:related",
    "scope_note": "skos:scopeNote",
    "source": "dcterms:source",
    "status": "isothes:status",
}
"""What a report calls the fields."""

_READ = frozenset(
    {
        RDF.type,
        SKOS.notation,
        SKOS.prefLabel,
        SKOS.altLabel,
        SKOS.hiddenLabel,
        SKOS.broader,
        SKOS.narrower,
        SKOS.related,
        SKOS.scopeNote,
        SKOS.inScheme,
        SKOS.topConceptOf,
        DCTERMS.source,
        ISOTHES.status,
        OWL.deprecated,
    }
)
# From the best to the last resort; a literal without a language counts as Chinese.
_CHINESE = ("zh", "zh-hans", "zh-cn", "", "zh-sg", "zh-hant", "zh-tw", "zh-hk")


def write(path: Path, suffix: str) -> int:
    """The whole thesaurus in the syntax of ``FORMATS``; how many concepts."""
    thesaurus = load()
    graph = graph_of(thesaurus)
    graph.serialize(path, format=FORMATS[suffix], encoding="utf-8")
    return len(thesaurus.concepts)


def graph_of(thesaurus: Thesaurus) -> Graph:
    graph = Graph()
    graph.bind("isothes", ISOTHES)
    graph.add((SCHEME, RDF.type, SKOS.ConceptScheme))
    for concept in thesaurus.concepts.values():
        for predicate, value in _said(thesaurus, concept):
            graph.add((URIRef(BASE + concept.number), predicate, value))
    return graph


def _said(thesaurus: Thesaurus, concept: Concept) -> Iterator[tuple[URIRef, Node]]:
    yield RDF.type, SKOS.Concept
    yield SKOS.inScheme, SCHEME
    yield SKOS.notation, Literal(concept.number)
    yield SKOS.prefLabel, Literal(concept.label, lang="zh")
    if concept.label_en:
        yield SKOS.prefLabel, Literal(concept.label_en, lang="en")
    for name in concept.alternatives:
        yield SKOS.altLabel, Literal(name, lang="en" if name.isascii() else "zh")
    if concept.broader:
        yield SKOS.broader, URIRef(BASE + concept.broader)
    else:
        yield SKOS.topConceptOf, SCHEME
    for number in thesaurus.related_to(concept.number):
        yield SKOS.related, URIRef(BASE + number)
    if concept.scope_note:
        yield SKOS.scopeNote, Literal(concept.scope_note, lang="zh")
    if concept.source:
        yield DCTERMS.source, Literal(concept.source)
    yield ISOTHES.status, Literal(concept.status)


def read(path: Path, *, dry_run: bool = False) -> Report:
    """Bring a file in; see ``bringing.bring``. What SKOS knows and this thesaurus does
    not (a second broader concept, languages other than Chinese and English) is told.
    """
    report = Report(dry_run=dry_run)
    graph = _parsed(path, report)
    if graph is None:
        return report
    wishes = [_Node(graph, node, report).wish() for node in _concepts(graph)]
    if not wishes:
        report.problem(0, "", _("文件里没有主题词（skos:Concept）。"), path.name)
    for predicate in sorted(_unread(graph)):
        report.notice(0, str(predicate), _("这一属性没有导入。"))
    return bring(wishes, PROPERTIES, report, dry_run=dry_run)


def _parsed(path: Path, report: Report) -> Graph | None:
    content = path.read_bytes()
    if len(content) > MAX_BYTES:
        message = _("文件超过 %(n)d MB；请分成几个文件。")
        report.problem(0, "", message % {"n": MAX_BYTES // 1_000_000}, path.name)
        return None
    is_xml = content.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<?xml")
    is_xml = is_xml or path.suffix in (".rdf", ".xml") or b"<rdf:RDF" in content[:2000]
    graph = Graph()
    try:
        if is_xml:
            _refuse_doctype(content)
        else:
            content = content.decode("utf-8-sig").encode()
        graph.parse(data=content, format="xml" if is_xml else "turtle")
    except _Doctype:
        message = _(
            "XML 中有文档类型声明（DOCTYPE），可能带有实体，不接受；请去掉后再导入。"
        )
        report.problem(0, "", message, path.name)
    except UnicodeDecodeError:
        report.problem(0, "", _("不是 UTF-8 编码；请另存为 UTF-8。"), path.name)
    except _BROKEN as error:
        message = _("不是完好的 SKOS 文件（Turtle 或 RDF/XML）：%(error)s")
        told = " ".join(str(error).split())[:200]
        report.problem(0, "", message % {"error": told}, path.name)
    else:
        return graph
    return None


# What rdflib lets out of its parsers when a file is not what it says.
_BROKEN = (
    RdfError,
    SAXException,
    expat.ExpatError,
    SyntaxError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
)


class _Doctype(Exception):
    """A document type is declared."""


def _refuse_doctype(content: bytes) -> None:
    def refuse(*args: object) -> None:
        raise _Doctype

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(content, True)


def _concepts(graph: Graph) -> list[Node]:
    found = set(graph.subjects(RDF.type, SKOS.Concept))
    return sorted(found, key=lambda one: (str(graph.value(one, SKOS.notation)), one))


def _unread(graph: Graph) -> set[str]:
    said = {
        predicate
        for node in _concepts(graph)
        for predicate in graph.predicates(node)
        if predicate not in _READ
    }
    return {_short(graph, str(one)) for one in said}


def _short(graph: Graph, predicate: str) -> str:
    """With the prefix of its namespace; as it stands where it is no URI at all."""
    try:
        return str(graph.namespace_manager.normalizeUri(predicate))
    except ValueError:
        return predicate


class _Node:
    """One concept of the graph on its way to be a ``Wish``."""

    def __init__(self, graph: Graph, node: Node, report: Report) -> None:
        self._graph = graph
        self._node = node
        self._report = report
        self._place = str(node)

    def wish(self) -> Wish:
        labels = self._literals(SKOS.prefLabel)
        chinese = [text for _language, text in sorted(labels["zh"])]
        english = [text for _language, text in sorted(labels["en"])]
        names = [
            text
            for predicate in (SKOS.altLabel, SKOS.hiddenLabel)
            for language in self._literals(predicate).values()
            for _rank, text in language
        ]
        given: dict[str, Any] = {
            "label": chinese[0] if chinese else "",
            "label_en": english[0] if english else "",
            "alternatives": (*names, *chinese[1:], *english[1:]),
            "broader": self._broader(),
            "related": tuple(sorted({*map(str, self._linked(SKOS.related))})),
            "scope_note": self._note(),
            "source": "；".join(sorted(map(str, self._values(DCTERMS.source)))),
            "status": self._status(),
        }
        if not chinese:
            message = _("没有中文的正式词；请加上带 @zh 的 skos:prefLabel。")
            self._problem("label", message)
        fields = {name: value for name, value in given.items() if value}
        return Wish(self._number(), fields, str(self._node), place=self._place)

    def _values(self, predicate: URIRef) -> list[Node]:
        return list(self._graph.objects(self._node, predicate))

    def _linked(self, predicate: URIRef) -> Iterable[Node]:
        """In either direction, as for ``skos:related``."""
        yield from self._graph.objects(self._node, predicate)
        yield from self._graph.subjects(predicate, self._node)

    def _literals(self, predicate: URIRef) -> dict[str, list[tuple[int, str]]]:
        """Texts in Chinese and English, each with its rank; others are told."""
        found: dict[str, list[tuple[int, str]]] = {"zh": [], "en": []}
        for value in self._values(predicate):
            language = (getattr(value, "language", None) or "").lower()
            if language in _CHINESE or language.startswith("zh"):
                known = language in _CHINESE
                rank = _CHINESE.index(language) if known else len(_CHINESE)
                found["zh"].append((rank, str(value)))
            elif language.partition("-")[0] == "en":
                found["en"].append((len(language), str(value)))
            else:
                message = _("语言 %(language)s 的“%(text)s”没有导入。")
                values = {"language": language, "text": str(value)[:40]}
                name = self._graph.namespace_manager.normalizeUri(str(predicate))
                self._report.notice(0, name, message % values, self._place)
        return found

    def _broader(self) -> str:
        above = {*self._graph.objects(self._node, SKOS.broader)}
        above |= {*self._graph.subjects(SKOS.narrower, self._node)}
        ordered = sorted(map(str, above))
        if len(ordered) > 1:
            message = _("有 %(n)d 个上位词（%(all)s）；这里只能有一个，请去掉其余的。")
            values = {"n": len(ordered), "all": "、".join(ordered[:5])}
            self._problem("broader", message % values)
        return ordered[0] if ordered else ""

    def _note(self) -> str:
        notes = self._literals(SKOS.scopeNote)
        return "\n".join(text for _rank, text in sorted(notes["zh"] or notes["en"]))

    def _status(self) -> str:
        if (self._node, OWL.deprecated, Literal(True)) in self._graph:
            return Subject.Status.DEPRECATED.value
        said = sorted(map(str, self._values(ISOTHES.status)))
        if said and said[0] not in Subject.Status.values:
            message = _("不认识状态“%(status)s”，没有导入。")
            values = {"status": said[0][:40]}
            self._report.notice(0, PROPERTIES["status"], message % values, self._place)
            return ""
        return said[0] if said else ""

    def _number(self) -> str:
        notations = sorted(map(str, self._values(SKOS.notation)))
        if len(notations) > 1:
            self._problem("number", _("有几个编号；请只保留一个。"))
        if notations:
            return notations[0]
        tail = self._place.replace("/", "#").replace(":", "#").rpartition("#")[2]
        return tail if isinstance(self._node, URIRef) and is_number(tail) else ""

    def _problem(self, field: str, message: str) -> None:
        self._report.problem(0, PROPERTIES[field], message, self._place)
