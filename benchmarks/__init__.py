"""Measurements, side by side with the obvious alternatives: `python -m benchmarks.bench [section ...]`."""
