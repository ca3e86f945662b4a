package ui

import (
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
)

// Hand is what a screen has in hand: the KSBs that new evidence would be for, and its duty, or 0.
type Hand struct {
	KSBs []string
	Duty int
}

// Holder is a screen that says what it has in hand.
type Holder interface{ InHand(c *Context) Hand }

// Holding is some KSBs in hand; "" is none. Where there is one, and only one duty has it, that is the duty.
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

// Entry is the coaching of a KSB, and false where none is written. It may have to be read: not for View, see Coached.
func (c *Context) Entry(ksb string) (coaching.Entry, bool) {
	e, ok := c.Library.Entry(c.Standard.Reference, ksb)
	return e.In(c.Field()), ok
}

// Coached is the coaching of the KSB in hand, fetched before it is drawn.
type Coached struct {
	ksb     string
	entry   coaching.Entry
	written bool
}

// Fetch fetches the coaching of a KSB, unless it is there; "" is none.
func (x *Coached) Fetch(c *Context, ksb string) {
	if x.ksb == ksb {
		return
	}
	*x = Coached{ksb: ksb}
	if ksb != "" {
		x.entry, x.written = c.Entry(ksb)
	}
}

// Of is the coaching of a KSB; false where none is written, or another KSB was in hand.
func (x *Coached) Of(ksb string) (coaching.Entry, bool) {
	if x.ksb != ksb {
		return coaching.Entry{}, false
	}
	return x.entry, x.written
}
