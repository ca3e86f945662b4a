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
			p.Para(0, "To take in what is in it, and move it to the backups:")
			p.Line("  %s", merge)
		}
	}
}

func holdingObject(h file.Holding) object {
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

func copyObject(c session.Copy) object {
	holding := func(h file.Holding) any {
		if c.State != session.CopyCompared {
			return nil
		}
		return holdingObject(h)
	}
	return object{
		{"file", c.Path},
		{"on", c.On},
		{"state", string(c.State)},
		{"only", holding(c.Only)},
		{"unlike", holding(c.Unlike)},
		{"words", c.Holds()},
	}
}
