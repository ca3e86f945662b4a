// Package lines is ksbcoach without a screen: the same record and the same documents, spoken line by line, for screen
// readers, Braille displays, dumb terminals and logs of SSH. It asks one question at a time and says each time what may
// be typed. Nothing is drawn twice, no cursor is moved, and no escape sequence or box is written.
//
// What an answer does is decided in the domain, as for the screens; what was said of a KSB is decided there too. This
// package only chooses the words around it and what to ask next. A part of the program is a file: rate.go, plan.go and
// so on. Each asks until the answer is back; see until.
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

// Options are what the lines are wired with.
type Options struct {
	File     string                                          // the profile file, for the first run
	Open     func() (*session.Session, error)                // nil for both where there is no profile yet
	Create   func(profile.Learner) (*session.Session, error) // makes one after the first questions
	Library  *library.Library
	Day      func() calendar.Date // today, asked anew for each date
	Now      func() time.Time     // when a line came
	In       io.Reader
	Out      io.Writer
	Width    int  // of a line, in cells
	Terminal bool // In is a terminal: what comes in a burst was not typed in answer to a question
	Demo     bool
}

// A talk is one run: the questions, and the record that they are about.
type talk struct {
	o       Options
	s       *session.Session
	before  profile.Profile // the record when it began
	out     *bufio.Writer
	say     *export.Page
	in      *listener
	front   bool           // the one at the keyboard is the mentor, who may not hear what the learner said
	visits  int            // of mentors, so far
	undone  profile.Change // what was taken back last
	last    string         // the KSB that was rated just now
	brief   bool           // levels and coaching are left out
	told    bool           // that they may be
	open    func(ksb string) error
	stopped chan os.Signal

	met *session.Reload // the file that was changed elsewhere in the same place, until it is asked about
	// the record before the first change that the guard for patients has not looked at; nil for none
	unguarded *profile.Profile
}

// ErrInterrupted says that Ctrl-C ended the talk; all that was answered is saved.
var ErrInterrupted = errors.New("interrupted")

// Run talks until the learner leaves or the input ends. Whatever ended it, what is not saved yet is saved.
func Run(o Options) error {
	out := bufio.NewWriter(o.Out)
	t := &talk{o: o, out: out, say: &export.Page{Out: out, Width: o.Width}, in: listen(o.In, o.Now)}
	t.open = t.statement
	// A closed terminal would end the process before the place to go on from is kept.
	t.stopped = make(chan os.Signal, 1)
	signal.Notify(t.stopped, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(t.stopped)
	s, err := o.Open()
	if err != nil {
		return err
	}
	t.s = s
	if s != nil {
		t.before = s.Profile()
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

// greet says what the learner should know before anything else.
func (t *talk) greet() {
	switch err := t.s.ReadOnly(); {
	case session.OpenElsewhere(err):
		t.tell("%s. You can read everything.", session.AlreadyOpen)
	case err != nil:
		t.tell("Read only: %s You can read everything.", wrong(err))
	}
	if w := t.s.Warning(); w != "" {
		t.tell("Note: %s.", w)
	}
	if says := t.s.ChangedElsewhere(); says != "" {
		t.tell("%s", says)
	}
	if t.o.Demo {
		t.tell("This is a made-up learner in a temporary copy. Try everything; nothing is kept.")
	}
}

// leave saves what is left. All that can be saved is saved already, so that there is something only after a failure.
func (t *talk) leave() error {
	if t.s == nil {
		return nil
	}
	defer func() { _ = t.s.Close() }() // the system does it too
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
	case t.front:
		t.tell("Saved. Goodbye.")
	default:
		t.tell("%s", plan.OnLeaving(t.s.Report(), t.before, t.s.Profile(), t.s.Next(), t.s.Path()))
	}
	return nil
}

// menu is the first question, to which everything comes back.
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

func (t *talk) whereTo() error {
	p, r := t.s.Profile(), t.s.Report()
	t.say.Blank()
	t.tell("%s. %s", p.Learner.Name.Line(), r.Summary())
	t.tell("Next: %s", sentence(t.s.Next().Text))
	all, usual := r.Tally(0), 1 // where the next step is
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
		{Text: "My mentor rates, here beside me", Do: t.mentor},
		{
			Text: "Prepare, hold and close the review. " + plan.ReviewLine(p, t.s.Today()), Says: t.yearly(),
			Do: t.prepare,
		},
		{Text: "Look something up", Do: t.lookUp},
		{Text: "Your name, role and dates", Do: t.correct},
		{Text: privacy.Comeback, Do: t.guardAll},
		{Text: "Bring back an older version of your profile", Do: t.restore},
	}), usual)
}

