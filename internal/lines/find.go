package lines

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// mostFound is how many are read out of what was found.
const mostFound = 5

// find looks for a statement by its code or by words, and opens the one that is chosen. While a mentor rates it tells
// nothing but codes, titles and the wording.
func (t *talk) find(sought string) error {
	err := t.until(func() error {
		for sought == "" {
			said, err := t.ask(question{
				Ask: "Type a code or some words, or back, quit, or ?", Free: true, Part: true,
				More: "For example K7, or infection, or hand hygiene. All the words must fit.",
				Says: func() { t.say.Para(0, "What are you looking for?") },
			})
			if err != nil {
				return err
			}
			sought = said
		}
		found := t.matches(sought)
		if len(found) == 0 {
			t.say.Para(0, "Nothing has %q. Try fewer words.", sought)
			sought = ""
			return nil
		}
		for i, id := range found[:min(len(found), mostFound)] {
			t.say.Item(0, "%d. %s %s.", i+1, id, t.s.Titles()(id))
		}
		n, err := t.number(question{Says: func() {
			if n := len(found) - mostFound; n > 0 {
				t.say.Para(0, "And %s. More words narrow it.", words.Count(n, "other", "others"))
			}
		}}, min(len(found), mostFound), 1)
		if err != nil {
			return err
		}
		if err := t.open(found[n-1]); err != nil {
			return err
		}
		return errBack
	})
	if errors.Is(err, errUndone) {
		return nil
	}
	return err
}

// matches are the KSBs that have all of some words, in the order of the walk; a code finds that one alone.
func (t *talk) matches(sought string) []string {
	std := t.s.Standard()
	if k, ok := std.KSB(standard.Code(sought)); ok {
		return []string{k.ID}
	}
	var out []string
	for _, id := range std.Walk() {
		k, _ := std.KSB(id)
		all := strings.ToLower(fmt.Sprintf("%s %s %s", id, t.s.Titles()(id), k.Text))
		fits := true
		for _, w := range strings.Fields(strings.ToLower(sought)) {
			fits = fits && strings.Contains(all, w)
		}
		if fits {
			out = append(out, id)
		}
	}
	return out
}

// digits reads a number from 1, as it stands before a choice.
func digits(said string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimSuffix(said, "."))
	return n, err == nil
}
