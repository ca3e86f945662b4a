package lines

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

// journeys lists answers that lead through the questions of each part of the program.
var journeys = map[string][]string{
	"rate":     {"1", "1", "2", "1", "note", "a note", "example", "an example", ""},
	"gaps":     {"2", "1", "2", "yes", "4"},
	"plan":     {"3", "3", "Explain consent", "calibration", "1", "", "because", "1", "", "what happened", "back", "back"},
	"appraise": {"3", "1", "2", "1", "it is behind", "3", "4", "x", "", "", "", "4", "1", "a list", "back"},
	"mentor":   {"4", "A. Ward", "1", "1", "2", "note", "saw it", "duties", "11", "yes", "1"},
	"prepare":  {"5", "1", "back", "4", "some words", "back", "back", "5", "well", "back", "back", "6", "back"},
	"review":   append(append([]string{}, held...), closed...),
	"look up":  {"6", "4", "1", "K1", "saw it", "", "1", "1", "K2", "2", "", "", "", "", "3", "no", "back", "back", "5", "1"},
	"details":  {"7", "", "", "", "", ""},
}

func TestHelpFindUndoBackAndQuitWorkAtEveryQuestion(t *testing.T) {
	t.Parallel()
	every := 1
	if !testneed.Thorough() {
		every = 4
	}
	for name, answers := range journeys {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for n := 0; n <= len(answers); n += every {
				lead := answers[:n:n]
				r := newRoom(t, planned())
				said := after(r.talk(append(lead, "?", "find", "K7", "back", "quit")...), "?")
				for _, want := range []string{"quit saves and leaves", "What are you looking for?"} {
					if !strings.Contains(said, want) {
						t.Errorf("after %q: %q is not in %q", lead, want, said)
					}
				}
				for _, word := range []string{"back", "undo"} {
					r := newRoom(t, planned())
					said := after(r.talk(append(lead, word)...), word) // the input ends here
					if !strings.Contains(said, "Kept in ") && !strings.Contains(said, "Goodbye") || strings.Contains(said, "none of these") {
						t.Errorf("%s after %q: %q", word, lead, said)
					}
				}
			}
		})
	}
}

// after is what was said after a word was last typed.
func after(said, word string) string { return said[strings.LastIndex(said, ": "+word+" ")+1:] }
