"""XML of lists, read piece by piece and safely: no document type, no entity, nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from landbridge.domain.errors import DataError
from landbridge.sources.codes import make_finding


def iterate_elements(path: Path, names: frozenset[str]) -> Iterator[Element]:
    """Elements of some names, in order, each freed after use; name spaces are taken off.

    Raises
    ------
    DataError
        If the file is no XML, is cut off, or holds a document type, an entity or an outside reference.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    try:
        with path.open("rb") as handle:
            root: Element | None = None
            inside = 0
            for event, element in iterparse(handle, events=("start", "end"), forbid_dtd=True, forbid_entities=True, forbid_external=True):
                is_wanted = plain_name(element) in names
                if event == "start":
                    if root is None:
                        root = element
                        if is_wanted:
                            yield element  # only its attributes are there yet
                    elif is_wanted:
                        inside += 1
                elif is_wanted and element is not root:
                    inside -= 1
                    yield element
                    if not inside:
                        element.clear()
    except DefusedXmlException as error:
        message = f"the file holds {type(error).__name__.replace('Forbidden', ' that is forbidden').lower()}: it is not read"
        raise DataError([make_finding("LIST-UNSAFE", file=str(path), message=message)]) from None
    except ParseError as error:
        raise DataError(
            [make_finding("LIST-BROKEN", file=str(path), row=error.position[0], message=f"the XML is broken or cut off: {error}")]
        ) from None
    except (OSError, ValueError) as error:
        raise DataError([make_finding("FILE-UNREADABLE", file=str(path), message=f"cannot be read: {error}")]) from None


def plain_name(element: Element) -> str:
    """Name of an element without its name space."""
    return str(element.tag).rpartition("}")[2]


def find_all(element: Element, name: str) -> list[Element]:
    """Elements of a name anywhere below."""
    return [one for one in element.iter() if one is not element and plain_name(one) == name]


def child_text(element: Element, name: str) -> str:
    """Text of the first child of a name, blanks taken off; empty if there is none."""
    for child in element:
        if plain_name(child) == name:
            return (child.text or "").strip()
    return ""
