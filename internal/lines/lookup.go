package lines

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// hearing is an option that reads out a document.
func (t *talk) hearing(text string, d func() doc.Doc) option {
	return option{Text: text, Do: func() error { t.document(d()); return nil }}
}

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

// dutyFacts reads out the fact cards of a duty.
func (t *talk) dutyFacts() error {
	return t.until(func() error {
		var options []option
		for _, d := range t.s.Standard().Duties {
			name := t.s.DutyTitle(d.Number)
			options = append(options, t.hearing(name, func() doc.Doc {
				cards := slices.DeleteFunc(t.o.Library.Cards(t.s.Standard().Reference), func(c coaching.Card) bool {
					return !slices.Contains(c.Duties, d.Number)
				})
				return coaching.CardsDoc("Facts behind "+name, cards, t.s.Today())
			}))
		}
		return t.choose("Which duty?", options, 0)
	})
}

// behind are the facts and the readings behind a KSB, where there are any.
func (t *talk) behind(ksb string) (options []option) {
	ref := t.s.Standard().Reference
	if cards := t.o.Library.CardsFor(ref, ksb); len(cards) > 0 {
		options = append(options, t.hearing("Hear the facts behind it", func() doc.Doc {
			return coaching.CardsDoc("Facts behind "+ksb, cards, t.s.Today())
		}))
	}
	if list := t.o.Library.ReadingsFor(ref, ksb); len(list) > 0 {
		options = append(options, t.hearing("Hear what to read for it", func() doc.Doc { return coaching.ReadingsDoc(list) }))
	}
	return options
}

// evidence reads out the pieces of evidence, the newest first and a few at a time, and opens the one that is chosen.
func (t *talk) evidence() error {
	at := 0
	return t.until(func() error {
		all := t.newest()
		at = min(at, len(all)/atOnce*atOnce)
		var options []option
		for _, e := range all[at:min(at+atOnce, len(all))] {
			options = append(options, option{
				Text: e.Title.Line(), Says: strings.Join(e.KSBs, ", ") + ", " + e.On.Long(),
				Do: func() error { return t.piece(e.ID) },
			})
		}
		if left := len(all) - at - atOnce; left > 0 {
			options = append(options, option{
				Text: "Hear more: " + words.Count(left, "piece is", "pieces are") + " left",
				Do:   func() error { at += atOnce; return nil },
			})
		}
		if at > 0 {
			options = append(options, option{Text: "The first ones again", Do: func() error { at = 0; return nil }})
		}
		options = append(options,
			option{Text: "Add an example", Do: func() error { return t.until(once(t.newExample)) }},
			t.hearing("Levels above 0 without any evidence", func() doc.Doc {
				return appraisal.WithoutDoc(t.s.Report(), t.o.Library.Scale(), t.s.Titles())
			}))
		return t.choose(words.Count(len(all), "piece", "pieces")+" of evidence, the newest first.", options, 0)
	})
}

// newest is the evidence, the newest first.
func (t *talk) newest() []profile.Evidence {
	all := slices.Clone(t.s.Profile().Evidence)
	sorting.By(all, func(a, b profile.Evidence) int {
		switch {
		case b.On.Before(a.On):
			return -1
		case a.On.Before(b.On):
			return 1
		}
		return 0
	})
	return all
}

// askKSBs is the question for which KSBs something is.
func (t *talk) askKSBs(was []string) field {
	return field{
		ID: "ksbs", Ask: "For which statements?", Need: true, Says: "Codes such as K7, S7.",
		Was: safetext.New(strings.Join(was, ", ")), May: func(text string) error { return t.mayCodes(text) },
	}
}

func (t *talk) newExample() error {
	fields := []field{t.askKSBs(nil)}
	a, err := t.fill("", fields)
	if err != nil {
		return err
	}
	return t.example(codes(a.text(fields, "ksbs").Line()))
}

// piece reads out a piece of evidence, and asks what to do with it.
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
			{Text: "Link it to other statements", Do: func() error { return t.until(once(func() error { return t.link(e) })) }},
			{Text: "Change its words or its day", Do: func() error { return t.until(once(func() error { return t.mend(e) })) }},
			{Text: "Take it out", Do: func() error {
				yes, err := t.sure("Take out: " + sentence(e.Title.Line()) + " undo brings it back until you leave.")
				if yes {
					t.do(profile.RemoveEvidence{ID: e.ID}, func() string { return "It is taken out" })
				}
				return err
			}},
		}, 0)
	})
}

func (t *talk) link(e profile.Evidence) error {
	fields := []field{t.askKSBs(e.KSBs)}
	a, err := t.fill("", fields)
	if err != nil {
		return err
	}
	t.do(profile.EditEvidence{
		ID: e.ID, KSBs: new(codes(a.text(fields, "ksbs").Line())), Today: t.s.Today(),
	}, func() string { return "Kept" })
	return nil
}

func (t *talk) mend(e profile.Evidence) error {
	happened := func(d calendar.Date) error { return profile.MayHaveHappened(d, e.On, t.s.Today()) }
	fields := []field{
		{ID: "title", Ask: plan.AskExample, Need: true, Was: e.Title, Says: coaching.NoPatients},
		{ID: "on", Ask: "When was it?", Need: true, Day: &day{Month: calendar.FirstOf, Was: e.On, May: happened}},
		{ID: "where", Ask: "Where is it kept?", Was: e.Where},
		{ID: "witness", Ask: "Who saw it?", Was: e.Witness},
	}
	a, err := t.fill("", fields)
	if err != nil {
		return err
	}
	t.do(profile.EditEvidence{
		ID: e.ID, Title: new(a.text(fields, "title")), On: new(a.days["on"]), Where: new(a.text(fields, "where")),
		Witness: new(a.text(fields, "witness")), Today: t.s.Today(),
	}, func() string { return "Changed" })
	return nil
}
