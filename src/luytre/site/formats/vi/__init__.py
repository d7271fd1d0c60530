"""Dates and numbers as read by people: vi."""
