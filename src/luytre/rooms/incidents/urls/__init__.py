"""Addresses of the incidents room: for anyone (public), for officers (desk)."""
