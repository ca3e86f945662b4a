package appraisal

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// few is how many of a list are shown before the rest is only counted.
const few = 3

// prepareBlocks is what to bring to the meeting.
func (s *Screen) prepareBlocks(c *ui.Context) []block {
	pack := s.known.pack
	out := append(lateBlock(c), yearlyBlock(c)...)
	out = append(out, leftBlocks(c, pack.Left)...)
	if c.Report.Tally(0).Rated == 0 {
		out = append(out, block{item: item{kind: rateKSB}, name: rateFirst, says: []string{rateFirstWhy}, does: "start rating"})
	} else {
		out = append(out, block{head: sinceHead(pack)})
		out = append(out, block{item: item{kind: changes}, name: changeWords(pack), does: "see each change"})
	}
	out = append(out, s.forwardBlock(c)...)
	out = points(out, "Strengths to name", pack.Strengths, ksbPage, "read all about it")
	out = points(out, "Your three largest gaps", pack.Gaps, planKSB, "plan it")
	out = differences(out, c, pack.Disagreements)
	out = points(out, "Agreed before, and you say otherwise since", pack.Aged, ksbPage, "read all about it, and agree it anew")
	out = firstFew(out, "Unsupported claims of 3 or 4", pack.Unsupported)
	out = firstFew(out, "Evidence too old", pack.Stale)
	if n := len(pack.Missing); n > 0 {
		out = append(out, block{head: "Without evidence"}, block{
			item: item{evidence, pack.Missing[0].KSB, "missing"}, name: count(n, "more rated KSB is", "more rated KSBs are") + " without evidence",
			says: []string{listed(pack.Missing)}, does: "add evidence",
		})
	}
	out = append(out, s.goneBlocks(c)...)
	out = actionBlocks(out, c, pack)
	if n := len(pack.Requests); n > 0 {
		out = append(out, block{head: "Chances to ask for"}, block{
			item: item{kind: chances}, name: count(n, "thing your post gives you no chance to try", "things your post gives you no chance to try"),
			says: []string{"Not low scores: requests, ready to take to your manager."}, does: "see them as requests",
		})
	}
	out = points(out, "Questions to ask", pack.Ask, ksbPage, "read all about it")
	out = points(out, "Support to ask for", pack.Support, ksbPage, "read all about it")
	out = append(out, privateBlocks(c)...)
	if c.Report.Tally(0).Rated > 0 {
		out = append(out, block{head: "To send or take along"}, paperBlock(ui.PackPaper, "Write this page into a file, to send or print", appraisal.PackFirst))
		out = append(out, sheetBlocks()...)
	}
	return append(out, s.practices(c, "before", "Before the meeting")...)
}

// paperBlock leads to the form in which a paper is written into a file.
func paperBlock(x ui.Paper, name string, says ...string) block {
	return block{item: item{kind: paper, id: strconv.Itoa(int(x))}, name: name, says: says, does: "choose the file and write it"}
}

// sheetBlocks are the way to and fro of a mentor who sits elsewhere.
func sheetBlocks() []block {
	return []block{
		{head: "With a mentor who sits elsewhere"},
		{item: item{kind: sheetOut}, name: sheetMake, says: []string{sheetMakeWhy}, does: "choose the file and make it"},
		{item: item{kind: sheetBack}, name: sheetTake, says: []string{sheetTakeWhy}, does: "say where it is and take it in"},
	}
}

// forwardBlock leads to what the open round puts forward: what to bring rests on it.
func (s *Screen) forwardBlock(c *ui.Context) []block {
	due := s.known.due
	if r, open := c.Profile.Open(); !open || len(due) == 0 || r.Rated(profile.Self) == 0 && len(c.Profile.Rounds) == 1 {
		return nil
	}
	return []block{{head: "To rate in this round"}, {
		item: item{kind: forward, id: due[0].KSB}, name: count(len(due), "KSB is put forward", "KSBs are put forward"),
		says: []string{forwardCodes(due, namedForward) + ". What you bring rests on these."}, does: "rate them one after another",
	}}
}

func points(out []block, head string, list []appraisal.Point, to kind, does string) []block {
	if len(list) == 0 {
		return out
	}
	out = append(out, block{head: head})
	for _, x := range list {
		b := block{item: item{to, x.KSB, head + x.Words}, code: x.KSB, name: x.Title, does: does}
		if x.Words != "" {
			b.says = []string{x.Words}
		}
		out = append(out, b)
	}
	return out
}

func differences(out []block, c *ui.Context, list []appraisal.Difference) []block {
	if len(list) == 0 {
		return out
	}
	const head = "Where you and your mentor differ"
	out = append(out, block{head: head})
	for _, d := range list[:min(len(list), few)] {
		at := item{ksbPage, d.KSB, head}
		out = append(out, block{item: at, code: d.KSB, name: c.Title(d.KSB), says: []string{d.Words()}, does: "read all about it"})
	}
	if n := len(list) - few; n > 0 {
		out = append(out, block{text: "and " + count(n, "difference", "differences") + " more"})
	}
	return out
}

// firstFew shows the first of a list that evidence would shorten.
func firstFew(out []block, head string, list []appraisal.Point) []block {
	if len(list) == 0 {
		return out
	}
	out = append(out, block{head: head})
	for _, x := range list[:min(len(list), few)] {
		out = append(out, block{item: item{evidence, x.KSB, head}, code: x.KSB, name: x.Title, says: []string{x.Words}, does: "add evidence for " + x.KSB})
	}
	if len(list) > few {
		out = append(out, block{text: "and " + listed(list[few:])})
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
			out = append(out, block{head: "File not found"})
		}
		out = append(out, block{
			item: item{evidence, e.KSBs[0], e.ID}, name: e.Title.Line(), says: []string{e.Where.Line()}, does: "look at your evidence",
		})
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
	out = append(out, block{head: "Actions"})
	for _, a := range pack.Overdue {
		out = append(out, actionBlock(c, a, isLate))
	}
	for _, a := range pack.Open {
		out = append(out, actionBlock(c, a, isOpen))
	}
	return out
}

func actionBlock(c *ui.Context, a profile.Action, s sign) block {
	_, g, _ := c.Profile.Action(a.ID)
	return block{item: item{goalPage, g.ID, a.ID}, sign: s, name: a.Text.Line(), says: []string{actionFacts(c, a, g)}, does: "open its goal"}
}

// privateBlocks are the notes that stay the learner's own.
func privateBlocks(c *ui.Context) []block {
	b := block{item: item{kind: private}, name: "Write private notes", says: []string{privateLine}, does: "write them"}
	if _, open := c.Profile.OpenReview(); !open {
		b.says = []string{waitLine + " " + privateLine}
	}
	for _, x := range privateParts(c.Profile.Private()) {
		if !x.text.Empty() {
			b.name, b.does = "Your private notes", "change them"
			b.says = append(b.says, x.name+": "+x.text.Line())
		}
	}
	return []block{{head: "Wellbeing, workload, support, adjustments"}, b}
}

// practices are what is said of a meeting before, during or after it. On a wide terminal they stand beside the page.
func (s *Screen) practices(c *ui.Context, when, head string) []block {
	if s.known.content == nil || c.Size.Wide {
		return nil
	}
	var out []block
	for i, p := range s.known.content.Practices {
		if p.When == when {
			out = append(out, block{item: item{words, fmt.Sprint(i), when}, name: p.Text, does: "go on"})
		}
	}
	if len(out) == 0 {
		return nil
	}
	return append([]block{{head: head}}, out...)
}
