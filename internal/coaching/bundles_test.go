package coaching_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
)

const growing = `
link = [{ ksbs = ["K7", "S7"], why = "The one is the other at work." }]
[[bundle]]
id = "device"
[[bundle.serves]]
ksb = "K7"
from = 2
to = 3
[[bundle.serves]]
ksb = "S7"
from = 1
to = 2
proof = "Level 1: you say it. Level 2: you show it, at once."
[[bundle.step]]
minutes = 45
[[bundle.step]]
minutes = 30
[[bundle.differs]]
fields = ["audiology"]
text = "Take an audiometer."
`

func TestGrowth(t *testing.T) {
	g, err := coaching.DecodeGrowth(growing)
	if err != nil {
		t.Fatal(err)
	}
	if !g.Linked("K7", "S7") || !g.Linked("S7", "K7") || g.Linked("K7", "K8") {
		t.Error("a link must hold both ways, and between its own two KSBs only")
	}
	b, ok := g.Bundle("device")
	if _, other := g.Bundle("x"); !ok || other {
		t.Fatal("Bundle must find a bundle by its ID, and nothing by another")
	}
	if k7 := b.Serves[0]; k7.Helps(1) || !k7.Helps(2) || k7.Helps(3) {
		t.Errorf("a bundle from 2 to 3 must help at 2 only: %+v", k7)
	}
	for l, want := range map[level.Level]string{1: "You say it.", 2: "You show it, at once.", 3: b.Serves[1].Proof} {
		if got := b.Serves[1].ProofAt(l); got != want {
			t.Errorf("for level %s %q, want %q", l, got, want)
		}
	}
	if b.From() != 1 || b.Minutes() != 75 {
		t.Errorf("from %s, %d minutes", b.From(), b.Minutes())
	}
	if b.In("audiology") != "Take an audiometer." || b.In("vascular") != "" {
		t.Errorf("in audiology %q, in vascular %q", b.In("audiology"), b.In("vascular"))
	}
	if _, err := coaching.DecodeGrowth("[[bundle]]\nidd = \"x\"\n"); err == nil {
		t.Error("a misspelt key was taken")
	}
}
