package session

import "github.com/ksbcoach/ksbcoach/internal/profile/file"

// Reload is what BecomeWriter does with a file that was changed elsewhere.
func (s *Session) Reload() ([]file.Clash, error) { return s.reload() }

// Notes are what is odd in the file and does no harm.
func (s *Session) Notes() []file.Problem { return s.notes }
