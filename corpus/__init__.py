"""The nouns that every room shares, the register, the index, and the council's own files."""
