"""Forms of the incidents room: what anyone tells, what the desk and the case ask."""
