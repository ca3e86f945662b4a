package gap

import (
	"fmt"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// DutyHeat is the row of one duty in the map of duties by kind of KSB.
type DutyHeat struct {
	Duty  int
	Kinds [3]Heat // in the order of standard.Kinds
}

// Heat is one cell of that map: it counts the KSBs of one kind in one duty.
type Heat struct{ Total, Rated, Below, Behind int }

// Heat is the map of duties by kind of KSB, with a row for each duty. It counts as Tally does.
func (r *Report) Heat() []DutyHeat {
	out := make([]DutyHeat, len(r.Standard.Duties))
	for i, d := range r.Standard.Duties {
		out[i].Duty = d.Number
		for _, id := range d.KSBs {
			row, ok := r.Row(id)
			if !ok {
				continue
			}
			kind := slices.Index(standard.Kinds, row.KSB.Kind)
			if !r.Opened(d.Number) {
				row = Row{} // counts as not rated
			}
			out[i].Kinds[kind].add(row)
		}
	}
	return out
}

func (x *Heat) add(row Row) {
	x.Total++
	if row.Rated {
		x.Rated++
	}
	if row.Gap() > 0 {
		x.Below++
	}
	if row.Late() {
		x.Behind++
	}
}

// Words say how many of the rated KSBs are behind, and how many below target: "1 of 7 behind, 3 below". If timed is
// false, nothing is known to be behind. They are "not rated" if none is rated, and "" if there is no KSB.
func (x Heat) Words(timed bool) string {
	switch {
	case x.Total == 0:
		return ""
	case x.Rated == 0:
		return "not rated"
	case !timed:
		return fmt.Sprintf("%d of %d below", x.Below, x.Rated)
	case x.Below > 0:
		return fmt.Sprintf("%d of %d behind, %d below", x.Behind, x.Rated, x.Below)
	}
	return fmt.Sprintf("%d of %d behind", x.Behind, x.Rated)
}

// Sum adds up the counts of all three kinds.
func (d DutyHeat) Sum() (all Heat) {
	for _, x := range d.Kinds {
		all.Total += x.Total
		all.Rated += x.Rated
		all.Below += x.Below
		all.Behind += x.Behind
	}
	return all
}
