"""Declares what stock Wagtail's APIs show, before version 3 makes its schemas of it."""

from __future__ import annotations

from django.apps import AppConfig


class BenchmarksConfig(AppConfig):
    name = "benchmarks"

    def ready(self) -> None:
        from benchmarks.stock import declare_fields

        declare_fields()
