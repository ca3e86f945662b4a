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

// doneMsg says that work on another goroutine is done. Update then calls the function, which may change the app.
type doneMsg struct{ then func() tea.Cmd }

// inBackground does work on a goroutine of its own. Work must not touch the app; what it returns may.
func inBackground(work func() (then func() tea.Cmd)) tea.Cmd {
	return func() tea.Msg { return doneMsg{work()} }
}

// lookUps is the command that looks on the disk for what a screen asked about, or nil. All screens that show files of
// evidence are told which exist.
func (a *app) lookUps() tea.Cmd {
	cmd := a.lookForCopy
	if a.lookForFiles {
		look := a.s.LookForEvidence()
		cmd = tea.Batch(cmd, inBackground(func() func() tea.Cmd {
			found := look()
			return func() tea.Cmd {
				for _, name := range []ui.Name{ui.Evidence, ui.Appraisal} {
					a.screens[name].Update(ui.FilesMsg{Found: found}, a.context())
				}
				return nil
			}
		}))
	}
	a.lookForFiles, a.lookForCopy = false, nil
	return cmd
}

// newsTime is how long after the start the fact cards are read: late enough not to hold up the first frame.
const newsTime = 400 * time.Millisecond

// newsMsg is the answer to newsAfter.
type newsMsg struct {
	cards []coaching.Card // those that have changed
	what  string          // the build and the KSBs that they were looked up for
}

// newsAfter looks, a while after the start, for fact cards about the KSBs of active goals that have changed since the
// learner began their programme. It leaves out those that the learner was told about before.
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
		return nil // the cards come with the program, so the answer would be the same as last time
	}
	return tea.Tick(wait, func(time.Time) tea.Msg {
		return newsMsg{coaching.News(a.o.Library.Cards(ref), ksbs, p.Learner.Start, told), what}
	})
}

// showNews has Home show the news for as long as the program is open, and remembers that the learner was told.
func (a *app) showNews(msg newsMsg) tea.Cmd {
	a.s.SetNewsCheckedFor(msg.what)
	if len(msg.cards) > 0 {
		a.news = msg.cards
		a.s.MarkAnnounced(lists.Each(msg.cards, coaching.Card.Edition))
	}
	return a.saveDrafts()
}

// copiesMsg says in words which copies of the profile a sync program has left in its folder; "" for none.
type copiesMsg string

// copiesAfter looks for such copies a while after the start.
func (a *app) copiesAfter(wait time.Duration) tea.Cmd {
	if a.s == nil {
		return nil
	}
	look, today := a.s.LookForCopies(), a.today
	return tea.Tick(wait, func(time.Time) tea.Msg { return copiesMsg(session.CopiesSay(look(), today)) })
}

// restore looks through the older versions of the profile, and then lists them.
func (a *app) restore() tea.Cmd {
	if !a.mayEdit(session.RestoreTitle) {
		return nil
	}
	look, err := a.s.LookForOlder()
	if err != nil {
		return a.showError(err)
	}
	a.message = "Looking through the older versions."
	return inBackground(func() func() tea.Cmd {
		older, err := look()
		return func() tea.Cmd {
			if err != nil {
				return a.showError(err)
			}
			return a.listOlder(older)
		}
	})
}

// listOlder asks which version to bring back, unless another dialog was opened meanwhile.
func (a *app) listOlder(older *session.Older) tea.Cmd {
	switch {
	case a.front != nil:
		return nil
	case len(older.List) == 0:
		return a.showMessage(older.None())
	}
	a.message = ""
	ask := ui.Choose{
		Title: "Restore a backup",
		Says:  older.Count() + ". Nothing is done before you have seen what comes back and what goes.",
	}
	return a.offer(ask, lists.Each(older.List, func(v session.Version) choice {
		text := words.Capital(v.When(a.today)) + ", " + v.Says()
		do := func() tea.Cmd { return a.askRestore(older, v) }
		return choice{ui.Option{Text: text, Says: safetext.Line(v.Listed())}, do}
	})...)
}

