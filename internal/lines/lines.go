// Package lines is ksbcoach without a full screen, line by line: for screen readers, Braille displays, simple terminals
// and SSH sessions that are logged. It asks one question at a time and says each time what can be typed. It writes
// plain text only: nothing is redrawn, and there are no cursor movements, escape sequences or boxes.
//
// The domain decides what an answer does and what there is to say about a KSB, as it does for the screens. This package
// only chooses the words around that, and what to ask next. Each part of the program has a file: rate.go, plan.go and
// so on. A part is a loop that asks until the answer is back; see until.
package lines

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/privacy"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Options is what Run needs.
type Options struct {
	File     string                                          // the path of the profile, to name it on the first run
	Open     func() (*session.Session, error)                // gives nil, nil where there is no profile yet
	Create   func(profile.Learner) (*session.Session, error) // makes the profile after the first questions
	Library  *library.Library
	Day      func() calendar.Date // today; a run may go past midnight
	Now      func() time.Time     // to tell when a line was typed
	In       io.Reader
	Out      io.Writer
	Width    int  // of a line, in terminal cells
	Terminal bool // In is a terminal: lines that arrive in a burst were pasted, and answer no question
	Demo     bool // the profile is a temporary copy of the sample learner
}

// A talk is one run of the program: the open profile, and the state of the conversation about it.
type talk struct {
	o          Options
	s          *session.Session
	atStart    profile.Profile // the record at the start of the run
	out        *bufio.Writer
	page       *export.Page
	in         *listener
	blind      bool // a mentor is at the keyboard, who must not hear the learner's ratings
	visits     int  // how often a mentor has taken over so far
	lastUndone profile.Change
	lastRated  string                 // the KSB that was rated just before the current question; "" for none
	brief      bool                   // do not read out levels and coaching
	briefTold  bool                   // the learner has heard that brief exists
	openKSB    func(ksb string) error // opens a KSB that was found: for the learner, or for rating blind
	signals    chan os.Signal

	// conflict is set while the file was changed elsewhere in the same place as here; settleConflict asks about it.
	conflict *session.Reload
	// unguarded is the record before the first change that the patient guard has not looked at; nil where it has seen
	// all.
	unguarded *profile.Profile
}

// ErrInterrupted means that Ctrl-C ended the run. Everything that was answered is saved.
var ErrInterrupted = errors.New("interrupted")

