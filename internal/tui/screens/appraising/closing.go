package appraising

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func (s *Screen) afterBlocks(c *ui.Context) []block {
	r, open := c.Profile.OpenReview()
	if !open {
		return s.closedBlocks(c)
	}
	out := []block{{Head: "Three closing questions"}}
	for _, m := range appraisal.Marks(c.Library.Appraisal()) {
		b := line(verdictRow+m.Field, m.Text, "answer yes, partly or no", ui.Asking(s.verdictMenu(r.ID, m)), m.Question)
		a := m.Answer(r)
		if a != "" {
			b.Name, b.Does = m.Text+" "+words.Capital(a)+".", "change the answer"
		}
		out = append(out, ticked(a != "", b))
	}
	var advice []block
	for _, x := range appraisal.MarksAdvice(r) {
		b := line(adviceRow+x.Ask, x.Ask, "answer it in your own words", ui.Asking(s.adviceForm(r, x)))
		answer := x.Said(r)
		if !answer.Empty() {
			b.Says, b.Does = []string{answer.Line()}, "change your answer"
		}
		advice = append(advice, ticked(!answer.Empty(), b))
	}
	if r.Clear+r.Helped+r.Valued != "" {
		out = append(out, under(block{Head: "To get more out of it"}, advice)...)
	}
	agreed := line(agreedRow, "What was agreed", "write it", ui.Asking(s.agreedForm(r)),
		"In a few sentences, as you would both say it.")
	agreedText := appraisal.AgreedBeside(r)
	if !agreedText.Empty() {
		agreed.Says, agreed.Does = []string{agreedText.Line()}, "change it"
	}
	met := line(metRow, "Who met: "+appraisal.MetBy(r), "change who met, when, and which kind of review it is",
		ui.Asking(s.metForm(c, r)), r.Kind.Name()+", on "+r.On.Long())
	if len(r.With) == 0 {
		met.Does = "say who met"
	}
	next := line(nextRow, "Next review by "+c.Profile.ReviewAfter(r).Long(), "choose another day",
		ui.Asking(s.nextForm(c, r)))
	if r.Next.IsZero() {
		month := ordinal(c.Profile.Settings.EveryMonths())
		next.Says = []string{"by default the end of the " + month + " month after this one"}
	}
	next.Says = append(next.Says, words.Given(appraisal.Instead(c.Profile, r))...)
	// The record loses its tick when it changes after it was read.
	read := line(recordRow, "Read the record as it would be shared", "read it", s.readRecord("The record", r))
	return slices.Concat(out, []block{
		{Head: "For the record"},
		ticked(!agreedText.Empty(), agreed), ticked(len(r.With) > 0, met), ticked(true, next),
		s.sharingBlock(r), ticked(s.read == s.cache.record, read), ticked(false, s.closeBlock(c, r)),
	}, s.cancelBlocks(r))
}

func (s *Screen) verdictMenu(review string, m appraisal.Mark) ui.Choose {
	menu := ui.Choose{Title: m.Text, Says: m.Question}
	for _, v := range profile.Verdicts {
		answer := func(*ui.Context) []ui.Ask { return ui.Make(m.Answered(review, v), s.stepAndSay("")) }
		menu.Options = append(menu.Options, ui.Option{Text: words.Capital(v), Then: answer})
	}
	return menu
}

func (s *Screen) adviceForm(r profile.Review, x appraisal.Advice) ui.Edit {
	keep := func(v ui.Values, c *ui.Context) []ui.Ask {
		now, _ := c.Profile.OpenReview()
		return ui.Make(x.Answered(now, v.Text("said")), s.stepAndSay("Kept with what was agreed."))
	}
	return ui.Edit{Then: keep, Form: ui.Form{
		Key: "review-advice-" + r.ID + x.Ask, Title: "To get more out of it", Says: x.Ask, Send: "keep it",
		Fields: []ui.Field{{ID: "said", Label: "Your answer", Says: appraisal.TakeInHelp, Value: x.Said(r).Raw()}},
	}}
}

