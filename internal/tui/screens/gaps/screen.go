// Package gaps is the screen that compares levels with targets: the gaps in rank order with their reasons and, each in
// a list of its own, the strengths, what the post gives no chance to try and the claims without a recent example; and
// a map of duties and kinds. It can add an example; for everything else it goes to other screens.
package gaps

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Screen is the Gaps screen.
type Screen struct {
	mode   mode
	filter filter
	order  order
	lists  [modes]page.List // each keeps its own cursor
	coach  ui.Coached
}

// New returns the Gaps screen as it first opens.
func New() *Screen { return &Screen{} }

func (s *Screen) Update(msg tea.Msg, c *ui.Context) []ui.Ask {
	asks := s.handle(msg, s.settle(c), c)
	s.settle(c)
	return asks
}

func (s *Screen) handle(msg tea.Msg, t page.Table, c *ui.Context) []ui.Ask {
	if asks, ok := s.lists[s.mode].Update(msg, t, c); ok {
		return asks
	}
	switch msg := msg.(type) {
	case ui.EnterMsg:
		s.enter(msg.Go.KSB, c)
	case tea.KeyPressMsg:
		return s.press(msg, t, c)
	}
	return nil
}

// enter puts the cursor on the KSB that was asked for, in the first list that has it. A filter that hides it in all of
// them is taken off. Without a KSB it shows the gaps, whichever list was shown last.
func (s *Screen) enter(ksb string, c *ui.Context) {
	if ksb == "" {
		s.mode = gapsMode
		return
	}
	for _, f := range []filter{s.filter, {}} {
		for _, m := range []mode{s.mode, gapsMode, strengthsMode, chanceMode} {
			rows := list(c.Report, m, f, s.order)
			if slices.ContainsFunc(rows, func(r gap.Row) bool { return r.KSB.ID == ksb }) {
				s.mode, s.filter = m, f
				s.lists[m].Choose(ksb)
				return
			}
		}
	}
}

// Escape leaves the map for the gaps. It says whether the map was shown.
func (s *Screen) Escape(*ui.Context) bool {
	if s.mode != heatMode {
		return false
	}
	s.mode = gapsMode
	return true
}

func (s *Screen) press(msg tea.KeyPressMsg, t page.Table, c *ui.Context) []ui.Ask {
	if to, ok := page.Turn(msg, tabs(model{}), int(s.mode)); ok {
		if mode(to) == s.mode {
			to = int(gapsMode) // pressing the key of a list again goes back to the gaps
		}
		s.mode = mode(to)
		return nil
	}
	return s.board(t, c).Press(msg, c)
}

// chosen is the KSB under the cursor, and false on the map and in an empty list.
func (s *Screen) chosen(t page.Table, c *ui.Context) (gap.Row, bool) {
	r, _ := s.lists[s.mode].Chosen(t.Rows)
	return c.Report.Row(r.KSB)
}

// settle keeps the cursor on its KSB in a list that may have changed, and fetches the coaching for the right pane.
func (s *Screen) settle(c *ui.Context) page.Table {
	t := s.table(c)
	s.lists[s.mode].Settle(t)
	if row, ok := s.chosen(t, c); ok {
		s.coach.Fetch(c, row.KSB.ID)
	}
	return t
}

// changing changes the filter or the order. The cursor goes to the top, since that is what people then want to see.
func (s *Screen) changing(change func()) ui.Then {
	return ui.Just(func(*ui.Context) {
		change()
		s.Escape(nil)
		s.lists[s.mode] = page.List{}
	})
}

func (s *Screen) askExample(row gap.Row, c *ui.Context) []ui.Ask {
	entry, _ := s.coach.Of(row.KSB.ID)
	return ui.Asks(forms.Example(c, row.KSB.ID, s.InHand(c).Duty, entry.PromptAt(plan.From(row))))
}

// tabs are the lists with their keys. Where there is room, each says how many rows it has.
func tabs(m model) []page.Tab {
	tab := func(list mode, k key.Binding, name, short string) page.Tab {
		long, count := name, name
		switch {
		case m.fresh || list == heatMode:
		case list == gapsMode && m.timed:
			count = fmt.Sprintf("%d behind", m.behind)
			long = name + ", " + count
		default:
			long = fmt.Sprintf("%s %d", name, m.counts[list])
			count = long
		}
		return page.Tab{Key: k, Names: []string{long, count, name, short}}
	}
	return []page.Tab{
		tab(gapsMode, ui.Bind("g", "gaps", "g"), "gaps", "gaps"),
		tab(strengthsMode, ui.Bind("+", "strengths", "+", "="), "strengths", "strengths"),
		tab(chanceMode, ui.Bind("o", "no opportunity", "o"), "no opportunity", "no chance yet"),
		tab(claimsMode, ui.Bind("x", "claims without a recent example", "x"), "no recent example", "no example"),
		tab(heatMode, ui.Bind("m", "map of duties and kinds", "m"), "map", "map"),
	}
}

func (s *Screen) Keys(c *ui.Context) ui.Keys { return s.board(s.table(c), c).Keys }

