"""XML that is changed by splicing: what is not changed stays the bytes that it was."""

from toolkit.annotate.markup.node import Node, made
from toolkit.annotate.markup.scan import parse, shallow, unfold
from toolkit.annotate.markup.written import document, written

__all__ = ["Node", "document", "made", "parse", "shallow", "unfold", "written"]
