package lines

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/testneed"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

var (
	today = calendar.Of(2026, 11, 22)
	lib   = library.New()
)

// A room is a folder with a profile, and a way to answer the questions about it.
type room struct {
	testing.TB
	dir      string
	terminal bool
}

func newRoom(tb testing.TB, p profile.Profile) *room {
	tb.Helper()
	r := &room{TB: tb, dir: tb.TempDir()}
	s, err := session.Create(r.session(), p)
	if err != nil {
		tb.Fatal(err)
	}
	_ = s.Close()
	return r
}

func (r *room) session() session.Options {
	return session.Options{
		Path: filepath.Join(r.dir, "profile.toml"), Places: store.PlacesBeside(filepath.Join(r.dir, "profile.toml")),
		Home: r.dir,
		Ops:  store.OS(), Library: lib, Today: today, Random: bytes.NewReader(bytes.Repeat([]byte("kljahgfieuw82730"), 999)),
		Now: func() time.Time { return time.Date(2026, 11, 22, 14, 2, 0, 0, time.UTC) },
	}
}

func (r *room) options(in io.Reader, out io.Writer) Options {
	o := r.session()
	return Options{
		File: o.Path, Library: lib, Day: o.Day, In: in, Out: out, Width: 80, Terminal: r.terminal, Now: time.Now,
		Open: func() (*session.Session, error) { return session.Open(o) },
	}
}

// talk runs the program on some answers, and gives what it said, on one line so that line breaks do not matter.
func (r *room) talk(answers ...string) string {
	r.Helper()
	var out bytes.Buffer
	if err := Run(r.options(strings.NewReader(strings.Join(answers, "\n")+"\n"), &out)); err != nil {
		r.Fatalf("%v\n%s", err, out.String())
	}
	for _, c := range out.String() {
		if c != '\n' && safetext.Forbidden(c) || c >= 0x2500 && c <= 0x259f {
			r.Errorf("%q is written:\n%s", c, out.String())
			break
		}
	}
	return flat(out.String())
}

func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

func (r *room) profile() profile.Profile {
	r.Helper()
	o := r.session()
	o.Reading = true
	s, err := session.Open(o)
	if err != nil {
		r.Fatal(err)
	}
	return s.Profile()
}

func (r *room) says(got string, want ...string) {
	r.Helper()
	for _, w := range want {
		whole := func(s string) string { return s }
		if strings.Contains(w, r.dir) { // a path that is longer than a line is broken
			whole = testneed.Unspaced
		}
		if !strings.Contains(whole(got), whole(w)) {
			r.Errorf("%q is not said in:\n%s", w, got)
		}
	}
}

func (r *room) level(ksb string, want level.Level) {
	r.Helper()
	if x, ok := r.profile().Newest(ksb, profile.Self); !ok || x.Level != want {
		r.Errorf("%s is %v, %v; want %v", ksb, x.Level, ok, want)
	}
}

func beginner() profile.Profile {
	return profile.Profile{
		Standard: library.Default,
		Learner: profile.Learner{
			Name: safetext.New("Sam Reed"), Role: safetext.New("Audiology"), Start: calendar.Of(2026, 9, 14), ID: "l-sam",
		},
	}
}

func TestAnAnswerRatesAndIsSaved(t *testing.T) {
	t.Parallel()
	r := newRoom(t, beginner())
	said := r.talk("1", "2", "3 3 3", "", "9", "n", "quit")
	r.level("K1", 2)
	r.level("K2", level.NoOpportunity)
	if n := r.profile().Ratings(); n != 2 {
		t.Errorf("%d ratings were made by two answers", n)
	}
	r.says(said, "Level 2, Supported: explain the basics with prompts.", "K1 is 2, Supported. Saved.",
		`"3 3 3" is not a level. One line rates one statement.`, "K2 is no opportunity. Saved.",
		"Next: Continue rating at Duty 1, K3")
}

