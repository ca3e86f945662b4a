package evidence

import (
	"cmp"
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// leadW is the width of the first column of each list: the date, the code or the duty.
var leadW = [modes]int{allMode: 13, claimsMode: 5, bareMode: 5, staleMode: 13, coverMode: 9}

const (
	tailW     = 8
	minTitle  = 16
	mostListW = 76 // a wider list is harder to read
	labelW    = 10
)

func (s *Screen) View(c *ui.Context) ui.Page {
	m := s.model(c)
	p := ui.Page{Left: c.Theme.Title.Render("Evidence"), Right: headSays(m, c.Theme.Glyphs.Sep)}
	if e, ok := s.opened(c); ok {
		s.drawPiece(c, e, &p)
	} else {
		t := s.table(m, c)
		page.DrawTabs(&p, tabs(m), int(m.mode), c)
		s.lists[m.mode].Draw(&p, t, c)
		if r, ok := s.chosen(m); ok && t.W < c.Size.W {
			p.Side = &ui.Side{Lines: s.rightPane(c, r, min(c.Size.W-t.W-3, page.Prose), t.H), At: t.W, From: 1}
		}
	}
	p.CutTo(c.Size)
	return p
}

// table is the list that is shown, in the room below the tabs.
func (s *Screen) table(m model, c *ui.Context) page.Table {
	w := c.Size.W
	if c.Size.Wide {
		w = min(w*57/100, mostListW)
	}
	t := page.Table{
		Rows: m.pageRows(), Empty: s.empty(m), W: w, H: c.Size.H - 1, Code: leadW[m.mode], High: 2, Quiet: true,
	}
	if c.Size.H >= 9 {
		t.Above = widget.Indent(widget.Wrap(introSays(m), min(w, 90)-2), "  ")
	}
	if c.Size.H >= 12 {
		t.Above = append(t.Above, "")
	}
	t.Fill = func(r *page.Row) {
		if t.Room(tailW) < minTitle {
			r.Tail = ""
		} else if r.Tail != "" {
			r.Tail = widget.PadLeft(r.Tail, tailW)
		}
	}
	return t
}

// factLines are all fields of a piece but its KSBs, in lines of at most w cells. Each field is cut after a few lines,
// so that the KSBs below stay in sight.
func (s *Screen) factLines(c *ui.Context, e profile.Evidence, w int) []string {
	t := c.Theme
	lines := widget.Style(widget.WrapTo(e.Title.String(), w, 6, t.Glyphs.Cut), t.Title.Render)
	lines = append(lines, "")
	for _, f := range s.facts(c, e) {
		says := widget.WrapTo(f.says, w-labelW, 4, t.Glyphs.Cut)
		lines = append(lines, widget.Hang(t.Faint.Render(widget.Pad(f.label, labelW)), says)...)
	}
	return lines
}

// A fact is one field of a piece.
type fact struct{ label, says string }

func (s *Screen) facts(c *ui.Context, e profile.Evidence) []fact {
	date := e.On.Long()
	if !e.Fresh(c.Today, c.Report.StaleMonths) {
		date += fmt.Sprintf(", %s to support a level of 3 or 4 (older than %s)", tooOld,
			words.Count(c.Report.StaleMonths, "month", "months"))
	}
	where := cmp.Or(e.Where.String(), "not noted")
	if s.gone(e.ID) {
		where += " (" + notThere + ")"
	}
	who := cmp.Or(e.Witness.String(), "nobody named")
	out := []fact{{"Kind", profile.KindName(e.Kind)}, {"Date", date}, {"Where", where}, {"Seen by", who}}
	if e.Duty != 0 {
		out = append(out, fact{"From", fmt.Sprintf("Duty %d, %s", e.Duty, c.DutyTitle(e.Duty))})
	}
	return out
}

// gone says whether a piece names a file that is not there. It is false until ui.Look has been answered.
func (s *Screen) gone(id string) bool {
	found, known := s.files[id]
	return known && !found
}

// drawPiece is the page of one piece: its fields, and the KSBs that it shows, which lead to their own pages. The KSBs
// get a third of the page, if there are that many, and what the fields leave free.
func (s *Screen) drawPiece(c *ui.Context, e profile.Evidence, p *ui.Page) {
	t := c.Theme
	lines := append(widget.Indent(s.factLines(c, e, min(c.Size.W-2, page.Prose)), "  "), "",
		"  "+t.Title.Render("It shows"))
	room := max(c.Size.H-len(lines)-2, min(len(e.KSBs), max(c.Size.H/3, 1)))
	p.Body = lines[:max(min(len(lines), c.Size.H-room), 0)]
	s.ksbs.Draw(p, ksbTable(c, e, room), c)
	if len(p.Body)+2 <= c.Size.H {
		p.Body = append(p.Body, "", "  "+t.Faint.Render(
			widget.CutPlain("Enter: all about the KSB. Esc: back to the list.", c.Size.W-2, t.Glyphs.Cut)))
	}
}

// ksbTable is the KSBs that a piece shows, each with its level, in h lines.
func ksbTable(c *ui.Context, e profile.Evidence, h int) page.Table {
	t := page.Table{W: min(c.Size.W, page.Prose+2), H: h, Code: 5, High: 1}
	for _, id := range e.KSBs {
		t.Rows = append(t.Rows, page.Row{
			Key: id, KSB: id, Code: id, Name: c.Title(id), Does: "about this KSB",
			Enter: ui.Asking(ui.Go{To: ui.KSB, KSB: id}),
		})
	}
	t.Fill = func(r *page.Row) {
		if says := levelSays(c, r.KSB); t.Room(widget.Width(says)+1) >= minTitle {
			r.Tail = c.Theme.Faint.Render(" " + says)
		}
	}
	return t
}

func levelSays(c *ui.Context, ksb string) string {
	row, ok := c.Report.Row(ksb)
	switch {
	case !ok:
		return ""
	case row.Unsupported():
		return row.LevelInWords(c.Today) + ", without a recent example"
	}
	return row.AgainstTarget(c.Today)
}

// rightPane is what there is to know about the chosen row, in h lines. Blocks that do not fit whole are left out.
func (s *Screen) rightPane(c *ui.Context, r row, w, h int) []string {
	var blocks [][]string
	switch s.mode {
	case allMode, staleMode:
		e, ok := c.Profile.Piece(r.Key)
		if !ok {
			return nil
		}
		blocks = append([][]string{s.factLines(c, e, w)}, headed(c, "It shows", codeLines(c, e.KSBs, w, levelSays))...)
	case claimsMode, bareMode:
		row, _ := c.Report.Row(r.KSB)
		blocks = [][]string{
			widget.Style(widget.Wrap(r.Code+" "+r.Name, w), c.Theme.Title.Render),
			page.Wording(row.KSB.Text, w, c.Theme),
		}
		blocks = append(blocks, s.suggestions(c, r.KSBs[0], w)...)
	case coverMode:
		blocks = [][]string{
			widget.Style(widget.Wrap("One piece from "+r.Code+" could show", w), c.Theme.Title.Render),
			codeLines(c, r.KSBs, w, gapSays),
		}
		cover := s.coverOf(c, r.Duty)
		if b := cover.Bundle; b != nil {
			blocks = append(blocks, headed(c, "Such as from this project",
				widget.Wrap(b.Name+". It leaves: "+b.Leaves, w))...)
		}
		if more := cover.Rest(); len(more) > 0 {
			blocks = append(blocks, headed(c, "Also without evidence there", widget.Wrap(words.List(more), w))...)
		}
		blocks = append(blocks, s.suggestions(c, r.KSBs[0], w)...)
	}
	return page.Whole(h, blocks...)
}

// headed is one block: a blank line, a heading and some lines.
func headed(c *ui.Context, head string, lines []string) [][]string {
	return [][]string{append([]string{"", c.Theme.Title.Render(head)}, lines...)}
}

// suggestions are the kinds of evidence that could show a KSB, a block for each.
func (s *Screen) suggestions(c *ui.Context, ksb string, w int) [][]string {
	var blocks [][]string
	entry, _ := s.coach.Of(ksb)
	for i, e := range entry.Evidence {
		lines := append([]string{""}, widget.Wrap(e.Sentence(), w)...)
		if i == 0 {
			lines = headed(c, "What could show "+ksb, lines[1:])[0]
		}
		blocks = append(blocks, lines)
	}
	return blocks
}

func codeLines(c *ui.Context, ids []string, w int, says func(*ui.Context, string) string) []string {
	var lines []string
	for _, id := range ids {
		lines = append(lines, widget.Hang(widget.Pad(id, 5), widget.Wrap(c.Title(id), w-5))...)
		lines = append(lines, widget.Indent(widget.Style(widget.Wrap(says(c, id), w-5), c.Theme.Faint.Render),
			"     ")...)
	}
	return lines
}

// gapSays is the size of a gap. It does not say that evidence is missing, since that is why the KSB is in the list.
func gapSays(c *ui.Context, ksb string) string {
	row, ok := c.Report.Row(ksb)
	if !ok {
		return ""
	}
	says := fmt.Sprintf("%d below target", row.Gap())
	if n, ok := row.Behind(); ok && n > 0 {
		says += fmt.Sprintf(", %d behind", n)
	}
	if row.Stale() {
		says += ", evidence " + tooOld
	}
	return says
}
