"""Which models documents are built from: a write to one of them has to leave a mark."""

from __future__ import annotations

from django.apps import apps
from django.db import models
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)

from cms.delivery import resources

Models = set[type[models.Model]]


def child_models() -> Models:
    """Return the models of the rows that belong to the objects of resources."""
    return {
        relation.related_model
        for resource in resources.all_resources()
        for model in resource.models
        if issubclass(model, ClusterableModel)
        for relation in get_all_child_relations(model)
        if relation.related_model._meta.app_label == model._meta.app_label
    }


def projected_models() -> Models:
    """Return all models whose rows documents show or depend on.

    Those of resources and their child rows, all pages, files, and what decides about addresses
    and visibility.
    """
    surroundings: Models = {
        get_image_model(),
        get_document_model(),
        Site,
        Locale,
        PageViewRestriction,
        CollectionViewRestriction,
    }
    announced: Models = {
        model for resource in resources.all_resources() for model in resource.models
    }
    pages: Models = {model for model in apps.get_models() if issubclass(model, Page)}
    return announced | child_models() | pages | surroundings
