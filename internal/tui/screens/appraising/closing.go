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
		x := page.Row{Key: verdictRow + m.Field, Name: m.Text, Sign: page.Open, Says: []string{m.Question}}
		x.Does, x.Enter = "answer yes, partly or no", ui.Asking(s.verdictMenu(m))
		if a := m.Answer(r); a != "" {
			x.Sign, x.Name, x.Does = page.Done, m.Text+" "+words.Capital(a)+".", "change the answer"
		}
		out = append(out, row(x))
	}
	if r.Clear+r.Helped+r.Valued != "" {
		for i, x := range appraisal.MarksAdvice(r) {
			if i == 0 {
				out = append(out, block{Head: "To get more out of it"})
			}
			out = append(out, s.adviceBlock(r, x))
		}
	}
	met := s.metRow(r)
	met.Sign, met.Name, met.Says = page.Done, "Who met: "+appraisal.MetBy(r), []string{r.Kind.Name() + ", on " + r.On.Long()}
	met.Does = "change who met, when, and which kind of review it is"
	if len(r.With) == 0 {
		met.Sign, met.Does = page.Open, "say who met"
	}
	out = append(out, block{Head: "For the record"}, s.agreedBlock(r), row(met), s.nextBlock(c, r), s.sharingBlock(r))
	out = append(out, s.readBlock(), s.closeBlock(c, r))
	return append(out, s.cancelBlocks(r)...)
}

// adviceBlock asks what advice on a closing question asks, and takes the answer.
func (s *Screen) adviceBlock(r profile.Review, x appraisal.Advice) block {
	out := page.Row{Key: adviceRow + x.Ask, Sign: page.Open, Name: x.Ask, Does: "answer it in your own words"}
	if said := x.Said(r); !said.Empty() {
		out.Sign, out.Says, out.Does = page.Done, []string{said.Line()}, "change your answer"
	}
	out.Enter = ui.Asking(s.adviceForm(r, x))
	return row(out)
}

// readBlock leads to the record. Its tick goes when the record changes after being read.
func (s *Screen) readBlock() block {
	r := page.Row{Key: recordRow, Sign: page.Open, Does: "read it", Enter: s.readThis}
	r.Name = "Read the record as it would be shared"
	if s.read == s.known.record {
		r.Sign = page.Done
	}
	return row(r)
}

func (s *Screen) agreedBlock(r profile.Review) block {
	x := page.Row{Key: agreedRow, Sign: page.Open, Name: "What was agreed", Does: "write it"}
	x.Says, x.Enter = []string{"In a few sentences, as you would both say it."}, ui.Asking(s.agreedForm(r))
	if own := appraisal.AgreedBeside(r); !own.Empty() {
		x.Sign, x.Says, x.Does = page.Done, []string{own.Line()}, "change it"
	}
	return row(x)
}

func (s *Screen) nextBlock(c *ui.Context, r profile.Review) block {
	x := page.Row{Key: nextRow, Sign: page.Done, Does: "choose another day"}
	x.Name = "Next review by " + c.Profile.ReviewAfter(r).Long()
	x.Enter = func(c *ui.Context) []ui.Ask { return ui.Asks(s.nextForm(c, r)) }
	if r.Next.IsZero() {
		month := ordinal(c.Profile.Settings.EveryMonths())
		x.Says = []string{"by default the end of the " + month + " month after this one"}
	}
	return row(x)
}

func (s *Screen) sharingBlock(r profile.Review) block {
	b := page.Row{Key: shareRow, Sign: page.Done, Does: "choose what to include", Enter: ui.Asking(s.shareMenu(r))}
	b.Name = "Private parts: all left out of what is shared"
	var in, out []string
	for _, x := range r.Share {
		in = append(in, profile.ShareName(x))
	}
	for _, x := range profile.Shares {
		if !r.Shares(x) {
			out = append(out, profile.ShareName(x))
		}
	}
	if len(in) > 0 {
		b.Name = "Included in what is shared: " + strings.Join(in, ", ")
		b.Says = words.Given(words.After("Left out: ", strings.Join(out, ", ")))
	}
	return row(b)
}

func (s *Screen) closeBlock(c *ui.Context, r profile.Review) block {
	b := page.Row{Key: closeRow, Sign: page.Open, Name: "Close the review", Does: "close it, with names, date and a " +
		"check code"}
	b.Enter = func(c *ui.Context) []ui.Ask { return ui.Asks(s.closeMenu(c, r)) }
	if left := c.Profile.Unchecked(r); len(left) > 0 {
		n := words.Count(len(left), "action of last time is", "actions of last time are")
		b.Says, b.Does, b.Enter = []string{n + " still to check."}, "go to the actions to check", s.toAction(left[0].ID)
		return row(b)
	}
	b.Says = append(b.Says, appraisal.LeftOpen(c.Profile, r)...)
	if x, closes := c.Profile.ClosesWith(r); closes {
		b.Says = append(b.Says, appraisal.RoundCloses(c.Report, x))
	}
	b.Says = append(b.Says, appraisal.HashWords)
	return row(b)
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
	}
	out = append(out, block{Head: "Next"})
	if !r.Next.IsZero() {
		out = append(out, block{Text: "The next review " + plan.DueBy(r.Next, c.Today) + "."})
	}
	const next = "prepare the next one"
	out = append(out, row(page.Row{Key: prepareRow, Name: words.Capital(next), Does: next, Enter: s.showing(prepareTab)}))
	if r.Hash != "" {
		out = append(out, block{Head: "Check code of the record"}, block{Text: appraisal.HashWords},
			block{Text: cmp.Or(s.known.changed, sameWords)}, block{Text: appraisal.Code(r.Hash)})
	}
	return append(out, s.earlierBlocks(c, r)...)
}

// earlierBlocks are the closed reviews before the last one, the newest first.
func (s *Screen) earlierBlocks(c *ui.Context, last profile.Review) []block {
	var out []block
	for _, r := range slices.Backward(c.Profile.Reviews) {
		if !r.Closed.IsZero() && r.ID != last.ID {
			r := page.Row{Key: recordRow + r.ID, Name: reviewSays(r), Does: "read its record", Enter: s.readRecord(r)}
			out = append(out, row(r))
		}
	}
	if len(out) == 0 {
		return nil
	}
	return append([]block{{Head: "Earlier reviews"}}, out...)
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
	return func(c *ui.Context) []ui.Ask {
		s.text = recordText(c, "The record of "+r.On.Long(), r)
		return nil
	}
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
