"""The app's tables, each in the module of its concept."""

from feedback.kept_answers import KeptAnswer
from feedback.ratings.models import DailySalt, Rating

__all__ = ["DailySalt", "KeptAnswer", "Rating"]
