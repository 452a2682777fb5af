"""Spec → the workbook that a county fills in."""

from toolkit.template.build import Content, write_template
from toolkit.template.layout import Placement, place_tables

__all__ = ["Content", "Placement", "place_tables", "write_template"]
