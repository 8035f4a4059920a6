"""What readers of a language were last given, sentence by sentence.

wagtail-localize keeps the newest words of a translator, published or not, and the newest sentences
of the source. What stood beside them when the translation was last published is kept here: it says
what changed since, and lets data be renewed without publishing words that nobody approved.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision
from wagtail_localize.models import String, Translation, TranslationContext


class PublishedTranslation(models.Model):
    """How far one translation has come.

    ``source_published_at`` is the ``last_published_at`` of the source whose data it holds; where
    the two differ it has to be synchronised. ``revision`` is the live revision that the sentences
    describe. ``taken_along``: it was unpublished because its source was, and comes back with it.
    ``problem`` is why the last synchronisation left it as it was.
    """

    translation = models.OneToOneField(
        Translation, on_delete=models.CASCADE, related_name="published"
    )
    source_published_at = models.DateTimeField(null=True)
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    taken_along = models.BooleanField(default=False)
    problem = models.TextField(blank=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("published translation")
        verbose_name_plural = _("published translations")

    def __str__(self) -> str:
        return f"{self.translation_id}: {self.source_published_at}"


class PublishedSentence(models.Model):
    """A sentence of the source as it was when a person last published the translation.

    ``words`` are those that were published for it; empty where the source's own stand there.
    Synchronising leaves these rows as they are.
    """

    translation = models.ForeignKey(
        Translation, on_delete=models.CASCADE, related_name="published_sentences"
    )
    context = models.ForeignKey(TranslationContext, on_delete=models.CASCADE, related_name="+")
    string = models.ForeignKey(String, on_delete=models.CASCADE, related_name="+")
    words = models.TextField(blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        verbose_name = _("published sentence")
        verbose_name_plural = _("published sentences")

    def __str__(self) -> str:
        return f"{self.translation_id}: {self.context_id} {self.string_id}"
