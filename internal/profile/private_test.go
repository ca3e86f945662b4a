package profile_test

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// Notes that are written weeks before a review do not start one. The review takes them over when it starts; what was
// replaced before that is never shared.
func TestPrivateNotesWaitForTheReview(t *testing.T) {
	f := decode(t, small)
	p := mustApply(t, f.Profile,
		profile.KeepPrivate{Wellbeing: ptr(text("tired")), Support: ptr(text("an hour")), Adjust: ptr(text("large print"))},
		profile.KeepPrivate{Workload: ptr(text("two lists")), Support: ptr(text("two hours"))})
	want := profile.Private{Wellbeing: text("tired"), Workload: text("two lists"), Support: text("two hours"), Adjust: text("large print")}
	if len(p.Reviews) != 0 || p.Prepared != want || p.Private() != want {
		t.Fatalf("%d reviews, prepared %+v", len(p.Reviews), p.Prepared)
	}
	mustWrite(t, f, f.Profile, p)
	const table = "[prepare]\nwellbeing = \"tired\"\nworkload = \"two lists\"\nsupport = \"two hours\"\nadjustments = \"large print\"\n"
	if src := string(f.Doc.Bytes()); !strings.Contains(src, table) {
		t.Errorf("the file:\n%s", src)
	}
	prepared := decode(t, string(f.Doc.Bytes()))
	if prepared.Profile.Prepared != want || len(prepared.Notes) != 0 {
		t.Errorf("read back %+v, notes %v", prepared.Profile.Prepared, prepared.Notes)
	}
	started := mustApply(t, p, profile.StartReview{ID: "r-1", On: today, With: []safetext.Text{text("J")}})
	r, _ := started.OpenReview()
	if r.Private() != want || !started.Prepared.Empty() || started.Private() != want || len(r.Share) != 0 {
		t.Errorf("the review %+v, still prepared %+v", r, started.Prepared)
	}
	mustWrite(t, prepared, prepared.Profile, started)
	if src := string(prepared.Doc.Bytes()); strings.Contains(src, "prepare") || !strings.Contains(src, `wellbeing = "tired"`) {
		t.Errorf("the file after the start:\n%s", src)
	}
	started = mustApply(t, started, profile.KeepPrivate{Wellbeing: ptr(text(""))})
	if r, _ := started.OpenReview(); !r.Wellbeing.Empty() || r.Workload != want.Workload || !started.Prepared.Empty() {
		t.Errorf("changed in the review: %+v, prepared %+v", r, started.Prepared)
	}
}

func TestPrivateNotesThatAreTooLong(t *testing.T) {
	p := decode(t, small).Profile
	long := ptr(text(strings.Repeat("x", profile.MaxText+1)))
	mustRefuse(t, p, profile.KeepPrivate{Workload: long}, "the part on workload is longer than")
	mustRefuse(t, inReview(t), profile.KeepPrivate{Support: long}, "the part on support is longer than")
	mustRefuse(t, p, profile.KeepPrivate{Adjust: long}, "the part on adjustments is longer than")
}
