"""The duties room: what each body owes, filed evidence, waivers, and the projection of the judge."""
