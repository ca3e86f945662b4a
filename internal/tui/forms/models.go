package forms

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Notes are weak and strong notes of evidence for some KSBs, to look at while writing one.
func Notes(c *ui.Context, ksbs ...string) ui.Models {
	return exemplars(c, "notes", ksbs, func(x coaching.Exemplar) bool { return x.Depth == "" })
}

// NotesFor are those for the KSBs that are typed into a field.
func NotesFor(c *ui.Context, field string) ui.Models {
	return ui.Models{
		Name: "notes", Says: coaching.MadeUp, None: "say first which KSBs it shows, and their notes can be seen",
		For: func(typed ui.Values) []ui.Model { return Notes(c, ReadKSBs(c.Standard, typed[field])...).List },
	}
}

// Reflections are examples at each depth, to look at while writing one.
func Reflections(c *ui.Context) ui.Models {
	return exemplars(c, "reflections", []string{"K31"}, func(x coaching.Exemplar) bool { return x.Depth != "" })
}

func exemplars(c *ui.Context, name string, ksbs []string, fits func(coaching.Exemplar) bool) ui.Models {
	m := ui.Models{Name: name, Says: coaching.MadeUp}
	for _, id := range ksbs {
		e, _ := c.Entry(id)
		for _, x := range e.Exemplars {
			if !fits(x) {
				continue
			}
			head := x.Says()
			if len(ksbs) > 1 {
				head = strings.TrimSpace(head + " for " + id + " " + c.Title(id))
			}
			m.List = append(m.List, ui.Model{Head: head, Text: string(x.Text), Margin: x.Margin})
		}
	}
	return m
}
