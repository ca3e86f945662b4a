package tui

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// From every screen one key leads to the form for evidence, with what the learner was looking at filled in, and back to
// the same place.
func TestEvidenceFromAnywhere(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		keys []string
		ksbs string
	}{
		"home": {nil, ""}, "rate": {[]string{"enter"}, "K23"}, "rate, claim": {[]string{"enter", "3"}, "K23"}, "gaps": {[]string{"g", "down"}, "K26"}, "gaps, map": {[]string{"g", "m"}, ""},
		"ksb": {[]string{"g", "c"}, "K8"}, "plan": {[]string{"p"}, "K8"}, "plan, goal": {[]string{"p", "down", "down", "enter"}, "S15, B2"},
		"evidence": {[]string{"e"}, ""}, "evidence, too old": {[]string{"e", "o"}, "K23, S23"}, "evidence, for many": {[]string{"e", "m"}, "S15, K15, K16, S16"},
		"progress": {[]string{"t"}, ""}, "progress, duty": {[]string{"t", "enter"}, "K1"},
		"appraisal": {[]string{"a", "down", "down", "down", "down", "down"}, "K8"}, "appraisal, question": {[]string{"a", "r", "enter", "down"}, "K18"}, "reveal": {[]string{"b", "v", "down", "enter"}, "K8"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, demoProfile(), 80, 24)
			r.keys(x.keys...)
			here, before, pieces := r.a.current(), r.screen(), len(r.onDisk().Evidence)
			r.keys("E", "down", "enter")
			r.sees("New evidence: ")
			r.text("Typed and left")
			r.keys("esc")
			r.sees("What you typed is kept")
			r.keys("E", "down", "enter")
			r.sees("Your unsent text from last time is back", "Typed and left")
			r.keys("enter", "enter")
			if x.ksbs == "" {
				r.text("K7")
			}
			r.keys("enter", "enter", "enter")
			p := r.onDisk()
			if len(p.Evidence) != pieces+1 {
				t.Fatalf("%d pieces, there were %d\n%s", len(p.Evidence), pieces, r.screen())
			}
			want := x.ksbs
			if want == "" {
				want = "K7"
			}
			e := p.Evidence[pieces]
			if got := strings.Join(e.KSBs, ", "); got != want || e.Title.Raw() != "Typed and left" {
				t.Errorf("%q for %s, want %s", e.Title.Raw(), got, want)
			}
			r.sees("Kept for ")
			r.keys("u", "M", "M") // undone; a key that changes nothing takes the message away
			if r.a.current() != here {
				t.Fatalf("back on %s, it was %s", r.a.current(), here)
			}
			if head := strings.Split(before, "\n")[1:20]; name != "rate, claim" && !strings.Contains(r.screen(), strings.Join(head, "\n")) {
				t.Errorf("it was\n%s\nand came back to\n%s", before, r.screen())
			}
		})
	}
}

func TestEvidenceWaitsWhereItMust(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil, 80, 24)
	r.keys("E")
	r.sees("Your name", "E")
	if r.a.front == nil || !r.a.welcome {
		t.Error("the first form has gone")
	}

	r = newRig(t, demoProfile(), 80, 24)
	r.keys("b", "E")
	r.sees("Evidence is the learner's own, so adding it waits until you look together.")
	if _, ok := r.a.front.(*dialog.Notice); !ok {
		t.Error("nothing takes what is typed, or more than a notice opened in the blind rating")
	}

	o := sessionOptions(t, filepath.Join(t.TempDir(), "p.toml"))
	first, err := session.Create(o, *demoProfile())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.Close() }()
	second, err := session.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	opts := options(o)
	opts.Session = second
	r = start(t, opts, o.Path, 80, 24)
	r.keys("g", "E")
	r.sees("already open in another window")
	if _, ok := r.a.front.(*dialog.Notice); !ok {
		t.Errorf("read only, and yet:\n%s", r.screen())
	}
}

// What is being typed is on disk at the end of each word, so that it survives if the program is killed. Once it was
// sent, it is gone.
func TestTypedWordsOutliveAKill(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	onDisk := func() string {
		var st struct {
			Drafts map[string]string `json:"drafts"`
		}
		b, err := os.ReadFile(r.a.s.Places().StateFile(r.file, "state.json"))
		if err == nil {
			err = json.Unmarshal(b, &st)
		}
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		out := ""
		for _, text := range st.Drafts {
			out += text
		}
		return out
	}
	r.keys("a", "r", "enter", "enter")
	r.text("two lists alo")
	if got := onDisk(); got != "two lists " {
		t.Errorf("after two words and a half: %q", got)
	}
	r.send(tea.PasteMsg{Content: "ne"})
	if got := onDisk(); got != "two lists alone" {
		t.Errorf("after a paste: %q", got)
	}
	if _, cmd := r.a.Update(r.later(press("left"))); cmd != nil {
		t.Error("a key that types nothing writes")
	}
	r.keys("enter")
	if got := onDisk(); got != "" {
		t.Errorf("sent, and yet kept: %q", got)
	}
}

// Every screen but Home says what the learner is looking at.
func TestScreensSayWhatIsInHand(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	for name, s := range r.a.screens {
		if _, ok := s.(ui.Holder); !ok && name != ui.Home {
			t.Errorf("%s does not say what is in hand", name)
		}
	}
}

// The page that prepares a review also names files that are gone.
func TestPreparingNamesFilesThatAreGone(t *testing.T) {
	t.Parallel()
	p := demoProfile()
	p.Evidence = slices.Clone(p.Evidence)
	p.Evidence[0].Where = safetext.New(filepath.Join(t.TempDir(), "gone.pdf"))
	r := newRig(t, p, 120, 90)
	r.keys("a")
	r.sees("File not found", p.Evidence[0].Title.Line())
}
