"""Finding aids on paper: 案卷目录, 归档文件目录, 卷内文件目录, 备考表, 全宗介绍, 封面.

Whoever asks for a sheet logs that it was taken.
"""

from .forms import (
    CONTENTS,
    COVER,
    FILE_LIST,
    FILE_NOTE,
    FILING_LIST,
    FONDS_GUIDE,
    FORMS,
    Form,
    forms_of,
    forms_of_lists,
)
from .rows import CHUNK, Row, choose, lines, narrow, order
from .sheets import (
    STAFF,
    Cover,
    FileNote,
    FondsGuide,
    cover,
    file_note,
    fonds_guide,
)

__all__ = [
    "CHUNK",
    "CONTENTS",
    "COVER",
    "FILE_LIST",
    "FILE_NOTE",
    "FILING_LIST",
    "FONDS_GUIDE",
    "FORMS",
    "STAFF",
    "Cover",
    "FileNote",
    "FondsGuide",
    "Form",
    "Row",
    "choose",
    "cover",
    "file_note",
    "fonds_guide",
    "forms_of",
    "forms_of_lists",
    "lines",
    "narrow",
    "order",
]
