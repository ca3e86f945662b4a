package ksb

import (
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// next is what Enter does, in the words of the footer.
type next string

const (
	stepRate    next = "rate it"
	stepPlan    next = "plan this"
	stepExample next = "add an example"
	stepSupport next = "what to ask for"
	stepNext    next = "next KSB"
)

// nextStep decides it from where the learner stands. Without coaching there is no support to jump to.
func nextStep(row gap.Row, coached bool) next {
	switch {
	case !row.Rated:
		return stepRate
	case row.Opportunity() && coached:
		return stepSupport
	case row.Opportunity(), row.Gap() > 0:
		return stepPlan
	case row.Unsupported():
		return stepExample
	}
	return stepNext
}

// The widths of the list of sections beside a wide page, and of the page: longer lines are hard to read.
const (
	outlineW = 30
	maxPage  = 86
)

// pageW is the width of the page.
func pageW(size ui.Size) int {
	if size.Wide {
		return min(size.W-outlineW-3, maxPage)
	}
	return min(size.W, maxPage)
}

func (s *Screen) version(c *ui.Context) version {
	return version{s.ksb, c.Rev, pageW(c.Size), c.Theme.Glyphs.Sep, c.Today, s.all}
}

// doc is the page for the room there is: the kept one when nothing has changed.
func (s *Screen) doc(c *ui.Context) doc {
	if s.keptFor == s.version(c) {
		return s.kept
	}
	return write(c, s.ksb, s.words, pageW(c.Size), s.all)
}

// headRight names the present section and where the KSB stands in the walk.
func headRight(c *ui.Context, ksb, section string) string {
	place := fmt.Sprintf("KSB %d of %d", c.Standard.Place(ksb)+1, len(c.Standard.Walk()))
	if section == "" {
		return place
	}
	if !c.Size.Wide {
		return section // the wording says the rest
	}
	return section + " " + c.Theme.Glyphs.Sep + " " + place
}
