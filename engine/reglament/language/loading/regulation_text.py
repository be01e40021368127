"""From a document - text, Markdown or .docx - to its plain text, one paragraph a line."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from reglament.language.syntax.files import opened_file
from reglament.language.syntax.source import MOST_BYTES, called, read_source
from reglament.messages import Message, Words
from reglament.model.problems import Place, Problem, Refused

WORD = ".docx"
MOST_PARTS = 2_000
MOST_UNPACKED = 50_000_000
MOST_TIMES, SMALL = 100, 1_000_000  # text deflates to a tenth, of XML to a fortieth at best


def read_document(path: Path) -> str:
    """The text of the document. A .docx needs the extra `docx` (python-docx).

    Raises Refused where the file cannot be read, or is not what its name says.
    """
    return _read_word(path) if path.suffix.lower() == WORD else read_source(path).text


def _read_word(path: Path) -> str:
    _refuse_missing(path)
    try:
        from docx import Document
    except ImportError:
        raise _refused(path, "extra-missing", _NOT_INSTALLED, _INSTALL) from None
    try:
        with opened_file(path, str(path)) as file:
            data = BytesIO(file.read(MOST_BYTES + 1))
        _refuse_bomb(path, data)
        return "\n".join(_lines(Document(data)))
    except Refused:
        raise
    except Exception as error:  # the library trusts files, and raises as it falls
        raise _refused(path, "document-unreadable", _unreadable(path)) from error


def _refuse_bomb(path: Path, data: BytesIO) -> None:
    """Raises Refused for a package that unpacks to more than a document has, before it is unpacked.

    No more is read of a part than the package says that it has. Entities are never resolved;
    no word processor declares any, either.
    """
    with ZipFile(data) as package:
        parts = package.infolist()
        size = sum(part.file_size for part in parts)
        packed = sum(part.compress_size for part in parts)
        is_dense = size > SMALL and size > MOST_TIMES * packed
        if len(parts) > MOST_PARTS or size > MOST_UNPACKED or is_dense:
            raise _refused(path, "document-too-large", Message("file-unpacks-more-than", path=path))
        for part in parts:
            if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in package.read(part):
                raise _refused(path, "document-unreadable", _unreadable(path))


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
        raise _refused(path, "file-is-folder", Message("folder-file-wanted-source", name=path))
    if not path.exists():
        raise _refused(path, "file-missing", Message("not-file", path=path))
    if path.stat().st_size > MOST_BYTES:
        words = Message("file-larger-than-bytes", what=called(str(path)), most_bytes=MOST_BYTES)
        raise _refused(path, "file-too-large", words)


def _unreadable(path: Path) -> Words:
    return Message("file-not-docx-document", path=path)


def _refused(path: Path, code: str, message: Words, hint: Words | None = None) -> Refused:
    return Refused([Problem(code, message, Place.whole(str(path)), hint=hint)])


_NOT_INSTALLED = Message("reading-docx-takes-library")
_INSTALL = Message("install-reglament-docx-save")