func (s *Screen) agreedForm(r profile.Review) ui.Edit {
	keep := func(v ui.Values, c *ui.Context) []ui.Ask {
		now, _ := c.Profile.OpenReview()
		return ui.Make(appraisal.Agreeing(now, v.Text("agreed")), func(c *ui.Context) string {
			s.choose(c, recordRow)
			return "Kept. Read the record, then close the review."
		})
	}
	field := ui.Field{ID: "agreed", Label: "In a few sentences", Value: appraisal.AgreedBeside(r).Raw(), Lines: 6}
	return ui.Edit{Then: keep, Form: ui.Form{
		Key: "review-agreed-" + r.ID, Title: "What was agreed", Send: "keep it", Fields: []ui.Field{field},
		Says: "Both sides: what you take on, and what was promised to you. Leave out anything about a patient.",
	}}
}

func (s *Screen) nextForm(c *ui.Context, r profile.Review) ui.Edit {
	p, today := c.Profile, c.Today
	keep := func(v ui.Values, c *ui.Context) []ui.Ask {
		return ui.Make(profile.EditReview{ID: r.ID, Next: new(v.Day("next")), Today: c.Today}, s.stepAndSay("Kept."))
	}
	day := ui.Field{ID: "next", Label: "By when?", Value: p.ReviewAfter(r).String(), Need: true, Day: ui.DueDay}
	day.Check = ui.CheckDay(func(d calendar.Date) error { return p.MayBeNext(d, r.On, today) })
	return ui.Edit{Then: keep, Form: ui.Form{
		Key: "review-next-" + r.ID, Title: "The next review", Send: "keep the day", Fields: []ui.Field{day},
	}}
}

func ordinal(n int) string {
	names := []string{"", "first", "second", "third", "fourth", "fifth", "sixth"}
	if n > 0 && n < len(names) {
		return names[n]
	}
	return fmt.Sprintf("%dth", n)
}

// sharingBlock says which private parts are included in what is shared, and lets the learner change that.
func (s *Screen) sharingBlock(r profile.Review) block {
	menu := ui.Choose{Title: "Include in what is shared?"}
	menu.Says = "All of these are left out unless you include them. Notes of a rehearsal are never shared."
	b := line(shareRow, "Private parts: all left out of what is shared", "choose what to include", nil)
	var leftOut []string
	for _, x := range profile.Shares {
		name := profile.ShareName(x)
		o := ui.Option{Text: words.Capital(name) + ": left out", Says: "choose to include it"}
		if r.Shares(x) {
			o = ui.Option{Text: words.Capital(name) + ": included", Says: "choose to leave it out"}
		} else {
			leftOut = append(leftOut, name)
		}
		o.Then = func(*ui.Context) []ui.Ask {
			return ui.Make(r.ToggleShare(x),
				func(*ui.Context) string { return "Kept. What is not included stays in your file only." })
		}
		menu.Options = append(menu.Options, o)
	}
	if included := lists.Each(r.Share, profile.ShareName); len(included) > 0 {
		b.Name = "Included in what is shared: " + strings.Join(included, ", ")
		b.Says = words.Given(words.After("Left out: ", strings.Join(leftOut, ", ")))
	}
	b.Enter = ui.Asking(menu)
	return ticked(true, b)
}

// closeBlock closes the review or, while actions are unchecked, leads to the first of them.
func (s *Screen) closeBlock(c *ui.Context, r profile.Review) block {
	ask := func(c *ui.Context) []ui.Ask { return ui.Asks(s.closeMenu(c, r)) }
	b := line(closeRow, "Close the review", "close it, with names, date and a check code", ask)
	if left := c.Profile.Unchecked(r); len(left) > 0 {
		n := c.Profile.CountUnchecked(r) + words.Form(len(left), " is", " are")
		b.Says, b.Does = []string{n + " still to check."}, "go to the actions to check"
		b.Enter = s.showing(meetTab, actionRow+left[0].ID)
		return b
	}
	b.Says = appraisal.LeftOpen(c.Profile, r)
	if x, closes := c.Profile.ClosesWith(r); closes {
		b.Says = append(b.Says, appraisal.RoundCloses(c.Report, x))
	}
	b.Says = append(b.Says, appraisal.HashWords)
	return b
}

