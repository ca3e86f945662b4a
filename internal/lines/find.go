package lines

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/search"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

const (
	mostFound = 5   // how many are read out of what was found
	mostSaid  = 120 // how much of the text is, in which something was found, in characters
)

// find looks for a statement, a goal or a piece of evidence by what people call it, and opens the one that is chosen.
// While a mentor rates it tells nothing but codes, titles and the wording.
func (t *talk) find(sought string) error {
	from := 0 // what was read out already
	return t.until(func() error {
		for sought == "" {
			said, err := t.ask(question{
				Ask: "Type a code or some words, back, quit, or ?", Free: true, Part: true,
				More: "For example K7, GDPR, hand hygiene, or a word of your own notes. A slip or two does no harm.",
				Says: func() { t.say.Para(0, "What are you looking for?") },
			})
			if err != nil {
				return err
			}
			sought, from = said, 0
		}
		found := t.found(sought)
		if len(found.Hits) == 0 {
			t.say.Para(0, "%q is found nowhere. Try fewer words, or others for the same thing.", sought)
			sought = ""
			return nil
		}
		if found.Some {
			t.say.Para(0, "Not all of these words are found in one place; these have the most of them.")
		}
		list := found.Hits[from:min(len(found.Hits), from+mostFound)]
		opened := false
		var options []option
		for _, h := range list {
			options = append(options, option{
				Text: kind(h.Of) + h.Of.Title(t.s.Profile(), t.s.Titles()), Says: where(h),
				Do: func() error {
					opened = true
					if err := t.openThing(h.Of); err != nil && !errors.Is(err, errDuties) {
						return err
					}
					return errBack
				},
			})
		}
		title, usual := words.Count(len(found.Hits), "is found", "are found")+".", 1
		if from > 0 {
			title = fmt.Sprintf("%d to %d of %d.", from+1, from+len(list), len(found.Hits))
		}
		if left := len(found.Hits) - from - len(list); left > 0 {
			title = strings.TrimSuffix(title, ".") + "; more words narrow it."
			options = append(options, option{
				Text: "Hear more, " + strconv.Itoa(left) + " left", Do: func() error { from += mostFound; return nil },
			})
			usual = len(options)
		}
		err := t.choose(title, options, usual)
		if errors.Is(err, errBack) && from > 0 && !opened {
			from -= mostFound
			return nil
		}
		return err
	})
}

// kind is the code of a KSB, or what a thing is, before its title.
func kind(of search.Thing) string {
	if of.KSB != "" {
		return of.KSB + " "
	}
	return of.Kind() + ": "
}

// where says in which text something was found, where that is not plain from its title.
func where(h search.Hit) string {
	if !h.Tells() {
		return ""
	}
	return h.Says(mostSaid, "...")
}

// found searches what names the KSBs and, for the learner, all that is said of them too.
func (t *talk) found(sought string) search.Found {
	ref := t.s.Standard().Reference
	in := []*search.Index{t.o.Library.Named(ref)}
	if !t.front {
		in = append(in, t.o.Library.Said(ref), search.New(search.Record(t.s.Profile())))
	}
	f := search.Find(sought, in...)
	f.Hits = slices.DeleteFunc(f.Hits, func(h search.Hit) bool {
		return h.Of.KSB != "" && t.s.Standard().Place(h.Of.KSB) < 0
	})
	return f
}

// openThing goes to what was found.
func (t *talk) openThing(of search.Thing) error {
	switch {
	case of.Goal != "":
		return t.goal(of.Goal)
	case of.Piece != "":
		if e, ok := t.s.Profile().Piece(of.Piece); ok {
			return t.piece(e.ID)
		}
		return nil
	}
	return t.open(of.KSB)
}

// digits reads a number from 1, as it stands before a choice.
func digits(said string) (int, bool) {
	n, err := strconv.Atoi(strings.TrimSuffix(said, "."))
	return n, err == nil
}
