package session

import "github.com/ksbcoach/ksbcoach/internal/profile/file"

// ReloadNow reloads if nothing clashes; otherwise it gives the clashes and changes nothing.
func (s *Session) ReloadNow() ([]file.Clash, error) {
	m, err := s.PrepareReload()
	if err != nil {
		return nil, err
	}
	if len(m.Clashes) > 0 {
		return m.Clashes, nil
	}
	return nil, s.Reload(m, nil)
}

// Notes are what is odd in the file and does no harm.
func (s *Session) Notes() []file.Problem { return s.notes }
