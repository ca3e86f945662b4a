package appraising

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// afterBlocks is what closes a review, or what is left of the last one.
func (s *Screen) afterBlocks(c *ui.Context) []block {
	r, open := c.Profile.OpenReview()
	if !open {
		return s.closedBlocks(c)
	}
	out := []block{{Head: "Three closing questions"}}
	for _, m := range s.marks() {
		x := page.Row{Key: verdictRow + m.Field, Name: m.Text, Sign: page.Open, Says: []string{m.Question}, Does: "answer yes, partly or no"}
		x.Enter = func(*ui.Context) []ui.Ask { return ui.Asks(s.verdictMenu(m)) }
		if a := answerOf(r, m.Field); a != "" {
			x.Sign, x.Name, x.Does = page.Done, m.Text+" "+words.Capital(a)+".", "change the answer"
		}
		out = append(out, row(x))
	}
	if r.Clear+r.Helped+r.Valued != "" {
		for i, x := range appraisal.MarksCheck(r.Clear, r.Helped, r.Valued) {
			if i == 0 {
				out = append(out, block{Head: "To get more out of it"})
			}
			out = append(out, block{Text: x})
		}
	}
	met := s.metRow(r)
	met.Sign, met.Name, met.Says = page.Done, "Who met: "+names(r.With), []string{kindNames[r.Kind] + ", on " + r.On.Long()}
	met.Does = "change who met, when, and which kind of review it is"
	out = append(out, block{Head: "For the record"}, s.agreedBlock(r), row(met), s.nextBlock(c, r), s.sharingBlock(r), s.readBlock(), s.closeBlock(c, r))
	out = append(out, s.cancelBlocks(r)...)
	return append(out, s.practices(c, "after", "After the meeting")...)
}

// readBlock leads to the record. It is ticked while the record is as it was read.
func (s *Screen) readBlock() block {
	r := page.Row{Key: recordRow, Sign: page.Open, Name: "Read the record as it would be shared", Does: "read it", Enter: s.readThis}
	if s.read == s.known.record {
		r.Sign = page.Done
	}
	return row(r)
}

// leftOpen says what the closing of a review leaves open, in a sentence each.
func leftOpen(c *ui.Context, r profile.Review) []string {
	var out []string
	round, _ := c.Profile.RoundOf(r)
	if ids := appraisal.Unsettled(round); len(ids) > 0 {
		out = append(out, "Not settled between you: "+strings.Join(ids, ", ")+".")
	}
	var goals []string
	for _, g := range c.Profile.WithoutOpenAction() {
		goals = append(goals, words.List(g.KSBs))
	}
	if len(goals) > 0 {
		out = append(out, "Goals in flight without an open action: "+strings.Join(goals, "; ")+".")
	}
	if words := appraisal.NotAnswered(c.Profile); words != "" {
		out = append(out, words)
	}
	return out
}

func (s *Screen) marks() []appraisal.Mark {
	if s.known.content == nil {
		return nil
	}
	return appraisal.Marks(s.known.content)
}

// answerOf is the answer to a closing question.
func answerOf(r profile.Review, field string) string {
	switch field {
	case "clear":
		return r.Clear
	case "helped":
		return r.Helped
	}
	return r.Valued
}

func (s *Screen) agreedBlock(r profile.Review) block {
	x := page.Row{Key: agreedRow, Sign: page.Open, Name: "What was agreed", Says: []string{"In a few sentences, as you would both say it."}, Does: "write it"}
	x.Enter = func(*ui.Context) []ui.Ask { return ui.Asks(s.agreedForm(r)) }
	if !r.Agreed.Empty() {
		x.Sign, x.Says, x.Does = page.Done, []string{r.Agreed.Line()}, "change it"
	}
	return row(x)
}

// nextDay is when the next review is due: as it was set, or by the setting.
func nextDay(c *ui.Context, r profile.Review) calendar.Date {
	if !r.Next.IsZero() {
		return r.Next
	}
	return profile.DueAfter(r.On, c.Profile.Settings.EveryMonths())
}

func (s *Screen) nextBlock(c *ui.Context, r profile.Review) block {
	x := page.Row{Key: nextRow, Sign: page.Done, Name: "Next review by " + nextDay(c, r).Long(), Does: "choose another day"}
	x.Enter = func(c *ui.Context) []ui.Ask { return ui.Asks(s.nextForm(c, r)) }
	if r.Next.IsZero() {
		x.Says = []string{"by default the end of the " + ordinal(c.Profile.Settings.EveryMonths()) + " month after this one"}
	}
	return row(x)
}

// A privatePart is one of the private notes of a review.
type privatePart struct {
	id, name string
	text     safetext.Text
}

