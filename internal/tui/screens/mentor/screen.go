// Package mentor is the screen for the mentor who sits beside the learner. First the mentor rates blind: what that part
// draws and asks is made from a context out of which everything the learner said has been taken, so that no frame can
// betray it. Then, when both are ready, it shows only where the two differ, for them to agree a level with a reason or
// to record that they differ. Nothing is ever averaged.
package mentor

import (
	"fmt"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/levels"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

type mode int

const (
	introMode  mode = iota // what this is, for who sits down at it for the first time
	pickMode               // which duty
	rateMode               // one KSB
	revealMode             // where the two differ
)

// Screen is the Mentor screen.
type Screen struct {
	mode       mode
	sheet      bool            // a mentor elsewhere fills a rating sheet: nobody to look at it with
	who        safetext.Text   // the mentor
	before     safetext.Text   // the mentor of the visit before
	met        []safetext.Text // who met or rated before this visit
	duty       int             // index of the duty that is picked
	ksb        string          // the KSB in hand
	all        bool            // after a duty the walk goes on to the next
	choice     int             // the level that is pointed at, or levels.Nowhere
	last       string          // the KSB that was rated just now, which a note would be for
	beforeLast string          // what that was before the newest rating
	arrived    bool            // the duty was come to by rating the last of another
	looked     bool            // the KSB in hand was looked for before the mentor said their name
	given      map[string]int  // how often each KSB was rated on this visit
	entry      ui.Coached

	differs page.List // the cursor of the reveal
}

// New makes the screen.
func New() *Screen { return &Screen{choice: levels.Nowhere, given: map[string]int{}} }

// Blind says whether the learner's ratings are to stay hidden. The root keeps everything else that shows them, such as
// the finder, away from the screen for as long.
func (s *Screen) Blind() bool { return s.mode != revealMode }

// Escape goes back from a KSB to the duties.
func (s *Screen) Escape(*ui.Context) bool {
	if s.mode != rateMode {
		return false
	}
	s.mode = pickMode
	return true
}

// InHand is the KSB of the chosen difference. While the mentor rates blind there is nothing in hand.
func (s *Screen) InHand(c *ui.Context) ui.Hand {
	if s.Blind() {
		return ui.Hand{}
	}
	d, _ := s.differenceAt(c)
	return ui.Holding(c, d.KSB)
}

// Update handles a key or a message.
func (s *Screen) Update(msg tea.Msg, c *ui.Context) []ui.Ask {
	switch msg.(type) {
	case ui.EnterMsg, ui.BackMsg:
		s.enter()
		s.met = c.Profile.MetBefore()
	}
	asks := s.handle(msg, c)
	s.settle(c)
	return asks
}

// enter always starts blind and without a name: today's mentor may not be last time's, and may not have seen the
// ratings. A sheet has one mentor.
func (s *Screen) enter() {
	s.choice, s.last, s.looked, s.given = levels.Nowhere, "", false, map[string]int{}
	s.mode = introMode
	switch {
	case s.sheet && !s.who.Empty():
		s.mode = pickMode
	case !s.who.Empty():
		s.before, s.who = s.who, safetext.Text{}
	}
}

// handle gives everything but the reveal the blindfolded context.
func (s *Screen) handle(msg tea.Msg, c *ui.Context) []ui.Ask {
	if s.mode == revealMode {
		return s.revealed(msg, c)
	}
	return s.blind(msg, s.blindfold(c))
}

func (s *Screen) blind(msg tea.Msg, c *ui.Context) []ui.Ask {
	switch msg := msg.(type) {
	case ui.UndoneMsg:
		was := s.beforeLast
		s.undone(msg.Change, c)
		if msg.Slip {
			s.last = was
		}
	case ui.FoundMsg:
		return s.found(msg.KSB, c)
	case ui.RowMsg:
		s.last = ""
		return s.click(msg.Index, c)
	case ui.WheelMsg:
		s.last = ""
		s.point(msg.Lines, c)
	case tea.KeyPressMsg:
		if key.Matches(msg, keys().note) && s.mode != introMode {
			return s.askNote(c)
		}
		at := s.place()
		asks := s.press(msg, c)
		if s.place() != at {
			s.last = ""
		}
		return asks
	}
	return nil
}

// place is where the mentor is and what they point at. Until it changes, w is for the KSB that was just rated.
func (s *Screen) place() [4]any { return [4]any{s.mode, s.duty, s.ksb, s.choice} }

func (s *Screen) press(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	switch {
	case key.Matches(msg, keys().reveal) && !s.sheet:
		return ui.Asks(s.askReady())
	case key.Matches(msg, keys().name):
		return s.askName(c)
	case key.Matches(msg, keys().undo):
		return ui.Asks(ui.Undo{})
	case s.mode == introMode:
		if key.Matches(msg, page.Enter()) {
			return s.askName(c)
		}
		return nil
	case key.Matches(msg, keys().scope):
		s.all = !s.all
		return ui.Asks(ui.Say{Text: scopeWords(s.all)})
	case s.mode == pickMode:
		return s.pressPick(msg, c)
	}
	return s.pressRate(msg, c)
}

func (s *Screen) pressPick(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	if i := numbered(msg, c); i >= 0 {
		s.duty = i
		return nil
	}
	switch {
	case key.Matches(msg, keys().prevDuty), key.Matches(msg, keys().left):
		s.point(-1, c)
		return nil
	case key.Matches(msg, keys().nextDuty), key.Matches(msg, keys().right):
		s.point(1, c)
		return nil
	}
	return s.inDuties(msg, c)
}

func (s *Screen) inDuties(msg tea.Msg, c *ui.Context) []ui.Ask {
	l, t := s.duties(c)
	asks, _ := l.Update(msg, t, c)
	if s.mode == pickMode {
		s.duty = l.At(t.Rows)
	}
	return asks
}

func (s *Screen) pressRate(msg tea.KeyPressMsg, c *ui.Context) []ui.Ask {
	if l, ok := digit(msg); ok {
		return s.rate(l, c)
	}
	switch {
	case key.Matches(msg, page.Enter()):
		return s.rateOrGoOn(c)
	case key.Matches(msg, keys().Up):
		s.point(-1, c)
	case key.Matches(msg, keys().Down):
		s.point(1, c)
	case key.Matches(msg, keys().left), key.Matches(msg, keys().PageUp):
		s.step(-1, c)
	case key.Matches(msg, keys().right), key.Matches(msg, keys().PageDown):
		s.step(1, c)
	case key.Matches(msg, keys().Top):
		s.step(-len(c.Standard.Walk()), c)
	case key.Matches(msg, keys().Bottom):
		s.step(len(c.Standard.Walk()), c)
	case key.Matches(msg, keys().nextDuty):
		s.openDuty(min(s.duty+1, len(c.Standard.Duties)-1), c)
	case key.Matches(msg, keys().prevDuty):
		s.openDuty(max(s.duty-1, 0), c)
	case key.Matches(msg, keys().duties):
		s.mode = pickMode
	case key.Matches(msg, ui.NoLevel()):
		return ui.Asks(ui.Say{Text: ui.LevelsGo})
	}
	return nil
}

func digit(msg tea.KeyPressMsg) (level.Level, bool) {
	return ui.LevelKey(msg, keys().rate, keys().none)
}

// numbered is the index of the duty whose number a key is, 0 for the tenth, or -1. It is pointed at and no more, since
// the key may have been meant to rate one KSB more of the duty before.
func numbered(msg tea.KeyPressMsg, c *ui.Context) int {
	if !key.Matches(msg, keys().number) {
		return -1
	}
	name := msg.String()
	n := int(name[len(name)-1] - '0')
	if n == 0 {
		n = 10
	}
	return slices.IndexFunc(c.Standard.Duties, func(d standard.Duty) bool { return d.Number == n })
}

func (s *Screen) settle(c *ui.Context) {
	if s.mode == revealMode {
		s.settleReveal(c)
	}
	s.entry.Fetch(c, s.ksb)
}

// keySet is the keys of the screen.
type keySet struct {
	ui.Moves
	rate, none, left, right                                     key.Binding
	nextDuty, prevDuty, duties, scope, note, name, undo, reveal key.Binding
	number, agree, equal, differ, change, blind                 key.Binding
}

var keyring = lazy.Value[*keySet]{Make: func() *keySet {
	return &keySet{
		Moves: ui.NewMoves("line above", "line below", "to the first", "to the last"),
		rate:  ui.Bind("0-4", "rate and go on", "0", "1", "2", "3", "4", "kp0", "kp1", "kp2", "kp3", "kp4"),
		none:  ui.Bind("n", "no opportunity in the post", "n"),
		left:  ui.Bind("←", "KSB before", "left", "h"),
		right: ui.Bind("→", "KSB after, without a rating", "right", "l"),

		nextDuty: ui.Bind("]", "next duty", "]"),
		prevDuty: ui.Bind("[", "duty before", "["),
		duties:   ui.Bind("d", "choose a duty", "d"),
		scope:    ui.Bind("a", "all duties in turn, or one at a time", "a"),
		note:     ui.Bind("w", "write what you saw", "w"),
		name:     ui.Bind("i", "who is rating", "i"),
		undo:     ui.Bind("u", "undo", "u"),
		reveal:   ui.Bind("v", "look at the differences together", "v"),

		number: ui.Bind("1-9, 0", "to the duty of that number, 0 for the tenth",
			"1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "kp1", "kp2", "kp3", "kp4", "kp5", "kp6", "kp7", "kp8", "kp9", "kp0"),

		agree:  ui.Bind("0-4", "agree this level", "0", "1", "2", "3", "4", "kp0", "kp1", "kp2", "kp3", "kp4"),
		equal:  ui.Bind("=", "agree all equal ratings", "="),
		differ: ui.Bind("d", "record that you differ", "d"),
		change: ui.Bind("c", "the mentor changes a level, beside the learner", "c"),
		blind:  ui.Bind("b", "back to blind rating", "b"),
	}
}}

func keys() *keySet { return keyring.Get() }

// Keys are the bindings of the screen. They depend on the part that is shown and on nothing that anybody rated.
func (s *Screen) Keys(c *ui.Context) ui.Keys {
	if s.sheet {
		return s.onSheet(s.bindings(c.Size.Narrow))
	}
	return s.bindings(c.Size.Narrow)
}

// bindings are the keys of the part that is shown. A narrow footer has shorter words and leaves out what Enter's menu
// offers too.
func (s *Screen) bindings(narrow bool) ui.Keys {
	moves := keys().Moves.All()
	across := []key.Binding{keys().left, keys().right, keys().nextDuty, keys().prevDuty}
	switch s.mode {
	case introMode:
		return ui.Keys{
			Footer: []key.Binding{does(page.Enter(), "give your name and begin"), does(keys().reveal, "look together")},
			More:   []key.Binding{keys().name, keys().undo},
		}
	case pickMode:
		return s.pickKeys(narrow, slices.Concat(moves, across, []key.Binding{keys().number}))
	case revealMode:
		return revealKeys(narrow, moves)
	}
	footer := []key.Binding{does(keys().rate, "rate"), does(keys().none, "no chance"), s.noteKey(narrow), keys().undo}
	across[0] = ui.Named(keys().left, "←→", "KSB")
	more := append(append(moves, across[1:]...), page.Enter(), keys().scope, keys().name)
	if narrow {
		return ui.Keys{Footer: append(footer, does(keys().reveal, "look"), across[0]), More: append(more, keys().duties)}
	}
	reveal := does(keys().reveal, "look together")
	if s.elsewhere() {
		reveal = does(keys().reveal, "look") // the words of the note need the room
	}
	return ui.Keys{Footer: append(footer, does(keys().duties, "duties"), reveal, across[0]), More: more}
}

// elsewhere says whether w is for a KSB other than the one that is shown.
func (s *Screen) elsewhere() bool { return s.last != "" && (s.last != s.ksb || s.mode == pickMode) }

// noteKey is w with the KSB whose note it writes, where that is not the one that is shown.
func (s *Screen) noteKey(narrow bool) key.Binding {
	switch {
	case !s.elsewhere():
		return does(keys().note, "note")
	case narrow:
		return does(keys().note, "note "+s.last)
	}
	return does(keys().note, "note on "+s.last)
}

// pickKeys are those of the list of duties. While w writes a note to what was rated just now the other words are short.
func (s *Screen) pickKeys(narrow bool, more []key.Binding) ui.Keys {
	enter, reveal := does(page.Enter(), "rate this duty"), does(keys().reveal, "look together")
	if narrow || s.elsewhere() {
		enter, reveal = does(page.Enter(), "rate"), does(keys().reveal, "look")
	}
	scope, name := does(keys().scope, "all in turn"), does(keys().name, "name")
	if s.elsewhere() {
		return ui.Keys{Footer: []key.Binding{enter, reveal, s.noteKey(narrow), keys().undo, scope, name}, More: more}
	}
	return ui.Keys{Footer: []key.Binding{enter, reveal, scope, name, keys().undo}, More: more}
}

func revealKeys(narrow bool, moves []key.Binding) ui.Keys {
	if narrow {
		return ui.Keys{
			Footer: []key.Binding{does(page.Enter(), "settle"), does(keys().equal, "equal"), does(keys().blind, "blind"), keys().undo},
			More:   append(moves, keys().agree, keys().none, keys().differ, keys().change),
		}
	}
	return ui.Keys{
		Footer: []key.Binding{
			does(page.Enter(), "settle"), does(keys().agree, "agree"), does(keys().differ, "differ"), does(keys().equal, "equal"),
			does(keys().change, "change"), keys().undo, does(keys().blind, "blind"),
		},
		More: append(moves, keys().none),
	}
}

func does(b key.Binding, words string) key.Binding { return ui.Named(b, b.Help().Key, words) }

// Sheet makes the screen for a mentor elsewhere who fills a rating sheet. The context's standard holds what the sheet
// asks for and nothing else. By is who rates according to the sheet; it may be empty.
func Sheet(by safetext.Text) *Screen {
	s := New()
	s.sheet, s.who = true, by
	s.enter()
	return s
}

const (
	sheetHelp = "For the mentor. This is a rating sheet that a learner has sent you: rate what you have seen of them, " +
		"duty by duty, against the words of each level.\n" +
		"Nothing that the learner said of their own level is in it.\nLeave out what you have not seen.\nA note says most " +
		"when it names the situation, what you saw and what came of it; " +
		"name no patient.\nEach rating is saved in the sheet at once.\nEsc leaves when you are done; then send the file back."
	allRatedAlone = "You have rated all of them. Esc leaves; then send the file back."
)

func (s *Screen) allRated() string {
	if s.sheet {
		return allRatedAlone
	}
	return allRatedBeside
}

func (s *Screen) what() string {
	if s.sheet {
		return "rating sheet"
	}
	return "blind rating"
}

func (s *Screen) intro(c *ui.Context) []string {
	if !s.sheet {
		rated := slices.DeleteFunc(s.names(c), func(name safetext.Text) bool { return s.ratedBy(name, c) == 0 })
		return append(slices.Clone(introWords), ratedBefore(rated)...)
	}
	return []string{
		"For the mentor. " + c.Profile.Learner.Name.Line() + " asks you to rate what you have seen of their work. Nothing " +
			"that they said of their own level is in this sheet.",
		introWords[1],
		"Each rating is saved in the sheet at once. Esc leaves when you are done; then send the file back.",
	}
}

// dutyOf names a duty. A sheet may leave some out, so there it is not counted.
func (s *Screen) dutyOf(c *ui.Context, number int) string {
	if s.sheet {
		return fmt.Sprintf("Duty %d", number)
	}
	return fmt.Sprintf("Duty %d of %d", number, len(c.Standard.Duties))
}

// onSheet drops the key for the reveal, which a sheet has not, and names the way out.
func (s *Screen) onSheet(k ui.Keys) ui.Keys {
	k.Footer = slices.DeleteFunc(k.Footer, func(b key.Binding) bool { return slices.Equal(b.Keys(), keys().reveal.Keys()) })
	if s.mode == pickMode {
		k.Footer = slices.Insert(k.Footer, 1, ui.Bind("esc", "done", "esc"))
	}
	return k
}

// sign puts a changed name on all ratings of a sheet, which has one mentor.
func (s *Screen) sign(c *ui.Context) []ui.Ask {
	if !s.sheet {
		return nil
	}
	batch := profile.Batch{Name: "name"}
	for _, id := range c.Standard.Walk() {
		if r, ok := s.mine(id, c); ok && r.By != s.who {
			batch.Changes = append(batch.Changes, profile.Rate{
				KSB: id, By: profile.Mentor, Level: r.Level, On: c.Today, Who: s.who, Instead: &r.By,
			})
		}
	}
	if len(batch.Changes) == 0 {
		return nil
	}
	return ui.Asks(ui.Do{Change: batch})
}

// unsign takes the name back when the change that put it there was taken back.
func (s *Screen) unsign(change profile.Change, c *ui.Context) {
	if _, ok := change.(profile.Batch); ok && s.sheet {
		s.who, s.before = safetext.Text{}, safetext.Text{}
		if known := s.names(c); len(known) > 0 {
			s.who = known[0]
		}
	}
}
