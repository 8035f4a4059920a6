"""What filters need: vectors for distances, the language of words, full text indexes."""

import django.db.models.deletion
from django.db import migrations, models

CONFIGURATIONS = {
    "ar": "arabic",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "ro": "romanian",
}
TABLE = "family_delivery_searchtext"


def add_full_text(apps, schema_editor):
    """PostgreSQL reads the words of each row in their language, and keeps what it read.

    Names of bodies, places and acts are Italian in every language: all is read as Italian too.
    """
    if schema_editor.connection.vendor != "postgresql":
        return
    italian = "to_tsvector('italian'::regconfig, text)"
    cases = " ".join(
        f"WHEN '{language}' THEN to_tsvector('{configuration}'::regconfig, text) || {italian}"
        for language, configuration in CONFIGURATIONS.items()
        if language != "it"
    )
    cases = f"WHEN 'it' THEN {italian} {cases}"
    schema_editor.execute(
        f"ALTER TABLE {TABLE} ADD COLUMN vector tsvector GENERATED ALWAYS AS "
        f"(CASE language {cases} ELSE to_tsvector('simple'::regconfig, text) || {italian} END) STORED"
    )
    languages = ", ".join(f"'{language}'" for language in CONFIGURATIONS)
    conditions = {language: f"language = '{language}'" for language in CONFIGURATIONS}
    for name, condition in (conditions | {"other": f"language NOT IN ({languages})"}).items():
        schema_editor.execute(
            f"CREATE INDEX search_text_{name} ON {TABLE} USING gin (vector) WHERE {condition}"
        )


def remove_full_text(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {TABLE} DROP COLUMN IF EXISTS vector CASCADE")


STATISTICS = {"facet": "resource, name, value", "span": "resource, name"}


def add_statistics(apps, schema_editor):
    """Names and values depend on one another; a planner that takes them for independent walks
    thousands of rows where it could have stopped after a hundred.
    """
    if schema_editor.connection.vendor != "postgresql":
        return
    for table, columns in STATISTICS.items():
        schema_editor.execute(
            f"CREATE STATISTICS {table}_values (mcv, dependencies) "
            f"ON {columns} FROM family_delivery_{table}"
        )


def remove_statistics(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in STATISTICS:
            schema_editor.execute(f"DROP STATISTICS IF EXISTS {table}_values")


def forget_filter_data(apps, schema_editor):
    """What was stored before has no vectors and other words: the worker builds it all anew."""
    for name in ("Point", "SearchText"):
        apps.get_model("family_delivery", name).objects.all().delete()
    apps.get_model("family_delivery", "Feed").objects.update(builder_version="")


class Migration(migrations.Migration):

    dependencies = [
        ("family_delivery", "0002_requests_to_the_worker"),
    ]

    operations = [
        migrations.RunPython(forget_filter_data, forget_filter_data),
        migrations.RenameField("searchtext", "locale", "language"),
        migrations.AddField(
            "feed",
            "filter_changes",
            models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField("point", "x", models.FloatField(default=0), preserve_default=False),
        migrations.AddField("point", "y", models.FloatField(default=0), preserve_default=False),
        migrations.AddField("point", "z", models.FloatField(default=0), preserve_default=False),
        migrations.RemoveIndex("point", "point_object"),
        migrations.RemoveIndex("point", "point_position"),
        migrations.AddIndex(
            "point",
            models.Index(
                fields=["resource", "latitude", "longitude", "public_id", "x", "y", "z"],
                name="point_position",
            ),
        ),
        migrations.AddIndex(
            "point",
            models.Index(fields=["resource", "public_id", "x", "y", "z"], name="point_object"),
        ),
        migrations.CreateModel(
            name="SearchVector",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="search_vector",
                        serialize=False,
                        to="family_delivery.entry",
                    ),
                ),
                ("language", models.CharField(max_length=20)),
                ("vector", models.TextField()),
            ],
            options={"db_table": TABLE, "managed": False},
        ),
        migrations.RunPython(add_full_text, remove_full_text),
        migrations.RunPython(add_statistics, remove_statistics),
    ]