func TestBackSkipAndUndoGoWhereTheySay(t *testing.T) {
	t.Parallel()
	r := newRoom(t, beginner())
	said := r.talk("1", "2", "skip", "1", "back", "back", "2", "undo", "1", "menu", "quit")
	r.level("K2", 1) // K1, K2 skipped, K3, back to K2, taken back and rated again
	r.level("K3", 1)
	r.says(said, "K2 is left for now.", "Taken back: rating of K2. Saved.")
	if strings.Count(said, "K2: Equality") != 3 {
		t.Errorf("K2 is to be read out when it comes, after back and after undo:\n%s", said)
	}
}

func TestAnExampleAndANoteAreForTheLastRating(t *testing.T) {
	t.Parallel()
	r := newRoom(t, beginner())
	said := r.talk("1", "3", "example", "showed a colleague the form", "yesterday",
		"note", "find out who signs it", "quit")
	p := r.profile()
	if list := p.EvidenceFor("K1"); len(list) != 1 || list[0].On != today.AddDays(-1) {
		t.Errorf("evidence: %v", list)
	}
	if x, _ := p.Newest("K1", profile.Self); x.Note.Line() != "find out who signs it" {
		t.Errorf("note: %q", x.Note.Line())
	}
	r.says(said, "That is Sat 21 Nov 2026.", "Example kept for K1. Saved.", "Note kept with K1. Saved.")
}

// start runs the program for a test that types answers one by one and waits for what is said to each.
func (r *room) start() (answers *io.PipeWriter, out *syncBuffer, done chan error) {
	in, answers := io.Pipe()
	out, done = &syncBuffer{}, make(chan error)
	go func() { done <- Run(r.options(in, out)) }()
	return answers, out, done
}

func TestAPasteAnswersNoQuestionThatWasNotHeard(t *testing.T) {
	t.Parallel()
	r := newRoom(t, beginner())
	r.terminal = true
	answers, out, done := r.start()
	types := func(s string) {
		time.Sleep(5 * tooSoon) // long enough on a machine that is busy with other tests
		_, _ = io.WriteString(answers, s)
	}
	out.await(t, "quit, or ?: ")
	types("1\n")
	out.await(t, "K1: 0 to 4")
	types("2\n3\n3\n\n3\n") // a paste, or a key that is held down
	out.await(t, "ignored")
	types("1\n")
	out.await(t, "K2 is 1, Aware")
	types("note\n")
	out.await(t, "Your note on K2")
	types("one\ntwo\n")
	out.await(t, "Note kept")
	types("quit\n")
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if n := r.profile().Ratings(); n != 2 {
		t.Errorf("%d ratings were made:\n%s", n, out.String())
	}
	r.level("K1", 2)
	r.level("K2", 1)
	if x, _ := r.profile().Newest("K2", profile.Self); x.Note.String() != "one\ntwo" {
		t.Errorf("a note of two lines that was pasted is %q", x.Note.String())
	}
}

func TestHostileTextOfTheRecordIsHarmless(t *testing.T) {
	t.Parallel()
	p := lib.Demo(today)
	bad := safetext.New("\x1b[2J\x1b]0;x\x07\u202eevil\n9")
	p.Learner.Name = bad
	for i := range p.Goals {
		p.Goals[i].Text, p.Goals[i].Why = bad, bad
		for j := range p.Goals[i].Actions {
			p.Goals[i].Actions[j].Text, p.Goals[i].Actions[j].Who = bad, bad
		}
	}
	for by, ratings := range p.Rounds[len(p.Rounds)-1].Ratings {
		for ksb, x := range ratings {
			x.Note, x.Reason = bad, bad
			p.Rounds[len(p.Rounds)-1].Ratings[by][ksb] = x
		}
	}
	r := newRoom(t, p)
	said := r.talk("1", "more", "back", "menu", "2", "", "1", "2", "menu", // talk checks every character
		"3", "1", "2", "back", "back", "back", "6", "2", "back", "5", "2", "1", "back", "9", "find evil", "menu", "quit")
	r.says(said, "evil 9")
}

func TestFindOpensWhatIsChosen(t *testing.T) {
	t.Parallel()
	r := newRoom(t, beginner())
	said := r.talk("1", "1", "find hand hygeine", "1", "1", "2", "back", "quit")
	r.says(said, "1. S23 Keeping the workplace safe. Also called: hand hygiene.", "S23 is 2, Supported. Saved.",
		"Next: Continue rating at Duty 1, K2")
	r.level("S23", 2)
}

