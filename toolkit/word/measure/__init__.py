"""How long texts become on paper: widths, lines, pages."""
