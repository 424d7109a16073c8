"""Files become passages, figures and commitments, each with its exact location."""
