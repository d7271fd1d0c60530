"""The chapters of four years: each takes the land and yields deeds; none reads another."""
