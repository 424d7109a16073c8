"""Documents made of checked answers."""
