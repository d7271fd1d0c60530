"""Windows of the incidents room for officers: the duty desk, reports, cases."""
