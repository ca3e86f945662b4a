package profile_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile/file"
)

// Every key of the format has a description of its kind and its meaning.
func TestEveryKeyIsDescribed(t *testing.T) {
	keys := file.Keys()
	if len(keys) < 90 {
		t.Fatalf("only %d keys: the list cannot be whole", len(keys))
	}
	seen := map[string]bool{}
	for _, k := range keys {
		if k.Kind == "" || k.About == "" {
			t.Errorf("%s: kind %q, about %q", k.Where, k.Kind, k.About)
		}
		if seen[k.Where] {
			t.Errorf("%s is listed twice", k.Where)
		}
		seen[k.Where] = true
	}
	for _, want := range []string{"format", "learner.name", "round.self.K7.level", "goal.action.due", "review.kept.a-91xd.next", "prepare.support"} {
		if !seen[want] {
			t.Errorf("%s is not listed: %s", want, strings.Join([]string{keys[0].Where, keys[len(keys)-1].Where}, " to "))
		}
	}
}

// Keys that the learner added are listed wherever they are.
func TestUnknownKeysAreListed(t *testing.T) {
	want := map[string]string{"colour": "blue", "mine": "map[colour:blue]", "round review-1.mentor.K7.mood": "fair"}
	read, err := file.Decode([]byte(full), find)
	if err != nil || !maps.Equal(read.Own, want) {
		t.Errorf("%v (%v), want %v", read.Own, err, want)
	}
}