// A syncBuffer is written and read by two goroutines.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// await waits until the program says something.
func (s *syncBuffer) await(tb testing.TB, words string) {
	tb.Helper()
	for range 1000 {
		if strings.Contains(s.String(), words) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	tb.Fatalf("%q is not said within ten seconds:\n%s", words, s.String())
}

func TestTheFirstQuestionsMakeTheProfile(t *testing.T) {
	t.Parallel()
	r := &room{TB: t, dir: t.TempDir()}
	talk := func(answers ...string) string {
		var out bytes.Buffer
		o := r.options(strings.NewReader(strings.Join(answers, "\n")+"\n"), &out)
		o.Open = func() (*session.Session, error) { return nil, nil }
		o.Create = func(l profile.Learner) (*session.Session, error) {
			return session.Create(r.session(), profile.Profile{Standard: library.Default, Learner: l})
		}
		if err := Run(o); err != nil {
			t.Fatalf("%v\n%s", err, out.String())
		}
		return flat(out.String())
	}
	r.says(talk("Sam", "find", "menu", "back", "quit"), "There is nothing else yet", "Nothing is kept yet.",
		"called a KSB: "+words.KSB+".")
	if _, err := os.Stat(filepath.Join(r.dir, "profile.toml")); err == nil {
		t.Error("a profile was made before the first form was finished")
	}
	said := talk("", "Sam", "audiology", "14 Sep 2026", "1 Jan 1990", "back", "14 Sep 2026", "", "11 Dec", "quit")
	r.says(said, "An answer is needed here: What is your name?", "Gateway is "+words.Gateway+". Nothing means 36 months", "That is Mon 14 Sep 2026.", "Your field is understood as audiology.",
		"The first one is in 19 days, 11 Dec 2026.")
	if l := r.profile().Learner; l.Name.Line() != "Sam" || l.Start != calendar.Of(2026, 9, 14) {
		t.Errorf("learner %+v", l)
	}
}

// A note that is typed after a rating is for that rating, as was said with it. No prompt names two codes.
func TestAQuestionNamesOneCode(t *testing.T) {
	t.Parallel()
	r := newRoom(t, beginner())
	said := r.talk("1", "2", "note", "back", "skip", "3", "quit")
	r.says(said, "K1: 0 to 4, n, skip, more, example, note, back", "K1 is 2, Supported. Saved. Type note or example to add to K1.",
		"K2: 0 to 4, n, skip, more, back, undo", "Your note on K1", "K3: 0 to 4, n, skip, more, example, note, back",
		"One dated example would support it. Saved. Type note or example to add to K3.")
	for ask := range strings.SplitSeq(said, ", or ?") {
		ask = ask[strings.LastIndex(ask, ". ")+1:]
		if strings.Contains(ask, ": 0 to 4") && len(regexp.MustCompile(`\b[KSB][0-9]+\b`).FindAllString(ask, -1)) != 1 {
			t.Errorf("two codes in %q", ask)
		}
	}
}

// Once everything that was due in a round is rated, the rest of the round is counted and offered.
func TestTheRestOfARoundIsOffered(t *testing.T) {
	t.Parallel()
	p := beginner()
	on := today.AddDays(-20)
	ratings := map[string]profile.Rating{}
	for _, id := range lib.Standard(library.Default).Walk() {
		ratings[id] = profile.Rating{Level: 3, On: on}
	}
	p.Evidence = []profile.Evidence{{ID: "e-1", Title: safetext.New("A visit"), KSBs: []string{"K1"}, On: today.AddDays(-1)}}
	p.Rounds = []profile.Round{
		{ID: "baseline", Opened: on, Closed: on, Ratings: map[profile.Rater]map[string]profile.Rating{profile.Self: ratings}},
		{ID: "review-1", Opened: today, Ratings: map[profile.Rater]map[string]profile.Rating{profile.Self: {"K2": {Level: 3, On: today}}}},
	}
	r := newRoom(t, p)
	r.says(r.talk("1", "2", "yes", "2", "quit"), "K1 is 2, Supported. Saved.", "70 more are not rated in this round. You can leave these",
		"Carry on now?", "K3: 0 to 4", "K3 is 2, Supported. Saved.")
	r = newRoom(t, p)
	if said := r.talk("1", "2", "no", "quit"); strings.Contains(said, "K3: 0 to 4") {
		t.Error("what is left is asked although it was left for another day")
	}
}

// Undo at the question for the field is not reverted by the answer to it.
func TestUndoSurvivesTheChoiceOfAField(t *testing.T) {
	t.Parallel()
	r := newRoom(t, lib.Demo(today))
	r.talk("7", "Asha P", "imaging", "", "", "", "find hand", "undo", "back", "1", "quit")
	if l := r.profile().Learner; l.Name.Line() != "Asha Patel" || l.Role.Line() == "imaging" {
		t.Errorf("%+v", l)
	}
}

func TestAnUnclearRoleIsOfferedFields(t *testing.T) {
	t.Parallel()
	r := &room{TB: t, dir: t.TempDir()}
	o := r.session()
	var out bytes.Buffer
	in := "Sam\nphysiology\n\n\n\n1\n7\n\nvestibular\n\n\n\nquit\n"
	opts := r.options(strings.NewReader(in), &out)
	opts.Open = func() (*session.Session, error) { return nil, nil }
	opts.Create = func(l profile.Learner) (*session.Session, error) {
		l.ID = "l-sam"
		return session.Create(o, profile.Profile{Standard: library.Default, Learner: l})
	}
	if err := Run(opts); err != nil {
		t.Fatal(err)
	}
	_, names := lib.Fields(library.Default).Offer("physiology")
	said := flat(out.String())
	r.says(said, "Your role may mean one of these fields. 1. "+names[0], "Your role is "+names[0]+". Saved.",
		"What is your name? It is: Sam.", "Your details are kept. Saved.")
	if role := r.profile().Learner.Role.Line(); role != "vestibular" {
		t.Errorf("the role that was corrected is %q", role)
	}
}

func TestBackSaysWhatWasRatedAndEnterKeepsIt(t *testing.T) {
	t.Parallel()
	r := newRoom(t, beginner())
	said := r.talk("1", "2", "back", "", "", "quit")
	r.level("K1", 2)
	r.says(said, "It is: 2, Supported. Enter keeps it.", "Nothing was typed. Type a level, or skip.")
	if n := r.profile().Ratings(); n != 1 {
		t.Errorf("%d ratings were made by one answer", n)
	}
	if n := strings.Count(said, "brief leaves them out"); n != 1 {
		t.Errorf("brief is told of %d times", n)
	}
}

func TestTheFinderReadsOnWithEnter(t *testing.T) {
	t.Parallel()
	r := newRoom(t, beginner())
	said := r.talk("find law", "", "back", "quit")
	r.says(said, "Hear more, ", "6 to ")
	if n := strings.Count(said, "more words narrow it down. 1. K"); n < 2 {
		t.Errorf("back does not go to the first ones again:\n%s", said)
	}
}

func TestBackFromAMatchLeadsToTheOtherMatches(t *testing.T) {
	t.Parallel()
	r := newRoom(t, beginner())
	said := r.talk("find law", "1", "back", "2", "back", "", "1", "back", "back", "back", "quit")
	if n := strings.Count(said, "more words narrow it down. 1. K"); n != 4 {
		t.Errorf("the list is said %d times:\n%s", n, said)
	}
	if n := strings.Count(said, "6 to 10 of "); n != 2 {
		t.Errorf("what is behind the first ones is said %d times:\n%s", n, said)
	}
}

func TestARehearsalSkipsAndTakesOut(t *testing.T) {
	t.Parallel()
	r := newRoom(t, lib.Demo(today))
	before := len(r.profile().Reflections)
	said := r.talk("5", "4", "skip", "a word", "another", "back", "none", "quit")
	r.says(said, "Your note is taken out. Saved.")
	if r.talk("5", "4", "none", "none", "none", "quit"); len(r.profile().Reflections) != before {
		t.Errorf("%d reflections, there were %d", len(r.profile().Reflections), before)
	}
	for _, x := range r.profile().Reflections {
		for _, a := range x.Answers {
			if a.Text.Line() == "skip" || a.Text.Line() == "another" {
				t.Errorf("%q is kept", a.Text.Line())
			}
		}
	}
}

func TestTheMenuSaysHowManyActionsAreOverdue(t *testing.T) {
	t.Parallel()
	r := newRoom(t, lib.Demo(today))
	r.says(r.talk("quit"), "Plan: 3 under way, 2 actions overdue.")
}

// In a meeting others can hear, so private notes are only read out after a question.
func TestPrivateNotesAreNotReadOutUnaskedInAMeeting(t *testing.T) {
	t.Parallel()
	p := lib.Demo(today)
	for _, c := range []profile.Change{
		profile.KeepPrivate{Wellbeing: new(safetext.New("Tired of nights"))},
		profile.StartReview{ID: "v-9", On: today, Kind: profile.ReviewKinds[0], With: profile.Names("J. Ode"), Today: today},
	} {
		next, err := c.Apply(p, lib.Standard(p.Standard))
		if err != nil {
			t.Fatal(err)
		}
		p = next
	}
	r := newRoom(t, p)
	for word, reads := range map[string]bool{"no": false, "back": false, "yes": true} {
		said := r.talk("5", "5", word, "quit")
		r.says(said, "your mentor may hear this. Go on with your private notes?")
		if got := strings.Contains(said, "Tired of nights"); got != reads {
			t.Errorf("%s: read out %v\n%s", word, got, said)
		}
	}
	r.says(r.talk("5", "4", "no", "quit"), "Go on with your notes of the rehearsal?", "Hear the page for the room")
}

// An empty line or a wrong number where a number is asked for is explained.
func TestAnEmptyAnswerSaysWhatToType(t *testing.T) {
	t.Parallel()
	r := newRoom(t, beginner())
	r.talk("1", "2", "quit")
	r.says(r.talk("2", "1", "", "99", "quit"), "Nothing was typed. Type a number from 1 to ",
		`"99" is none of these.`)
}

// back goes to the menu that the question came from.
func TestBackGoesToTheMenuItCameFrom(t *testing.T) {
	t.Parallel()
	const first = "This is the first question"
	for name, x := range map[string]struct {
		answers []string
		says    string // in answer to the last of them
		not     string
	}{
		"who rates":        {[]string{"4", "back"}, "What would you like to do?", first},
		"rating":           {[]string{"1", "back"}, "What would you like to do?", first},
		"the first":        {[]string{"back"}, first, ""},
		"another name":     {[]string{"4", "3", "back"}, "Mentor: who are you?", first},
		"a name typed":     {[]string{"4", "P. Grant"}, "P. Grant, you rate now.", "none of these"},
		"a number of none": {[]string{"4", "99"}, `"99" is none of these.`, "you rate now"},
		"a blind walk":     {[]string{"4", "P. Grant", "1", "back"}, "Which duty have you seen?", "Hand back"},
		"what is due":      {[]string{"5", "8", "back"}, "1. Hear the page for the room", first},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRoom(t, lib.Demo(today))
			said := r.talk(append(x.answers, "quit")...)
			if x.not != "" && strings.Contains(said, x.not) {
				t.Errorf("%q is said:\n%s", x.not, said)
			}
			if last := said[strings.LastIndex(said, "?: "+x.answers[len(x.answers)-1]+" ")+1:]; !strings.Contains(last, x.says) {
				t.Errorf("%q is not said last:\n%s", x.says, last)
			}
		})
	}
}

// Before anything is rated, the program does not claim to know more than it does.
func TestTheFirstWordsAreTrue(t *testing.T) {
	t.Parallel()
	for role, says := range map[string]string{
		"": "comes with its levels. brief", "audiology": "comes with its levels and an example of your field. brief",
	} {
		p := beginner()
		p.Learner.Role = safetext.New(role)
		r := newRoom(t, p)
		said := r.talk("1", "quit")
		r.says(said, says, "Nothing is rated yet.")
		if strings.Contains(said, "0 behind") || strings.Contains(said, "0 below") {
			t.Errorf("%s: %s", role, said)
		}
	}
}