func (s *Screen) closeMenu(c *ui.Context, r profile.Review) ui.Choose {
	says := "After that it can only be read. Until you leave the program, u can take that back; it asks first."
	menu := ui.Choose{Title: "Close the review?", Says: appraisal.ClosingSays(c.Report, c.Profile, r)}
	menu.Options = []ui.Option{{Text: "Close it", Says: says, Then: s.closing(false)}, {Text: "Not yet"}}
	if x, asks := c.Profile.AsksAboutRound(r, c.Standard); asks {
		menu.Options[0].Text += ", and the round " + profile.RoundName(x.ID) + " with it"
		menu.Options = slices.Insert(menu.Options, 1, ui.Option{
			Text: appraisal.RoundGoesOn(x), Then: s.closing(true),
			Says: "The round stays open for what is not rated yet. The record holds no levels then.",
		})
	}
	return menu
}

// closing closes the open review with the check code of its record; the round may stay open. It does not check the
// rules first: if the record refuses the change, the root says why.
func (s *Screen) closing(keepRound bool) ui.Then {
	return func(c *ui.Context) []ui.Ask {
		r, _ := c.Profile.OpenReview()
		return ui.Make(appraisal.Closing(c.Profile, c.Standard, r, c.Today, keepRound), func(c *ui.Context) string {
			s.show(c, afterTab, "")
			s.lists[meetTab], s.lists[afterTab] = page.List{}, page.List{}
			return "Closed. From now on it can only be read. " + appraisal.HashWords
		})
	}
}

// sameCode is said if the record still has its check code; appraisal.Changed says why if not.
const sameCode = "The record, made again now, has the same check code."

func (s *Screen) closedBlocks(c *ui.Context) []block {
	r, ok := c.Profile.LastReview()
	if !ok {
		return []block{
			{Text: "No review is open, and none is closed yet."},
			{Text: "After a meeting this page asks the three closing questions, sets the date of the next one and " +
				"makes a record to share."},
			s.startBlock(c),
		}
	}
	out := []block{
		{Text: appraisal.Heading(r) + ": closed on " + r.Closed.Long() + "."},
		line(recordRow, "Read the record as it was closed", "read it", s.readRecord("The record", r)),
		paperBlock(ui.RecordPaper, "Write it into a file, to send or print"),
		{Head: "Next"},
	}
	if !r.Next.IsZero() {
		out = append(out, block{Text: "The next review " + plan.DueBy(r.Next, c.Today) + "."})
	}
	out = append(out, line(prepareRow, "Prepare the next one", "prepare the next one", s.showing(prepareTab, "")))
	if r.Hash != "" {
		out = append(out, block{Head: "Check code of the record"}, block{Text: appraisal.HashWords},
			block{Text: cmp.Or(s.cache.changed, sameCode)}, block{Text: appraisal.Code(r.Hash)})
	}
	var earlier []block
	for _, x := range slices.Backward(c.Profile.Reviews) {
		if !x.Closed.IsZero() && x.ID != r.ID {
			read := s.readRecord("The record of "+x.On.Long(), x)
			earlier = append(earlier, line(recordRow+x.ID, appraisal.Heading(x), "read its record", read))
		}
	}
	return append(out, under(block{Head: "Earlier reviews"}, earlier)...)
}

// reading is a document shown in place of the page.
type reading struct {
	page.Text
	title string
	doc   doc.Doc
}

func (s *Screen) textLines(c *ui.Context) []string {
	out := []string{" " + c.Theme.Title.Render(s.text.title), ""}
	text := string(export.Text(s.text.doc, min(c.Size.W, 100)-page.MarkW))
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	return append(out, widget.Indent(lines, page.Spaces(page.MarkW))...)
}

// readRecord shows a record and notes that it was read. Of a closed review it shows the check code that was kept then;
// appraisal.CodedRecord would work it out again from the record of today.
func (s *Screen) readRecord(title string, r profile.Review) ui.Then {
	return ui.Just(func(c *ui.Context) {
		d := appraisal.RecordDoc(c.Profile, c.Standard, r)
		if r.Hash != "" {
			d.Add(doc.Para{Text: "Check code: " + appraisal.Code(r.Hash), SpaceBefore: true})
		}
		s.text, s.read = &reading{title: title, doc: d}, s.cache.record
	})
}
