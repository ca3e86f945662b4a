package session_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

// A learner works on two computers for a year, with a sync program that makes a conflict copy of about every tenth
// save. What they said last of everything is in the record at the end, and they were asked fewer than 20 questions.
func TestAYearOnTwoComputersLosesNothing(t *testing.T) {
	t.Parallel()
	sessions := 1000
	if !testneed.Thorough() {
		sessions = 80
	}
	y := newYear(t, 14)
	for n := range sessions {
		y.session(n)
	}
	y.sync = true
	y.session(sessions)
	y.check(sessions)
}

// year is what happens in it.
type year struct {
	t         *testing.T
	r         *rand.Rand
	computers [2]*desk
	day       calendar.Date

	server string // the version that the sync program has
	last   int    // the computer that sent it
	known  [2]string
	sync   bool // the sync program works without conflicts from now on

	saves, copies, questions, based int
	said                            map[string]string // the learner's last word on everything
	made                            int
}

func newYear(t *testing.T, seed uint64) *year {
	y := &year{t: t, r: rand.New(rand.NewPCG(seed, 14)), said: map[string]string{}, day: calendar.Of(2025, 11, 22), last: -1}
	start, err := file.New(profile.Profile{Standard: library.Default, Learner: profile.Learner{Name: safetext.New("Asha"), ID: "l-7f3k9m2x"}})
	if err != nil {
		t.Fatal(err)
	}
	y.server = string(start)
	for i := range y.computers {
		y.computers[i] = newDesk(t, y.server)
		y.computers[i].o.Random = rand.NewChaCha8([32]byte{byte(seed), byte(i)})
		y.known[i] = y.server
	}
	return y
}

// session is one sitting: the copies that lie there are merged, some things are done, and the sync program does its
// part.
func (y *year) session(n int) {
	at := y.r.IntN(2)
	d := y.computers[at]
	y.day = calendar.Of(2025, 11, 22).AddDays(n * 365 / 1000)
	d.o.Today = y.day
	late := !y.sync && y.last != at && y.known[at] != y.server && y.copies*10 < y.saves
	if !late {
		d.write(y.server)
	}
	s, err := session.Open(d.o)
	if err != nil {
		y.t.Fatal(err)
	}
	y.merge(s)
	for range 1 + y.r.IntN(2) {
		y.act(s)
		if err := s.Save(); err != nil {
			y.t.Fatal(err)
		}
		y.saves++
	}
	if err := s.Close(); err != nil {
		y.t.Fatal(err)
	}
	if !late {
		y.server, y.last = d.read(), at
		y.known[at] = y.server
		return
	}
	y.copies++
	for _, one := range y.computers { // the copy goes to both
		path := filepath.Join(filepath.Dir(one.path), fmt.Sprintf("profile (conflicted copy %d).toml", y.copies))
		if err := os.WriteFile(path, []byte(d.read()), 0o600); err != nil {
			y.t.Fatal(err)
		}
	}
	d.write(y.server)
	y.known[at] = y.server
}

// merge takes in the copies next to the profile, and answers questions with what the learner said last.
func (y *year) merge(s *session.Session) {
	for _, c := range slices.Backward(store.ConflictCopies(store.OS(), s.Path())) {
		j, err := s.PrepareMerge(c.Path, "")
		if err != nil {
			y.t.Fatal(err)
		}
		if len(j.Bases) > 0 {
			y.based++
		}
		y.questions += len(j.Clashes)
		mine := map[string]bool{}
		for _, q := range j.Clashes { // the side whose taking leaves fewer of the last words untrue
			one := func(key string) bool { return mine[key] || key == q.Key }
			other := func(key string) bool { return mine[key] && key != q.Key }
			mine[q.Key] = len(y.untrue(j.With(one))) <= len(y.untrue(j.With(other)))
		}
		if err := s.TakeIn(j, func(key string) bool { return mine[key] }); err != nil {
			y.t.Fatal(err)
		}
		if err := s.Save(); err != nil {
			y.t.Fatal(err)
		}
		if moved, err := s.PutAway(j); err != nil || !moved {
			y.t.Fatalf("%v, moved %v", err, moved)
		}
		for _, one := range y.computers { // the sync program takes it off the other one
			_ = os.Remove(filepath.Join(filepath.Dir(one.path), filepath.Base(c.Path)))
		}
	}
}

