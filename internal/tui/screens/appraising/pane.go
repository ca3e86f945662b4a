package appraising

import (
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// paneParts is what stands beside the page about the chosen line, and then what helps on this page.
func (s *Screen) paneParts(c *ui.Context, r page.Row) []page.Part {
	var out []page.Part
	if id := r.KSB; id != "" {
		k, _ := c.Standard.KSB(id)
		out = append(out, page.Part{Head: id + " " + c.Title(id), Says: []string{k.Text}})
		if entry, ok := s.entry.Of(id); ok {
			out = append(out, page.Part{Head: "What good looks like", Says: []string{entry.Good}})
		}
	}
	if id, ok := strings.CutPrefix(r.Key, actionRow); ok {
		out = append(out, actionPart(c, id)...)
	}
	if s.tab == rehearseTab {
		return append(out, s.trialParts(c)...)
	}
	when, head := "before", "Before the meeting"
	switch s.tab {
	case meetTab:
		when, head = "during", "While you talk"
	case afterTab:
		when, head = "after", "After the meeting"
	case chanceTab:
		return out
	}
	out = append(out, s.practicePart(when, head))
	if s.tab == meetTab {
		out = append(out, s.feedbackPart())
	}
	return out
}

func (s *Screen) practicePart(when, head string) page.Part {
	p := page.Part{Head: head}
	if s.known.content == nil {
		return p
	}
	for _, x := range s.known.content.Practices {
		if x.When == when {
			p.Says = append(p.Says, x.Text)
		}
	}
	return p
}

// feedbackPart is what the theories of feedback say to those who meet.
func (s *Screen) feedbackPart() page.Part {
	p := page.Part{Head: "Giving and taking feedback"}
	if s.known.content == nil {
		return p
	}
	for _, t := range s.known.content.For(coaching.Feedback) {
		p.Says = append(p.Says, feedbackWords(t))
	}
	return p
}

// feedbackWords is a theory in short, with who said it.
func feedbackWords(t coaching.Theory) string { return t.Name + " (" + t.Source() + "). " + t.Says }

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

// trialParts is how far the rehearsal is.
func (s *Screen) trialParts(c *ui.Context) []page.Part {
	if !s.trial.begun() {
		return []page.Part{s.practicePart("before", "Before the meeting")}
	}
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
	return []page.Part{p}
}

func (s *Screen) drawPane(c *ui.Context, r page.Row, w, h int) []string {
	blocks := page.Parts(s.paneParts(c, r), w, c.Theme)
	if len(blocks) > 0 {
		blocks[0] = blocks[0][1:] // nothing is above it
	}
	return page.Whole(h, blocks...)
}
