"""Who and what: organisations with their succession, persons, posts, systems, suppliers; who may do what (access.py)."""
