"""The check in a browser's tab: what runs there, and the folder of static files that carries it."""
