package gap_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// If the learner has rated a KSB differently since a level was agreed, the agreed level still counts, both are said,
// and the higher one is a claim that still needs evidence.
func TestAnAgedAgreement(t *testing.T) {
	p := learner(map[string]level.Level{"K7": 4, "K8": 1})
	p.Rounds[0].Ratings[profile.Agreed] = map[string]profile.Rating{
		"K7": {Level: 2, On: today.AddMonths(-10)}, "K8": {Level: level.NoOpportunity, On: today.AddMonths(-10)},
	}
	r := report(p)
	x := row(t, r, "K7")
	const words = "agreed 2 in January, you say 4 since "
	if x.Level != 2 || x.Claim() != 4 || !x.Unsupported() || !strings.HasPrefix(x.LevelInWords(today), words) || !strings.Contains(strings.Join(r.Reasons(x), ", "), words) {
		t.Errorf("%+v: %s, %v", x, x.LevelInWords(today), r.Reasons(x))
	}
	if y := row(t, r, "K8"); y.Aged == nil || y.Unsupported() {
		t.Errorf("%+v", y)
	}
	var ids []string
	for _, y := range r.Aged() {
		ids = append(ids, y.KSB.ID)
	}
	if !slices.Equal(ids, []string{"K7", "K8"}) {
		t.Errorf("aged: %v", ids)
	}
	p.Evidence = []profile.Evidence{{ID: "e", KSBs: []string{"K7"}, On: today}}
	if x := row(t, report(p), "K7"); x.Unsupported() {
		t.Error("an example does not support it")
	}
}