// board leaves the keys of the lists out of the footer, since the tabs show them.
func (s *Screen) board(t page.Table, c *ui.Context) *ui.Board {
	var b ui.Board
	b.Foot(s.lists[s.mode].Does(t), page.Enter(), nil)
	b.Others(ui.NewMoves("row above", "row below", "first row", "last row").All()...)
	b.Others(page.Left(), page.Right())
	if row, ok := s.chosen(t, c); ok {
		id := row.KSB.ID
		b.Foot("", ui.Bind("c", "all about it", "c"), ui.Asking(ui.Go{To: ui.KSB, KSB: id}))
		b.Foot("example", ui.Bind("e", "add an example", "e"),
			func(c *ui.Context) []ui.Ask { return s.askExample(row, c) })
		b.Foot("rate", ui.Bind("r", "rate it again", "r"), ui.Asking(ui.Go{To: ui.Rate, KSB: id}))
		b.Tell(ui.Bind("p", "plan this KSB", "p"), ui.Asking(ui.Go{To: ui.Plan, KSB: id}))
	}
	filter, sort := ui.Bind("f", "filter", "f"), ui.Bind("s", "sort", "s")
	b.Hide(filter, s.askFilter)
	b.Hide(sort, s.askOrder)
	if s.mode != heatMode && c.Report.Tally(0).Rated > 0 {
		b.Footer = append(b.Footer, filter, sort)
	}
	b.Others(page.TabKeys(tabs(model{}))...)
	b.Undo(false)
	return &b
}

// A filter keeps part of a list. The zero filter keeps all.
type filter struct {
	part part
	duty int // for oneDuty
}

// A part is what a filter keeps.
type part int

const (
	everything part = iota
	behindOnly
	knowledge
	skills
	behaviours
	noEvidence
	oneDuty
)

// parts are all parts but oneDuty, in the order of the menu, each with its name and key there.
var parts = [...]struct {
	name, key string
	keeps     func(gap.Row) bool
}{
	everything: {"all", "a", func(gap.Row) bool { return true }},
	behindOnly: {"behind only", "b", gap.Row.Late},
	knowledge:  {"knowledge", "w", func(r gap.Row) bool { return r.KSB.Kind == standard.Knowledge }},
	skills:     {"skills", "s", func(r gap.Row) bool { return r.KSB.Kind == standard.Skill }},
	behaviours: {"behaviours", "v", func(r gap.Row) bool { return r.KSB.Kind == standard.Behaviour }},
	noEvidence: {"no evidence", "e", func(r gap.Row) bool { return r.Evidence == 0 }},
}

func (f filter) keeps(row gap.Row) bool {
	if f.part == oneDuty {
		return slices.Contains(row.KSB.Duties, f.duty)
	}
	return parts[f.part].keeps(row)
}

func filters(std *standard.Standard) (out []filter) {
	for i := range parts {
		out = append(out, filter{part: part(i)})
	}
	for _, d := range std.Duties {
		out = append(out, filter{oneDuty, d.Number})
	}
	return out
}

// An order is how a list is sorted.
type order int

const (
	byRank order = iota
	byDuty
	byGap
	byAge
)

// orders are all of them, as the menu lists them. The lists come sorted by rank, so byRank compares nothing.
var orders = [...]struct {
	name, says string
	compare    func(a, b gap.Row) int
}{
	byRank: {"most pressing first", "", nil},
	byDuty: {
		"in duty order", "as the walk goes, Duty 1 first",
		func(a, b gap.Row) int { return cmp.Compare(a.Place, b.Place) },
	},
	byGap: {
		"largest gap first", "furthest below target, whatever the month",
		func(a, b gap.Row) int { return cmp.Compare(b.Gap(), a.Gap()) },
	},
	byAge: {
		"oldest rating first", "what you have not looked at for longest",
		func(a, b gap.Row) int { return a.On.Compare(b.On) },
	},
}

func (s *Screen) askFilter(c *ui.Context) []ui.Ask {
	all := c.Report.Gaps()
	ask := ui.Choose{Title: "Show which gaps?"}
	if !c.Report.Timed {
		ask.Says = noStart
	}
	for _, f := range filters(c.Standard) {
		n := lists.Count(all, f.keeps)
		name := words.Capital(filterName(f))
		if f.part == oneDuty {
			name += ", " + c.DutyTitle(f.duty)
		}
		show := s.changing(func() { s.filter = f })
		ask.Options = append(ask.Options, ui.Option{Text: fmt.Sprintf("%s (%d)", name, n), Key: f.key(), Then: show})
	}
	return ui.Asks(ask)
}

// key chooses a filter in its menu. The key of a duty is its number, or 0 for Duty 10; later ones have none.
func (f filter) key() string {
	switch {
	case f.part == oneDuty && f.duty <= 10:
		return strconv.Itoa(f.duty % 10)
	case f.part == oneDuty:
		return ""
	}
	return parts[f.part].key
}

func (s *Screen) askOrder(c *ui.Context) []ui.Ask {
	ask := ui.Choose{Title: "In which order?"}
	for i, o := range orders {
		says := o.says
		if order(i) == byRank {
			says = gap.RankRule
			if !c.Report.Timed {
				says += ". Without a start date nothing counts as behind"
			}
		}
		sort := s.changing(func() { s.order = order(i) })
		ask.Options = append(ask.Options, ui.Option{Text: words.Capital(o.name), Says: says, Then: sort})
	}
	return ui.Asks(ask)
}

// InHand is the KSB of the chosen row, in the duty of the filter if there is one.
func (s *Screen) InHand(c *ui.Context) ui.Hand {
	row, ok := s.chosen(s.table(c), c)
	if !ok {
		return ui.Hand{}
	}
	h := ui.Holding(c, row.KSB.ID)
	if h.Duty == 0 && s.filter.part == oneDuty {
		h.Duty = s.filter.duty
	}
	return h
}
