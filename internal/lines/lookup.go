package lines

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/search"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// lookUp reads out documents, and leads to the evidence.
func (t *talk) lookUp() error {
	return t.until(func() error {
		r, p := t.s.Report(), t.s.Profile()
		return t.choose("What would you like to hear?", []option{
			{Text: "Find a statement", Do: func() error { return t.find("") }},
			t.hearing("All gaps, strengths and chances to ask for, in one go", func() doc.Doc {
				return r.Doc(t.o.Library.Scale(), t.s.Titles(), func(gap.Row) bool { return true })
			}),
			t.hearing("Progress since the start, and what it may lead to", func() doc.Doc {
				moments := appraisal.Timeline(p, t.s.Standard(), t.o.Library.Scale(), t.s.Today())
				return appraisal.ProgressDoc(r, p, moments, nil, t.s.Titles(), t.s.DutyTitle)
			}),
			{Text: "Your evidence: " + words.Count(len(p.Evidence), "piece", "pieces"), Do: t.evidence},
			{Text: "The facts behind a duty: laws, codes and standards", Do: t.dutyFacts},
		}, 0)
	})
}

func (t *talk) dutyFacts() error {
	return t.until(func() error {
		return t.choose("Which duty?", lists.Each(t.s.Standard().Duties, func(d standard.Duty) option {
			name := t.s.DutyTitle(d.Number)
			of := func(c coaching.Card) bool { return slices.Contains(c.Duties, d.Number) }
			return t.hearing(name, func() doc.Doc {
				cards := lists.Where(t.o.Library.Cards(t.s.Standard().Reference), of)
				return coaching.CardsDoc("Facts behind "+name, cards, t.s.Today())
			})
		}), 0)
	})
}

// behind are the facts and the readings behind a KSB, where there are any.
func (t *talk) behind(ksb string) []option {
	ref := t.s.Standard().Reference
	cards, list := t.o.Library.CardsFor(ref, ksb), t.o.Library.ReadingsFor(ref, ksb)
	facts := func() doc.Doc { return coaching.CardsDoc("Facts behind "+ksb, cards, t.s.Today()) }
	return []option{
		when(len(cards) > 0, t.hearing("Hear the facts behind it", facts)),
		when(len(list) > 0, t.hearing("Hear what to read for it",
			func() doc.Doc { return coaching.ReadingsDoc(list) })),
	}
}

// evidence reads out the pieces of evidence, the newest first and a few at a time, and opens the one that is chosen.
func (t *talk) evidence() error {
	at := 0
	return t.until(func() error {
		all := slices.Clone(t.s.Profile().Evidence)
		sorting.By(all, func(a, b profile.Evidence) int { return b.On.Compare(a.On) })
		at = min(at, len(all)/atOnce*atOnce)
		options := lists.Each(all[at:min(at+atOnce, len(all))], func(e profile.Evidence) option {
			says := strings.Join(e.KSBs, ", ") + ", " + e.On.Long()
			return option{Text: e.Title.Line(), Says: says, Do: func() error { return t.piece(e.ID) }}
		})
		left := len(all) - at - atOnce
		options = append(options,
			when(left > 0, option{
				Text: "Hear more: " + words.Count(left, "piece is", "pieces are") + " left",
				Do:   func() error { at += atOnce; return nil },
			}),
			when(at > 0, option{Text: "The first ones again", Do: func() error { at = 0; return nil }}),
			t.asking("Add an example", func() error {
				said, err := t.line(t.askKSBs(nil))
				if err != nil {
					return err
				}
				return t.example(t.codes(said))
			}),
			t.hearing("Levels above 0 without any evidence", func() doc.Doc {
				return appraisal.WithoutDoc(t.s.Report(), t.o.Library.Scale(), t.s.Titles())
			}))
		return t.choose(words.Count(len(all), "piece", "pieces")+" of evidence, the newest first.", options, 0)
	})
}

// askKSBs is the question for which KSBs something is.
func (t *talk) askKSBs(was []string) field {
	may := func(text string) error {
		switch codes, rest := t.s.Standard().ReadCodes(text); {
		case len(rest) > 0:
			return profile.UnknownKSB(t.s.Standard(), rest[0])
		case len(codes) == 0:
			return errors.New(profile.NoCode)
		}
		return nil
	}
	return field{
		ID: "ksbs", Ask: "For which statements?", Need: true,
		Says: "Codes such as K7, S7, or what you call it, such as GDPR.",
		Was:  safetext.New(strings.Join(was, ", ")), May: may, Read: t.meant,
	}
}

