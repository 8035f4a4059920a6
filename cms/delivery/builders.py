"""Which builders made the stored documents. After a deploy with others, everything is built anew.

The worker asks when it starts; the rebuild goes in chunks, and what a reader sees change counts as
a change.
"""

from __future__ import annotations

import hashlib
import json

from django.db import transaction

import cms
from cms.delivery import resources
from cms.delivery.drain import add_pending, all_targets
from cms.delivery.feed_lock import lock_feed
from cms.delivery.models import Feed


def builder_version() -> str:
    """Return a digest of this distribution's version and of the shapes of all resources."""
    shapes = {
        resource.name: [resource.document.model_json_schema(), resource.summary.model_json_schema()]
        for resource in resources.served_resources()
    }
    text = json.dumps([cms.__version__, shapes], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def rebuild_after_deploy() -> int:
    """Queue every entry if other builders made them; return how many were queued."""
    current = builder_version()
    if Feed.objects.filter(pk=Feed.SINGLETON, builder_version=current).exists():
        return 0
    with transaction.atomic():
        feed = lock_feed()
        targets = all_targets()
        add_pending(targets)
        feed.builder_version = current
        feed.save(update_fields=["builder_version"])
    return len(targets)
