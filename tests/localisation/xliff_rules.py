"""The rules of the XLIFF 2.0 core that no parser checks: sections 4.2 to 4.7 of the standard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

NAMESPACE = "{urn:oasis:names:tc:xliff:document:2.0}"
NMTOKEN = re.compile(r"[\w.:-]+\Z")
LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*\Z")
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
CHILDREN = {
    "xliff": "(file )+",
    "file": "(notes )?((unit|group) )+",
    "notes": "(note )+",
    "unit": "(notes )?(originalData )?((segment|ignorable) )+",
    "originalData": "(data )+",
    "segment": "source (target )?",
    "data": "(cp )*",
    "source": "((cp|ph|pc) )*",
    "target": "((cp|ph|pc) )*",
    "pc": "((cp|ph|pc) )*",
}
"""The elements in an element, in their order, of those that this site writes."""
ATTRIBUTES = {
    "xliff": {"version", "srcLang", "trgLang"},
    "file": {"id", "canResegment", "original", "translate", "srcDir", "trgDir", XML_SPACE},
    "note": {"id", "appliesTo", "category", "priority"},
    "unit": {"id", "name", "canResegment", "translate", "srcDir", "trgDir", XML_SPACE, "type"},
    "data": {"id", "dir", XML_SPACE},
    "segment": {"id", "canResegment", "state", "subState"},
    "target": {"order", XML_SPACE},
    "source": {XML_SPACE},
    "cp": {"hex"},
    "ph": {
        "id", "dataRef", "type", "subType", "canCopy", "canDelete", "canReorder", "equiv", "disp",
        "copyOf", "subFlows",
    },
    "pc": {
        "id", "dataRefStart", "dataRefEnd", "type", "subType", "canCopy", "canDelete",
        "canOverlap", "canReorder", "dispStart", "dispEnd", "equivStart", "equivEnd", "copyOf",
        "subFlowsStart", "subFlowsEnd", "dir",
    },
}  # fmt: skip
VALUES = {
    "state": {"initial", "translated", "reviewed", "final"},
    "type": {"fmt", "ui", "quote", "link", "image", "other"},
    "srcDir": {"ltr", "rtl", "auto"},
    "trgDir": {"ltr", "rtl", "auto"},
    "canResegment": {"yes", "no"},
    "canDelete": {"yes", "no"},
    "canCopy": {"yes", "no"},
}


def broken_rules(document: str) -> list[str]:
    """Return what of *document* an XLIFF 2.0 agent has to refuse."""
    root = fromstring(document.encode())
    found = [] if root.tag == f"{NAMESPACE}xliff" else [f"the root is {root.tag}"]
    found += [] if root.get("version") == "2.0" else ["the version is not 2.0"]
    for name in ("srcLang", "trgLang"):
        if not LANGUAGE.match(root.get(name, "")):
            found.append(f"{name} is no language")
    for element in root.iter():
        found += _of_element(element)
    found += _repeated(root, "file")
    for file in root.findall(f"{NAMESPACE}file"):
        found += _repeated(file, "unit")
        for unit in file.iter(f"{NAMESPACE}unit"):
            found += _of_unit(unit)
    return found


def _name(element: Element) -> str:
    return element.tag.removeprefix(NAMESPACE)


def _of_element(element: Element) -> Iterator[str]:
    name = _name(element)
    inside = "".join(f"{_name(child)} " for child in element)
    if not re.fullmatch(CHILDREN.get(name, ""), inside):
        yield f"<{name}> holds {inside}"
    for key, value in element.attrib.items():
        if key not in ATTRIBUTES.get(name, set()):
            yield f"<{name}> has no attribute {key}"
        if value not in VALUES.get(key, {value}):
            yield f"{key} cannot be {value}"
        if key in ("id", "dataRef", "dataRefStart", "dataRefEnd") and not NMTOKEN.match(value):
            yield f"{key} is no NMTOKEN: {value}"
    sub_type = element.get("subType")
    if sub_type and (not re.match(r"[^:]+:[^:]+\Z", sub_type) or "type" not in element.attrib):
        yield f"subType {sub_type} has no prefix or no type"
    if sub_type and sub_type.startswith("xlf:") and element.get("type") != "fmt":
        yield f"{sub_type} is a format"


def _repeated(element: Element, name: str) -> list[str]:
    ids = [item.get("id") for item in element.iter(f"{NAMESPACE}{name}")]
    return [f"<{name}> without an id or with one that repeats"] * (
        None in ids or len(set(ids)) < len(ids)
    )


def _of_unit(unit: Element) -> Iterator[str]:
    data = {item.get("id") for item in unit.iter(f"{NAMESPACE}data")}
    yield from _repeated(unit, "data")
    for segment in unit.findall(f"{NAMESPACE}segment"):
        target = segment.find(f"{NAMESPACE}target")
        if (target is None) != (segment.get("state", "initial") == "initial"):
            yield f"the state is {segment.get('state')}"
        codes: dict[str, dict[str, Element]] = {}
        for side in (segment.find(f"{NAMESPACE}source"), target):
            if side is None:
                continue
            found = [item for item in side.iter() if _name(item) in ("ph", "pc")]
            ids = [item.get("id", "") for item in found]
            if len(set(ids)) < len(ids):
                yield "an inline code repeats its id"
            codes[_name(side)] = dict(zip(ids, found, strict=True))
            for item in found:
                for key in ("dataRef", "dataRefStart", "dataRefEnd"):
                    if key in item.attrib and item.get(key) not in data:
                        yield f"{key} leads nowhere"
        for key in codes["source"].keys() & codes.get("target", {}).keys():
            if codes["source"][key].attrib != codes["target"][key].attrib:
                yield f"the code {key} is another in the target"
