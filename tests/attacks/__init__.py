"""Files that are made to hurt a reader: recipes in code, no file of anybody else's."""