func (a *app) askRestore(older *session.Older, v session.Version) tea.Cmd {
	if v.Same {
		return a.showMessage("That version is the same as now: there is nothing to bring back.")
	}
	says := older.Asks(v, a.today)
	for _, side := range v.Sides() {
		says = append(says, words.Capital(side.Label)+": "+side.Words+".")
	}
	backToList := func() tea.Cmd { return a.listOlder(older) }
	if v.State != session.VersionReadable || older.Now.State == session.VersionLater {
		says = append(says, "It cannot be brought back here.")
		return a.offer(ui.Choose{Title: "This version cannot be read", Says: safetext.Line(strings.Join(says, " "))},
			choice{ui.Option{Text: "Back to the list"}, backToList})
	}
	return a.offer(ui.Choose{Title: "Bring this version back?", Says: safetext.Line(strings.Join(says, " "))},
		choice{ui.Option{Text: "Back to the list", Says: "Nothing is changed."}, backToList},
		choice{
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
		return a.showError(err)
	}
	a.failed, a.report, a.takenCopy = nil, nil, nil
	a.savedAt = a.o.now().Format("15:04")
	a.before = a.s.Profile()
	a.message = r.Says(a.today) + " ctrl+p, then Restore a backup, takes this back."
	if r.Warning != "" {
		a.message += " Note: " + safetext.Line(r.Warning) + "."
	}
	return a.performAndSave(a.afterAnswer(nil))
}

// copiesTitle is the title of taking in a copy.
const copiesTitle = "Take in a copy that a sync program left"

// takeCopy looks into the oldest copy in the folder of the profile, and then shows what is in it.
func (a *app) takeCopy() {
	look := a.s.LookForNext()
	a.message = "Looking into the copy next to your profile."
	a.lookForCopy = inBackground(func() func() tea.Cmd {
		j, err := look()
		return func() tea.Cmd { return a.showCopy(j, err) }
	})
}

// showCopy shows what is in a copy (nil if there is none) and offers to take it in, unless another dialog was opened
// meanwhile.
func (a *app) showCopy(j *session.Merge, err error) tea.Cmd {
	switch {
	case err != nil:
		return a.showError(err)
	case a.front != nil, a.blind():
		return nil
	case j == nil:
		return a.showMessage(session.NoCopy)
	}
	a.message = ""
	return a.offer(ui.Choose{
		Title: "A copy of your profile: " + j.Name(),
		Says:  strings.Join(append(j.Says(), session.CopyGoes), " "),
	},
		choice{ui.Option{Text: "Take it in"}, func() tea.Cmd { return a.joinCopy(j) }},
		choice{ui.Option{Text: "Leave it where it is"}, func() tea.Cmd { return nil }})
}

// joinCopy takes a copy in, after asking which value should count wherever the copy and the profile both changed.
func (a *app) joinCopy(j *session.Merge) tea.Cmd {
	return a.askSides(clashing{places: j.Clashes, other: "copy", then: func(mine map[string]bool) tea.Cmd {
		before := a.s.Profile()
		if err := a.s.TakeIn(j, func(key string) bool { return mine[key] }); err != nil {
			return a.showError(err)
		}
		a.guardLater(before)
		a.report, a.takenCopy = nil, j
		return a.save()
	}}, nil)
}

// putAway moves a copy that was taken in to the backups, once the record that includes it is on disk.
func (a *app) putAway() tea.Cmd {
	if a.takenCopy == nil || a.s.Dirty() {
		return nil
	}
	j := a.takenCopy
	a.takenCopy = nil
	moved, err := a.s.PutAway(j)
	a.message = session.CopyTaken(moved)
	if err != nil {
		a.showError(err)
	}
	return a.copiesAfter(0)
}

// indexes are what the finder searches apart from the names of the KSBs. They are made on another goroutine when it is
// opened, since reading all the coaching takes as long as several frames.
type indexes struct {
	coaching *search.Index
	own      *search.Index // of the learner's own words, as of revision rev
	rev      int
	asked    bool // the finder was opened, and they are not up to date
}

// results keep the finder for when the learner comes back from what they opened in it.
type results struct {
	of   *dialog.Find
	path []ui.Name // the way to the screen that was opened
}

func (a *app) find() {
	a.results = results{}
	d := dialog.NewFind(a.context(), a.blind())
	a.front, a.reply = d, reply{}
	if a.blind() {
		return
	}
	if a.index.own != nil && a.index.rev == a.s.Rev() {
		d.More(a.context(), a.index.coaching, a.index.own)
		return
	}
	a.index.asked = true
}

// indexing is the command that makes the indexes if the finder needs them, or nil.
func (a *app) indexing() tea.Cmd {
	if !a.index.asked {
		return nil
	}
	a.index.asked = false
	p, rev, ref := a.s.Profile(), a.s.Rev(), a.s.Standard().Reference
	return inBackground(func() func() tea.Cmd {
		made := indexes{coaching: a.o.Library.ContentIndex(ref), own: search.New(search.Record(p)), rev: rev}
		return func() tea.Cmd {
			a.index = made
			if d, ok := a.front.(*dialog.Find); ok { // it is still open
				d.More(a.context(), made.coaching, made.own)
			}
			return nil
		}
	})
}
