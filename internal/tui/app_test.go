package tui

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/testneed"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/uitest"
)

var now = time.Date(2026, 11, 22, 14, 2, 0, 0, time.UTC)

// counting is a source of "random" bytes that are the same in every run.
type counting struct{ n byte }

func (c *counting) Read(b []byte) (int, error) {
	for i := range b {
		c.n += 7
		b[i] = c.n
	}
	return len(b), nil
}

// A rig is the whole program without a terminal: keys go in, commands run at once, frames come out.
type rig struct {
	tb      testing.TB
	a       *app
	file    string
	quit    bool
	elapsed time.Duration // on the clock of the program; each key takes keyEvery
}

// keyEvery is the time between the keys that a test presses: as fast as somebody who knows the program.
const keyEvery = 150 * time.Millisecond

func sessionOptions(tb testing.TB, file string) session.Options {
	tb.Helper()
	dir := filepath.Dir(file)
	return session.Options{
		Path: file, Places: store.Places{Profile: file, State: filepath.Join(dir, "state"), Config: filepath.Join(dir, "config")},
		Ops: quick{store.OS()}, Library: uitest.Library, Now: func() time.Time { return now }, Today: uitest.Today, Random: &counting{},
	}
}

// quick does not sync files to the disk: no test here is about power cuts, and on a slow disk that would take long.
type quick struct{ store.Ops }

func (quick) SyncDir(string) error { return nil }

func (u quick) Create(path string, perm fs.FileMode) (store.Handle, error) {
	h, err := u.Ops.Create(path, perm)
	return quickFile{h}, err
}

type quickFile struct{ store.Handle }

func (quickFile) Sync() error { return nil }

func options(o session.Options) Options {
	return Options{
		Library: o.Library, Today: uitest.Today, Now: o.Now, Getenv: bare, File: o.Path,
		Create: func(l profile.Learner) (*session.Session, error) {
			return session.Create(o, profile.Profile{Standard: library.Default, Learner: l})
		},
	}
}

// bare is an environment without variables. Only GOGC is set, since testneed decides on that in tests.
func bare(name string) string {
	if name == "GOGC" {
		return "400"
	}
	return ""
}

// newRig starts the program on a profile, or without one (nil) as on the first run.
func newRig(tb testing.TB, p *profile.Profile, cols, rows int) *rig {
	tb.Helper()
	o := sessionOptions(tb, filepath.Join(tb.TempDir(), "profile.toml"))
	if p == nil {
		return start(tb, options(o), o.Path, cols, rows)
	}
	t := options(o)
	t.Session = sessionOf(tb, o, *p)
	return start(tb, t, o.Path, cols, rows)
}

func start(tb testing.TB, o Options, file string, cols, rows int) *rig {
	tb.Helper()
	r := &rig{tb: tb, file: file}
	clock := o.Now
	o.Now = func() time.Time { return clock().Add(r.elapsed) }
	r.a = newApp(o)
	tb.Cleanup(func() {
		if r.a.s != nil {
			_ = r.a.s.Close()
		}
	})
	r.send(tea.WindowSizeMsg{Width: cols, Height: rows})
	return r
}

func demoProfile() *profile.Profile {
	p := uitest.Library.Demo(uitest.Today)
	return &p
}

// send sends a message to the program, and runs the commands that it returns until there are no more.
func (r *rig) send(msg tea.Msg) {
	r.tb.Helper()
	_, cmd := r.a.Update(msg)
	r.run(cmd)
}

func (r *rig) run(cmd tea.Cmd) {
	r.tb.Helper()
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case tea.QuitMsg:
		r.quit = true
	case tea.BatchMsg:
		for _, c := range msg {
			r.run(c)
		}
	case tea.SuspendMsg, nil:
	default:
		r.send(msg)
	}
}

// toK21 are the keys from Home to the first KSB that the demo learner has never rated.
var toK21 = []string{"down", "down", "down", "down", "down", "enter"}

// keys presses keys by their names.
func (r *rig) keys(names ...string) {
	r.tb.Helper()
	for _, n := range names {
		r.send(r.later(press(n)))
	}
}

// text types a text, key by key.
func (r *rig) text(s string) {
	r.tb.Helper()
	for _, c := range s {
		r.send(r.later(tea.KeyPressMsg{Code: c, Text: string(c)}))
	}
}

// later advances the clock by the time that hands take for a key, and returns the key.
func (r *rig) later(msg tea.KeyPressMsg) tea.KeyPressMsg {
	r.elapsed += keyEvery
	return msg
}

