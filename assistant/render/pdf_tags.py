"""The logical structure of a PDF (ISO 32000, 14.7): which marks on the page are a heading, a list, a quote.

reportlab draws, this module notes what was drawn where, and pypdf writes the tree. The failure this
prevents: a PDF that a screen reader can only read as loose lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph


@dataclass(eq=False)
class Element:
    """A node of the structure: its standard type (`P`, `H1`, `L` …) and the marks (page, number) that it holds."""

    tag: str
    lang: str = ""
    marks: list[tuple[int, int]] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)

    def child(self, tag: str, lang: str = "") -> Element:
        """A new node below this one."""
        node = Element(tag, lang)
        self.children.append(node)
        return node


class Marks:
    """Numbers of marked contents: they start at 0 on each page."""

    def __init__(self) -> None:
        self._next: dict[int, int] = defaultdict(int)

    @contextmanager
    def around(self, canvas: Canvas, element: Element) -> Iterator[None]:
        """Everything drawn inside belongs to `element`."""
        page = canvas.getPageNumber()
        number = self._next[page]
        self._next[page] += 1
        element.marks.append((page - 1, number))
        canvas.addLiteral(f"/{element.tag} <</MCID {number}>> BDC")
        yield
        canvas.addLiteral("EMC")


class TaggedParagraph(Paragraph):
    """A paragraph that says on each page it reaches which element it is."""

    element: Element
    marks: Marks

    def tagged(self, element: Element, marks: Marks) -> TaggedParagraph:
        """The same paragraph, bound to its element."""
        self.element, self.marks = element, marks
        return self

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803  (reportlab's names)
        """Both halves of a paragraph that a page break cuts stay one element."""
        parts = super().split(availWidth, availHeight)
        for part in parts:
            if isinstance(part, TaggedParagraph):
                part.tagged(self.element, self.marks)
        return parts

    def draw(self) -> None:
        """Draw between the marks."""
        with self.marks.around(self.canv, self.element):
            super().draw()


def write_structure(writer: PdfWriter, root: Element, lang: str) -> None:
    """Add the tree below `root` (the document) to a file that was drawn with its marks."""
    catalogue = writer.root_object
    tree = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
    tree_reference = writer._add_object(tree)  # noqa: SLF001  (pypdf's way to add an object has no public name)
    owners: dict[tuple[int, int], IndirectObject] = {}
    tree[NameObject("/K")] = ArrayObject([_write(writer, root, tree_reference, owners)])
    tree[NameObject("/ParentTree")] = writer._add_object(_parents(writer, owners))  # noqa: SLF001
    catalogue[NameObject("/StructTreeRoot")] = tree_reference
    catalogue[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
    catalogue[NameObject("/Lang")] = TextStringObject(lang)


def _write(
    writer: PdfWriter, element: Element, parent: IndirectObject, owners: dict[tuple[int, int], IndirectObject]
) -> IndirectObject:
    node = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/StructElem"),
            NameObject("/S"): NameObject(f"/{element.tag}"),
            NameObject("/P"): parent,
        }
    )
    if element.lang:
        node[NameObject("/Lang")] = TextStringObject(element.lang)
    reference = writer._add_object(node)  # noqa: SLF001
    kids = ArrayObject()
    for page, number in element.marks:
        owners[page, number] = reference
        kids.append(
            DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/MCR"),
                    NameObject("/Pg"): _page(writer, page),
                    NameObject("/MCID"): NumberObject(number),
                }
            )
        )
    kids.extend(_write(writer, child, reference, owners) for child in element.children)
    node[NameObject("/K")] = kids
    return reference


def _parents(writer: PdfWriter, owners: dict[tuple[int, int], IndirectObject]) -> DictionaryObject:
    """The tree from marks to elements: one row a page, in the order of the marks."""
    rows = ArrayObject()
    for page in sorted({page for page, _ in owners}):
        writer.pages[page][NameObject("/StructParents")] = NumberObject(page)
        writer.pages[page][NameObject("/Tabs")] = NameObject("/S")
        numbers = sorted(number for where, number in owners if where == page)
        rows.extend([NumberObject(page), ArrayObject([owners[page, number] for number in numbers])])
    return DictionaryObject({NameObject("/Nums"): rows})


def _page(writer: PdfWriter, page: int) -> IndirectObject:
    reference = writer.pages[page].indirect_reference
    if reference is None:
        raise ValueError(f"page {page} of the PDF has no number")
    return reference
