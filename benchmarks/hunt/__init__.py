"""Figures of the hunting engine, side by side with a peer in one run; and its fuzzing."""
