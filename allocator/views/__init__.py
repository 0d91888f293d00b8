"""Show things: as text, as HTML, as formats that other tools read."""
