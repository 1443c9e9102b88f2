"""Benchmarks: how much each page costs, side by side with a bare floor, and whether it grows."""
