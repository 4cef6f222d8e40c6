"""The English pages of the demonstration: our own words, like the Chinese ones."""

from collections.abc import Mapping
from typing import Any

from cms.demonstration import case_english
from cms.standard_texts import Blocks

HOME_TITLE = "Home"
LEAD = (
    "Documents of the hall, digitised page by page and searchable word by word. "
    "Search in simplified or traditional characters: both are found, and every "
    "word found is marked on the original page."
)

ABOUT_TITLE = "About the hall"
ABOUT_SUMMARY = (
    "What the Fengqiao Experience Exhibition Hall keeps, and how to read it without "
    "knowing Chinese archives."
)
ABOUT: Blocks = (
    (
        "text",
        "<p>This site is the archive and knowledge base of the Fengqiao Experience "
        "(“枫桥经验”) Exhibition Hall, its research institute and its college. "
        "Fengqiao is a town of Zhuji, in Shaoxing, Zhejiang. The name stands "
        "for a way of settling disputes where they arise, by the people concerned and "
        "their neighbours, before they grow into cases for others.</p>"
        "<p>The documents that the hall keeps are digitised page by page and "
        "recognised as text that can be searched. Exhibitions, the reading guide to "
        "the regulation and the research outputs rest on these documents: each "
        "statement leads back to the page on which it stands.</p>",
    ),
    ("heading", "What the hall is for"),
    (
        "text",
        "<p>The draft regulation on carrying the experience on asks the hall to "
        "collect, protect and put in order historical records and materials of "
        "experience, so that they are safe and open to research "
        "(《绍兴市“枫桥经验”传承发展条例（草案送审稿）》, article 21). "
        "Articles 20 and 24 speak of the institute, the college and the yearly "
        "publicity week. It is a draft, not a rule in force.</p>",
    ),
    ("heading", "How to read it in English"),
    (
        "text",
        "<ul><li>The interface is in English throughout. The documents, their titles "
        "and their descriptions are in Chinese, as they were written.</li>"
        "<li>Pages that an editor has translated are shown in English. Of the others "
        "you see the Chinese text, and a line at the top says so.</li>"
        "<li>Search takes Chinese words, in simplified or in traditional "
        "characters, and reference codes.</li>"
        "<li>Each record and each page can be cited; the forms follow the Chinese "
        "standard GB/T 7714 and can be taken into reference managers.</li></ul>",
    ),
    ("heading", "What can be seen"),
    (
        "text",
        "<p>Whether a record is open is decided by at least two members of staff. Of "
        "some records only the catalogue entry is open: title, date and reference "
        "code; the original can be requested. Records that are not open are not shown "
        "here at all.</p>",
    ),
)

CONTACT: Blocks = (
    (
        "text",
        "<p>If text has been recognised wrongly, or you think that a record should not "
        'be public, please use <a href="/en/takedown/">Corrections and takedown</a> '
        "and give the reference code and the page, so that we can check it soon.</p>"
        '<p>For opening hours and group visits see <a href="/en/visit/">Visiting</a>.'
        "</p>",
    ),
    ("heading", "Asking for records"),
    (
        "text",
        "<p>Records of which only the catalogue entry is open can be asked for by "
        "their reference codes. Please say what for, and which parts you need.</p>",
    ),
)

PRIVACY: Blocks = (
    (
        "text",
        "<p>Reading and searching need no registration. The site uses no statistics "
        "of others, loads no fonts, scripts or pictures from elsewhere, and does not "
        "follow readers across sites in any way.</p>",
    ),
    ("heading", "What we keep"),
    (
        "text",
        "<ul><li>To know what is read, the site counts how often each page was opened "
        "on each day in each language, and nothing more: no cookie, no network "
        "address, browser, referring site or search words. So we do not know who it "
        "was, nor how many. Browsers that ask not to be tracked (DNT, GPC) are not "
        "counted.</li>"
        "<li>Forms use a cookie that protects them against forgery. Against misuse, "
        "network addresses are held in memory for an hour, as an encrypted digest "
        "only.</li>"
        "<li>Staff and authorised readers who sign in get a cookie that keeps them "
        "signed in and does nothing else.</li>"
        "<li>Names and contact details that you give in a form serve to answer that "
        "request, and are deleted some time after it has been dealt with.</li></ul>",
    ),
    ("heading", "Personal details in records"),
    (
        "text",
        "<p>Before a record is opened, personal details in it are reviewed; what has "
        "to be covered is removed from the picture and from the text. If you think "
        "that a record concerns you or your family and should not be public, please "
        'use <a href="/en/takedown/">Corrections and takedown</a>.</p>',
    ),
)

