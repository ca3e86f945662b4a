package ui_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

// The coaching of one KSB is never drawn under the name of another.
func TestCoachedGivesOnlyTheKSBThatWasFetched(t *testing.T) {
	c := uitest.Demo(80, 24)
	var x ui.Coached
	if _, ok := x.Of(""); ok {
		t.Error("there is coaching before any was fetched")
	}
	x.Fetch(c, "K8")
	if e, ok := x.Of("K8"); !ok || e.KSB != "K8" {
		t.Errorf("%v, %s", ok, e.KSB)
	}
	if _, ok := x.Of("K9"); ok {
		t.Error("K9 has the coaching of K8")
	}
	x.Fetch(c, "")
	if _, ok := x.Of("K8"); ok {
		t.Error("it is kept after \"\" was fetched")
	}
}
