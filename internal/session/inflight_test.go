package session_test

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

func TestOneSaveAtATime(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	if _, ok := s.StartSave(); ok {
		t.Error("a save of nothing began")
	}
	do(t, s, rate("K7", 3))
	job := start(t, s)
	if !s.Saving() || !s.Dirty() {
		t.Error("not saving")
	}
	do(t, s, rate("K8", 2))
	if _, ok := s.StartSave(); ok {
		t.Error("a second save began")
	}
	r := job()
	if r.Err != nil || r.Rev != 1 || r.At.IsZero() {
		t.Errorf("%+v", r)
	}
	s.FinishSave(r)
	if s.Saving() || !s.Dirty() {
		t.Error("what came while saving is not dirty")
	}
	if got := decoded(t, d.read()); got.Ratings() != 2 {
		t.Errorf("%d ratings are saved", got.Ratings())
	}
	s.FinishSave(start(t, s)())
	if s.Dirty() {
		t.Error("still dirty")
	}
	holds(t, d.path, s)
}

// A save that has not begun when the program ends is done by SaveLeft; if it runs after all, it does nothing.
func TestSaveLeftTakesOver(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	do(t, s, rate("K7", 3))
	late := start(t, s)
	do(t, s, rate("K7", 4))
	if err := s.SaveLeft(); err != nil || s.Dirty() || s.Saving() {
		t.Fatalf("%v, dirty %v, saving %v", err, s.Dirty(), s.Saving())
	}
	before := d.look()
	r := late()
	if r.Err == nil {
		t.Error("the late one says that it saved")
	}
	s.FinishSave(r)
	d.untouched(before)
	if s.Dirty() || levelOf(t, s, "K7") != 4 {
		t.Error("the late one was taken in")
	}
	do(t, s, rate("K8", 1))
	save(t, s)
	holds(t, d.path, s)
}

// SaveLeft waits for a save that is running. Its result, which arrives in two ways, counts only once.
func TestSaveLeftWaits(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	g := newGate("profile.toml")
	d.o.Ops = g
	s := d.open()
	do(t, s, rate("K7", 3))
	job := start(t, s)
	answer := make(chan session.Saved, 1)
	go func() { answer <- job() }()
	<-g.reached // the new text is written and about to take its place
	do(t, s, rate("K7", 4))
	ended := make(chan error)
	go func() { ended <- s.SaveLeft() }()
	select {
	case err := <-ended:
		t.Fatalf("the end did not wait: %v", err)
	case <-g.reached:
		t.Fatal("two saves at once")
	default:
	}
	g.open <- struct{}{}
	<-g.reached
	g.open <- struct{}{}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if got := decoded(t, d.read()); got.Rounds[0].Ratings["self"]["K7"].Level != 4 {
		t.Errorf("an older state was written over a newer one:\n%s", d.read())
	}
	s.FinishSave(<-answer)
	if s.Dirty() || s.Saving() {
		t.Error("the first answer was taken in twice")
	}
	do(t, s, rate("K8", 2))
	g.open <- struct{}{}
	save(t, s)
	holds(t, d.path, s)
}

// Save waits too: it must not say that everything is saved while it is not.
func TestSaveSettlesFirst(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	do(t, s, rate("K7", 3))
	job := start(t, s)
	do(t, s, rate("K7", 4))
	save(t, s)
	if got := decoded(t, d.read()); got.Rounds[0].Ratings["self"]["K7"].Level != 4 {
		t.Errorf("%s", d.read())
	}
	s.FinishSave(job())
	holds(t, d.path, s)
}

// Reloading and saving elsewhere also wait for a save, or cancel it: it must not write anything later.
func TestReloadWaits(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	g := newGate("profile.toml")
	d.o.Ops = g
	s := d.open()
	do(t, s, rate("K7", 3))
	job := start(t, s)
	answer := make(chan session.Saved, 1)
	go func() { answer <- job() }()
	<-g.reached
	ended := make(chan error)
	go func() {
		lost, err := s.ReloadNow()
		if len(lost) > 0 {
			t.Errorf("lost %v", lost)
		}
		ended <- err
	}()
	g.open <- struct{}{}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	s.FinishSave(<-answer)
	if s.Dirty() || levelOf(t, s, "K7") != 3 {
		t.Errorf("dirty %v, level %d", s.Dirty(), levelOf(t, s, "K7"))
	}
	do(t, s, rate("K8", 2))
	g.open <- struct{}{}
	save(t, s)
	holds(t, d.path, s)
}

func TestSaveElsewhereTakesOver(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	do(t, s, rate("K7", 3))
	late := start(t, s)
	before := d.look()
	path, err := s.SaveBeside()
	if err != nil {
		t.Fatal(err)
	}
	s.FinishSave(late())
	d.untouched(before)
	do(t, s, rate("K8", 2))
	save(t, s)
	holds(t, path, s)
	d.untouched(before)
}

