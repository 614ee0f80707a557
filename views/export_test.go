package views

// Nudge has the server look for runs now.
func (s *Store) Nudge() { s.nudge() }