// due are the KSBs that are due in the open round.
func (t *talk) due() []string { return appraisal.Codes(t.s.Due()) }

func (t *talk) tell(format string, args ...any) { t.say.Para(0, format, args...) }

// tells says each of some texts by itself.
func (t *talk) tells(texts ...string) {
	for _, text := range texts {
		t.tell("%s", text)
	}
}

func (t *talk) item(format string, args ...any) { t.say.Item(0, format, args...) }

// document says a document, as a command shows it.
func (t *talk) document(d doc.Doc) {
	t.say.Blank()
	_, _ = t.out.Write(export.Text(d, t.say.Width))
}

// sentence ends a text with a full stop, where it has no end of its own.
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

// start makes a profile out of the first questions.
func (t *talk) start() error {
	t.tell("Welcome. You rate yourself on every statement of your standard, duty by duty, hear where the gaps are, "+
		"and make a plan. Such a statement is called a KSB: %s. Everything stays in one file on this computer: %s. "+
		"Only your name is needed.", words.KSB, t.o.File)
	fields := t.details(profile.Profile{})
	for {
		a, err := t.fill("", fields)
		if err != nil {
			t.tell("Nothing is kept yet.")
			return err
		}
		s, err := t.o.Create(a.detailed(profile.Learner{}))
		if refused := new(profile.Refusal); errors.As(err, &refused) {
			t.tell("Not done: %s", wrong(err))
			continue
		}
		if err != nil {
			return err
		}
		t.s = s
		t.tell("Welcome, %s. Your profile is made and saved.", s.Profile().Learner.Name.Line())
		return t.field()
	}
}

// details are the questions on who the learner is and on the dates of the programme.
func (t *talk) details(p profile.Profile) []field {
	l, span := p.Learner, func(d calendar.Date) error { return profile.MaySpan(d, t.o.Day()) }
	return []field{
		{ID: "name", Ask: "What is your name?", Was: l.Name, Need: true},
		{
			ID: "role", Ask: "What is your role or specialism?", Was: l.Role,
			Says: "It chooses the examples that you hear. For instance audiology, or clinical engineering.",
		},
		{
			ID: "start", Ask: "When did your programme start?", Says: "It tells what is expected by now.",
			Day: &day{Tense: calendar.Past, Was: l.Start, May: span},
		},
		{
			ID: "gateway", Ask: "When is your gateway planned?", Says: "Gateway is " + words.Gateway +
				". Nothing means 36 months after the start.",
			Day: &day{Tense: calendar.Future, Was: l.Gateway, May: span, Far: true},
		},
		t.reviewField(p),
	}
}

func (t *talk) reviewField(p profile.Profile) field {
	may := func(d calendar.Date) error { return p.MayPlan(d, t.o.Day()) }
	on := &day{Tense: calendar.Future, Was: p.Learner.Review, May: may}
	return field{ID: "review", Ask: "When is your next review or appraisal?", Day: on}
}

func (a answers) detailed(l profile.Learner) profile.Learner {
	l.Name, l.Role = a.text("name"), a.text("role")
	l.Start, l.Gateway, l.Review = a.days["start"], a.days["gateway"], a.days["review"]
	return l
}

// correct asks for the details again, each as it is now.
func (t *talk) correct() error {
	return t.once(func() error {
		was := t.s.Profile().Learner
		a, err := t.fill("", t.details(t.s.Profile()))
		if err != nil {
			return err
		}
		l := a.detailed(was)
		if t.do(profile.SetLearner{Learner: l, Today: t.s.Today()}, "Your details are kept") && l.Role != was.Role {
			return t.field()
		}
		return nil
	})
}

// field says which field the role was understood as, and offers those that may be meant where it names none.
func (t *talk) field() error {
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
			l := t.s.Profile().Learner // as it is by then: the details may have been taken back meanwhile
			l.Role = safetext.New(name)
			return t.doing(name, profile.SetLearner{Learner: l, Today: t.s.Today()}, "Your role is "+name).Do()
		}}
	})
	options = append(options, option{Text: "None of these: examples come from all fields"})
	err := t.choose("Your role may mean one of these fields.", options, 0)
	if errors.Is(err, errBack) {
		return nil // the role stays as it was typed
	}
	return err
}
