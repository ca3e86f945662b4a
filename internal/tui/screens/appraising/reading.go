package appraising

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

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
