package library

import (
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
)

// ReadingsFor are what is worth reading for a KSB.
func (l *Library) ReadingsFor(ref, ksb string) []coaching.Reading {
	return l.readings(ref, func(r coaching.Reading) bool { return slices.Contains(r.KSBs, ksb) })
}

// ReadingsOn are what is worth reading on a theory.
func (l *Library) ReadingsOn(ref, theory string) []coaching.Reading {
	return l.readings(ref, func(r coaching.Reading) bool { return slices.Contains(r.Theories, theory) })
}

func (l *Library) readings(ref string, keep func(coaching.Reading) bool) []coaching.Reading {
	var out []coaching.Reading
	if s, ok := l.shelves[ref]; ok {
		for _, r := range s.readings() {
			if keep(r) {
				out = append(out, r)
			}
		}
	}
	return out
}
