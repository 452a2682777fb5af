"""Spec → the workbook that a county fills in."""

from toolkit.template.bench import Content
from toolkit.template.build import write_template
from toolkit.template.layout import Placement, place_tables

__all__ = ["Content", "Placement", "place_tables", "write_template"]
