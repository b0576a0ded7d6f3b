"""The reference pages: what there is, where it comes from, and a small picture of each."""
