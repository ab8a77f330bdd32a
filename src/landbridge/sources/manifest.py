"""``datapackage.json``: what a feed says of itself, read, and written again with a Table Schema of every table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from landbridge.domain.dataset import DatasetInfo
from landbridge.domain.errors import DataError
from landbridge.domain.finding import Finding
from landbridge.sources.cell import CellFault, make_parser
from landbridge.sources.codes import make_finding
from landbridge.sources.container import is_safe_name
from landbridge.sources.dictionary import FieldSpec, TableSpec, get_tables
from landbridge.sources.files import parse_json
from landbridge.sources.nearest import quote_text, suggest_nearest
from landbridge.sources.raw import CONTROL

FILE = "datapackage.json"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
_SETTINGS = ("as_of", "settlement_currency", "gates", "evidence_days", "capital_percent", "extends")
_SCHEMA_TYPES = {"decimal": "number", "integer": "integer", "date": "date", "boolean": "boolean"}
_SCHEMA_PATTERNS = {
    "id": "[A-Za-z0-9][A-Za-z0-9_.:+-]*",
    "country": "[A-Z]{2}",
    "currency": "[A-Z]{3}",
    "hs": "([0-9]{2}){1,5}",
    "time": "[0-9]{2}:[0-9]{2}",
    "monthday": "[0-9]{2}-[0-9]{2}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What one ``datapackage.json`` says; ``settings`` holds only what it states and what could be read."""

    name: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    extends: str | None = None
    paths: Mapping[str, str] = field(default_factory=dict)
    document: Mapping[str, object] = field(default_factory=dict)


def parse_manifest(data: bytes, file: str, findings: list[Finding]) -> Manifest:
    """Parse the bytes of a ``datapackage.json``; what is wrong is added to ``findings`` and left out."""
    try:
        content = parse_json(data, file)
    except DataError as error:
        findings.extend(error.findings)
        return Manifest()
    if not isinstance(content, dict):
        findings.append(make_finding("JSON-BROKEN", file=file, message="the document is not an object: it must begin with {"))
        return Manifest()
    own = content.get("landbridge", {})
    if not isinstance(own, dict):
        findings.append(make_finding("PACKAGE-FIELD", file=file, column="landbridge", message="landbridge is not an object"))
        own = {}
    _check_keys(own, file, findings)
    reader = _ManifestReader(file, findings)
    return Manifest(
        name=reader.read_name(content.get("name")),
        settings=reader.read_settings(content, own),
        extends=reader.read_text(own, "extends"),
        paths=reader.read_paths(content.get("resources")),
        document=content,
    )


def make_info(manifests: Iterable[Manifest], file: str, name: str, findings: list[Finding]) -> DatasetInfo:
    """Make the info of a feed from its manifest and those that it extends, base first; the later word counts.

    Rows of a base keep its day: a list of it is as old as the base, of whatever day the feed is.
    """
    settings: dict[str, Any] = {}
    days: dict[str, date] = {}
    extends: str | None = None
    document: Mapping[str, object] = {}
    for manifest in manifests:
        _check_currency(settings, manifest, file, findings)
        settings = {**settings, **manifest.settings}
        extends, document = manifest.extends, manifest.document
        if manifest.name is not None and "as_of" in settings:
            days[manifest.name] = settings["as_of"]
    days.pop(name, None)
    if "as_of" not in settings and document and not any(finding.column == "as_of" for finding in findings):
        message = "landbridge.as_of is missing: the day on which the feed is read if a question names none"
        findings.append(make_finding("PACKAGE-FIELD-MISSING", file=file, column="as_of", message=message))
    return DatasetInfo(name=name, extends=extends, other_days=tuple(days.items()), **{"as_of": date(2000, 1, 1), **settings})


def render_manifest(document: Mapping[str, object], columns: Mapping[str, tuple[str, ...]]) -> bytes:
    """Write ``datapackage.json``: the document as it is, its resources made anew for these tables and their columns."""
    tables = get_tables()
    resources = [_describe_table(table, names, tables.get(table)) for table, names in columns.items()]
    content = {**document, "profile": "tabular-data-package", "resources": resources}
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