// act does one thing, as a learner would: most are ratings.
func (y *year) act(s *session.Session) {
	p := s.Profile()
	do := func(what, says string, c profile.Change) {
		if err := s.Do(c); err != nil {
			y.t.Fatalf("%s: %v", c.Label(), err)
		}
		y.said[what] = says
	}
	y.made++
	words := safetext.New(fmt.Sprintf("in words %d", y.made))
	switch kind := y.r.IntN(20); {
	case kind < 8:
		ksb, l := s.Standard().Walk()[y.r.IntN(72)], level.Level(y.r.IntN(5))
		do("rating "+ksb, l.InWords(), profile.Rate{KSB: ksb, By: profile.Self, Level: l, On: y.day})
	case kind < 14 || len(p.Goals) == 0:
		id := s.NewID("e")
		do("evidence "+id, words.Raw(), profile.AddEvidence{Evidence: profile.Evidence{ID: id, KSBs: []string{"K7"}, On: y.day, Kind: profile.KindExample, Title: words}})
		if len(p.Goals) < 4 {
			id := s.NewID("g")
			do("goal "+id, words.Raw(), profile.AddGoal{Goal: profile.Goal{ID: id, KSBs: []string{"K7"}, Text: words, Set: y.day}})
		}
	case kind == 14:
		g := p.Goals[y.r.IntN(len(p.Goals))]
		do("goal "+g.ID, words.Raw(), profile.EditGoal{ID: g.ID, Text: &words})
	case kind < 18:
		g, id := p.Goals[y.r.IntN(len(p.Goals))], s.NewID("a")
		do("action "+id, string(profile.ActionOpen), profile.AddAction{Goal: g.ID, Action: profile.Action{ID: id, Sort: profile.Study, Text: words}})
	default:
		var open []string
		for _, g := range p.Goals {
			for _, a := range g.Actions {
				if a.Status == profile.ActionOpen {
					open = append(open, a.ID)
				}
			}
		}
		if len(open) > 0 {
			id := open[y.r.IntN(len(open))]
			do("action "+id, string(profile.ActionDone), profile.SetActionStatus{ID: id, Status: profile.ActionDone, On: y.day, Note: words})
		}
	}
}

// untrue are the learner's last words that are not in a record.
func (y *year) untrue(p profile.Profile) []string {
	is := map[string]string{}
	if r, ok := p.Open(); ok {
		for ksb, x := range r.Ratings[profile.Self] {
			is["rating "+ksb] = x.Level.InWords()
		}
	}
	for _, e := range p.Evidence {
		is["evidence "+e.ID] = e.Title.Raw()
	}
	for _, g := range p.Goals {
		is["goal "+g.ID] = g.Text.Raw()
		for _, a := range g.Actions {
			is["action "+a.ID] = string(a.Status)
		}
	}
	var out []string
	for what, says := range y.said {
		if is[what] != says {
			out = append(out, fmt.Sprintf("%s: %q, and the learner last said %q", what, is[what], says))
		}
	}
	slices.Sort(out)
	return out
}

func (y *year) check(sessions int) {
	y.t.Helper()
	f, err := file.Decode([]byte(y.server), lib.Standard)
	if err != nil {
		y.t.Fatal(err)
	}
	for _, x := range y.untrue(f.Profile) {
		y.t.Error(x)
	}
	y.t.Logf("%d sessions, %d saves, %d copies, %d of them with a base, %d questions", sessions, y.saves, y.copies, y.based, y.questions)
	if y.questions >= 20 {
		y.t.Errorf("%d questions", y.questions)
	}
	if y.copies < y.saves/12 {
		y.t.Errorf("only %d copies in %d saves", y.copies, y.saves)
	}
}
