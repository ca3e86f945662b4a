package ui

// Hand is what a screen has in hand: the KSBs that new evidence would be for, and the duty that it would come from, or 0.
type Hand struct {
	KSBs []string
	Duty int
}

// Holder is a screen that says what it has in hand.
type Holder interface{ InHand(c *Context) Hand }

// Holding is one KSB in hand, or nothing for "". Where it stands in one duty only, that is the duty.
func Holding(c *Context, ksb string) Hand {
	k, ok := c.Standard.KSB(ksb)
	switch {
	case !ok:
		return Hand{}
	case len(k.Duties) == 1:
		return Hand{[]string{ksb}, k.Duties[0]}
	}
	return Hand{KSBs: []string{ksb}}
}
