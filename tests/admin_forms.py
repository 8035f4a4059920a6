"""What a browser would post of one of the admin's forms if a person changed nothing in it.

Read from the form itself, not from rendered HTML: a StreamField is drawn by script from the state
of its blocks, and a centre's page with all comuni to choose from weighs more than a megabyte.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from wagtail import blocks
from wagtail.admin.widgets import BaseChooser
from wagtail.blocks.base import BlockWidget

Posted = dict[str, str | list[str]]


def posted(form: Any) -> Posted:
    """Return the data of *form*, its child rows and its blocks, by the names of their inputs."""
    data: Posted = dict(_fields(form))
    for formset in getattr(form, "formsets", {}).values():
        data.update(_fields(formset.management_form))
        for row in formset.forms:
            data.update(posted(row))
    return data


def _fields(form: Any) -> Iterator[tuple[str, str | list[str]]]:
    for bound in form:
        widget, name, value = bound.field.widget, bound.html_name, bound.value()
        if isinstance(widget, BlockWidget):
            block = widget.block_def
            yield from _block(block, block.get_form_state(value), name)
        elif isinstance(widget, BaseChooser):
            chosen = widget.get_value_data(value)
            yield name, str(chosen["id"]) if chosen else ""
        elif isinstance(widget, forms.FileInput):
            continue
        elif isinstance(widget, forms.CheckboxInput):
            if value:
                yield name, "on"
        else:
            yield from _leaf(widget.format_value(value), name, widget)


def _leaf(value: Any, name: str, widget: forms.Widget) -> Iterator[tuple[str, str | list[str]]]:
    if not isinstance(value, list | tuple):
        yield name, "" if value is None else str(value)
    elif getattr(widget, "allow_multiple_selected", False):
        yield name, [str(item) for item in value]
    else:
        yield name, str(value[0]) if value else ""


def _block(block: Any, state: Any, name: str) -> Iterator[tuple[str, str | list[str]]]:
    """Yield the inputs of *block*, whose *state* is what its script in the browser is given."""
    if isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        yield f"{name}-count", str(len(state))
        for position, child in enumerate(state):
            prefix = f"{name}-{position}"
            inner = getattr(block, "child_block", None)
            if isinstance(block, blocks.StreamBlock):
                inner = block.child_blocks[child["type"]]
                yield f"{prefix}-type", child["type"]
            yield f"{prefix}-order", str(position)
            yield f"{prefix}-deleted", ""
            yield f"{prefix}-id", child["id"] or ""
            yield from _block(inner, child["value"], f"{prefix}-value")
    elif isinstance(block, blocks.StructBlock):
        for child_name, inner in block.child_blocks.items():
            yield from _block(inner, state[child_name], f"{name}-{child_name}")
    elif isinstance(state, dict):
        yield name, str(state["id"])
    elif isinstance(state, bool):
        if state:
            yield name, "on"
    else:
        yield from _leaf(state, name, block.field.widget)
