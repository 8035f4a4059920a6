"""What every record that a family can see has in common: drafts, history, workflow and locks."""

from __future__ import annotations

import uuid

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from cms.translation import TextFieldsMixin


class Record(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, index.Indexed):
    """A record with drafts and moderation like a page; a draft reaches no outlet.

    Its identity outside the system is ``public_id``, the same in every language.
    """

    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        for_concrete_model=False,
    )

    class Meta:
        abstract = True

    @property
    def revisions(self) -> GenericRelation:
        return self._revisions


class OfficialRecord(Record):
    """A record that holds only data, such as a body: one row for all languages."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class TranslatedRecord(TextFieldsMixin, Record, TranslatableMixin):
    """A record with texts: one row per language, held together by its translation key."""

    class Meta(TranslatableMixin.Meta):
        abstract = True

    @property
    def public_id(self) -> uuid.UUID:
        return self.translation_key
