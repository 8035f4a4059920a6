"""What the worker forgets: marks and salts of days that are over, keys that are kept no longer."""

from __future__ import annotations

from feedback.kept_answers import forget_answers
from feedback.ratings.marks import forget_marks


def forget() -> bool:
    """Forget it all at once; return that there is no more to do."""
    forget_marks()
    forget_answers()
    return False
