package lines

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
)

func TestProgressFactsAndReadingsAreReadOut(t *testing.T) {
	t.Parallel()
	r := newRoom(t, rated())
	said := r.talk("6", "3", "5", "1", "back", "1", "K1", "1", "5", "6", "quit")
	r.says(said, "Facts behind Legal and professional practice", "Facts behind K1", "Authority: ",
		lib.ReadingsFor(r.profile().Standard, "K1")[0].Question)
	for _, kind := range []string{"Knowledge 0.5 (2/33)", "Skill", "Behaviour", "Duty 1 0.5", "At target now"} {
		r.says(said, kind)
	}
}

func TestEvidenceIsListedAddedLinkedEditedAndTakenOut(t *testing.T) {
	t.Parallel()
	r := newRoom(t, rated())
	said := r.talk("6", "4", "1", "K1, K2", "saw a form filled in", "20 Nov 2026", // add
		"1", "1", "K2, K3", // link
		"2", "saw a form explained", "", "my folder", "J. Ode", // edit
		"back", "2", "K1", "asked about it", "", // one more
		"1", "3", "yes", // the newest is taken out
		"quit")
	p := r.profile()
	if len(p.Evidence) != 1 {
		t.Fatalf("%d pieces:\n%s", len(p.Evidence), said)
	}
	e := p.Evidence[0]
	if e.Title.Line() != "saw a form explained" || e.Where.Line() != "my folder" || e.Witness.Line() != "J. Ode" ||
		e.On != calendar.Of(2026, 11, 20) || len(e.KSBs) != 2 || e.KSBs[1] != "K3" {
		t.Errorf("%+v", e)
	}
	r.says(said, "1 piece of evidence, the newest first.", "It is taken out. Saved.")
}

func TestStatementsMayBeNamedInWords(t *testing.T) {
	t.Parallel()
	r := newRoom(t, rated())
	said := r.talk("6", "4", "1", "calibration", "back", ",", "xyzzy", "K7, calibration; gdpr", "2", "undo",
		"gdpr K7", "1", "asked about it", "", "quit")
	r.says(said, `Which is meant by "calibration"?`, "Also called: calibration.", "write at least one code", `no KSB "xyzzy"`,
		`Which is meant by "gdpr"?`, "That is K7 ")
	if p := r.profile(); len(p.Evidence) != 1 || strings.Join(p.Evidence[0].KSBs, " ") != "K7 K18" {
		t.Errorf("%+v", p.Evidence)
	}
	r.talk("3", "2", "Explain consent", "consent policy", "", "", "it is behind", "quit")
	if p := r.profile(); len(p.Goals) != 1 || strings.Join(p.Goals[0].KSBs, " ") != "S12" {
		t.Errorf("%+v", p.Goals)
	}
}
