package cli

import (
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

// copies names what a sync program has left beside a profile, if anything, and how to look into it.
func (k *kit) copies(p *page, copies []session.Copy) {
	if len(copies) > 0 {
		p.Para(0, "%s", session.CopiesSay(copies, k.today()))
		p.Para(0, "Keep it. To look into it without changing anything:")
		p.Line("  %s", session.CopiesNext(copies)) // in one line, to be copied
		if merge := session.CopiesMerge(copies); merge != "" {
			which := "it"
			if len(copies) > 1 {
				which = "the oldest" // so that each brings fewer questions
			}
			p.Para(0, "To take in what is in %s, and move it to the backups:", which)
			p.Line("  %s", merge)
		}
	}
}

// holdingObject counts what one of two versions holds; nil where they were not compared.
func holdingObject(c *file.Compared, part func(c *file.Compared) file.Holding) any {
	if c == nil {
		return nil
	}
	h := part(c)
	return object{
		{"ratings", h.Ratings},
		{"ksbs", listOf(h.KSBs, func(id string) string { return id })},
		{"evidence", h.Evidence},
		{"reflections", h.Reflections},
		{"goals", h.Goals},
		{"actions", h.Actions},
		{"reviews", h.Reviews},
		{"rounds", h.Rounds},
		{"other", h.Other},
	}
}

func addedTo(c *file.Compared) file.Holding { return c.Added }

func unlikeIn(c *file.Compared) file.Holding { return c.Unlike }

func copyObject(c session.Copy) object {
	return object{
		{"file", c.Path},
		{"on", c.On},
		{"state", string(c.State)},
		{"only", holdingObject(c.Apart, addedTo)},
		{"unlike", holdingObject(c.Apart, unlikeIn)},
		{"words", c.Holds()},
	}
}
