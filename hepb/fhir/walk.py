"""From a resource to the results in it, each with the report that it belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from hepb.errors import FhirError
from hepb.fhir.codes import codes
from hepb.fhir.elements import Element, short
from hepb.fhir.notes import Note

OBSERVATION, REPORT, PATIENT, BUNDLE = "Observation", "DiagnosticReport", "Patient", "Bundle"
_READ = frozenset({OBSERVATION, REPORT})


@dataclass(frozen=True)
class Result:
    """An Observation, and the report that lists or contains it."""

    item: Element
    report: Element | None = None


@dataclass
class Contents:
    """What a file holds. ``patients``: with the names under which others refer to them."""

    results: list[Result] = field(default_factory=list)
    reports: list[Element] = field(default_factory=list)
    patients: list[tuple[Element, frozenset[str]]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True)
class _Entry:
    url: str | None
    item: Element

    @property
    def names(self) -> frozenset[str]:
        """The references that mean this resource."""
        own = self.item.text("id")
        relative = f"{self.item.kind}/{own}" if own else None
        return frozenset(name for name in (self.url, relative) if name)


def contents(resource: Any) -> Contents:
    """Everything in a resource. Raises :class:`FhirError` for other resources (F004, F007) and wrong types (F003)."""
    if not isinstance(resource, dict):
        raise FhirError("F002", reason="not a JSON object")
    kind = resource.get("resourceType")
    root = Element(resource, kind if isinstance(kind, str) and kind in _READ | {BUNDLE} else "resource")
    if root.kind not in _READ | {BUNDLE}:
        raise FhirError("F004", place=root.place, value=short(root.kind) or "none")
    found = Contents()
    entries = list(_entries(root, found.notes)) if root.kind == BUNDLE else [_Entry(None, root)]
    entries = _without_versions(entries, found.notes)
    for entry in entries:
        if entry.item.kind == PATIENT:
            found.patients.append((entry.item, entry.names | _identifiers(entry.item)))
    _Walk(found, entries).run()
    unread = Counter(entry.item.kind or "none" for entry in entries)
    for name in sorted(unread.keys() - _READ - codes().without_results):
        found.notes.append(Note(root.place, "resource_not_read", f"{short(name)} ({unread[name]})"))
    return found


def _entries(bundle: Element, notes: list[Note]) -> Iterator[_Entry]:
    if bundle.text("type") == "history":
        raise FhirError("F007", place=bundle.place)
    if any(link.text("relation") == "next" for link in bundle.elements("link")):
        notes.append(Note(bundle.place, "more_pages"))
    for entry in bundle.elements("entry"):
        request = entry.element("request")
        if request is not None and request.text("method") == "DELETE":
            notes.append(Note(entry.place, "entry_deleted"))
        elif (item := entry.element("resource")) is not None:
            yield _Entry(_without_version(entry.text("fullUrl")), item)


def _without_versions(entries: list[_Entry], notes: list[Note]) -> list[_Entry]:
    """Each resource once. One that stands there with different content is left out: nobody knows which counts."""
    first: dict[str, _Entry] = {}
    kept: dict[int, _Entry] = {}
    for entry in entries:
        twin = next((first[name] for name in sorted(entry.names) if name in first), None)
        if twin is None:
            kept[id(entry)] = entry
        elif twin.item.data != entry.item.data:
            kept.pop(id(twin), None)
            notes.append(Note(entry.item.place, "several_versions"))
        for name in entry.names:
            first.setdefault(name, entry)
    return list(kept.values())


class _Walk:
    """Finds the results of reports first, so that a result that a report lists is read as one of that report."""

    def __init__(self, found: Contents, entries: list[_Entry]) -> None:
        self.found = found
        self.entries = entries
        self.named: dict[str, list[Element]] = {}
        for entry in entries:
            for name in entry.names:
                self.named.setdefault(name, []).append(entry.item)
        self.bases = {entry.url.rpartition(f"{entry.item.kind}/")[0] for entry in entries if entry.url}
        self.taken: set[str] = set()

    def run(self) -> None:
        """Fill ``found`` in the order of the file."""
        for entry in self.entries:
            if entry.item.kind == REPORT:
                self._report(entry.item)
        for entry in self.entries:
            if entry.item.kind == OBSERVATION:
                self._take(entry.item, None)
        self.found.results.sort(key=lambda result: _order(result.item.place))

    def _report(self, report: Element) -> None:
        self.found.reports.append(report)
        inside = self._contained(report, report)
        for reference in report.elements("result"):
            target = reference.text("reference")
            if target is None or target in inside:
                continue
            items = [item for item in self._resolved(target) if item.kind == OBSERVATION]
            if len(items) != 1:
                self.found.notes.append(Note(reference.place, "not_in_file", short(target)))
                continue
            self._take(items[0], report)
        for key in ("conclusion", "conclusionCode", "presentedForm"):
            if report.has(key):
                self.found.notes.append(Note(f"{report.place}.{key}", "text_not_read", key))

    def _take(self, item: Element, report: Element | None) -> None:
        if item.place in self.taken:
            return
        self.taken.add(item.place)
        self.found.results.append(Result(item, report))
        self._contained(item, report)

    def _contained(self, holder: Element, report: Element | None) -> set[str]:
        """Take what is contained in a resource; gives the references to it."""
        inside = set()
        for item in holder.elements("contained"):
            inside.add(f"#{item.text('id')}")
            if item.kind == OBSERVATION:
                self._take(item, report)
            elif item.kind == PATIENT:
                self.found.patients.append((item, frozenset({f"{holder.place}#{item.text('id')}"})))
        return inside

    def _resolved(self, reference: str) -> list[Element]:
        plain = _without_version(reference) or ""
        if plain in self.named:
            return self.named[plain]
        return [item for base in sorted(self.bases) for item in self.named.get(base + plain, ())]


def subject_names(item: Element, report: Element | None) -> frozenset[str]:
    """Under which names a result says whose it is; empty where neither it nor its report does."""
    for holder in (item, report):
        subject = None if holder is None else holder.element("subject")
        if holder is None or subject is None:
            continue
        reference = _without_version(subject.text("reference"))
        if reference and reference.startswith("#"):
            return frozenset({holder.place.partition(".contained[")[0] + reference})
        identifier = subject.element("identifier")
        names = {reference} | ({_identifier(identifier)} if identifier else set())
        if named := frozenset(name for name in names if name):
            return named
        if display := subject.text("display"):
            return frozenset({f"display {display}"})
    return frozenset()


def _identifiers(patient: Element) -> frozenset[str]:
    return frozenset(filter(None, map(_identifier, patient.elements("identifier"))))


def _identifier(identifier: Element) -> str:
    value = identifier.text("value")
    return f"identifier {identifier.text('system') or ''} {value}" if value else ""


def _without_version(reference: str | None) -> str | None:
    return reference.partition("/_history/")[0] if reference else None


def _order(place: str) -> tuple[int, ...]:
    return tuple(int(part) for part in place.replace("[", "]").split("]") if part.isdigit())
