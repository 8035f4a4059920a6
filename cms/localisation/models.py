"""What readers of a language were last given, sentence by sentence; and the glossaries.

wagtail-localize keeps the newest words of a translator, published or not, and the newest sentences
of the source. What stood beside them when the translation was last published is kept here: it says
what changed since, and lets data be renewed without publishing words that nobody approved.
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Revision
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


class GlossaryTerm(models.Model):
    """A term of the source, and how one language says it: by words of its own, or as it is.

    ``source_forms`` and ``translation_forms`` are further ways to write both, one in a line, such
    as plurals: no form is guessed. Where ``case_sensitive`` is set, ``ATS`` is not ``ats``.
    """

    locale = models.ForeignKey(
        Locale, on_delete=models.CASCADE, related_name="+", verbose_name=_("language")
    )
    source = models.CharField(
        _("term"), max_length=200, help_text=_("As it stands in the source’s language.")
    )
    source_forms = models.TextField(
        _("other forms of the term"), blank=True, help_text=_("One in a line, such as the plural.")
    )
    keep = models.BooleanField(
        _("keep as it is"), default=False, help_text=_("A name that is not translated.")
    )
    translation = models.CharField(_("translation"), max_length=200, blank=True)
    translation_forms = models.TextField(
        _("other forms of the translation"),
        blank=True,
        help_text=_("One in a line: plurals, cases and other words that are right as well."),
    )
    case_sensitive = models.BooleanField(_("small and capital letters differ"), default=False)
    note = models.TextField(_("note"), blank=True, help_text=_("Shown to translators."))

    class Meta:
        ordering = ["source", "locale"]
        constraints = [
            models.UniqueConstraint(
                fields=["locale", "source"],
                name="glossary_term_once_a_language",
            )
        ]
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")

    def __str__(self) -> str:
        return f"{self.source} → {self.locale.language_code}"

    @property
    def wanted(self) -> str:
        """What stands for the term, for a list of terms."""
        return self.source if self.keep else self.translation

    def clean(self) -> None:
        """Refuse what no sentence could follow."""
        for name in ("source", "source_forms", "translation", "translation_forms"):
            setattr(self, name, tidy(getattr(self, name)))
        if not any(character.isalnum() for character in self.source):
            raise ValidationError({"source": _("A term has a letter or a digit.")})
        if self.keep and (self.translation or self.translation_forms):
            raise ValidationError(
                {"translation": _("A term that is kept as it is has no translation.")}
            )
        if not self.keep and not self.translation:
            raise ValidationError(
                {"translation": _("Write the translation, or keep the term as it is.")}
            )
        if self.locale_id and self.locale_id == Locale.get_default().pk:
            raise ValidationError({"locale": _("Nothing is translated into this language.")})


def tidy(text: str) -> str:
    """Return the lines of *text* without needless space, none empty and none twice."""
    return "\n".join(
        dict.fromkeys(filter(None, (" ".join(line.split()) for line in text.splitlines())))
    )
