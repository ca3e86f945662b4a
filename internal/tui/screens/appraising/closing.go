package appraising

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func (s *Screen) afterBlocks(c *ui.Context) []block {
	r, open := c.Profile.OpenReview()
	if !open {
		return s.closedBlocks(c)
	}
	out := []block{{Head: "Three closing questions"}}
	for _, m := range appraisal.Marks(c.Library.Appraisal()) {
		x := page.Row{
			Key: verdictRow + m.Field, Name: m.Text, Says: []string{m.Question},
			Does: "answer yes, partly or no",
		}
		if a := m.Answer(r); a != "" {
			x.Sign, x.Name, x.Does = page.Done, m.Text+" "+words.Capital(a)+".", "change the answer"
		}
		out = append(out, todo(x, ui.Asking(s.verdictMenu(m))))
	}
	if r.Clear+r.Helped+r.Valued != "" {
		for i, x := range appraisal.MarksAdvice(r) {
			if i == 0 {
				out = append(out, block{Head: "To get more out of it"})
			}
			asks := page.Row{Key: adviceRow + x.Ask, Name: x.Ask, Does: "answer it in your own words"}
			if said := x.Said(r); !said.Empty() {
				asks.Sign, asks.Says, asks.Does = page.Done, []string{said.Line()}, "change your answer"
			}
			out = append(out, todo(asks, ui.Asking(s.adviceForm(r, x))))
		}
	}
	agreed := page.Row{Key: agreedRow, Name: "What was agreed", Does: "write it"}
	agreed.Says = []string{"In a few sentences, as you would both say it."}
	if own := appraisal.AgreedBeside(r); !own.Empty() {
		agreed.Sign, agreed.Says, agreed.Does = page.Done, []string{own.Line()}, "change it"
	}
	met := page.Row{Key: metRow, Sign: page.Done, Name: "Who met: " + appraisal.MetBy(r)}
	met.Says, met.Does = []string{r.Kind.Name() + ", on " + r.On.Long()},
		"change who met, when, and which kind of review it is"
	if len(r.With) == 0 {
		met.Sign, met.Does = page.NoSign, "say who met"
	}
	next := page.Row{Key: nextRow, Sign: page.Done, Does: "choose another day"}
	if next.Name = "Next review by " + c.Profile.ReviewAfter(r).Long(); r.Next.IsZero() {
		month := ordinal(c.Profile.Settings.EveryMonths())
		next.Says = []string{"by default the end of the " + month + " month after this one"}
	}
	out = append(out, block{Head: "For the record"}, todo(agreed, ui.Asking(s.agreedForm(r))), todo(met, s.askMet(r)),
		todo(next, func(c *ui.Context) []ui.Ask { return ui.Asks(s.nextForm(c, r)) }), s.sharingBlock(r), s.readBlock(),
		s.closeBlock(c, r))
	return append(out, s.cancelBlocks(r)...)
}

// todo is a row for something that is still to do unless it says otherwise.
func todo(r page.Row, enter ui.Then) block {
	r.Sign, r.Enter = cmp.Or(r.Sign, page.Open), enter
	return row(r)
}

// readBlock leads to the record. Its tick goes when the record changes after being read.
func (s *Screen) readBlock() block {
	r := page.Row{Key: recordRow, Name: "Read the record as it would be shared", Does: "read it"}
	if s.read == s.known.record {
		r.Sign = page.Done
	}
	return todo(r, s.readThis)
}

func (s *Screen) sharingBlock(r profile.Review) block {
	b := page.Row{Key: shareRow, Sign: page.Done, Does: "choose what to include", Enter: ui.Asking(s.shareMenu(r))}
	b.Name = "Private parts: all left out of what is shared"
	var in, out []string
	for _, x := range profile.Shares {
		if !r.Shares(x) {
			out = append(out, profile.ShareName(x))
		}
	}
	for _, x := range r.Share {
		in = append(in, profile.ShareName(x))
	}
	if len(in) > 0 {
		b.Name = "Included in what is shared: " + strings.Join(in, ", ")
		b.Says = words.Given(words.After("Left out: ", strings.Join(out, ", ")))
	}
	return row(b)
}