var named = map[string]tea.KeyPressMsg{
	"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab}, "up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown},
	"left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight}, "ctrl+c": {Code: 'c', Mod: tea.ModCtrl}, "ctrl+s": {Code: 's', Mod: tea.ModCtrl},
	"ctrl+z": {Code: 'z', Mod: tea.ModCtrl}, "pgdown": {Code: tea.KeyPgDown}, "pgup": {Code: tea.KeyPgUp}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd},
	"backspace": {Code: tea.KeyBackspace}, "shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift},
}

func press(name string) tea.KeyPressMsg {
	if k, ok := named[name]; ok {
		return k
	}
	c, _ := utf8.DecodeRuneInString(name)
	return tea.KeyPressMsg{Code: c, Text: name}
}

// screen is the frame as plain text.
func (r *rig) screen() string { return ansi.Strip(r.a.View().Content) }

func (r *rig) sees(want ...string) {
	r.tb.Helper()
	flat := strings.Join(strings.Fields(r.screen()), " ")
	for _, w := range want {
		whole := func(s string) string { return s }
		if strings.Contains(w, filepath.Dir(r.file)) { // a long path goes on in the next line
			whole = testneed.Unspaced
		}
		if !strings.Contains(whole(flat), whole(w)) {
			r.tb.Fatalf("the screen does not say %q:\n%s", w, r.screen())
		}
	}
}

// onDisk reads the profile from its file.
func (r *rig) onDisk() profile.Profile {
	r.tb.Helper()
	b, err := os.ReadFile(r.file)
	if err != nil {
		r.tb.Fatal(err)
	}
	f, err := file.Decode(b, library.New().Standard)
	if err != nil {
		r.tb.Fatal(err)
	}
	return f.Profile
}

func TestFirstRunGoesStraightIntoDuty1(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil, 80, 24)
	r.sees("Welcome to ksbcoach", "Your name")
	r.keys("enter")
	r.sees(`"Your name" needs an answer`)
	r.text("Sam Okoro")
	r.keys("enter", "enter")
	r.text("31/02/2026")
	r.keys("enter")
	r.sees("there is no 31 February in 2026")
	for range 10 {
		r.keys("backspace")
	}
	r.text("2025-09-22")
	r.keys("enter", "enter", "enter")
	r.sees("Duty 1 of 10", "K1", "0 Not yet", "expected by now 2")
	if p := r.onDisk(); p.Learner.Name.Raw() != "Sam Okoro" || p.Learner.Start.String() != "2025-09-22" {
		t.Errorf("on disk: %+v", p.Learner)
	}
}

func TestLeavingTheFirstFormMakesNothing(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"esc", "ctrl+c"} {
		r := newRig(t, nil, 80, 24)
		r.keys(key)
		if _, err := os.Stat(r.file); !r.quit || err == nil {
			t.Errorf("%s: quit %v, file made %v", key, r.quit, err == nil)
		}
	}
}

// Rating all duties takes one key for each KSB and at most one Enter for each duty; no question swallows a digit.
func TestWalkingAllDutiesByKeysAlone(t *testing.T) {
	t.Parallel()
	for name, enters := range map[string]bool{"digits only": false, "enter between duties": true} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, &profile.Profile{Standard: library.Default, Learner: profile.Learner{Name: text("Sam")}}, 80, 24)
			r.keys("enter")
			between := 0
			for i := range 72 {
				if enters && strings.Contains(r.screen(), "Next: Duty") {
					r.keys("enter")
					between++
				}
				r.keys(fmt.Sprint(i % 5))
			}
			p := r.onDisk()
			if p.Ratings() != 72 {
				t.Fatalf("%d ratings on disk", p.Ratings())
			}
			if enters && between != 9 {
				t.Errorf("%d pages between 10 duties", between)
			}
			walk := library.New().Standard(library.Default).Walk()
			for i, id := range walk {
				if got := int(p.Rounds[0].Ratings[profile.Self][id].Level); got != i%5 {
					t.Errorf("%s has level %d, key %d was pressed for it", id, got, i%5)
				}
			}
			r.sees("Everything is rated")
			r.keys("enter")
			if r.a.current() != "gaps" {
				t.Errorf("enter after the walk leads to %s", r.a.current())
			}
		})
	}
}

func TestDigitsInAPasteNeverRate(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("enter")
	before := r.onDisk().Ratings()
	r.send(tea.PasteMsg{Content: "0123 3 4"})
	if got := r.onDisk().Ratings(); got != before {
		t.Errorf("%d ratings, %d before the paste", got, before)
	}
}

func TestUndoGoesBackToTheKSB(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys(toK21...)
	r.sees("[K21 .]")
	before := r.onDisk().Ratings()
	r.keys("2", "3")
	r.keys("u")
	r.sees("Undone: rating of K22", "[K22 .]")
	r.keys("u", "u")
	r.sees("nothing to undo")
	if got := r.onDisk().Ratings(); got != before {
		t.Errorf("%d ratings on disk, want %d", got, before)
	}
}

