package gap_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/gap"
)

// The cells of a duty add up to its tally, and a duty that was not opened has nothing rated.
func TestHeatAddsUpToTheTally(t *testing.T) {
	r := gap.Compute(std, scale, lib.Demo(today), today)
	rows := r.Heat()
	if len(rows) != 10 || rows[4].Kinds[1].Rated != 0 || rows[4].Kinds[1].Total == 0 {
		t.Errorf("%+v", rows)
	}
	for _, d := range rows {
		want := r.Tally(d.Duty)
		if got := d.Sum(); got != (gap.Heat{Total: want.Total, Rated: want.Rated, Below: want.Below, Behind: want.Behind}) {
			t.Errorf("duty %d: %+v, the tally has %+v", d.Duty, got, want)
		}
	}
}

func TestHeatInWords(t *testing.T) {
	for _, c := range []struct {
		x     gap.Heat
		timed bool
		want  string
	}{
		{gap.Heat{}, true, ""},
		{gap.Heat{Total: 4}, true, "not rated"},
		{gap.Heat{Total: 4, Rated: 3, Below: 2, Behind: 1}, true, "1 of 3 behind, 2 below"},
		{gap.Heat{Total: 4, Rated: 3}, true, "0 of 3 behind"},
		{gap.Heat{Total: 4, Rated: 3, Below: 2}, false, "2 of 3 below"},
	} {
		if got := c.x.Words(c.timed); got != c.want {
			t.Errorf("%+v: %q, want %q", c.x, got, c.want)
		}
	}
}
