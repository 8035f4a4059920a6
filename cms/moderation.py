"""The one way from a draft to readers: who publishes approves what editors submit.

Wagtail starts a site with a workflow of its own, approved by a group that nobody here belongs to.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import override, pgettext
from wagtail.models import (
    GroupApprovalTask,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowMixin,
    WorkflowPage,
    WorkflowTask,
)

from cms.delivery import resources


def workflow_of(publishers: Group) -> Workflow | None:
    """Return the workflow that *publishers* approve, whatever somebody called it since."""
    found: Workflow | None = (
        Workflow.objects.filter(
            workflow_tasks__task__in=GroupApprovalTask.objects.filter(groups=publishers)
        )
        .order_by("pk")
        .first()
    )
    return found


def set_up_moderation(publishers: Group) -> bool:
    """Make the workflow and put pages and records under it; return whether it was new.

    What has a workflow already keeps it, but for Wagtail's own at the root of the pages, which a
    new one takes the place of. A workflow that was switched off stays off.
    """
    workflow = workflow_of(publishers)
    created = workflow is None
    if workflow is None:
        workflow = _make(publishers)
        stock = WorkflowPage.objects.filter(
            page=Page.get_first_root_node(), workflow_id__in=_stock()
        )
        stock.delete()
    if not workflow.active:
        return created
    WorkflowPage.objects.get_or_create(
        page=Page.get_first_root_node(), defaults={"workflow": workflow}
    )
    for model in moderated_records():
        WorkflowContentType.objects.get_or_create(
            content_type=ContentType.objects.get_for_model(model), defaults={"workflow": workflow}
        )
    return created


def moderated_records() -> list[type[WorkflowMixin]]:
    """Return the record models of our apps that a publisher approves."""
    return [
        resource.model
        for resource in resources.all_resources()
        if not resource.is_page and issubclass(resource.model, WorkflowMixin)
    ]


def _make(publishers: Group) -> Workflow:
    with override(settings.LANGUAGE_CODE):
        # The button reads "Submit to ...".
        name = pgettext("workflow, after: submit to", "Publishers")
    task = GroupApprovalTask.objects.create(name=name)
    task.groups.add(publishers)
    workflow = Workflow.objects.create(name=name)
    WorkflowTask.objects.create(workflow=workflow, task=task)
    return workflow


def _stock() -> list[int]:
    """Return the workflows that Wagtail's first migrations made, known by their one task."""
    moderators = Group.objects.filter(name="Moderators")
    tasks = GroupApprovalTask.objects.filter(groups__in=moderators, name="Moderators approval")
    return list(
        Workflow.objects.filter(workflow_tasks__task__in=tasks).values_list("pk", flat=True)
    )
