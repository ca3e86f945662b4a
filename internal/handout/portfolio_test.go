package handout_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// Each KSB is in the index once, with its pieces and one state, and the states agree with the gaps.
func TestTheIndexHasEveryKSBAndPiece(t *testing.T) {
	p := lib.Demo(today)
	x := handout.IndexOf(source(p), handout.Options{})
	r := gap.Compute(lib.Standard("ST0413"), lib.Scale(), p, today)
	if len(x.KSBs) != 72 || len(x.Pieces) != len(p.Evidence) {
		t.Fatalf("%d KSBs, %d pieces", len(x.KSBs), len(x.Pieces))
	}
	met := map[handout.State]bool{}
	for _, k := range x.KSBs {
		row := r.Rows[slices.IndexFunc(r.Rows, func(row gap.Row) bool { return row.KSB.ID == k.KSB.ID })]
		met[k.State] = true
		fresh := 0
		for _, at := range k.Pieces {
			piece := x.Pieces[at]
			if !slices.Contains(strings.Split(piece.Shows, ", "), k.KSB.ID) {
				t.Errorf("%s: %+v does not show it", k.KSB.ID, piece)
			}
			if !piece.Old {
				fresh++
			}
		}
		want := handout.State("without evidence")
		switch {
		case row.Fresh > 0:
			want = "shown"
		case row.Evidence > 0:
			want = "too old"
		case row.Rated && row.Level == level.NoOpportunity:
			want = "no opportunity"
		case !row.Rated || row.Level == 0:
			want = "not yet"
		}
		if len(k.Pieces) != row.Evidence || fresh != row.Fresh || k.State != want {
			t.Errorf("%s: %d pieces, %d fresh, %s; want %d, %d, %s", k.KSB.ID, len(k.Pieces), fresh, k.State, row.Evidence, row.Fresh, want)
		}
	}
	if len(met) != 5 {
		t.Errorf("the sample learner has KSBs in the states %v alone", met)
	}
	if !slices.IsSortedFunc(x.Pieces, func(a, b handout.Piece) int { return b.On.Compare(a.On) }) {
		t.Error("the newest is not first")
	}
}

func indexText(p profile.Profile, o handout.Options) string {
	return string(export.Text(handout.IndexOf(source(p), o).Doc(), 100000))
}

// The index says what is without evidence, and what is too old by the learner's own limit.
func TestTheIndexSaysWhatIsMissing(t *testing.T) {
	p := lib.Demo(today)
	got := indexText(p, handout.Options{})
	for _, want := range []string{
		"Portfolio index: Asha Patel", "rated above 0 and without evidence: ", "shown only by evidence older than 12 months: ",
		"Evidence, newest first", "Duty 1: ", ": too old", "since this post gives no opportunity",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
	p.Settings.Stale = 120
	if got := indexText(p, handout.Options{}); strings.Contains(got, "shown only by") || !strings.Contains(got, "older than 120 months") {
		t.Error(got)
	}
	if got := indexText(profile.Profile{Standard: "ST0413"}, handout.Options{}); !strings.Contains(got, "0 pieces of evidence for 0 of the 72 KSBs") ||
		strings.Contains(got, "newest first") {
		t.Error(got)
	}
}

// An index holds no notes or levels, and a redacted one no typed words.
func TestTheIndexHoldsWhatItMay(t *testing.T) {
	p := lib.Demo(today)
	secret := safetext.New("zq secret")
	for _, round := range p.Rounds {
		for _, list := range round.Ratings {
			for id, x := range list {
				x.Note = secret
				list[id] = x
			}
		}
	}
	if got := indexText(p, handout.Options{Include: handout.Parts}); strings.Contains(got, "zq") {
		t.Error(got)
	}
	for i := range p.Evidence {
		e := &p.Evidence[i]
		e.ID, e.Title, e.Where, e.Witness = "zq-id", secret, secret, secret
	}
	x := handout.IndexOf(source(p), handout.Options{Redacted: true})
	if got := indexText(p, handout.Options{Redacted: true}); strings.Contains(got, "zq") || strings.Contains(got, "Asha") || !strings.Contains(got, "K7") {
		t.Error(got)
	}
	for _, piece := range x.Pieces {
		if piece.ID == "zq-id" || piece.Title+piece.Where+piece.Witness != "" {
			t.Errorf("%+v", piece)
		}
	}
}