// Run asks questions until the learner quits or the input ends. In any case it saves what is not saved yet.
func Run(o Options) error {
	out := bufio.NewWriter(o.Out)
	t := &talk{o: o, out: out, page: &export.Page{Out: out, Width: o.Width}, in: listen(o.In, o.Now)}
	t.openKSB = t.statement
	// Without this, a closed terminal would end the process before the position in the walk is saved.
	t.signals = make(chan os.Signal, 1)
	signal.Notify(t.signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(t.signals)
	s, err := o.Open()
	if err != nil {
		return err
	}
	t.s = s
	if s != nil {
		t.atStart = s.Profile()
	}
	err = t.talk()
	failed := t.leave()
	if flush := out.Flush(); flush != nil && failed == nil {
		failed = flush
	}
	if failed != nil {
		return failed
	}
	if errors.Is(err, errQuit) || errors.Is(err, errBack) {
		return nil
	}
	return err
}

// talk asks from the first question to the last. Its error is why it ended, errQuit for one.
func (t *talk) talk() error {
	t.tell("ksbcoach, line by line. Type an answer, then Enter. At any question ? says more, and quit leaves.")
	if t.s == nil {
		if err := t.start(); err != nil && !errors.Is(err, errMenu) {
			return err
		}
	}
	t.greet()
	if t.s.Profile().Sheet {
		return t.sheet()
	}
	return t.menu()
}

// greet says what the learner should know first: the profile is read only, was changed elsewhere, or is only a demo.
func (t *talk) greet() {
	switch err := t.s.ReadOnly(); {
	case session.OpenElsewhere(err):
		t.tell("%s. You can read everything.", session.AlreadyOpen)
	case err != nil:
		t.tell("Read only: %s You can read everything.", errorText(err))
	}
	if w := t.s.Warning(); w != "" {
		t.tell("Note: %s.", w)
	}
	if changed := t.s.ChangedElsewhere(); changed != "" {
		t.tell("%s", changed)
	}
	if t.o.Demo {
		t.tell("This is a made-up learner in a temporary copy. Try everything; nothing is kept.")
	}
}

// leave saves what is left, which is only something after a save that failed, and says goodbye.
func (t *talk) leave() error {
	if t.s == nil {
		return nil
	}
	defer func() { _ = t.s.Close() }() // if this fails, the system frees the lock
	err := t.s.SaveLeft()
	t.s.SaveState()
	if err != nil {
		return t.s.Rescue(err)
	}
	switch {
	case t.o.Demo:
		t.tell("Goodbye. Nothing of this is kept.")
	case t.s.ReadOnly() != nil:
	case t.s.Profile().Sheet:
		t.tell("Saved in %s. When you are done, send it back to %s.", t.s.Path(), t.s.Profile().Learner.Name.Line())
	case t.blind:
		t.tell("Saved. Goodbye.")
	default:
		t.tell("%s", plan.OnLeaving(t.s.Report(), t.atStart, t.s.Profile(), t.s.Next(), t.s.Path()))
	}
	return nil
}

// menu asks the first question again and again.
func (t *talk) menu() error {
	for {
		err := t.until(t.whereTo)
		if err != nil && !errors.Is(err, errMenu) {
			return err
		}
		if err == nil {
			t.tell("This is the first question. quit leaves.")
		}
	}
}

// whereTo is the first question.
func (t *talk) whereTo() error {
	p, r := t.s.Profile(), t.s.Report()
	t.page.Blank()
	t.tell("%s. %s", p.Learner.Name.Line(), r.Summary())
	t.tell("Next: %s", sentence(t.s.Next().Text))
	all, usual := r.Tally(0), 1 // usual leads to the next step
	switch t.s.Next().Kind {
	case plan.NextGoals, plan.NextAction:
		usual = 3
	case plan.NextReview, plan.NextGateway:
		usual = 5
	}
	return t.choose("What would you like to do?", returning([]option{
		{Text: fmt.Sprintf("Rate yourself: %d of %d rated", all.Rated, all.Total), Do: t.rate},
		{Text: "Hear your gaps, the most pressing first", Do: t.gaps},
		{Text: "Plan: " + plan.InHand(p, t.s.Today()), Do: t.plan},
		{Text: "Let my mentor rate, here with me", Do: t.mentor},
		{
			Text: "Prepare, hold and close the review. " + plan.ReviewLine(p, t.s.Today()), Detail: t.yearly(),
			Do: t.prepare,
		},
		{Text: "Look something up", Do: t.lookUp},
		{Text: "Your name, role and dates", Do: t.correctDetails},
		{Text: privacy.Comeback, Do: t.guardRecord},
		{Text: "Bring back an older version of your profile", Do: t.restore},
	}), usual)
}

// dueKSBs lists the KSBs that are due in the open round.
func (t *talk) dueKSBs() []string { return appraisal.Codes(t.s.Due()) }

func (t *talk) tell(format string, args ...any) { t.page.Para(0, format, args...) }

// tellEach says each text as a paragraph.
func (t *talk) tellEach(texts ...string) {
	for _, text := range texts {
		t.tell("%s", text)
	}
}

func (t *talk) item(format string, args ...any) { t.page.Item(0, format, args...) }

// document reads out a document as the commands show it.
func (t *talk) document(d doc.Doc) {
	t.page.Blank()
	_, _ = t.out.Write(export.Text(d, t.page.Width))
}

// sentence adds a full stop to a text that needs one.
func sentence(s string) string {
	s = safetext.Line(s)
	if s == "" {
		return ""
	}
	switch s[len(s)-1] {
	case '.', '!', '?', ':':
		return s
	}
	return s + "."
}

// start asks the first questions and makes a profile of the answers.
func (t *talk) start() error {
	t.tell("Welcome. You rate yourself on every statement of your standard, duty by duty, hear where the gaps are, "+
		"and make a plan. Such a statement is called a KSB: %s. Everything stays in one file on this computer: %s. "+
		"Only your name is needed.", words.KSB, t.o.File)
	fields := t.detailFields(profile.Profile{})
	for {
		a, err := t.fill("", fields)
		if err != nil {
			t.tell("Nothing is kept yet.")
			return err
		}
		s, err := t.o.Create(a.learner(profile.Learner{}))
		if refused := new(profile.Refusal); errors.As(err, &refused) {
			t.tell("Not done: %s", errorText(err))
			continue
		}
		if err != nil {
			return err
		}
		t.s = s
		t.tell("Welcome, %s. Your profile is made and saved.", s.Profile().Learner.Name.Line())
		return t.chooseField()
	}
}

// detailFields asks for the learner's name, role and dates.
func (t *talk) detailFields(p profile.Profile) []field {
	l := p.Learner
	check := func(d calendar.Date) error { return profile.MaySpan(d, t.o.Day()) }
	return []field{
		{ID: "name", Ask: "What is your name?", Was: l.Name, Required: true},
		{
			ID: "role", Ask: "What is your role or specialism?", Was: l.Role,
			Help: "It chooses the examples that you hear. For instance audiology, or clinical engineering.",
		},
		{
			ID: "start", Ask: "When did your programme start?", Help: "It shows what is expected by now.",
			Day: &day{Tense: calendar.Past, Offered: l.Start, Check: check},
		},
		{
			ID: "gateway", Ask: "When is your gateway planned?", Help: "Gateway is " + words.Gateway +
				". Nothing means 36 months after the start.",
			Day: &day{Tense: calendar.Future, Offered: l.Gateway, Check: check, Far: true},
		},
		t.nextReviewField(p),
	}
}

func (t *talk) nextReviewField(p profile.Profile) field {
	check := func(d calendar.Date) error { return p.MayPlan(d, t.o.Day()) }
	on := &day{Tense: calendar.Future, Offered: p.Learner.Review, Check: check}
	return field{ID: "review", Ask: "When is your next review or appraisal?", Day: on}
}

// learner is l with the answers to detailFields.
func (a answers) learner(l profile.Learner) profile.Learner {
	l.Name, l.Role = a.text("name"), a.text("role")
	l.Start, l.Gateway, l.Review = a.days["start"], a.days["gateway"], a.days["review"]
	return l
}

// correctDetails asks for the same details again, and offers what is there.
func (t *talk) correctDetails() error {
	return t.once(func() error {
		was := t.s.Profile().Learner
		a, err := t.fill("", t.detailFields(t.s.Profile()))
		if err != nil {
			return err
		}
		l := a.learner(was)
		if t.do(profile.SetLearner{Learner: l, Today: t.s.Today()}, "Your details are kept") && l.Role != was.Role {
			return t.chooseField()
		}
		return nil
	})
}

// chooseField says which field the role means. If the role is not clear it asks which one, out of those that are
// possible.
func (t *talk) chooseField() error {
	role := t.s.Profile().Learner.Role
	if role.Empty() {
		return nil
	}
	meant, names := t.o.Library.Fields(t.s.Profile().Standard).Offer(role.Line())
	if meant != "" {
		t.tell("Your field is understood as %s.", strings.ToLower(safetext.Line(meant)))
		return nil
	}
	if len(names) == 0 {
		t.tell("Your role names no field that is known here, so examples come from all of them.")
		return nil
	}
	options := lists.Each(names, func(name string) option {
		return option{Text: name, Do: func() error {
			l := t.s.Profile().Learner // read again: undo at this question may have changed the details
			l.Role = safetext.New(name)
			return t.doing(name, profile.SetLearner{Learner: l, Today: t.s.Today()}, "Your role is "+name).Do()
		}}
	})
	options = append(options, option{Text: "None of these: examples come from all fields"})
	err := t.choose("Your role may mean one of these fields.", options, 0)
	if errors.Is(err, errBack) {
		return nil // the role stays as typed
	}
	return err
}
