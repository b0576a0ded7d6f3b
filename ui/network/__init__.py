"""Network: optimizers side by side on one small network."""
