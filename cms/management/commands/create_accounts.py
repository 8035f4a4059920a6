"""Creates one account for each role of the demonstration, with random passwords."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError, CommandParser
from wagtail.users.models import UserProfile

from cms.roles import EDITORS, OFFICERS, PUBLISHERS, set_up_roles, translators

ACCOUNTS = {
    "administrator": None,
    "editor": EDITORS,
    "publisher": PUBLISHERS,
    "translator": translators("en"),
    "officer": OFFICERS,
}


class Command(BaseCommand):
    help = "Creates the accounts of the demonstration, or gives one a new password (--reset)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, required=True, help="Where passwords are kept.")
        parser.add_argument("--reset", metavar="USER", help="Give this account a new password.")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        kept = _read(path)
        set_up_roles()
        users = get_user_model()
        if (name := options["reset"]) is not None and name not in ACCOUNTS:
            raise CommandError(f"No account is called {name!r}. Use: {', '.join(ACCOUNTS)}.")
        for username, group in ACCOUNTS.items():
            user, created = users.objects.get_or_create(username=username)
            if created or username == options["reset"]:
                kept[username] = secrets.token_urlsafe(12)
                user.set_password(kept[username])
                user.is_superuser = user.is_staff = group is None
                user.save()
                UserProfile.objects.update_or_create(
                    user=user, defaults={"preferred_language": "it"}
                )
            if group is not None:
                user.groups.add(Group.objects.get(name=group))
        _write(path, kept)
        for username in ACCOUNTS:
            self.stdout.write(f"  {username:14} {kept.get(username, '(kept from before)')}")


def _read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if "\t" in line)


def _write(path: Path, kept: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(
        "".join(f"{name}\t{password}\n" for name, password in kept.items()), encoding="utf-8"
    )
