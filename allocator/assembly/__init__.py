"""Turn source text into an image."""
