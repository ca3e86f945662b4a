package session

import "github.com/ksbcoach/ksbcoach/internal/profile/file"

// laterFile says why a profile of a later ksbcoach cannot be changed.
type laterFile struct{ err error }

func (e *laterFile) Error() string {
	return "a later ksbcoach wrote this profile, and this one may not understand all of it"
}

func (e *laterFile) Unwrap() error { return e.err }

// Hint is what to try.
func (e *laterFile) Hint() string {
	return "update ksbcoach to change it; nothing in the file was changed"
}

// glimpse shows as much as can be read of a profile that a later ksbcoach wrote, to look at only.
func (s *Session) glimpse(data []byte, later error) (*file.File, error) {
	read, err := file.Glimpse(data, s.o.Library.Standard)
	if err != nil {
		return nil, err
	}
	s.readOnly = &laterFile{later}
	if s.lock != nil {
		_ = s.lock.Unlock() // who can only look keeps nobody from writing
		s.lock = nil
	}
	return read, nil
}
