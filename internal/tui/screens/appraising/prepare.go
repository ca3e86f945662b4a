package appraising

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// few is how many of a list are shown before the rest is only counted.
const few = 3

func (s *Screen) prepareBlocks(c *ui.Context) []block {
	pack, rated := s.known.pack, c.Report.Tally(0).Rated > 0
	out := append(lateBlock(c), yearlyBlock(c)...)
	out = append(out, s.leftBlocks(c, pack.Left)...)
	if !rated {
		out = append(out, row(page.Row{
			Key: "rate", Name: rateFirst, Says: []string{rateFirstWhy}, Does: "start rating",
			Enter: ui.Asking(ui.Go{To: ui.Rate}),
		}))
	} else {
		changes := page.Row{Key: "changes", Name: changeWords(pack), Does: "see each change", Enter: s.readChanges}
		out = append(out, block{Head: sinceHead(pack)}, row(changes))
	}
	out = append(out, s.forwardBlock(c)...)
	const read = "read all about it"
	out = append(out, points("Strengths to name", pack.Strengths, ui.KSB, read)...)
	out = append(out, points("Your three largest gaps", pack.Gaps, ui.Plan, "plan it")...)
	out = append(out, differences(c, pack.Disagreements)...)
	const anew = "Agreed before, and you say otherwise since"
	out = append(out, points(anew, pack.Aged, ui.KSB, read+", and agree it anew")...)
	out = append(out, unproved("Unsupported claims of 3 or 4", pack.Unsupported)...)
	out = append(out, unproved("Evidence too old", pack.Stale)...)
	if n := len(pack.Missing); n > 0 {
		out = append(out, block{Head: "Without evidence"}, to(ui.Go{To: ui.Evidence, KSB: pack.Missing[0].KSB}, page.Row{
			Key: "missing", Name: words.Count(n, "more rated KSB is", "more rated KSBs are") + " without evidence",
			Says: []string{listed(pack.Missing)}, Does: "add evidence",
		}))
	}
	out = append(out, s.goneBlocks(c)...)
	out = append(out, actionBlocks(c, pack)...)
	if n := len(pack.Requests); n > 0 {
		out = append(out, block{Head: "Chances to ask for"}, row(page.Row{
			Key: "chances", Name: words.Count(n, "thing", "things") + " your post gives you no chance to try",
			Says: []string{"Not low scores: requests, ready to take to your manager."}, Does: "see them as requests",
			Enter: s.showing(chanceTab),
		}))
	}
	out = append(out, points("Questions to ask", pack.Ask, ui.KSB, read)...)
	out = append(out, points("Support to ask for", pack.Support, ui.KSB, read)...)
	out = append(out, s.privateBlocks(c)...)
	if rated {
		paper := paperBlock(ui.PackPaper, "Write this page into a file, to send or print", appraisal.PackFirst)
		out = append(append(out, block{Head: "To send or take along"}, paper), sheetBlocks()...)
	}
	return out
}

// to is a row that leads to another screen.
func to(where ui.Go, r page.Row) block {
	r.KSB, r.Enter = where.KSB, ui.Asking(where)
	return row(r)
}

func paperBlock(x ui.Paper, name string, says ...string) block {
	return row(page.Row{
		Key: "paper", Name: name, Says: says, Does: "choose the file and write it", Enter: ui.Asking(ui.Write{Paper: x}),
	})
}

// sheetBlocks make and take in the rating sheet of a mentor who works elsewhere.
func sheetBlocks() []block {
	return []block{
		{Head: "With a mentor who sits elsewhere"},
		row(page.Row{
			Key: "sheet", Name: sheetMake, Says: []string{sheetMakeWhy}, Does: "choose the file and make it",
			Enter: ui.Asking(ui.Sheet{}),
		}),
		row(page.Row{
			Key: "take", Name: sheetTake, Says: []string{sheetTakeWhy}, Does: "say where it is and take it in",
			Enter: ui.Asking(ui.Sheet{Take: true}),
		}),
	}
}

