"""From a document - text, Markdown or .docx - to its plain text, one paragraph a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from reglament.model.problems import Place, Problem, Refused
from reglament.model.words import Words
from reglament.reading.source import MOST_BYTES, read_source

WORD = ".docx"


def read_document(path: Path) -> str:
    """The text of the document. A .docx needs the extra `docx` (python-docx).

    Raises Refused where the file cannot be read, or is not what its name says.
    """
    return _read_word(path) if path.suffix.lower() == WORD else read_source(path).text


def _read_word(path: Path) -> str:
    _refuse_missing(path)
    try:
        from docx import Document
        from docx.opc.exceptions import PackageNotFoundError
    except ImportError:
        raise _refused(path, "extra-missing", _NOT_INSTALLED, _INSTALL) from None
    try:
        document = Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        raise _refused(path, "document-unreadable", _unreadable(path)) from error
    return "\n".join(_lines(document))


def _lines(document: Any) -> Iterator[str]:
    """Paragraphs and the cells of tables in their written order; list items with a bullet."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            yield from _cells(block)
        else:
            yield _paragraph(block)
            yield ""


def _cells(table: Any) -> Iterator[str]:
    for row in table.rows:
        seen: list[Any] = []
        for cell in row.cells:
            # A merged cell is told once for every column that it covers.
            if cell._tc in seen:
                continue
            seen.append(cell._tc)
            yield from (line for inner in cell.iter_inner_content() for line in _inner(inner))
        yield ""


def _inner(block: Any) -> Iterator[str]:
    return _cells(block) if hasattr(block, "rows") else iter((_paragraph(block),))


def _paragraph(paragraph: Any) -> str:
    text = " ".join(paragraph.text.split("\n"))
    style = (getattr(paragraph.style, "name", None) or "").lower()
    if style.startswith(("heading", "title")) and text.strip():
        return f"# {text}"
    return f"- {text}" if _is_item(paragraph, style) and text.strip() else text


def _is_item(paragraph: Any, style: str) -> bool:
    properties = paragraph._p.pPr
    return style.startswith("list") or (properties is not None and properties.numPr is not None)


def _refuse_missing(path: Path) -> None:
    if path.is_dir():
        words = Words(
            ru=f"`{path}` - папка, а нужен файл", en=f"`{path}` is a folder; a file is wanted"
        )
        raise _refused(path, "file-is-folder", words)
    if not path.exists():
        words = Words(ru=f"нет файла `{path}`", en=f"there is no file `{path}`")
        raise _refused(path, "file-missing", words)
    if path.stat().st_size > MOST_BYTES:
        words = Words(
            ru=f"файл `{path}` больше допустимых {MOST_BYTES} байт",
            en=f"the file `{path}` is larger than the {MOST_BYTES} bytes allowed",
        )
        raise _refused(path, "file-too-large", words)


def _unreadable(path: Path) -> Words:
    return Words(
        ru=f"файл `{path}` - не документ .docx", en=f"the file `{path}` is no .docx document"
    )


def _refused(path: Path, code: str, message: Words, hint: Words | None = None) -> Refused:
    return Refused([Problem(code, message, Place.whole(str(path)), hint=hint)])


_NOT_INSTALLED = Words(
    ru="чтобы читать .docx, нужна библиотека python-docx",
    en="reading .docx takes the library python-docx",
)
_INSTALL = Words(
    ru="установите `reglament[docx]` или сохраните документ как текст",
    en="install `reglament[docx]`, or save the document as text",
)
