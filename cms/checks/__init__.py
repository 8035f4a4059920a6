"""Project rules that a reviewer would forget, held by Django's system checks.

One module per rule. What a host can get wrong is checked with what only we can get wrong: a host
that adds a block of its own has the same mistakes open to it.

| id | rule | module |
|---|---|---|
| E001 | a block says whether it is language or data | ``content_model`` |
| E002 | no many-to-many field to a translatable model | ``content_model`` |
| E003 | ``text_fields`` names fields that exist and hold words | ``content_model`` |
| E004 | every block of a stream has a document schema | ``block_documents`` |
| E005 | the packages are this distribution's own | ``packages`` |
| E006 | no two schemas share the name of a component | ``component_names`` |
| E007 | the API middleware is installed | ``middleware`` |
| W001 | the API middleware stands first | ``middleware`` |
| E008 | ``FAMILY_CENTRES`` has no unknown keys | ``host_setting`` |
| E009 | the rate limit can be read | ``rate_limit`` |
| E010 | the content languages are known | ``content_languages`` |
| E011 | translators are kept in their language | ``cms.localisation.checks`` |
"""

from cms.checks.block_documents import check_blocks_have_documents
from cms.checks.component_names import check_component_names_are_unique
from cms.checks.content_languages import check_content_languages
from cms.checks.content_model import (
    check_blocks_state_text_or_data,
    check_no_many_to_many_to_translatable,
    check_text_fields_hold_words,
)
from cms.checks.host_setting import check_host_setting_has_known_keys
from cms.checks.middleware import check_api_middleware
from cms.checks.packages import check_packages_are_ours
from cms.checks.rate_limit import check_rate_limit
from cms.checks.scope import our_models, walk_blocks

_our_models = our_models

__all__ = [
    "_our_models",
    "check_api_middleware",
    "check_blocks_have_documents",
    "check_blocks_state_text_or_data",
    "check_component_names_are_unique",
    "check_content_languages",
    "check_host_setting_has_known_keys",
    "check_no_many_to_many_to_translatable",
    "check_packages_are_ours",
    "check_rate_limit",
    "check_text_fields_hold_words",
    "our_models",
    "walk_blocks",
]
