"""Lũy Tre: a province's duties under Directive 13/CT-UBND, judged, done and proved."""

__version__ = "0.1.0"