func privateParts(x profile.Private) []privatePart {
	return []privatePart{
		{profile.ShareWellbeing, "Wellbeing", x.Wellbeing},
		{profile.ShareWorkload, "Workload", x.Workload},
		{profile.ShareSupport, "Support", x.Support},
		{profile.ShareAdjust, "Adjustments", x.Adjust},
	}
}

func (s *Screen) sharingBlock(r profile.Review) block {
	b := page.Row{Key: shareRow, Sign: page.Done, Name: "Private parts: all left out of what is shared", Does: "choose what to include"}
	b.Enter = func(*ui.Context) []ui.Ask { return ui.Asks(s.shareMenu(r)) }
	if len(r.Share) > 0 {
		var in []string
		for _, x := range r.Share {
			in = append(in, shareName(x))
		}
		b.Name = "Included in what is shared: " + strings.Join(in, ", ")
	}
	var out []string
	for _, x := range profile.Shares {
		if !r.Shares(x) {
			out = append(out, shareName(x))
		}
	}
	if len(out) > 0 && len(r.Share) > 0 {
		b.Says = []string{"Left out: " + strings.Join(out, ", ")}
	}
	return row(b)
}

func (s *Screen) closeBlock(c *ui.Context, r profile.Review) block {
	b := page.Row{Key: closeRow, Sign: page.Open, Name: "Close the review", Does: "close it, with names, date and a check code"}
	b.Enter = func(c *ui.Context) []ui.Ask { return ui.Asks(s.closeMenu(c, r)) }
	if n := len(c.Profile.Unchecked(r)); n > 0 {
		b.Says, b.Does = []string{words.Count(n, "action of last time is", "actions of last time are") + " still to check."}, "go to the actions to check"
		b.Enter = func(c *ui.Context) []ui.Ask { s.toUnchecked(c, r); return nil }
		return row(b)
	}
	b.Says = append(b.Says, leftOpen(c, r)...)
	if x, closes := c.Profile.ClosesWith(r); closes {
		b.Says = append(b.Says, roundCloses(c, x))
	}
	b.Says = append(b.Says, appraisal.HashWords)
	return row(b)
}

// roundCloses says that a round closes with a review, and what is not rated in it.
func roundCloses(c *ui.Context, x profile.Round) string {
	says := fmt.Sprintf("The round %s closes with it", x.ID)
	if n := len(c.Report.Unrated()); n > 0 {
		says += ", and " + words.Count(n, "KSB is", "KSBs are") + " not rated yet"
	}
	return says + "."
}

// closedBlocks are the last closed review, or the way to a first one.
func (s *Screen) closedBlocks(c *ui.Context) []block {
	r, ok := c.Profile.LastReview()
	if !ok {
		return []block{
			{Text: "No review is open, and none is closed yet."},
			{Text: "After a meeting this page asks the three closing questions, sets the date of the next one and makes a record to share."},
			s.startBlock(c),
		}
	}
	out := []block{
		{Text: fmt.Sprintf("%s of %s, with %s: closed on %s.", kindNames[r.Kind], r.On.Long(), names(r.With), r.Closed.Long())},
		row(page.Row{Key: recordRow, Name: "Read the record as it was closed", Does: "read it", Enter: s.readThis}),
		paperBlock(ui.RecordPaper, "Write it into a file, to send or print"),
	}
	out = append(out, block{Head: "Next"})
	if !r.Next.IsZero() {
		out = append(out, block{Text: "The next review is due by " + r.Next.Long() + "."})
	}
	out = append(out, row(page.Row{Key: prepareRow, Name: "Prepare the next one", Does: "prepare the next one", Enter: s.showing(prepareTab)}))
	if r.Hash != "" {
		out = append(out, block{Head: "Check code of the record"}, block{Text: appraisal.HashWords}, block{Text: cmp.Or(s.known.changed, sameWords)}, block{Text: appraisal.Code(r.Hash)})
	}
	out = append(out, s.earlierBlocks(c, r)...)
	return append(out, s.practices(c, "after", "After the meeting")...)
}

// earlierBlocks are the closed reviews before the last one, the newest first.
func (s *Screen) earlierBlocks(c *ui.Context, last profile.Review) []block {
	var out []block
	for _, r := range slices.Backward(c.Profile.Reviews) {
		if !r.Closed.IsZero() && r.ID != last.ID {
			out = append(out, row(page.Row{Key: recordRow + r.ID, Name: reviewSays(r), Does: "read its record", Enter: s.readRecord(r)}))
		}
	}
	if len(out) == 0 {
		return nil
	}
	return append([]block{{Head: "Earlier reviews"}}, out...)
}
