"""Training: questions and corpora become the weights of the judge and of the embedder, with a card and a report."""
