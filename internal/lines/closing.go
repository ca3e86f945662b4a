package lines

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// closing asks what closes a review: the three questions, what was agreed, the next date, what is shared.
func (t *talk) closing() error {
	r, open := t.s.Profile().OpenReview()
	if !open {
		return errBack
	}
	one := func(ask func(profile.Review) error) func() error {
		return func() error { return t.until(once(func() error { return ask(r) })) }
	}
	agreed := "What was agreed, in your words"
	own := appraisal.AgreedBeside(r)
	if !own.Empty() {
		agreed += ": " + own.Line()
	}
	marks := appraisal.Marks(t.o.Library.Appraisal())
	answered := 0
	for _, m := range marks {
		if m.Answer(r) != "" {
			answered++
		}
	}
	share := "all left out"
	if len(r.Share) > 0 {
		share = strings.Join(named(r.Share), ", ") + " included"
	}
	left := t.s.Profile().Unchecked(r)
	closes := option{Text: "Close the review", Do: one(t.closeReview)}
	if len(left) > 0 {
		closes.Says = words.Count(len(left), "action of last time comes", "actions of last time come") + " first"
		closes.Do = func() error { return t.until(func() error { return t.lastTime(r) }) }
	}
	options := []option{
		{
			Text: words.Count(len(marks), "closing question", "closing questions"),
			Says: words.Count(answered, "is answered", "are answered"), Do: func() error { return t.marks(marks) },
		},
		{Text: agreed, Do: one(t.agreed)},
		{Text: "The next review: by " + t.s.Profile().ReviewAfter(r).Full(), Do: one(t.nextAfter)},
		{Text: "Private parts of the record: " + share, Do: func() error { return t.until(t.sharing) }},
		{Text: "Hear the record as it would be shared", Do: func() error {
			t.document(appraisal.CodedRecord(t.s.Profile(), t.s.Standard(), r))
			return nil
		}},
		closes,
	}
	usual := len(options)
	switch {
	case answered < len(marks):
		usual = 1
	case own.Empty():
		usual = 2
	}
	return t.choose("Closing the review.", options, usual)
}

// named are private parts as people read them.
func named(parts []string) []string {
	out := make([]string, len(parts))
	for i, x := range parts {
		out[i] = profile.ShareName(x)
	}
	return out
}

// marks asks the closing questions, and then what the advice on their answers asks.
func (t *talk) marks(marks []appraisal.Mark) error {
	err := t.until(once(func() error {
		return inOrder(len(marks), func(i int) error {
			r, _ := t.s.Profile().OpenReview()
			was := 0
			var options []option
			for n, verdict := range profile.Verdicts {
				if marks[i].Answer(r) == verdict {
					was = n + 1
				}
				options = append(options, option{Text: words.Capital(verdict), Do: func() error {
					t.do(marks[i].Answered(r.ID, verdict), func() string { return "Kept" })
					return nil
				}})
			}
			return t.choose(sentence(marks[i].Text)+" "+marks[i].Question, options, was)
		})
	}))
	r, open := t.s.Profile().OpenReview()
	advice := appraisal.MarksAdvice(r)
	if err != nil || !open || r.Clear+r.Helped+r.Valued == "" {
		return err
	}
	return t.until(once(func() error {
		return inOrder(len(advice), func(i int) error {
			r, _ := t.s.Profile().OpenReview()
			x := field{ID: "said", Ask: advice[i].Ask, Says: appraisal.TakeInHelp, Was: advice[i].Said(r)}
			a := answers{texts: map[string]string{}}
			if err := t.ask1(x, &a); err != nil {
				return err
			}
			if said := a.text([]field{x}, x.ID); said != x.Was {
				t.do(advice[i].Answered(r, said), func() string { return "Kept with what was agreed" })
			}
			return nil
		})
	}))
}

func (t *talk) agreed(r profile.Review) error {
	fields := []field{{
		ID: "agreed", Ask: "What was agreed, in a few sentences?", Was: appraisal.AgreedBeside(r), Long: true,
		Says: "What you take on, and what was promised to you. Leave out anything about a patient.",
	}}
	a, err := t.fill("review-agreed-"+r.ID, fields)
	if err != nil {
		return err
	}
	t.do(appraisal.Agreeing(r, a.text(fields, "agreed")), func() string { return "Kept" })
	return nil
}

func (t *talk) nextAfter(r profile.Review) error {
	p := t.s.Profile()
	may := func(d calendar.Date) error { return p.MayBeNext(d, r.On, t.s.Today()) }
	fields := []field{{ID: "next", Ask: "By when is the next review?", Need: true, Day: &day{
		Month: calendar.LastOf, Was: p.ReviewAfter(r), May: may,
	}}}
	a, err := t.fill("", fields)
	if err != nil {
		return err
	}
	t.do(profile.EditReview{ID: r.ID, Next: new(a.days["next"]), Today: t.s.Today()}, func() string { return "Kept" })
	return nil
}

// sharing asks which private parts go into what is shared.
func (t *talk) sharing() error {
	r, _ := t.s.Profile().OpenReview()
	var options []option
	for _, x := range profile.Shares {
		is := "left out; choose it to include it"
		if r.Shares(x) {
			is = "included; choose it to leave it out"
		}
		options = append(options, option{Text: words.Capital(profile.ShareName(x)) + ": " + is, Do: func() error {
			t.do(r.ToggleShare(x), func() string { return "Kept. What is not included stays in your file only" })
			return nil
		}})
	}
	options = append(options, option{Text: "It is right like this", Do: func() error { return errBack }})
	return t.choose("Include in what is shared? All of these are left out unless you include them.", options, len(options))
}

func (t *talk) closeReview(r profile.Review) error {
	options := []option{{Text: "Close it", Says: "From then on it is only read", Do: func() error {
		return t.closeNow(r, false)
	}}}
	if x, asks := t.s.Profile().AsksOfRound(r, t.s.Standard()); asks {
		options[0].Text += ", and the round " + profile.RoundName(x.ID) + " with it"
		options = append(options, option{
			Text: appraisal.RoundGoesOn(x), Says: "The record holds no levels then",
			Do: func() error { return t.closeNow(r, true) },
		})
	}
	options = append(options, option{Text: "Not yet"})
	return t.choose("Close the review? "+appraisal.ClosingSays(t.s.Report(), t.s.Profile(), r), options, 0)
}

func (t *talk) closeNow(r profile.Review, goesOn bool) error {
	change := appraisal.Closing(t.s.Profile(), t.s.Standard(), r, t.s.Today(), goesOn)
	if !t.do(change, func() string { return "The review is closed" }) {
		return nil
	}
	now, _ := t.s.Profile().Review(r.ID)
	t.say.Para(0, "The next one is due by %s. %s", now.Next.Full(), appraisal.HashWords)
	t.say.Para(0, "Check code: %s", appraisal.Code(now.Hash))
	return nil
}
