"""A question becomes evidence: what is asked for, what was found, and what fits."""