func (t *talk) codes(text safetext.Text) []string {
	codes, _ := t.s.Standard().ReadCodes(text.Line())
	return codes
}

// meant puts the codes that are meant in the place of the words in a list of codes, for each part of it that the finder
// finds.
func (t *talk) meant(text string) (string, error) {
	var means []string
	asked := false
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ';' }) {
		codes, rest := t.s.Standard().ReadCodes(part)
		means = append(means, codes...)
		sought := strings.Join(rest, " ")
		found := t.sought(sought, []*search.Index{t.o.Library.Named(t.s.Standard().Reference)}).Meant(mostFound)
		if sought == "" || len(found) == 0 {
			means = append(means, rest...) // what is no code is refused
			continue
		}
		says := t.saying(fmt.Sprintf("Which is meant by %q?", sought), lists.Each(found, t.naming))
		n, err := t.number(question{Part: true, Says: says}, len(found), 1)
		if err != nil {
			return "", err
		}
		means, asked = append(means, found[n-1].Of.KSB), true
	}
	codes, rest := t.s.Standard().ReadCodes(strings.Join(means, ", "))
	if asked && len(rest) == 0 {
		t.tell("That is %s.", t.codesOf(codes))
	}
	return strings.Join(means, ", "), nil
}

func (t *talk) piece(id string) error {
	heard := -1
	return t.until(func() error {
		e, ok := t.s.Profile().Piece(id)
		if !ok {
			return errBack
		}
		if heard != t.s.Rev() {
			heard = t.s.Rev()
			var d doc.Doc
			appraisal.AddEvidence(&d, e)
			t.document(d)
		}
		return t.choose("What would you like to do with it?", []option{
			t.asking("Link it to other statements", func() error { return t.link(e) }),
			t.asking("Change its words or its day", func() error { return t.mend(e) }),
			{Text: "Take it out", Do: func() error {
				ask := "Take out: " + sentence(e.Title.Line()) + " undo brings it back until you leave."
				return t.sureTo(ask, profile.RemoveEvidence{ID: e.ID}, "It is taken out")
			}},
		}, 0)
	})
}

func (t *talk) link(e profile.Evidence) error {
	return t.keep(t.askKSBs(e.KSBs), "Kept", func(said safetext.Text) profile.Change {
		return profile.EditEvidence{ID: e.ID, KSBs: new(t.codes(said)), Today: t.s.Today()}
	})
}

