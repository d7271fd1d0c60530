"""The field kit: one folder for a USB disk that collects logs and hunts offline, and the signed bundle that comes back of it."""
