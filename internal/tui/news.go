package tui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

// newsTime is how long after the start the fact cards are read: late enough that the first screen is there before them.
const newsTime = 400 * time.Millisecond

// newsMsg are the fact cards that have changed; the command that newsAfter makes sends it.
type newsMsg struct {
	cards []coaching.Card
	what  string // for which goals, with which content
}

// newsAfter looks, a while after the start, for fact cards that serve a goal in flight and have changed since the learner
// began, but for those that were told before. It reads them on a goroutine of its own.
func (a *app) newsAfter(wait time.Duration) tea.Cmd {
	if a.s == nil {
		return nil
	}
	p, ref, told := a.s.Profile(), a.s.Standard().Reference, a.s.Told()
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
	if a.s.Looked() == what {
		return nil // the content is that of the program, and has not changed since
	}
	return tea.Tick(wait, func(time.Time) tea.Msg {
		return newsMsg{coaching.News(a.o.Library.Cards(ref), ksbs, p.Learner.Start, told), what}
	})
}

// learn takes in what was looked for beside the loop. Where nothing was found the frame that was drawn stays.
func (a *app) learn(msg tea.Msg, drawn *tea.View) tea.Cmd {
	switch msg := msg.(type) {
	case copiesMsg:
		if msg == "" && a.copies == "" {
			a.frame = drawn
		}
		a.copies = string(msg)
	case olderMsg:
		a.listOlder(msg)
	case jointMsg:
		a.showCopy(msg)
	case newsMsg:
		if len(msg.cards) == 0 {
			a.frame = drawn
		}
		return a.tell(msg)
	}
	return nil
}

// tell shows the news for as long as the program is open, and remembers that they were told.
func (a *app) tell(msg newsMsg) tea.Cmd {
	a.s.LookedFor(msg.what)
	if len(msg.cards) == 0 {
		return a.saveDrafts()
	}
	a.news = msg.cards
	var editions []string
	for _, c := range msg.cards {
		editions = append(editions, c.Edition())
	}
	a.s.Tell(editions)
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
