package profile_test

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
)

// failer is what *testing.T and *rapid.T have in common.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

var (
	_ failer = (*testing.T)(nil)
	_ failer = testing.TB(nil)
)

// same checks that two profiles are the same record. Things that the file cannot tell apart count as the same: an empty
// list and none, an empty answer and none.
func same(t failer, got, want profile.Profile) {
	t.Helper()
	got, want = normal(got), normal(want)
	if reflect.DeepEqual(got, want) {
		return
	}
	a, errA := file.New(got)
	b, errB := file.New(want)
	if bytes.Equal(a, b) {
		t.Fatalf("the records differ where no text shows it (%v, %v)\n%+v\n%+v", errA, errB, got, want)
	}
	t.Fatalf("the records differ (%v, %v)\ngot\n%s\nwant\n%s", errA, errB, a, b)
}

func normal(p profile.Profile) profile.Profile {
	p = deep(p)
	if len(p.Targets) == 0 {
		p.Targets = nil
	}
	p.Pauses, p.Evidence, p.Reflections, p.Goals, p.Rounds = orNil(p.Pauses), orNil(p.Evidence), orNil(p.Reflections), orNil(p.Goals), orNil(p.Rounds)
	p.Reviews = orNil(p.Reviews)
	for i := range p.Rounds {
		r := &p.Rounds[i]
		for by, rows := range r.Ratings {
			if len(rows) == 0 {
				delete(r.Ratings, by)
			}
		}
		if len(r.Others) == 0 {
			r.Others = nil
		}
		if len(r.Ratings) == 0 {
			r.Ratings = nil
		}
	}
	for i := range p.Goals {
		p.Goals[i].Actions = orNil(p.Goals[i].Actions)
	}
	for i := range p.Reflections {
		r := &p.Reflections[i]
		var answers []profile.Answer
		for _, a := range r.Answers {
			if a.Text.Raw() != "" {
				answers = append(answers, a)
			}
		}
		r.Answers = answers
	}
	return p
}

func orNil[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}