@dataclass(frozen=True, slots=True)
class _ManifestReader:
    file: str
    findings: list[Finding]

    def report(self, column: str, message: str) -> None:
        self.findings.append(make_finding("PACKAGE-FIELD", file=self.file, column=column, message=message))

    def read_name(self, value: object) -> str | None:
        if isinstance(value, str) and _NAME.fullmatch(value):
            return value
        if value is None:
            self.findings.append(make_finding("PACKAGE-FIELD-MISSING", file=self.file, column="name", message="name is missing"))
        else:
            self.report("name", f"name {quote_text(str(value))} is not made of small letters, digits, points, hyphens and underscores")
        return None

    def read_text(self, content: Mapping[str, object], key: str) -> str | None:
        value = content.get(key)
        if value is None or (isinstance(value, str) and value and len(value) <= 500 and not CONTROL.search(value)):
            return value
        self.report(key, f"{key} is not a text of up to 500 characters")
        return None

    def read_settings(self, content: Mapping[str, object], own: Mapping[str, object]) -> dict[str, Any]:
        found = {
            "title": self.read_text(content, "title"),
            "version": self.read_text(content, "version"),
            "as_of": self.read_cell(own, "as_of", "date"),
            "settlement_currency": self.read_cell(own, "settlement_currency", "currency"),
            "gates": self.read_gates(own.get("gates")),
            "evidence_days": self.read_whole(own, "evidence_days", 1, 3_660),
            "capital_percent": self.read_number(own, "capital_percent", 0, 100),
        }
        return {key: value for key, value in found.items() if value is not None}

    def read_cell(self, own: Mapping[str, object], key: str, kind: str) -> object:
        value = own.get(key)
        if value is None:
            return None
        try:
            return make_parser(_plain_field(kind))(str(value))
        except CellFault as fault:
            self.report(key, f"{key}: {fault.message}")
            return None

    def read_gates(self, value: object) -> tuple[str, ...] | None:
        if value is None:
            return None
        if isinstance(value, list) and all(isinstance(gate, str) for gate in value):
            return tuple(dict.fromkeys(value))
        self.report("gates", 'gates is not a list of regime ids, e.g. ["UN", "US"]')
        return None

    def read_number(self, own: Mapping[str, object], key: str, low: int, high: int) -> Decimal | None:
        value = own.get(key)
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            return Decimal(str(value))
        self.report(key, f"{key} is not a number between {low} and {high}")
        return None

    def read_whole(self, own: Mapping[str, object], key: str, low: int, high: int) -> int | None:
        value = self.read_number(own, key, low, high)
        if value is None or value == int(value):
            return None if value is None else int(value)
        self.report(key, f"{key} is not a whole number")
        return None

    def read_paths(self, resources: object) -> dict[str, str]:
        """Path of each table that a resource names; a path that leads out of the feed is an error."""
        if resources is None:
            return {}
        if not isinstance(resources, list):
            self.report("resources", "resources is not a list")
            return {}
        paths: dict[str, str] = {}
        for resource in resources:
            name, path = (resource.get("name"), resource.get("path")) if isinstance(resource, dict) else (None, None)
            if not isinstance(name, str) or not isinstance(path, str):
                self.report("resources", f"a resource has no name and path: {quote_text(str(resource))}")
            elif not is_safe_name(path):
                message = f"the path {quote_text(path)} of the resource {quote_text(name)} leads out of the feed"
                self.findings.append(make_finding("PACKAGE-PATH", file=self.file, column="resources", message=message))
            elif paths.setdefault(name, path) != path:
                self.report("resources", f"two resources have the name {quote_text(name)}")
        return paths


def _check_keys(own: Mapping[str, object], file: str, findings: list[Finding]) -> None:
    for key in own:
        if key not in _SETTINGS:
            message = f"landbridge has no setting {quote_text(key)}{suggest_nearest(key, _SETTINGS)}"
            findings.append(make_finding("PACKAGE-KEY-UNKNOWN", file=file, column=key[:60], message=message))


def _check_currency(settings: Mapping[str, Any], manifest: Manifest, file: str, findings: list[Finding]) -> None:
    base, own = settings.get("settlement_currency"), manifest.settings.get("settlement_currency")
    if base and own and base != own:
        message = f"the settlement currency is {own}, that of the feed it extends {base}: its exchange rates would be wrong"
        findings.append(make_finding("EXTENDS-CURRENCY", file=file, column="settlement_currency", message=message))


def _plain_field(kind: str) -> FieldSpec:
    return FieldSpec(
        table="",
        field="",
        type=kind,
        unit="",
        is_required=False,
        default="",
        minimum=None,
        maximum=None,
        choices=(),
        references="",
        description="",
        example="",
    )


def _describe_table(table: str, names: tuple[str, ...], spec: TableSpec | None) -> dict[str, object]:
    resource: dict[str, object] = {"name": table, "path": f"{table}.csv", "mediatype": "text/csv", "encoding": "utf-8"}
    if spec is None:
        return {**resource, "schema": {"fields": [{"name": name, "type": "any"} for name in names]}}
    known = spec.field_by_name
    fields = [_describe_field(known[name]) if name in known else {"name": name, "type": "any"} for name in names]
    schema: dict[str, object] = {"fields": fields, "primaryKey": list(spec.key)}
    keys = [_describe_reference(known[name]) for name in names if name in known and known[name].type == "ref"]
    if keys:
        schema["foreignKeys"] = keys
    return {**resource, "title": spec.title, "profile": "tabular-data-resource", "schema": schema}


def _describe_field(spec: FieldSpec) -> dict[str, object]:
    constraints: dict[str, object] = {"required": True} if spec.is_required else {}
    if spec.type == "enum":
        constraints["enum"] = list(spec.choices)
    if spec.type in _SCHEMA_PATTERNS:
        constraints["pattern"] = _SCHEMA_PATTERNS[spec.type]
    for name, bound in (("minimum", spec.minimum), ("maximum", spec.maximum)):
        if bound is not None:
            constraints[name] = int(bound) if bound == int(bound) else float(bound)
    described: dict[str, object] = {"name": spec.field, "type": _SCHEMA_TYPES.get(spec.type, "string"), "description": spec.description}
    described.update({key: value for key, value in (("unit", spec.unit), ("example", spec.example)) if value})
    return {**described, "constraints": constraints} if constraints else described


def _describe_reference(spec: FieldSpec) -> dict[str, object]:
    (key,) = get_tables()[spec.references].key
    return {"fields": spec.field, "reference": {"resource": spec.references, "fields": key}}