ACCESSIBILITY: Blocks = (
    (
        "text",
        "<p>We try to make this site usable by everyone. It is designed to meet level "
        "AA of the Web Content Accessibility Guidelines (WCAG) 2.2, and each kind of "
        "page is checked by automatic tools and by keyboard.</p>",
    ),
    ("heading", "What works"),
    (
        "text",
        "<ul><li>Browsing, searching, exhibitions and the pages of records work by "
        "keyboard alone.</li>"
        "<li>Text can be enlarged to twice its size without loss; on a phone nothing "
        "scrolls sideways.</li>"
        "<li>There is a light and a dark display; it follows your device.</li>"
        "<li>Reading, searching and changing the language need no JavaScript.</li>"
        "</ul>",
    ),
    ("heading", "What does not work well yet"),
    (
        "text",
        "<ul><li>Screen readers cannot read a scan; please use the recognised text "
        "beside it, which may have errors where it has not been proofread.</li>"
        "<li>In some browsers, vertical text is selected and read out in an order that "
        "is not ideal.</li></ul>"
        '<p>Where you meet a barrier, please <a href="/en/contact/">tell us</a> on '
        "which page, and what device you use.</p>",
    ),
)

PAGES: Mapping[str, Mapping[str, Any]] = {
    "contact": {"title": "Contact us", "body": CONTACT},
    "privacy": {"title": "Privacy", "body": PRIVACY},
    "accessibility": {"title": "Accessibility", "body": ACCESSIBILITY},
    "exhibitions": {
        "title": "Exhibitions",
        "summary": "Read them here and follow the evidence back to the page; in the "
        "hall, listen to the guide stop by stop.",
    },
    "cases": case_english.INDEX,
    "knowledge": {
        "title": "Knowledge base",
        "summary": "Ways into the holdings by article, by subject and by term: each "
        "leads to records, cases, courses, exhibitions and research outputs.",
    },
    "knowledge/glossary": {
        "title": "Glossary",
        "summary": "Terms that are frequent in the regulation and in the records. "
        "Where a term has a dotted line, a tap explains it.",
    },
    "knowledge/outputs": {
        "title": "Research outputs",
        "summary": "Papers, books, projects and reports, each with its citation; the "
        "full text where its owners allow.",
    },
    "knowledge/subjects": {
        "title": "Subjects",
        "summary": "A subject for each of articles 6 to 19 of the draft regulation, "
        "with the records, cases, courses, exhibitions and outputs on it.",
    },
    "news": {
        "title": "News",
        "summary": "Events, exhibitions and new material of the hall.",
    },
    "visit": {
        "title": "Visiting",
        "summary": "Hours, routes and notices on this page are made for demonstration; "
        "they are not those of the hall.",
        "address": "Sample town, Sample county (for demonstration, not where the hall "
        "is)",
        "notices": (
            (
                "text",
                "<ul><li>Please do not touch the exhibits; no flash, please "
                "(demonstration).</li><li>The QR codes on the labels open what the "
                "guide says; please bring earphones (demonstration).</li></ul>",
            ),
        ),
        "transport": (
            (
                "text",
                "<p>Buses and parking are described here (demonstration; no real "
                "routes are given).</p>",
            ),
        ),
        "access": (
            (
                "text",
                "<ul><li>There is a ramp at the entrance and no step between the rooms "
                "(demonstration).</li><li>All that the guide says can be read; the "
                "touch screens can be used sitting (demonstration).</li></ul>",
            ),
        ),
        "booking_help": "Groups of ten and more, please book first (demonstration: "
        "nobody will be there to receive you).",
        "consent": "The organisation, name and telephone number that you give serve "
        "to answer this request only. They are not published and not used for anything "
        "else, and are deleted some time after the visit, as stated below.",
    },
}
"""The fields of translated pages, by the slugs of their addresses."""

EXHIBITION = {
    "title": "Sitting down to talk",
    "summary": "A form for minutes, a model compact, the minutes of a meeting: three "
    "samples on how things are talked over.",
}
WORDS: Mapping[str, str] = {
    "元旦闭馆（演示）": "New Year's Day (demonstration)",
    "先问，再定": "Ask first, then decide",
    "定了，要记": "Once decided, write it down",
    "<p>订约之前逐户征询，赞成与否都记下来；订成之后张贴十日。样件把“问”放在“定”的前面[1]。"
    "</p>": "<p>Before a compact is agreed, every household is asked, and both yes and "
    "no are written down; once agreed, it is posted up for ten days. The sample puts "
    "asking before deciding[1].</p>",
    "<p>会议纪要样件逐案写明说明、讨论和决议。其中一案就是记录本身："
    "纪要宜在三日之内送达[1]。</p>": "<p>The sample minutes tell for each item what "
    "was explained, discussed and decided. One item is the record itself: minutes "
    "should be delivered within three days[1].</p>",
    "订立自治公约的体例。": "A model for drawing up a compact.",
    "一次虚设的会议。": "A meeting that never took place.",
    "村民会议的记录表。": "A form for the minutes of a village meeting.",
    "<p>演示编写组撰文；所用文书均为本项目自拟的演示材料。</p>": "<p>Written by the "
    "demonstration team; all records shown were made up for this project.</p>",
}
"""What streams say that are translated sentence by sentence."""
