package tui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/search"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// doneMsg says that work beside the loop is done, and what is to be done with that in the loop.
type doneMsg struct{ then func() tea.Cmd }

// beside does work on a goroutine of its own.
func beside(work func() (then func() tea.Cmd)) tea.Cmd {
	return func() tea.Msg { return doneMsg{work()} }
}

// looking is the command that looks for what a screen asked for. Which files are there is told to all that ask.
func (a *app) looking() tea.Cmd {
	cmd := a.seek
	if a.look {
		look := a.s.LookForEvidence()
		cmd = tea.Batch(cmd, beside(func() func() tea.Cmd {
			found := look()
			return func() tea.Cmd {
				for _, name := range []ui.Name{ui.Evidence, ui.Appraisal} {
					a.screens[name].Update(ui.FilesMsg{Found: found}, a.context())
				}
				return nil
			}
		}))
	}
	a.look, a.seek = false, nil
	return cmd
}

// newsTime is how long after the start the fact cards are read: late enough that the first screen is there before them.
const newsTime = 400 * time.Millisecond

// newsMsg are the fact cards that have changed; the command that newsAfter makes sends it.
type newsMsg struct {
	cards []coaching.Card
	what  string // for which goals, with which content
}

// newsAfter looks, a while after the start, for fact cards that serve a goal in flight and have changed since the
// learner began, but for those that were told before. It reads them on a goroutine of its own.
func (a *app) newsAfter(wait time.Duration) tea.Cmd {
	if a.s == nil {
		return nil
	}
	p, ref, told := a.s.Profile(), a.s.Standard().Reference, a.s.Announced()
	var ksbs []string
	for _, g := range p.Goals {
		if g.Status == profile.GoalActive {
			ksbs = append(ksbs, g.KSBs...)
		}
	}
	if len(ksbs) == 0 {
		return nil
	}
	what := a.s.Build() + " " + strings.Join(ksbs, " ")
	if a.s.NewsCheckedFor() == what {
		return nil // the content is that of the program, and has not changed since
	}
	return tea.Tick(wait, func(time.Time) tea.Msg {
		return newsMsg{coaching.News(a.o.Library.Cards(ref), ksbs, p.Learner.Start, told), what}
	})
}

// tell shows the news for as long as the program is open, and remembers that they were told.
func (a *app) tell(msg newsMsg) tea.Cmd {
	a.s.SetNewsCheckedFor(msg.what)
	if len(msg.cards) > 0 {
		a.news = msg.cards
		a.s.MarkAnnounced(lists.Each(msg.cards, coaching.Card.Edition))
	}
	return a.saveDrafts()
}

// copiesMsg says in words which copies of the profile a sync program has left beside it; "" for none.
type copiesMsg string

// copiesAfter looks for such copies a while after the start, on a goroutine of its own.
func (a *app) copiesAfter(wait time.Duration) tea.Cmd {
	if a.s == nil {
		return nil
	}
	look, today := a.s.LookForCopies(), a.today
	return tea.Tick(wait, func(time.Time) tea.Msg { return copiesMsg(session.CopiesSay(look(), today)) })
}

// restore looks through the older versions, on a goroutine of its own.
func (a *app) restore() tea.Cmd {
	if !a.mayEdit(session.RestoreTitle) {
		return nil
	}
	look, err := a.s.LookForOlder()
	if err != nil {
		return a.say(err)
	}
	a.message = "Looking through the older versions."
	return beside(func() func() tea.Cmd {
		older, err := look()
		return func() tea.Cmd {
			if err != nil {
				return a.say(err)
			}
			return a.listOlder(older)
		}
	})
}

// listOlder asks which version to bring back, unless something else was opened meanwhile.
func (a *app) listOlder(older *session.Older) tea.Cmd {
	switch {
	case a.front != nil:
		return nil
	case len(older.List) == 0:
		return a.note(older.None())
	}
	a.message = ""
	ask := ui.Choose{
		Title: "Restore a backup",
		Says:  older.Count() + ". Nothing is done before you have seen what comes back and what goes.",
	}
	return a.offer(ask, lists.Each(older.List, func(v session.Version) way {
		text := words.Capital(v.When(a.today)) + ", " + v.Says()
		do := func() tea.Cmd { return a.askRestore(older, v) }
		return way{ui.Option{Text: text, Says: safetext.Line(v.Listed())}, do}
	})...)
}

