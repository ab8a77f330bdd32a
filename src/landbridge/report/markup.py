"""HTML from values: everything that is not markup already is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Part = str | Markup | None
_VOID = frozenset({"br", "hr", "img", "input"})


def el(tag: str, *parts: Part | Iterable[Part], **attributes: str | bool | None) -> Markup:
    """One element. ``cls`` is its class, ``aria_label`` becomes ``aria-label``; an attribute that is None or False is left out."""
    told = "".join(_attribute(name, value) for name, value in attributes.items() if value is not None and value is not False)
    if tag in _VOID:
        return Markup(f"<{tag}{told}>")
    return Markup(f"<{tag}{told}>{join(*parts)}</{tag}>")


def join(*parts: Part | Iterable[Part]) -> Markup:
    """Parts one after another, escaped where they are plain text."""
    return Markup("".join(_text(one) for part in parts for one in ([part] if isinstance(part, str) or part is None else part)))


def link(address: str | None, text: str) -> Markup:
    """A link to a web address in a new tab; plain text where the address is none."""
    if address and address.lower().startswith(("http://", "https://")):
        return el("a", text, href=address, target="_blank", rel="noopener noreferrer")
    return Markup(escape(text))


def icon(name: str, cls: str = "") -> Markup:
    """A symbol that means nothing to a screen reader."""
    return el("i", name, cls=f"material-icons lb-icon {cls}".strip(), aria_hidden="true")


def _text(part: Part) -> str:
    if part is None:
        return ""
    return part if isinstance(part, Markup) else escape(part)


def _attribute(name: str, value: str | bool) -> str:
    key = "class" if name == "cls" else name.rstrip("_").replace("_", "-")
    return f" {key}" if value is True else f' {key}="{escape(str(value), quote=True)}"'
