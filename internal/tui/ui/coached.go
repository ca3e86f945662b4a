package ui

import "github.com/ksbcoach/ksbcoach/internal/coaching"

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
