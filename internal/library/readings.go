package library

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
)

// ReadingsFor are what is worth reading for a KSB: for a skill that has none of its own, those of the knowledge beside it, such
// as of K7 for S7.
func (l *Library) ReadingsFor(ref, ksb string) []coaching.Reading {
	found := l.readings(ref, func(r coaching.Reading) bool { return slices.Contains(r.KSBs, ksb) })
	if number, skill := strings.CutPrefix(ksb, "S"); skill && len(found) == 0 {
		return l.ReadingsFor(ref, "K"+number)
	}
	return found
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
