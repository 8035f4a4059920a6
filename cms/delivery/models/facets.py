"""What lists are filtered by, beside the documents: they are never parsed to be filtered.

Rows belong to an object, not to its entry in one locale: what is filtered by is data, and data are
the same in every language. Only the words that ``q`` looks for belong to an entry.
"""

from __future__ import annotations

from django.db import models

from cms.delivery.models.entries import Entry


class ObjectRow(models.Model):
    """A row about the public object *public_id* of *resource*."""

    id = models.BigAutoField(primary_key=True)
    resource = models.CharField(max_length=40)
    public_id = models.UUIDField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.resource}/{self.public_id}"


class Facet(ObjectRow):
    """A value of a filter, such as the ISTAT code of a comune that a centre serves."""

    name = models.CharField(max_length=32)
    value = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "name", "value", "public_id"], name="unique_facet"
            )
        ]
        indexes = [models.Index(fields=["public_id", "resource"], name="facet_object")]


class Span(ObjectRow):
    """A range of whole numbers, both ends included, such as the ages of an activity."""

    name = models.CharField(max_length=32)
    low = models.IntegerField()
    high = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["resource", "name", "low", "high"], name="span_range"),
            models.Index(fields=["public_id", "resource"], name="span_object"),
        ]


class Point(ObjectRow):
    """Where an object is, in degrees (WGS 84); not exact where it is the centre of a comune.

    ``x``, ``y`` and ``z`` are the same on a sphere of radius 1, for distances (``geometry``).
    """

    latitude = models.FloatField()
    longitude = models.FloatField()
    exact = models.BooleanField()
    x = models.FloatField()
    y = models.FloatField()
    z = models.FloatField()

    class Meta:
        indexes = [
            # Both hold all that a distance needs: in a box, and object by object.
            models.Index(
                fields=["resource", "latitude", "longitude", "public_id", "x", "y", "z"],
                name="point_position",
            ),
            models.Index(fields=["resource", "public_id", "x", "y", "z"], name="point_object"),
        ]


class OpeningRule(ObjectRow):
    """Hours in the format of OSM ``opening_hours``, within the days on which they hold."""

    expression = models.TextField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["public_id", "resource"], name="opening_rule_object")]


class OpeningInterval(ObjectRow):
    """A time at which an object is open, computed from its rules for the coming weeks."""

    opens = models.DateTimeField()
    closes = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["resource", "opens", "closes"], name="opening_interval_time"),
            models.Index(fields=["public_id", "resource"], name="opening_interval_object"),
        ]


class SearchText(models.Model):
    """The words of an entry that ``q`` looks for, folded, and the language that they are in.

    A fallback has words of its source's language.
    """

    entry = models.OneToOneField(
        Entry, primary_key=True, on_delete=models.CASCADE, related_name="search"
    )
    language = models.CharField(max_length=20)
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.entry_id)


class SearchVector(models.Model):
    """The same rows on PostgreSQL, with what its full text search makes of the words.

    A migration adds the column, which follows ``text`` and ``language`` by itself. Other databases
    do not have it.
    """

    entry = models.OneToOneField(
        Entry,
        primary_key=True,
        on_delete=models.DO_NOTHING,
        related_name="search_vector",
        db_constraint=False,
    )
    language = models.CharField(max_length=20)
    vector = models.TextField()

    class Meta:
        managed = False
        db_table = "family_delivery_searchtext"

    def __str__(self) -> str:
        return str(self.entry_id)