// forwardBlock leads to the KSBs that are due in the open round, since what to bring depends on them.
func (s *Screen) forwardBlock(c *ui.Context) []block {
	due := s.known.due
	r, open := c.Profile.Open()
	if !open || len(due) == 0 || r.Rated(profile.Self) == 0 && len(c.Profile.Rounds) == 1 {
		return nil
	}
	return []block{{Head: "To rate in this round"}, row(page.Row{
		Key: "forward", Name: words.Count(len(due), "KSB is due to be rated", "KSBs are due to be rated"),
		Says:  []string{firstOf(appraisal.Codes(due), ",") + ". What you bring rests on these."},
		Does:  "rate them one after another",
		Enter: ui.Asking(ui.Go{To: ui.Rate, KSB: due[0].KSB, Forward: true}),
	})}
}

// points are some KSBs under a heading, each a row that leads to another screen; nothing where there are none.
func points(head string, list []appraisal.Point, where ui.Name, does string) []block {
	if len(list) == 0 {
		return nil
	}
	out := []block{{Head: head}}
	for _, x := range list {
		r := page.Row{Key: head + x.KSB + x.Words, Code: x.KSB, Name: x.Title, Says: words.Given(x.Words), Does: does}
		out = append(out, to(ui.Go{To: where, KSB: x.KSB}, r))
	}
	return out
}

// differences are the first few that learner and mentor have to settle.
func differences(c *ui.Context, list []appraisal.Difference) []block {
	var all []appraisal.Point
	for _, d := range list {
		all = append(all, appraisal.Point{KSB: d.KSB, Title: c.Title(d.KSB), Words: d.Words()})
	}
	out := firstFew(points("Where you and your mentor differ", all, ui.KSB, "read all about it"))
	if n := len(list) - few; n > 0 {
		out = append(out, block{Text: "and " + words.Count(n, "difference", "differences") + " more"})
	}
	return out
}

// unproved are the first few claims that need evidence.
func unproved(head string, list []appraisal.Point) []block {
	out := firstFew(points(head, list, ui.Evidence, "add evidence for "))
	for i := range out {
		out[i].Does += out[i].KSB
	}
	if len(list) > few {
		out = append(out, block{Text: "and " + listed(list[few:])})
	}
	return out
}

// firstFew is the heading and the first few rows of a part.
func firstFew(part []block) []block { return part[:min(len(part), few+1)] }

// goneBlocks are pieces of evidence whose file has gone. Until the files have been looked for there are none.
func (s *Screen) goneBlocks(c *ui.Context) []block {
	var out []block
	for _, e := range c.Profile.Evidence {
		if there, known := s.files[e.ID]; !known || there || len(e.KSBs) == 0 {
			continue
		}
		if len(out) == 0 {
			out = append(out, block{Head: "File not found"})
		}
		r := page.Row{Key: "gone:" + e.ID, Name: e.Title.Line(), Does: "look at your evidence"}
		r.Says = []string{e.Where.Line()}
		out = append(out, to(ui.Go{To: ui.Evidence, KSB: e.KSBs[0]}, r))
	}
	return out
}

func listed(list []appraisal.Point) string {
	var ids []string
	for _, x := range list {
		ids = append(ids, x.KSB)
	}
	return strings.Join(ids, ", ")
}

func actionBlocks(c *ui.Context, pack appraisal.Pack) []block {
	if len(pack.Overdue)+len(pack.Open) == 0 {
		return nil
	}
	out := []block{{Head: "Actions"}}
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
	r := page.Row{Key: actionRow + a.ID, Sign: sign, Name: a.Text.Line(), Does: "open its goal"}
	r.Says = []string{actionFacts(c, a, g)}
	return to(ui.Go{To: ui.Plan, Goal: g.ID}, r)
}

func (s *Screen) privateBlocks(c *ui.Context) []block {
	r := page.Row{Key: "private", Name: "Write private notes", Says: []string{privateWords(c)}, Does: "write them"}
	r.Enter = func(c *ui.Context) []ui.Ask { return ui.Asks(s.privateForm(c)) }
	for _, x := range c.Profile.Private().Notes() {
		if !x.Text.Empty() {
			r.Name, r.Does = "Your private notes", "change them"
			r.Says = append(r.Says, words.Capital(x.About)+": "+x.Text.Line())
		}
	}
	return []block{{Head: "Wellbeing, workload, support, adjustments"}, row(r)}
}
