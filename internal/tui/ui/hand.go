package ui

import "slices"

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
