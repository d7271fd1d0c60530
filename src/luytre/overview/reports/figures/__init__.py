"""Named figures: each a question over journal and register between two days, as known at a moment; its number is made of its rows."""

from luytre.overview.reports.figures.shape import Figure, Row, Value
from luytre.overview.reports.figures.table import CATALOGUE, figure, value, values

__all__ = ["CATALOGUE", "Figure", "Row", "Value", "figure", "value", "values"]