func TestUndoWhileSaving(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	do(t, s, rate("K7", 3))
	job := start(t, s)
	s.Undo()
	s.FinishSave(job())
	if !s.Dirty() || levelOf(t, s, "K7") != 1 {
		t.Errorf("dirty %v, level %d", s.Dirty(), levelOf(t, s, "K7"))
	}
	save(t, s)
	if d.read() != sample {
		t.Errorf("%s", d.read())
	}
}

// A result that is not of the save under way changes nothing.
func TestFinishSaveOfNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	do(t, s, rate("K7", 3))
	s.FinishSave(session.Saved{Rev: 1})
	if !s.Dirty() {
		t.Error("a made-up answer was taken in")
	}
	job := start(t, s)
	r := job()
	s.FinishSave(r)
	do(t, s, rate("K7", 4))
	s.FinishSave(r)
	if !s.Dirty() {
		t.Error("an answer was taken in twice")
	}
	save(t, s)
	holds(t, d.path, s)
}

// The screen can be used while a save runs; run with -race.
func TestTheScreenGoesOnWhileSaving(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	s := d.open()
	answers := make(chan session.Saved, 1)
	for i := range 40 {
		do(t, s, rate("K7", 1+s.Profile().Rounds[0].Ratings["self"]["K7"].Level%4))
		s.SetPosition(lib.Standard("ST0413").Walk()[i])
		s.SetDraft("note", d.path[:i%9])
		if job, ok := s.StartSave(); ok {
			go func() { answers <- job() }()
		}
		select {
		case r := <-answers:
			s.FinishSave(r)
		default:
		}
		_, _ = s.Profile().Newest("K7", "self")
		if i%7 == 0 {
			s.SaveState()
		}
	}
	if err := s.SaveLeft(); err != nil {
		t.Fatal(err)
	}
	s.SaveState()
	holds(t, d.path, s)
	position := s.Position()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got := d.open().Position(); got != position {
		t.Errorf("position %s, want %s", got, position)
	}
}

var _ store.Ops = (*gate)(nil)

// A save that panics has ended too: leaving the program tries once more and does not wait for ever.
func TestASaveThatBreaksOffIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sample)
	ops := &breaking{Ops: d.o.Ops}
	d.o.Ops = ops
	s := d.open()
	do(t, s, rate("K7", 3))
	ops.folder = filepath.Dir(d.path)
	job, ok := s.StartSave()
	if !ok {
		t.Fatal("no save was started")
	}
	func() {
		defer func() { _ = recover() }()
		job()
	}()
	if err := s.SaveLeft(); err != nil || s.Dirty() {
		t.Errorf("%v, dirty %v", err, s.Dirty())
	}
}

// breaking are operations that panic when a file is made in one folder.
type breaking struct {
	store.Ops
	folder string
}

func (b *breaking) Create(path string, perm fs.FileMode) (store.Handle, error) {
	if b.folder != "" && strings.HasPrefix(path, b.folder) {
		b.folder = ""
		panic("a fault")
	}
	return b.Ops.Create(path, perm)
}

// If a save panics after it has written the file, the next save is still right.
func TestASaveThatBreaksOffAfterWriting(t *testing.T) {
	t.Parallel()
	for _, undone := range []bool{false, true} {
		saveAfterBreakingOff(t, undone)
	}
}

func saveAfterBreakingOff(t *testing.T, undone bool) {
	t.Helper()
	d := newDesk(t, sample)
	ops := &breaking{Ops: d.o.Ops}
	d.o.Ops = ops
	s := d.open()
	do(t, s, rate("K7", 3))
	save(t, s)
	ops.folder = d.o.Places.State
	piece := profile.Evidence{ID: "e-new", KSBs: []string{"K7"}, On: today, Kind: profile.KindExample, Title: safetext.New("Seen")}
	do(t, s, profile.AddEvidence{Evidence: piece})
	job, _ := s.StartSave()
	func() {
		defer func() { _ = recover() }()
		job()
	}()
	if ops.folder != "" {
		t.Fatal("nothing broke off")
	}
	if undone {
		s.Undo()
	} else {
		do(t, s, rate("K7", 2))
	}
	if err := s.SaveLeft(); err != nil || s.Dirty() {
		t.Fatalf("%v, dirty %v", err, s.Dirty())
	}
	again := d.open()
	if got := again.Profile(); len(got.Evidence) != len(s.Profile().Evidence) || got.Ratings() != s.Profile().Ratings() {
		t.Errorf("on disk: %+v", got)
	}
}
