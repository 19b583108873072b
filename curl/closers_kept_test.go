package curl

// KeptCloseFunctions is how many close-socket functions are kept for connections.
func (m *Multi) KeptCloseFunctions() int {
	m.m.d.Lock()
	defer m.m.d.Mu.Unlock()
	return max(len(m.closers), len(m.m.closers))
}

// KeptCloseFunctions is the same of a share, of C handles.
func (s *ConfinedShare) KeptCloseFunctions() int {
	s.s.mu.Lock()
	defer s.s.mu.Unlock()
	return len(s.s.held)
}
