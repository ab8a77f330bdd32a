"""A report page read back into its parts, so that a PDF says what the page says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"br", "hr", "img", "input", "meta", "link"})


@dataclass(slots=True, kw_only=True)
class Node:
    """One element with its attributes and what stands in it, elements and texts in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parts: list[Node | str] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.attributes.get("class", "").split())

    @property
    def children(self) -> list[Node]:
        return [one for one in self.parts if isinstance(one, Node)]

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(one if isinstance(one, str) else "\n" if one.tag == "br" else one.text for one in self.parts)

    def find_all(self, tag: str) -> Iterator[Node]:
        """Elements of a kind in it, in order, itself included."""
        if self.tag == tag:
            yield self
        for one in self.children:
            yield from one.find_all(tag)


def read_page(page: str) -> Node:
    """The tree of a page that landbridge made itself; a closing tag closes the innermost element."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.top


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top = Node(tag="")
        self._open = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag=tag, attributes={name: value or "" for name, value in attrs})
        self._open[-1].parts.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and len(self._open) > 1:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].parts.append(data)
