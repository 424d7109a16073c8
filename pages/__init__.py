"""The app's pages, one file each, and what several of them show: an answer, an opened source, the starter questions."""
