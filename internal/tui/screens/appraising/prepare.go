package appraising

import (
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// few is how many of a list are shown before the rest is only counted.
const few = 3

// prepareBlocks is what to bring to the meeting.
func (s *Screen) prepareBlocks(c *ui.Context) []block {
	pack := s.known.pack
	out := append(lateBlock(c), yearlyBlock(c)...)
	out = append(out, s.leftBlocks(c, pack.Left)...)
	if c.Report.Tally(0).Rated == 0 {
		out = append(out, row(page.Row{Key: "rate", Name: rateFirst, Says: []string{rateFirstWhy}, Does: "start rating", Enter: ui.Asking(ui.Go{To: ui.Rate})}))
	} else {
		out = append(out, block{Head: sinceHead(pack)}, row(page.Row{Key: "changes", Name: changeWords(pack), Does: "see each change", Enter: s.readChanges}))
	}
	out = append(out, s.forwardBlock(c)...)
	out = points(out, "Strengths to name", pack.Strengths, ui.KSB, "read all about it")
	out = points(out, "Your three largest gaps", pack.Gaps, ui.Plan, "plan it")
	out = differences(out, c, pack.Disagreements)
	out = points(out, "Agreed before, and you say otherwise since", pack.Aged, ui.KSB, "read all about it, and agree it anew")
	out = firstFew(out, "Unsupported claims of 3 or 4", pack.Unsupported)
	out = firstFew(out, "Evidence too old", pack.Stale)
	if n := len(pack.Missing); n > 0 {
		out = append(out, block{Head: "Without evidence"}, to(ui.Go{To: ui.Evidence, KSB: pack.Missing[0].KSB}, page.Row{
			Key: "missing", Name: words.Count(n, "more rated KSB is", "more rated KSBs are") + " without evidence", Says: []string{listed(pack.Missing)}, Does: "add evidence",
		}))
	}
	out = append(out, s.goneBlocks(c)...)
	out = actionBlocks(out, c, pack)
	if n := len(pack.Requests); n > 0 {
		out = append(out, block{Head: "Chances to ask for"}, row(page.Row{
			Key: "chances", Name: words.Count(n, "thing your post gives you no chance to try", "things your post gives you no chance to try"),
			Says: []string{"Not low scores: requests, ready to take to your manager."}, Does: "see them as requests",
			Enter: s.showing(chanceTab),
		}))
	}
	out = points(out, "Questions to ask", pack.Ask, ui.KSB, "read all about it")
	out = points(out, "Support to ask for", pack.Support, ui.KSB, "read all about it")
	out = append(out, s.privateBlocks(c)...)
	if c.Report.Tally(0).Rated > 0 {
		out = append(out, block{Head: "To send or take along"}, paperBlock(ui.PackPaper, "Write this page into a file, to send or print", appraisal.PackFirst))
		out = append(out, sheetBlocks()...)
	}
	return append(out, s.practices(c, "before", "Before the meeting")...)
}

// to is a row that leads to another screen, about the KSB that it goes to.
func to(where ui.Go, r page.Row) block {
	r.KSB, r.Enter = where.KSB, ui.Asking(where)
	return row(r)
}

// paperBlock leads to the form in which a paper is written into a file.
func paperBlock(x ui.Paper, name string, says ...string) block {
	return row(page.Row{Key: "paper", Name: name, Says: says, Does: "choose the file and write it", Enter: ui.Asking(ui.Write{Paper: x})})
}

// sheetBlocks are the way to and fro of a mentor who sits elsewhere.
func sheetBlocks() []block {
	return []block{
		{Head: "With a mentor who sits elsewhere"},
		row(page.Row{Key: "sheet", Name: sheetMake, Says: []string{sheetMakeWhy}, Does: "choose the file and make it", Enter: ui.Asking(ui.Sheet{})}),
		row(page.Row{Key: "take", Name: sheetTake, Says: []string{sheetTakeWhy}, Does: "say where it is and take it in", Enter: ui.Asking(ui.Sheet{Take: true})}),
	}
}

// forwardBlock leads to what the open round puts forward: what to bring rests on it.
func (s *Screen) forwardBlock(c *ui.Context) []block {
	due := s.known.due
	if r, open := c.Profile.Open(); !open || len(due) == 0 || r.Rated(profile.Self) == 0 && len(c.Profile.Rounds) == 1 {
		return nil
	}
	return []block{{Head: "To rate in this round"}, row(page.Row{
		Key: "forward", Name: words.Count(len(due), "KSB is put forward", "KSBs are put forward"),
		Says: []string{forwardCodes(due, namedForward) + ". What you bring rests on these."}, Does: "rate them one after another",
		Enter: ui.Asking(ui.Go{To: ui.Rate, KSB: due[0].KSB, Forward: true}),
	})}
}

func points(out []block, head string, list []appraisal.Point, where ui.Name, does string) []block {
	if len(list) == 0 {
		return out
	}
	out = append(out, block{Head: head})
	for _, x := range list {
		r := page.Row{Key: head + x.KSB + x.Words, Code: x.KSB, Name: x.Title, Does: does}
		if x.Words != "" {
			r.Says = []string{x.Words}
		}
		out = append(out, to(ui.Go{To: where, KSB: x.KSB}, r))
	}
	return out
}

func differences(out []block, c *ui.Context, list []appraisal.Difference) []block {
	if len(list) == 0 {
		return out
	}
	const head = "Where you and your mentor differ"
	out = append(out, block{Head: head})
	for _, d := range list[:min(len(list), few)] {
		r := page.Row{Key: head + d.KSB, Code: d.KSB, Name: c.Title(d.KSB), Says: []string{d.Words()}, Does: "read all about it"}
		out = append(out, to(ui.Go{To: ui.KSB, KSB: d.KSB}, r))
	}
	if n := len(list) - few; n > 0 {
		out = append(out, block{Text: "and " + words.Count(n, "difference", "differences") + " more"})
	}
	return out
}

// firstFew shows the first of a list that evidence would shorten.
func firstFew(out []block, head string, list []appraisal.Point) []block {
	if len(list) == 0 {
		return out
	}
	out = append(out, block{Head: head})
	for _, x := range list[:min(len(list), few)] {
		r := page.Row{Key: head + x.KSB, Code: x.KSB, Name: x.Title, Says: []string{x.Words}, Does: "add evidence for " + x.KSB}
		out = append(out, to(ui.Go{To: ui.Evidence, KSB: x.KSB}, r))
	}
	if len(list) > few {
		out = append(out, block{Text: "and " + listed(list[few:])})
	}
	return out
}

// goneBlocks are the pieces whose place on this machine is gone. Before the answer is in there are none.
func (s *Screen) goneBlocks(c *ui.Context) []block {
	var out []block
	for _, e := range c.Profile.Evidence {
		if there, known := s.files[e.ID]; !known || there || len(e.KSBs) == 0 {
			continue
		}
		if len(out) == 0 {
			out = append(out, block{Head: "File not found"})
		}
		r := page.Row{Key: "gone:" + e.ID, Name: e.Title.Line(), Says: []string{e.Where.Line()}, Does: "look at your evidence"}
		out = append(out, to(ui.Go{To: ui.Evidence, KSB: e.KSBs[0]}, r))
	}
	return out
}

// listed names the KSBs of a list.
func listed(list []appraisal.Point) string {
	var ids []string
	for _, x := range list {
		ids = append(ids, x.KSB)
	}
	return strings.Join(ids, ", ")
}

func actionBlocks(out []block, c *ui.Context, pack appraisal.Pack) []block {
	if len(pack.Overdue)+len(pack.Open) == 0 {
		return out
	}
	out = append(out, block{Head: "Actions"})
	for _, a := range pack.Overdue {
		out = append(out, actionBlock(c, a, page.Late))
	}
	for _, a := range pack.Open {
		out = append(out, actionBlock(c, a, page.Open))
	}
	return out
}

func actionBlock(c *ui.Context, a profile.Action, sign page.Sign) block {
	_, g, _ := c.Profile.Action(a.ID)
	r := page.Row{Key: actionRow + a.ID, Sign: sign, Name: a.Text.Line(), Says: []string{actionFacts(c, a, g)}, Does: "open its goal"}
	return to(ui.Go{To: ui.Plan, Goal: g.ID}, r)
}

// privateBlocks are the notes that stay the learner's own.
func (s *Screen) privateBlocks(c *ui.Context) []block {
	r := page.Row{Key: "private", Name: "Write private notes", Says: []string{privateLine}, Does: "write them"}
	r.Enter = func(c *ui.Context) []ui.Ask { return ui.Asks(s.privateForm(c)) }
	if _, open := c.Profile.OpenReview(); !open {
		r.Says = []string{waitLine + " " + privateLine}
	}
	for _, x := range privateParts(c.Profile.Private()) {
		if !x.text.Empty() {
			r.Name, r.Does = "Your private notes", "change them"
			r.Says = append(r.Says, x.name+": "+x.text.Line())
		}
	}
	return []block{{Head: "Wellbeing, workload, support, adjustments"}, row(r)}
}

// practices are what is said of a meeting before, during or after it. On a wide terminal they stand beside the page.
func (s *Screen) practices(c *ui.Context, when, head string) []block {
	if s.known.content == nil || c.Size.Wide {
		return nil
	}
	var out []block
	for i, p := range s.known.content.Practices {
		if p.When == when {
			out = append(out, row(page.Row{Key: fmt.Sprint(when, i), Name: p.Text}))
		}
	}
	if len(out) == 0 {
		return nil
	}
	return append([]block{{Head: head}}, out...)
}
