"""Office Open XML: its names and units, its elements, and a Word file as its parts."""
