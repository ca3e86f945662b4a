package ui

import (
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
)

// Hand is what the learner is looking at on a screen: the KSBs that new evidence would be for, and the duty it would
// come from, or 0.
type Hand struct {
	KSBs []string
	Duty int
}

// Holder is a screen that can say what the learner is looking at.
type Holder interface{ InHand(c *Context) Hand }

// Holding makes a Hand of these KSBs. For a single KSB that only one duty has, it fills in that duty; a KSB that the
// standard does not have, such as "", gives the zero Hand.
func Holding(c *Context, ksbs ...string) Hand {
	h := Hand{KSBs: slices.Clone(ksbs)}
	if len(ksbs) != 1 {
		return h
	}
	k, ok := c.Standard.KSB(ksbs[0])
	switch {
	case !ok:
		return Hand{}
	case len(k.Duties) == 1:
		h.Duty = k.Duties[0]
	}
	return h
}

// Entry returns the coaching of a KSB, and false where none is written. It may read a file, so View must not call it:
// see Coached.
func (c *Context) Entry(ksb string) (coaching.Entry, bool) {
	e, ok := c.Library.Entry(c.Standard.Reference, ksb)
	return e.In(c.Field()), ok
}

// Coached keeps the coaching of the KSB that a screen shows: Update fetches it, so that View need not read it.
type Coached struct {
	ksb     string
	entry   coaching.Entry
	written bool
}

// Fetch loads the coaching of a KSB unless it is loaded already; "" empties it.
func (x *Coached) Fetch(c *Context, ksb string) {
	if x.ksb == ksb {
		return
	}
	*x = Coached{ksb: ksb}
	if ksb != "" {
		x.entry, x.written = c.Entry(ksb)
	}
}

// Of returns the coaching of a KSB, and false where none is written or another KSB was fetched.
func (x *Coached) Of(ksb string) (coaching.Entry, bool) {
	if x.ksb != ksb {
		return coaching.Entry{}, false
	}
	return x.entry, x.written
}
