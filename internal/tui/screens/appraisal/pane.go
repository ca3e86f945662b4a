package appraisal

import (
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// A part is a heading and its paragraphs.
type part struct {
	head string
	says []string
}

// paneParts is what stands beside the page about the chosen line, and then what helps on this page.
func (s *Screen) paneParts(c *ui.Context, r page.Row) []part {
	var out []part
	if id := r.KSB; id != "" {
		k, _ := c.Standard.KSB(id)
		out = append(out, part{id + " " + c.Title(id), []string{k.Text}})
		if entry, ok := s.entry.Of(id); ok {
			out = append(out, part{"What good looks like", []string{entry.Good}})
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

func (s *Screen) practicePart(when, head string) part {
	p := part{head: head}
	if s.known.content == nil {
		return p
	}
	for _, x := range s.known.content.Practices {
		if x.When == when {
			p.says = append(p.says, x.Text)
		}
	}
	return p
}

// feedbackPart is what the theories of feedback say to those who meet.
func (s *Screen) feedbackPart() part {
	p := part{head: "Giving and taking feedback"}
	if s.known.content == nil {
		return p
	}
	for _, t := range s.known.content.For(coaching.Feedback) {
		p.says = append(p.says, feedbackWords(t))
	}
	return p
}

// feedbackWords is a theory in short, with who said it.
func feedbackWords(t coaching.Theory) string { return t.Name + " (" + t.Source() + "). " + t.Says }

func actionPart(c *ui.Context, id string) []part {
	a, g, ok := c.Profile.Action(id)
	if !ok {
		return nil
	}
	out := []part{{"The goal", []string{g.Text.Line()}}}
	if !a.Shows.Empty() {
		out = append(out, part{"What was to show it", []string{a.Shows.Line()}})
	}
	if a.Status != profile.ActionOpen && !a.Note.Empty() {
		out = append(out, part{"Note in the plan", []string{a.Note.Line()}})
	}
	return out
}

// trialParts is how far the rehearsal is.
func (s *Screen) trialParts(c *ui.Context) []part {
	if !s.trial.begun() {
		return []part{s.practicePart("before", "Before the meeting")}
	}
	p := part{head: "The questions"}
	at, _ := s.question(c)
	for i, note := range s.trial.notes(c.Profile) {
		mark, sign := "  ", c.Theme.Glyphs.Open
		if i == at {
			mark = c.Theme.Glyphs.Marker + " "
		}
		if !note.Empty() {
			sign = c.Theme.Glyphs.Done
		}
		p.says = append(p.says, mark+sign+" "+strconv.Itoa(i+1)+" "+s.trial.questions[i].Part)
	}
	return []part{p}
}

func (s *Screen) drawPane(c *ui.Context, r page.Row, w, h int) []string {
	var lines []string
	for i, p := range s.paneParts(c, r) {
		if len(p.says) == 0 {
			continue
		}
		if i > 0 {
			lines = append(lines, "")
		}
		if len(lines) >= h-1 {
			break
		}
		lines = append(lines, widget.Style(widget.Wrap(p.head, w), c.Theme.Title.Render)...)
		for _, x := range p.says {
			more := widget.Wrap(x, w)
			if len(lines)+len(more) > h {
				break
			}
			lines = append(lines, more...)
		}
	}
	return lines[:min(len(lines), h)]
}
