package curl

// sweep says when a table of what may not be needed any more is to be looked through: when it has doubled since the last time,
// so that an entry costs no more for it with many than with few. The lock is the table's.
type sweep int

func (s *sweep) due(entries int) bool { return entries >= int(*s) }

func (s *sweep) done(left int) { *s = sweep(2*left + 16) }
