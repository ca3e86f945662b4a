package appraising

import (
	"fmt"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// opens is where Enter leads from a line of each part, and the words for it.
func opens(part appraisal.Part) lead {
	switch part {
	case appraisal.PartProud, appraisal.PartAskFor, appraisal.PartChanged, appraisal.PartQuestions, appraisal.PartSupport:
		return lead{ui.KSB, readAll}
	case appraisal.PartTalkOver, appraisal.PartTalkMore:
		return lead{ui.KSB, readAll + ", and agree it anew"}
	case appraisal.PartWorkingOn, appraisal.PartChances:
		return lead{ui.Plan, "plan it"}
	case appraisal.PartUnproved, appraisal.PartOld, appraisal.PartMissing:
		return lead{ui.Evidence, "add evidence for "}
	}
	return lead{}
}

// lead is a screen and the words for going there.
type lead struct {
	to   ui.Name
	does string
}

const readAll = "read all about it"

// prepareBlocks are the page for the room, a line for each thing, and below it what can be unfolded.
func (s *Screen) prepareBlocks(c *ui.Context) []block {
	var out, below []block
	for _, part := range s.known.page {
		rows := make([]block, len(part.Lines))
		for i, l := range part.Lines {
			rows[i] = s.lineBlock(c, part.Part, l)
			if rows[i].Most = lineMost(c); part.Below {
				rows[i].Most, rows[i].Name, rows[i].Tail = 0, l.Text(), ""
			}
		}
		if part.Below {
			below = append(below, s.fold(c, string(part.Part), fmt.Sprintf("%s (%d)", part.Head, len(rows)), rows)...)
			continue
		}
		rows[0].Label, rows[0].Gap = part.Head, c.Size.H >= tallFrom
		out = append(out, rows...)
	}
	rated := c.Report.Tally(0).Rated > 0
	if !rated {
		out = append([]block{row(page.Row{
			Key: "rate", Name: rateFirst, Says: []string{rateFirstWhy}, Does: "start rating",
			Enter: ui.Asking(ui.Go{To: ui.Rate}),
		})}, out...)
	}
	out = slices.Concat(lateBlock(c), out, []block{{Head: "Before you meet"}}, yearlyBlock(c), s.forwardBlock(c),
		s.privateBlocks(c))
	if rated {
		out = append(out, paperBlock(ui.PackPaper, "Write this page into a file, to send or print", appraisal.PackFirst))
		below = append(below, row(page.Row{
			Key: "report", Name: "Write a report of everything, for whom you choose", Does: "choose who reads it, and what is in it",
			Enter: ui.Asking(ui.Report{}),
		}), row(page.Row{
			Key: "dates", Name: "Put the dates into my calendar", Does: "choose the file for it", Enter: ui.Asking(ui.Report{Format: "ics", Write: true}),
		}))
		below = append(below, s.fold(c, "elsewhere", "With a mentor who sits elsewhere", sheetBlocks())...)
	}
	on := row(page.Row{Key: "meet", Name: "On to the meeting"})
	return slices.Concat(out, below, s.goneBlocks(c), s.adviceBlocks(c), []block{on})
}

// lineMost is how many lines of the screen one line of the page may have: the whole page fits a usual terminal, a tall one
// has room to spare, and on a narrow one, where the page scrolls in any case, one line is too short for a name.
func lineMost(c *ui.Context) int {
	if c.Size.Narrow || c.Size.H >= tallFrom {
		return 2
	}
	return 1
}

// lineBlock is the row for one line.
func (s *Screen) lineBlock(c *ui.Context, part appraisal.Part, l appraisal.Line) block {
	r := page.Row{Key: string(part) + l.KSB + l.Words, KSB: l.KSB, Code: l.KSB, Name: l.Title, Tail: l.Words}
	if l.Title == "" || part == appraisal.PartAskFor { // what to ask for is plain from its words
		r.Name, r.Tail = l.Words, ""
	}
	_, _, known := c.Profile.Action(l.Action)
	x := opens(part)
	if of, _ := c.Report.Row(l.KSB); part == appraisal.PartProud && of.Fresh == 0 {
		x = opens(appraisal.PartUnproved)
	}
	switch {
	case l.Left != nil:
		return s.leftBlock(c, *l.Left, r)
	case known:
		r.Key, r.Sign, r.Does = actionRow+l.Action, signOf(l), "open it in its goal"
		return to(ui.Go{To: ui.Plan, Action: l.Action}, r)
	case l.Goal != "":
		r.Key, r.Sign, r.Does = "goal:"+l.Goal, signOf(l), "open it"
		return to(ui.Go{To: ui.Plan, Goal: l.Goal}, r)
	case l.KSB == "":
		return row(r)
	case x.to == ui.Evidence:
		r.Does = x.does + l.KSB
		return to(ui.Go{To: x.to, KSB: l.KSB}, r)
	default:
		r.Does = x.does
		return to(ui.Go{To: x.to, KSB: l.KSB}, r)
	}
}

func signOf(l appraisal.Line) page.Sign {
	switch {
	case l.Late:
		return page.Late
	case l.Status == profile.ActionOpen:
		return page.Open
	}
	return endSign(l.Status)
}

// fold is one row for several, which Enter unfolds below it.
func (s *Screen) fold(c *ui.Context, key, name string, rows []block) []block {
	g := c.Theme.Glyphs
	show := s.unfold(foldKey(key))
	if key == privateFold {
		show = func(c *ui.Context) []ui.Ask { return askBeside(c, privateNotes, s.unfold(foldKey(privateFold))) }
	}
	key = foldKey(key)
	if s.open != key {
		return []block{row(page.Row{Key: key, Name: g.Unfold + " " + name, Does: "show it here", Enter: show})}
	}
	out := []block{row(page.Row{Key: key, Name: g.Fold + " " + name, Does: "fold it away", Enter: s.unfold("")})}
	for _, b := range rows {
		b.Deep = true
		out = append(out, b)
	}
	return out
}

func foldKey(key string) string { return "fold:" + key }

func (s *Screen) unfold(key string) ui.Then {
	return func(*ui.Context) []ui.Ask {
		s.open = key
		s.at[s.tab].Lift() // what is unfolded comes into view
		return nil
	}
}

// to is a row that leads to another screen.
func to(where ui.Go, r page.Row) block {
	r.KSB, r.Enter = where.KSB, ui.Asking(where)
	return row(r)
}

func paperBlock(x ui.Paper, name string, says ...string) block {
	return row(page.Row{
		Key: "paper", Name: name, Says: says, Does: "choose the file and write it", Enter: ui.Asking(ui.Write{Paper: x}),
	})
}

// sheetBlocks make and take in the rating sheet of a mentor who works elsewhere.
func sheetBlocks() []block {
	return []block{
		row(page.Row{
			Key: "sheet", Name: sheetMake, Says: []string{sheetMakeWhy}, Does: "choose the file and make it",
			Enter: ui.Asking(ui.Sheet{}),
		}),
		row(page.Row{
			Key: "take", Name: sheetTake, Says: []string{sheetTakeWhy}, Does: "say where it is and take it in",
			Enter: ui.Asking(ui.Sheet{Take: true}),
		}),
	}
}

// forwardBlock leads to the KSBs that are due in the open round, since what to bring depends on them.
func (s *Screen) forwardBlock(c *ui.Context) []block {
	due := s.known.due
	r, open := c.Profile.Open()
	if !open || len(due) == 0 || r.Rated(profile.Self) == 0 && len(c.Profile.Rounds) == 1 {
		return nil
	}
	return []block{row(page.Row{
		Key: "forward", Name: words.Count(len(due), "KSB is due to be rated", "KSBs are due to be rated") +
			": what you bring rests on these",
		Does:  "rate them one after another",
		Enter: ui.Asking(ui.Go{To: ui.Rate, KSB: due[0].KSB, Forward: true}),
	})}
}

// goneBlocks are pieces of evidence whose file has gone. Until the files have been looked for there are none.
func (s *Screen) goneBlocks(c *ui.Context) []block {
	var out []block
	for _, e := range c.Profile.Evidence {
		if there, known := s.files[e.ID]; !known || there || len(e.KSBs) == 0 {
			continue
		}
		if len(out) == 0 {
			out = append(out, block{Head: "File not found"})
		}
		r := page.Row{Key: "gone:" + e.ID, Name: e.Title.Line(), Does: "look at your evidence"}
		r.Says = []string{e.Where.Line()}
		out = append(out, to(ui.Go{To: ui.Evidence, KSB: e.KSBs[0]}, r))
	}
	return out
}

// privateBlocks are the private notes, folded away from the eyes of others, or where they are written.
func (s *Screen) privateBlocks(c *ui.Context) []block {
	write := s.askPrivate
	var notes []block
	for _, x := range c.Profile.Private().Notes() {
		if !x.Text.Empty() {
			notes = append(notes, row(page.Row{
				Key: "private:" + x.About, Name: words.Capital(x.About) + ": " + x.Text.Line(), Does: "change your notes",
				Enter: write,
			}))
		}
	}
	if len(notes) == 0 {
		return []block{row(page.Row{
			Key: "private", Name: "Write private notes: wellbeing, workload, support, adjustments", Does: "write them",
			Enter: write,
		})}
	}
	return s.fold(c, privateFold, fmt.Sprintf("Your private notes (%d)", len(notes)), notes)
}

const privateFold = "private"

// cover puts away what is the learner's alone, when a page is turned to in a meeting.
func (s *Screen) cover(c *ui.Context) {
	if !c.Profile.Meeting() {
		return
	}
	if s.open == foldKey(privateFold) {
		s.open = ""
	}
	s.layAside(c)
}