func (s *Screen) closeBlock(c *ui.Context, r profile.Review) block {
	b := page.Row{Key: closeRow, Name: "Close the review", Does: "close it, with names, date and a check code"}
	if left := c.Profile.Unchecked(r); len(left) > 0 {
		n := words.Count(len(left), "action of last time is", "actions of last time are")
		b.Says, b.Does = []string{n + " still to check."}, "go to the actions to check"
		return todo(b, s.toAction(left[0].ID))
	}
	b.Says = appraisal.LeftOpen(c.Profile, r)
	if x, closes := c.Profile.ClosesWith(r); closes {
		b.Says = append(b.Says, appraisal.RoundCloses(c.Report, x))
	}
	b.Says = append(b.Says, appraisal.HashWords)
	return todo(b, func(c *ui.Context) []ui.Ask { return ui.Asks(s.closeMenu(c, r)) })
}

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
		{Text: reviewSays(r) + ": closed on " + r.Closed.Long() + "."},
		row(page.Row{Key: recordRow, Name: "Read the record as it was closed", Does: "read it", Enter: s.readThis}),
		paperBlock(ui.RecordPaper, "Write it into a file, to send or print"),
		{Head: "Next"},
	}
	if !r.Next.IsZero() {
		out = append(out, block{Text: "The next review " + plan.DueBy(r.Next, c.Today) + "."})
	}
	next := page.Row{
		Key: prepareRow, Name: "Prepare the next one", Does: "prepare the next one",
		Enter: s.showing(prepareTab),
	}
	out = append(out, row(next))
	if r.Hash != "" {
		out = append(out, block{Head: "Check code of the record"}, block{Text: appraisal.HashWords},
			block{Text: cmp.Or(s.known.changed, sameWords)}, block{Text: appraisal.Code(r.Hash)})
	}
	head := block{Head: "Earlier reviews"}
	for _, x := range slices.Backward(c.Profile.Reviews) {
		if !x.Closed.IsZero() && x.ID != r.ID {
			if head.Head != "" {
				out = append(out, head)
				head.Head = ""
			}
			out = append(out, row(page.Row{
				Key: recordRow + x.ID, Name: reviewSays(x), Does: "read its record",
				Enter: s.readRecord(x),
			}))
		}
	}
	return out
}

// reading is a document in front of the page.
type reading struct {
	page.Text
	title string
	doc   doc.Doc
}

func (s *Screen) textLines(c *ui.Context) []string {
	out := []string{" " + c.Theme.Title.Render(s.text.title), ""}
	for l := range strings.Lines(string(export.Text(s.text.doc, min(c.Size.W, 100)-page.MarkW))) {
		out = append(out, page.Spaces(page.MarkW)+strings.TrimSuffix(l, "\n"))
	}
	return out
}

func (s *Screen) readRecord(r profile.Review) ui.Then {
	return ui.Just(func(c *ui.Context) { s.text = recordText(c, "The record of "+r.On.Long(), r) })
}

// readThis shows the record of the open review, or of the last closed one.
func (s *Screen) readThis(c *ui.Context) []ui.Ask {
	r, open := c.Profile.OpenReview()
	if !open {
		r, _ = c.Profile.LastReview()
	}
	s.read = appraisal.Record(c.Profile, c.Standard, r)
	s.text = recordText(c, "The record", r)
	return nil
}

// recordText is a record with the check code that it was closed with, which appraisal.CodedRecord would make anew.
func recordText(c *ui.Context, title string, r profile.Review) *reading {
	d := appraisal.RecordDoc(c.Profile, c.Standard, r)
	if r.Hash != "" {
		d.Add(doc.Para{Text: "Check code: " + appraisal.Code(r.Hash), Apart: true})
	}
	return &reading{title: title, doc: d}
}

func (s *Screen) readNotes(r profile.Reflection) {
	d := doc.Doc{Title: trialPrivate}
	for _, a := range r.Answers {
		d.Add(doc.Heading{Text: a.Step})
		for _, l := range strings.Split(a.Text.String(), "\n") {
			d.Add(doc.Para{Depth: 1, Text: l})
		}
	}
	s.text = &reading{title: "Your rehearsal of " + r.On.Long(), doc: d}
}