func TestAClaimAsksQuietlyForAnExample(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys(append(toK21, "3")...)
	r.sees("[K22 .]", "One dated example would support it: e")
	r.keys("e")
	r.sees("An example for K21")
	r.text("Escalated a lead fault at 17:50")
	r.keys("ctrl+s")
	r.sees("Example kept for K21", "[K22 .]")
	p := r.onDisk()
	if e := p.Evidence[len(p.Evidence)-1]; e.Title.Raw() != "Escalated a lead fault at 17:50" || e.KSBs[0] != "K21" || e.Duty != 5 || e.On != uitest.Today {
		t.Errorf("on disk: %+v", e)
	}
}

func TestTypedTextSurvivesEscAndCtrlC(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("enter", "e")
	r.text("half a thou")
	r.keys("esc")
	r.sees("What you typed is kept")
	r.keys("e")
	r.sees("half a thou", "unsent text")
	r.text("ght")
	r.keys("ctrl+c")
	if !r.quit {
		t.Fatal("ctrl+c did not leave")
	}
	if err := r.a.finish(); err != nil {
		t.Fatal(err)
	}
	_ = r.a.s.Close()
	o := sessionOptions(t, r.file)
	s, err := session.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	again := options(o)
	again.Session = s
	r = start(t, again, o.Path, 80, 24)
	r.keys("enter", "e")
	r.sees("half a thought")
}

func TestContinueGoesToTheSameKSB(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.keys("enter", "2", "s")
	at := r.a.s.Position()
	r.keys("esc")
	if err := r.a.finish(); err != nil {
		t.Fatal(err)
	}
	_ = r.a.s.Close()
	o := sessionOptions(t, r.file)
	s, err := session.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	if again := options(o); s.Position() != at || at == "" {
		t.Errorf("position %q, was %q", s.Position(), at)
	} else {
		again.Session = s
		r = start(t, again, o.Path, 80, 24)
		r.sees(at + " next, 24 left")
		r.keys("enter")
		r.sees("["+at+" ", "24 due in review 2")
	}
}

func TestAFileChangedElsewhereIsNeverOverwritten(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	other := r.ratedElsewhere("Asha Patel", "Asha P")
	r.keys(append(toK21, "2")...)
	if r.textOf(r.file) != other {
		t.Fatal("the change made elsewhere is gone")
	}
	r.sees("changed elsewhere", "Take the file as it is now")
	r.keys("end", "enter")
	r.sees("Not saved yet")
	r.keys("right") // moving about asks nothing
	if r.a.front != nil {
		t.Fatal("asked again without a new change")
	}
	r.keys("3")
	r.sees("Take the file as it is now")
	r.keys("enter", "enter")
	p := r.onDisk()
	if x, _ := p.Newest("K21", profile.Self); x.Level != 2 || p.Learner.Name.Raw() != "Asha P" {
		t.Errorf("after taking both: K21 is at %d, name %q", x.Level, p.Learner.Name.Raw())
	}
}

// A form that is refused after a failed save stays open with what was typed; the question about the file waits.
func TestARefusedFormStaysOpenDuringAConflict(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	r.ratedElsewhere()
	r.keys(toK21...)
	_, save := r.a.Update(r.later(press("2")))
	r.keys("esc", "d")
	r.run(save) // fails while the form is open
	r.text(strings.Repeat("x", profile.MaxName))
	r.keys("ctrl+s")
	if _, ok := r.a.front.(*dialog.Form); !ok || !r.a.trouble {
		t.Fatalf("the form is gone:\n%s", r.screen())
	}
	r.keys("esc", "d")
	r.sees("is back", "xxxxx")
	r.keys("esc", "enter", "1")
	r.sees("Take the file as it is now")
}

// A form that is longer than the window never begins with a text whose label has scrolled away.
func TestAScrolledFormShowsTheLabelOfEachText(t *testing.T) {
	t.Parallel()
	for rows := 12; rows <= 30; rows++ {
		r := newRig(t, nil, 80, rows)
		r.text("Sam Okoro")
		r.keys("enter")
		r.text("Audiology")
		for range 4 {
			if s := r.screen(); strings.Contains(s, "  Sam Okoro") && !strings.Contains(s, "Your name") || strings.Contains(s, "  Audiology") && !strings.Contains(s, "Role or specialism") {
				t.Fatalf("%d rows:\n%s", rows, s)
			}
			r.keys("tab")
		}
	}
}