func (a *app) askRestore(older *session.Older, v session.Version) tea.Cmd {
	if v.Same {
		return a.note("That version is the same as now: there is nothing to bring back.")
	}
	says := older.Asks(v, a.today)
	for _, side := range v.Sides() {
		says = append(says, words.Capital(side.Label)+": "+side.Words+".")
	}
	again := func() tea.Cmd { return a.listOlder(older) }
	if v.State != session.VersionReadable || older.Now.State == session.VersionLater {
		says = append(says, "It cannot be brought back here.")
		return a.offer(ui.Choose{Title: "This version cannot be read", Says: safetext.Line(strings.Join(says, " "))},
			way{ui.Option{Text: "Back to the list"}, again})
	}
	return a.offer(ui.Choose{Title: "Bring this version back?", Says: safetext.Line(strings.Join(says, " "))},
		way{ui.Option{Text: "Back to the list", Says: "Nothing is changed."}, again},
		way{
			ui.Option{
				Text: "Bring it back",
				Says: "What you have now is kept, and can be brought back in the same way.",
			},
			func() tea.Cmd { return a.putBack(older, v) },
		})
}

func (a *app) putBack(older *session.Older, v session.Version) tea.Cmd {
	r, err := a.s.BringBack(older, v)
	if err != nil {
		return a.say(err)
	}
	a.failed, a.report, a.joint, a.savedAt = nil, nil, nil, a.o.now().Format("15:04")
	a.before = a.s.Profile()
	a.message = r.Says(a.today) + " ctrl+p and Restore a backup takes this back."
	if r.Warning != "" {
		a.message += " But " + safetext.Line(r.Warning) + "."
	}
	return a.do(a.follows(nil))
}

// copiesTitle is what the palette calls the taking in of a copy.
const copiesTitle = "Take in a copy that a sync program left"

// takeCopy looks into the oldest copy beside the profile, on a goroutine of its own.
func (a *app) takeCopy() {
	look := a.s.LookForNext()
	a.message = "Looking into the copy beside your profile."
	a.seek = beside(func() func() tea.Cmd {
		j, err := look()
		return func() tea.Cmd { return a.showCopy(j, err) }
	})
}

// showCopy shows what is in a copy, nil for none, and offers to take it in, unless something else was opened meanwhile.
func (a *app) showCopy(j *session.Merge, err error) tea.Cmd {
	switch {
	case err != nil:
		return a.say(err)
	case a.front != nil, a.blind():
		return nil
	case j == nil:
		return a.note(session.NoCopy)
	}
	a.message = ""
	return a.offer(ui.Choose{
		Title: "A copy of your profile: " + j.Name(),
		Says:  strings.Join(append(j.Says(), session.CopyGoes), " "),
	},
		way{ui.Option{Text: "Take it in"}, func() tea.Cmd { return a.joinCopy(j) }},
		way{ui.Option{Text: "Leave it where it is"}, func() tea.Cmd { return nil }})
}

// joinCopy asks which side holds where both were changed, and then takes the copy in.
func (a *app) joinCopy(j *session.Merge) tea.Cmd {
	return a.sides(clashing{j.Clashes, "copy", false, func(mine map[string]bool) tea.Cmd {
		before := a.s.Profile()
		if err := a.s.TakeIn(j, func(key string) bool { return mine[key] }); err != nil {
			return a.say(err)
		}
		a.entered(before)
		a.report, a.joint = nil, j
		return a.save()
	}}, nil)
}

// putAway moves a copy that is taken in to the backups, once the record with it is on disk.
func (a *app) putAway() tea.Cmd {
	if a.joint == nil || a.s.Dirty() {
		return nil
	}
	j := a.joint
	a.joint = nil
	moved, err := a.s.PutAway(j)
	a.message = session.CopyTaken(moved)
	if err != nil {
		a.say(err)
	}
	return a.copiesAfter(0)
}

// indexes are what the finder searches beside the names of the KSBs. They are made on a goroutine of their own when it
// is first opened, since reading all the coaching takes as long as several frames.
type indexes struct {
	said, own *search.Index
	rev       int  // of the record that own was made from
	asked     bool // the finder was opened, and they are not up to date
}

// results are what was found, for when the learner comes back from the one they opened.
type results struct {
	of   *dialog.Find
	path []ui.Name // the way to where that is shown
}

func (a *app) find() {
	a.results = results{}
	d := dialog.NewFind(a.context(), a.blind())
	a.front, a.reply = d, reply{}
	if a.blind() {
		return
	}
	if a.index.own != nil && a.index.rev == a.s.Rev() {
		d.More(a.context(), a.index.said, a.index.own)
		return
	}
	a.index.asked = true
}

// indexing is the command that makes the indexes, when the finder needs them.
func (a *app) indexing() tea.Cmd {
	if !a.index.asked {
		return nil
	}
	a.index.asked = false
	p, rev, ref := a.s.Profile(), a.s.Rev(), a.s.Standard().Reference
	return beside(func() func() tea.Cmd {
		made := indexes{said: a.o.Library.Said(ref), own: search.New(search.Record(p)), rev: rev}
		return func() tea.Cmd {
			a.index = made
			if d, ok := a.front.(*dialog.Find); ok { // it is still open
				d.More(a.context(), made.said, made.own)
			}
			return nil
		}
	})
}
