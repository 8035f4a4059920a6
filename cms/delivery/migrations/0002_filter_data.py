"""What filters need: vectors for distances, the language of words, full text indexes."""

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


def indexes():
    """Yield name, configuration and condition of one index per language, and of one for others."""
    for language, configuration in CONFIGURATIONS.items():
        yield f"search_text_{language}", configuration, f"language = '{language}'"
    listed = ", ".join(f"'{language}'" for language in CONFIGURATIONS)
    yield "search_text_other", "simple", f"language NOT IN ({listed})"


def add_indexes(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for name, configuration, condition in indexes():
        schema_editor.execute(
            f"CREATE INDEX {name} ON {TABLE} "
            f"USING gin (to_tsvector('{configuration}'::regconfig, text)) WHERE {condition}"
        )


def remove_indexes(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for name, _configuration, _condition in indexes():
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


def forget_filter_data(apps, schema_editor):
    """What was stored before has no vectors and other words: the worker builds it all anew."""
    for name in ("Point", "SearchText"):
        apps.get_model("family_delivery", name).objects.all().delete()
    apps.get_model("family_delivery", "Feed").objects.update(builder_version="")


class Migration(migrations.Migration):

    dependencies = [
        ("family_delivery", "0001_initial"),
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
        migrations.RunPython(add_indexes, remove_indexes),
    ]
