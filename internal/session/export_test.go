package session

import "github.com/ksbcoach/ksbcoach/internal/profile/file"

// Reload is Meet and Take in one where nothing clashes; what clashes is given, and nothing is taken.
func (s *Session) Reload() ([]file.Clash, error) {
	m, err := s.Meet()
	if err != nil {
		return nil, err
	}
	if len(m.Clashes) > 0 {
		return m.Clashes, nil
	}
	return nil, s.Take(m, nil)
}

// Notes are what is odd in the file and does no harm.
func (s *Session) Notes() []file.Problem { return s.notes }
