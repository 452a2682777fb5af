"""XML that is changed by splicing: what is not changed stays the bytes that it was."""

from toolkit.annotate.markup.element import Element, made
from toolkit.annotate.markup.scan import parse, shallow, unfold
from toolkit.annotate.markup.written import document, written

__all__ = ["Element", "document", "made", "parse", "shallow", "unfold", "written"]
