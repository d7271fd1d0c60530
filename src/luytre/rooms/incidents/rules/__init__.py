"""Pure decisions of the incidents room: codes and words, severity, types, mail, clocks, observables, papers. No Django."""
