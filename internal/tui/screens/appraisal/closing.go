package appraisal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// afterBlocks is what closes a review, or what is left of the last one.
func (s *Screen) afterBlocks(c *ui.Context) []block {
	r, open := c.Profile.OpenReview()
	if !open {
		return s.closedBlocks(c)
	}
	out := []block{{head: "Three closing questions"}}
	for _, m := range s.marks() {
		b := block{item: item{kind: verdict, id: m.Field}, name: m.Text, sign: isOpen, says: []string{m.Question}, does: "answer yes, partly or no"}
		if a := answerOf(r, m.Field); a != "" {
			b.sign, b.name, b.does = isDone, m.Text+" "+capital(a)+".", "change the answer"
		}
		out = append(out, b)
	}
	if r.Clear+r.Helped+r.Valued != "" {
		for i, x := range appraisal.MarksCheck(r.Clear, r.Helped, r.Valued) {
			if i == 0 {
				out = append(out, block{head: "To get more out of it"})
			}
			out = append(out, block{text: x})
		}
	}
	out = append(out, block{head: "For the record"}, agreedBlock(r),
		block{item: item{kind: metWith}, sign: isDone, name: "Who met: " + names(r.With), does: "change who met, when, and which kind of review it is", says: []string{kindNames[r.Kind] + ", on " + r.On.Long()}},
		nextBlock(c, r), sharingBlock(r),
		s.readBlock(),
		closeBlock(c, r))
	out = append(out, cancelBlocks()...)
	return append(out, s.practices(c, "after", "After the meeting")...)
}

// readBlock leads to the record. It is ticked while the record is as it was read.
func (s *Screen) readBlock() block {
	b := block{item: item{kind: record}, sign: isOpen, name: "Read the record as it would be shared", does: "read it"}
	if s.read == s.known.record {
		b.sign = isDone
	}
	return b
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
		goals = append(goals, andList(g.KSBs))
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

func agreedBlock(r profile.Review) block {
	b := block{item: item{kind: agreed}, sign: isOpen, name: "What was agreed", says: []string{"In a few sentences, as you would both say it."}, does: "write it"}
	if !r.Agreed.Empty() {
		b.sign, b.says, b.does = isDone, []string{r.Agreed.Line()}, "change it"
	}
	return b
}

// nextDay is when the next review is due: as it was set, or by the setting.
func nextDay(c *ui.Context, r profile.Review) calendar.Date {
	if !r.Next.IsZero() {
		return r.Next
	}
	return appraisal.NextReview(r.On, c.Profile.Settings.EveryMonths())
}

func nextBlock(c *ui.Context, r profile.Review) block {
	b := block{item: item{kind: nextReview}, sign: isDone, name: "Next review by " + nextDay(c, r).Long(), does: "choose another day"}
	if r.Next.IsZero() {
		b.says = []string{"by default the end of the " + ordinal(c.Profile.Settings.EveryMonths()) + " month after this one"}
	}
	return b
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

func sharingBlock(r profile.Review) block {
	b := block{item: item{kind: sharing}, sign: isDone, name: "Private parts: all left out of what is shared", does: "choose what to include"}
	if len(r.Share) > 0 {
		var in []string
		for _, x := range r.Share {
			in = append(in, shareName(x))
		}
		b.name = "Included in what is shared: " + strings.Join(in, ", ")
	}
	var out []string
	for _, x := range profile.Shares {
		if !r.Shares(x) {
			out = append(out, shareName(x))
		}
	}
	if len(out) > 0 && len(r.Share) > 0 {
		b.says = []string{"Left out: " + strings.Join(out, ", ")}
	}
	return b
}

func closeBlock(c *ui.Context, r profile.Review) block {
	b := block{item: item{kind: closing}, sign: isOpen, name: "Close the review", does: "close it, with names, date and a check code"}
	if n := len(c.Profile.Unchecked(r)); n > 0 {
		b.says = []string{count(n, "action of last time is", "actions of last time are") + " still to check."}
		b.does = "go to the actions to check"
		return b
	}
	b.says = append(b.says, leftOpen(c, r)...)
	if x, closes := c.Profile.ClosesWith(r); closes {
		b.says = append(b.says, roundCloses(c, x))
	}
	b.says = append(b.says, appraisal.HashWords)
	return b
}

// roundCloses says that a round closes with a review, and what is not rated in it.
func roundCloses(c *ui.Context, x profile.Round) string {
	says := fmt.Sprintf("The round %s closes with it", x.ID)
	if n := len(c.Report.Unrated()); n > 0 {
		says += ", and " + count(n, "KSB is", "KSBs are") + " not rated yet"
	}
	return says + "."
}

// closedBlocks are the last closed review, or the way to a first one.
func (s *Screen) closedBlocks(c *ui.Context) []block {
	r, ok := c.Profile.LastReview()
	if !ok {
		return []block{
			{text: "No review is open, and none is closed yet."},
			{text: "After a meeting this page asks the three closing questions, sets the date of the next one and makes a record to share."},
			{item: item{kind: start}, name: "Start a review", says: []string{plan.ReviewLine(c.Profile, c.Today)}, does: "start a review: which kind, with whom, when"},
		}
	}
	out := []block{
		{text: fmt.Sprintf("%s of %s, with %s: closed on %s.", kindNames[r.Kind], r.On.Long(), names(r.With), r.Closed.Long())},
		{item: item{kind: record}, name: "Read the record as it was closed", does: "read it"},
		paperBlock(ui.RecordPaper, "Write it into a file, to send or print"),
	}
	out = append(out, block{head: "Next"})
	if !r.Next.IsZero() {
		out = append(out, block{text: "The next review is due by " + r.Next.Long() + "."})
	}
	out = append(out, block{item: item{kind: prepare}, name: "Prepare the next one", does: "prepare the next one"})
	if r.Hash != "" {
		out = append(out, block{head: "Check code of the record"}, block{text: appraisal.HashWords}, block{text: cmp.Or(s.known.changed, sameWords)}, block{text: appraisal.Code(r.Hash)})
	}
	out = append(out, earlierBlocks(c, r)...)
	return append(out, s.practices(c, "after", "After the meeting")...)
}

// earlierBlocks are the closed reviews before the last one, the newest first.
func earlierBlocks(c *ui.Context, last profile.Review) []block {
	var out []block
	for _, r := range slices.Backward(c.Profile.Reviews) {
		if !r.Closed.IsZero() && r.ID != last.ID {
			out = append(out, block{item: item{kind: record, id: r.ID}, name: fmt.Sprintf("%s of %s, with %s", kindNames[r.Kind], r.On.Long(), names(r.With)), does: "read its record"})
		}
	}
	if len(out) == 0 {
		return nil
	}
	return append([]block{{head: "Earlier reviews"}}, out...)
}
