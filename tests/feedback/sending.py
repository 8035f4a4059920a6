"""A citizen who fills in the form: every step goes through the page, as a browser would post it."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation

FORM = "/it/feedback/accessibility-report/"
WORDS = {
    "kind": "barrier",
    "description": "Il menu non si apre con la tastiera.\nCon il mouse sì: perché?",
    "part_of_page": "menu",
    "assistive_technology": "lettore di schermo",
    "browser": "Firefox",
    "name": "Prova",
    "email": "citizen@example.org",
}


class Citizen:
    """Holds the page that is shown, and answers it; ``response`` is the last answer."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client or Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=True)
        self.response: Any = None

    def open(self, path: str = FORM, page: str = "") -> Citizen:
        with translation.override(translation.get_language()):
            self.response = self.client.get(path, {"page": page} if page else {})
        assert self.response.status_code == 200, self.response.content[:500]
        return self

    @property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.response.content, "html.parser")

    @property
    def step(self) -> str:
        """The value of the page's first button."""
        return str(self.soup.select_one("main form button")["value"])  # type: ignore[index]

    def fields(self) -> dict[str, Any]:
        """What a browser would send of the form that is shown."""
        found: dict[str, Any] = {}
        for field in self.soup.select("main form input, main form textarea"):
            kind, name = field.get("type", "text"), str(field["name"])
            if kind in ("checkbox", "radio"):
                if field.has_attr("checked"):
                    found[name] = field.get("value", "on")
            elif kind != "file":
                text = field.text.removeprefix("\n") if field.name == "textarea" else None
                found[name] = text if text is not None else field.get("value", "")
        return found

    def post(self, step: str = "", **changes: Any) -> Citizen:
        """Choose a button, the first without *step*; ``None`` leaves a field out."""
        data = {**self.fields(), "step": step or self.step, **changes}
        data = {name: value for name, value in data.items() if value is not None}
        with translation.override(translation.get_language()):
            self.response = self.client.post(self.soup_action(), data)
        return self

    def soup_action(self) -> str:
        return str(self.soup.select_one("main form")["action"])  # type: ignore[index]

    def to_summary(self, **changes: Any) -> Citizen:
        """Go as far as the summary, from the page of the programme."""
        self.open(page="/it/centri-per-le-famiglie/").post(privacy="on")
        return self.post(**{**WORDS, **changes})

    def faults(self) -> list[str]:
        return [item.get_text(strip=True) for item in self.soup.select(".fc-faults li")]

    def message(self) -> str:
        found = self.soup.select_one(".fc-faults p")
        return found.get_text(strip=True) if found else ""