// What is typed into the first form is not saved yet, so leaving it asks once more.
func TestLeavingTheFirstFormAsksOnceMore(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil, 80, 24)
	r.text("Sam")
	r.keys("ctrl+c")
	r.sees("Nothing is kept yet. esc or ctrl+c again leaves")
	if r.quit {
		t.Fatal("it left")
	}
	r.text("my")
	r.keys("ctrl+c")
	r.sees("Nothing is kept yet")
	r.keys("esc")
	if !r.quit {
		t.Error("it did not leave")
	}
	if r = newRig(t, nil, 80, 24); !r.quit {
		r.keys("ctrl+c")
	}
	if !r.quit {
		t.Error("a form in which nothing is typed asks")
	}
}

func TestSavingBesideKeepsBoth(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	other := r.ratedElsewhere("Asha Patel", "Asha P")
	r.keys(append(toK21, "2", "2", "2")...) // digits choose nothing in this menu: they were meant to rate
	r.sees("Save mine as a new file")
	r.keys("down", "enter")
	if r.textOf(r.file) != other {
		t.Error("the file elsewhere was touched")
	}
	r.file = r.a.s.Path()
	p := r.onDisk()
	if _, ok := p.Newest("K21", profile.Self); !ok || p.Learner.Name.Raw() != "Asha Patel" || !strings.Contains(r.file, "-mine-") {
		t.Errorf("%s: K21 rated %v, name %q", r.file, ok, p.Learner.Name.Raw())
	}
}

func TestNothingChangedNothingWritten(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	before, _ := os.Stat(r.file)
	r.keys("enter", "right", "down", "up", "esc", "g", "down", "esc", "p", "down", "esc", "?", "esc", "/", "esc", "q")
	after, _ := os.Stat(r.file)
	if !r.quit || !os.SameFile(before, after) || before.ModTime() != after.ModTime() {
		t.Errorf("quit %v, same file %v", r.quit, os.SameFile(before, after))
	}
}

func TestASecondProgramIsReadOnlyAndSaysSo(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	o := sessionOptions(t, r.file)
	s, err := session.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	second := options(o)
	second.Session = s
	r2 := start(t, second, o.Path, 80, 24)
	r2.sees("read only", "already open in another window", "You can look at everything")
	r2.keys("enter", "2")
	r2.sees("already open in another window")
	r2.keys("esc", "q")
	if !r2.quit {
		t.Error("q did not leave")
	}
}

func TestAFailedSaveIsShownAndNotForgotten(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 80, 24)
	b, _ := os.ReadFile(r.file)
	if err := os.Chmod(r.file, 0o400); err != nil {
		t.Fatal(err)
	}
	r.keys(append(toK21, "2")...)
	r.sees("not saved", "read-only")
	r.keys("ctrl+c")
	if r.quit {
		t.Fatal("left without saying that nothing was saved")
	}
	r.sees("The last changes are not saved", "Try again", "Save mine under another name")
	r.keys("esc")
	if got, _ := os.ReadFile(r.file); !bytes.Equal(got, b) {
		t.Error("a read-only file was written")
	}
	if err := os.Chmod(r.file, 0o600); err != nil {
		t.Fatal(err)
	}
	r.keys("2")
	if got := r.onDisk(); got.Ratings() < 2 {
		t.Error("the next save did not bring both")
	}
	if _, ok := r.onDisk().Newest("K21", profile.Self); !ok {
		t.Error("the rating whose save failed is lost")
	}
}

// A day can be typed as people write one, and what is understood is shown beside the label before Enter.
func TestADayIsTypedAsPeopleWriteIt(t *testing.T) {
	t.Parallel()
	r := newRig(t, demoProfile(), 60, 20)
	r.keys("e", "a", "enter")
	r.text("Probe log")
	r.keys("enter")
	r.sees("When was it?", "= Sun 22 Nov 2026")
	empty := func() {
		for range 10 {
			r.keys("backspace")
		}
	}
	empty()
	r.text("soon")
	r.keys("enter")
	r.sees(`"soon" is not a date: write it as 22 Nov 2026`)
	empty()
	r.text("3/12/26")
	r.keys("enter")
	r.sees("= Thu 3 Dec 2026", "3 Dec 2026 is still to come")
	empty()
	r.text("Oct 2026")
	r.sees("= Thu 1 Oct 2026, its first day")
	r.keys("enter")
	r.text("K7")
	r.keys("enter")
	r.text("today")
	r.keys("ctrl+s")
	all := r.onDisk().Evidence
	if e := all[len(all)-1]; e.On.String() != "2026-10-01" || e.Where.Raw() != "today" {
		t.Errorf("%+v", e)
	}
}

// The form asks once about a next review in the past, and accepts it when Enter is pressed again.
func TestANextReviewThatIsPastIsAskedAbout(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil, 80, 24)
	r.text("Sam")
	r.keys("enter", "enter", "enter", "enter")
	r.text("3 Nov 2026")
	r.keys("enter")
	r.sees("3 Nov 2026 is past: is that the last review, or is the next one overdue?")
	r.keys("enter")
	r.sees("Duty 1 of 10")
}