func (t *talk) mend(e profile.Evidence) error {
	happened := func(d calendar.Date) error { return profile.MayHaveHappened(d, e.On, t.s.Today()) }
	return t.edit("", []field{
		{ID: "title", Ask: plan.AskExample, Need: true, Was: e.Title, Says: coaching.NoPatients},
		{ID: "on", Ask: "When was it?", Need: true, Day: &day{Tense: calendar.Past, Was: e.On, May: happened}},
		{ID: "where", Ask: "Where is it kept?", Was: e.Where},
		{ID: "witness", Ask: "Who saw it?", Was: e.Witness},
	}, "Changed", func(a answers) profile.Change {
		return profile.EditEvidence{
			ID: e.ID, Title: new(a.text("title")), On: new(a.days["on"]), Where: new(a.text("where")),
			Witness: new(a.text("witness")), Today: t.s.Today(),
		}
	})
}

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
				Says: func() { t.tell("What are you looking for?") },
			})
			if err != nil {
				return err
			}
			sought, from = said, 0
		}
		found := t.found(sought)
		if len(found.Hits) == 0 {
			t.tell("%q is found nowhere. Try fewer words, or others for the same thing.", sought)
			sought = ""
			return nil
		}
		if found.Some {
			t.tell("Not all of these words are found in one place; these have the most of them.")
		}
		list := found.Hits[from:min(len(found.Hits), from+mostFound)]
		opened := false
		var options []option
		for _, h := range list {
			x := t.naming(h)
			x.Do = func() error {
				err := t.openThing(h.Of)
				switch {
				case errors.Is(err, errBack), err == nil && !t.front: // the learner leaves what was opened by back only
					return nil
				case err == nil, errors.Is(err, errDuties): // the mentor has rated it
					opened, err = true, errBack
				}
				return err
			}
			options = append(options, x)
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

// found searches what names the KSBs and, for the learner, all that is said of them too.
func (t *talk) found(sought string) search.Found {
	ref := t.s.Standard().Reference
	in := []*search.Index{t.o.Library.Named(ref)}
	if !t.front {
		in = append(in, t.o.Library.Said(ref), search.New(search.Record(t.s.Profile())))
	}
	return t.sought(sought, in)
}

// sought is what is found in some indexes, but for KSBs that a sheet leaves out.
func (t *talk) sought(words string, in []*search.Index) search.Found {
	f := search.Find(words, in...)
	f.Hits = slices.DeleteFunc(f.Hits, func(h search.Hit) bool {
		return h.Of.KSB != "" && t.s.Standard().Place(h.Of.KSB) < 0
	})
	return f
}

// naming is an option for what was found, and for the text in which it was found.
func (t *talk) naming(h search.Hit) option {
	x := option{Text: h.Of.Kind() + ": "}
	if h.Of.KSB != "" {
		x.Text = h.Of.KSB + " "
	}
	if x.Text += h.Of.Title(t.s.Profile(), t.s.Titles()); h.Tells() {
		x.Says = h.Says(mostSaid, "...")
	}
	return x
}

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

// atOnce is how many rows of a list are read out before the next question.
const atOnce = 5

// gaps reads out the gaps in their order, a few at a time, each with its reasons.
func (t *talk) gaps() error {
	at := 0
	return t.until(func() error {
		r := t.s.Report()
		rows := r.Gaps()
		if len(rows) == 0 {
			says := "There are no gaps: all that is rated is at its target or above."
			if r.Tally(0).Rated == 0 {
				says = "Nothing is rated yet, so there are no gaps to tell of. Rate a duty first."
			}
			t.tell("%s", says)
			return errBack
		}
		if at >= len(rows) {
			at = 0
		}
		if at == 0 {
			t.tell("%s, in this order: %s.", words.Count(len(rows), "gap", "gaps"), gap.RankRule)
		}
		upTo := min(at+atOnce, len(rows))
		ask := "Type " + oneOf(upTo) + " to open it"
		switch {
		case upTo < len(rows):
			ask += fmt.Sprintf(", Enter for more, %d left", len(rows)-upTo)
		case at > 0:
			ask += ", Enter for the first ones again"
		}
		n, err := t.numbered(question{
			Ask:  ask + ", or back, find, quit, or ?",
			More: "A number opens that statement: what to do about it, and its coaching. Enter reads on.",
			Says: func() {
				for i, x := range rows[at:upTo] {
					t.item("%d. %s %s: %s", at+i+1, x.KSB.ID, t.s.Titles()(x.KSB.ID), r.InFull(x))
				}
			},
		}, upTo, 0, upTo < len(rows) || at > 0)
		switch {
		case errors.Is(err, errBack) && at > 0:
			at -= atOnce
			return nil
		case err != nil:
			return err
		case n == 0:
			at += atOnce
			return nil
		}
		return t.statement(rows[n-1].KSB.ID)
	})
}

func (t *talk) statement(ksb string) error {
	return t.until(func() error {
		row, ok := t.s.Report().Row(ksb)
		if !ok {
			return errBack
		}
		t.say.Blank()
		t.tell("%s %s. %s", ksb, t.s.Titles()(ksb), sentence(row.KSB.Text))
		t.tell("%s. %s.", words.Capital(row.AgainstTarget(t.s.Today())),
			words.Capital(words.Count(row.Evidence, "piece of evidence", "pieces of evidence")))
		options := []option{
			{Text: "Rate it", Do: func() error { return t.walk([]string{ksb}) }},
			{Text: "Plan a goal for it", Do: func() error { return t.planFor(ksb) }},
			{Text: "Hear its coaching", Do: func() error { t.coaching(row); return nil }},
			t.asking("Add an example", func() error { return t.example([]string{ksb}) }),
		}
		options = append(options, t.behind(ksb)...)
		return t.choose("What would you like to do?", options, 0)
	})
}
