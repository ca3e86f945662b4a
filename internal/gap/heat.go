package gap

import (
	"fmt"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// DutyHeat is one row of the map of duties and kinds.
type DutyHeat struct {
	Duty  int
	Kinds [3]Heat // in the order of standard.Kinds
}

// Heat counts the KSBs of one kind in one duty.
type Heat struct{ Total, Rated, Below, Behind int }

// Heat counts by duty and kind. A behaviour counts in every duty that it stands in, once that one was opened.
func (r *Report) Heat() []DutyHeat {
	out := make([]DutyHeat, len(r.Standard.Duties))
	for i, d := range r.Standard.Duties {
		out[i].Duty = d.Number
		for _, id := range d.KSBs {
			row, ok := r.Row(id)
			if !ok {
				continue
			}
			kind := row.KSB.Kind
			if !r.Opened(d.Number) {
				row = Row{}
			}
			out[i].Kinds[slices.Index(standard.Kinds, kind)].add(row)
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

// Words say how many of those rated are behind, or below target where the month is not known: "1 of 7 behind, 3 below".
// They are "not rated" where none is, and "" where there is no KSB.
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

// Sum adds the kinds up.
func (d DutyHeat) Sum() (all Heat) {
	for _, x := range d.Kinds {
		all.Total += x.Total
		all.Rated += x.Rated
		all.Below += x.Below
		all.Behind += x.Behind
	}
	return all
}
