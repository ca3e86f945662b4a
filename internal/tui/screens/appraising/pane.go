package appraising

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// paneParts are about the chosen line first, and then advice for this page.
func (s *Screen) paneParts(c *ui.Context, r page.Row) []page.Part {
	var out []page.Part
	if id := r.KSB; id != "" {
		says := r.Tail
		if says == "" && r.Name != c.Title(id) {
			says = r.Name
		}
		k, _ := c.Standard.KSB(id)
		out = append(out, page.Part{Head: id + " " + c.Title(id), Says: words.Given(says, k.Text)})
		if entry, ok := s.entry.Of(id); ok {
			out = append(out, page.Part{Head: "What good looks like", Says: []string{entry.Good}})
		}
	}
	if r.KSB == "" && r.Tail != "" {
		out = append(out, page.Part{Head: r.Name, Says: []string{r.Tail}})
	}
	if id, ok := strings.CutPrefix(r.Key, actionRow); ok {
		out = append(out, actionPart(c, id)...)
	}
	if s.tab == rehearseTab && s.trial.begun() {
		return append(out, s.trialPart(c))
	}
	for _, x := range s.advice(c) {
		p := page.Part{Head: x.head}
		for _, r := range x.rows {
			p.Says = append(p.Says, strings.Join(append([]string{r.Name}, r.Says...), ". "))
		}
		out = append(out, p)
	}
	return out
}

// advice is what the coaching says about meetings that fits the page.
type advice struct {
	head string
	rows []page.Row // only read
}

func (s *Screen) advice(c *ui.Context) []advice {
	content := c.Library.Appraisal()
	when, out := "before", advice{head: "Before the meeting"}
	switch s.tab {
	case meetTab:
		when, out.head = "during", "While you talk"
	case afterTab:
		when, out.head = "after", "After the meeting"
	case chanceTab:
		return nil
	}
	for i, x := range content.Practices {
		if x.When == when {
			out.rows = append(out.rows, page.Row{Key: fmt.Sprint(when, i), Name: x.Text})
		}
	}
	if s.tab != meetTab {
		return []advice{out}
	}
	feedback := advice{head: "Giving and taking feedback"}
	for _, t := range content.For(coaching.Feedback) {
		name := t.Name + " (" + t.Source() + ")"
		feedback.rows = append(feedback.rows, page.Row{Key: "feedback" + t.ID, Name: name, Says: []string{t.Says}})
	}
	return []advice{out, feedback}
}

// adviceBlocks put the advice at the end of the page, unless the terminal is wide and has it beside the page.
func (s *Screen) adviceBlocks(c *ui.Context) []block {
	_, open := c.Profile.OpenReview()
	_, held := c.Profile.LastReview()
	if c.Size.Wide || s.tab == rehearseTab || s.tab == afterTab && !open && !held {
		return nil
	}
	var out []block
	for _, x := range s.advice(c) {
		rows := make([]block, len(x.rows))
		for i, r := range x.rows {
			rows[i] = row(r)
		}
		switch {
		case s.tab == prepareTab:
			out = append(out, s.fold(c, "advice", x.head+": what helps", rows)...)
		case len(rows) > 0:
			out = append(append(out, block{Head: x.head}), rows...)
		}
	}
	return out
}

func actionPart(c *ui.Context, id string) []page.Part {
	a, g, ok := c.Profile.Action(id)
	if !ok {
		return nil
	}
	out := []page.Part{{Head: "The goal", Says: []string{g.Text.Line()}}}
	if !a.Shows.Empty() {
		out = append(out, page.Part{Head: "What was to show it", Says: []string{a.Shows.Line()}})
	}
	if a.Status != profile.ActionOpen && !a.Note.Empty() {
		out = append(out, page.Part{Head: "Note in the plan", Says: []string{a.Note.Line()}})
	}
	return out
}

// trialPart is how far the rehearsal is.
func (s *Screen) trialPart(c *ui.Context) page.Part {
	p := page.Part{Head: "The questions"}
	at, _ := s.question(c)
	for i, note := range s.trial.notes(c.Profile) {
		mark, sign := "  ", c.Theme.Glyphs.Open
		if i == at {
			mark = c.Theme.Glyphs.Marker + " "
		}
		if !note.Empty() {
			sign = c.Theme.Glyphs.Done
		}
		p.Says = append(p.Says, mark+sign+" "+strconv.Itoa(i+1)+" "+s.trial.questions[i].Part)
	}
	return p
}

func (s *Screen) drawPane(c *ui.Context, r page.Row, w, h int) []string {
	blocks := page.Parts(s.paneParts(c, r), w, c.Theme)
	if len(blocks) > 0 {
		blocks[0] = blocks[0][1:] // nothing is above it
	}
	return page.Whole(h, blocks...)
}
