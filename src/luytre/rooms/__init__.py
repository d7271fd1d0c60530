"""One folder a business, all with the same plan, none importing another."""
