package appraising

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// opens is where Enter leads from a line of each part, and the words for it.
func opens(part appraisal.Part) (where ui.Name, does string) {
	switch part {
	case appraisal.PartProud, appraisal.PartAskFor, appraisal.PartChanged, appraisal.PartQuestions,
		appraisal.PartSupport:
		return ui.KSB, "read all about it"
	case appraisal.PartTalkOver, appraisal.PartTalkMore:
		return ui.KSB, "read all about it, and agree it anew"
	case appraisal.PartWorkingOn, appraisal.PartChances:
		return ui.Plan, "plan it"
	case appraisal.PartUnproved, appraisal.PartOld, appraisal.PartMissing:
		return ui.Evidence, "add evidence for "
	}
	return "", ""
}

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
			Key: "rate", Name: "Rate yourself on Duty 1 first", Does: "start rating", Enter: ui.Going(ui.Rate),
			Says: []string{"Ten minutes. Then what to bring comes from your own ratings."},
		})}, out...)
	}
	out = slices.Concat(lateBlock(c), out, []block{{Head: "Before you meet"}}, yearlyBlock(c), s.forwardBlock(c),
		s.privateBlocks(c))
	if rated {
		out = append(out, paperBlock(ui.PackPaper, "Write this page into a file, to send or print",
			appraisal.PackFirst))
		report := page.Row{
			Key: "report", Name: "Write a report of everything, for whom you choose",
			Enter: ui.Asking(ui.Report{}),
		}
		report.Does = "choose who reads it, and what is in it"
		dates := page.Row{Key: "dates", Name: "Put the dates into my calendar", Does: "choose the file for it"}
		dates.Enter = ui.Asking(ui.Report{Format: "ics", Write: true})
		below = append(below, row(report), row(dates))
		sheet := page.Row{
			Key: "sheet", Name: sheetMake, Says: []string{sheetMakeWhy},
			Does: "choose the file and make it",
		}
		take := page.Row{
			Key: "take", Name: sheetTake, Says: []string{sheetTakeWhy},
			Does: "say where it is and take it in",
		}
		sheet.Enter, take.Enter = ui.Asking(ui.Sheet{}), ui.Asking(ui.Sheet{Take: true})
		below = append(below, s.fold(c, "elsewhere", "With a mentor who sits elsewhere",
			[]block{row(sheet), row(take)})...)
	}
	on := row(page.Row{Key: "meet", Name: "On to the meeting"})
	return slices.Concat(out, below, s.goneBlocks(c), s.adviceBlocks(c), []block{on})
}

// lineMost is how many lines of the screen one line of the page may have: the whole page fits a usual terminal, a tall
// one has room to spare, and on a narrow one, where the page scrolls in any case, one line is too short for a name.
func lineMost(c *ui.Context) int {
	if c.Size.Narrow || c.Size.H >= tallFrom {
		return 2
	}
	return 1
}

func (s *Screen) lineBlock(c *ui.Context, part appraisal.Part, l appraisal.Line) block {
	r := page.Row{Key: string(part) + l.KSB + l.Words, KSB: l.KSB, Code: l.KSB, Name: l.Title, Tail: l.Words}
	if l.Title == "" || part == appraisal.PartAskFor { // what to ask for is plain from its words
		r.Name, r.Tail = l.Words, ""
	}
	_, _, known := c.Profile.Action(l.Action)
	where, does := opens(part)
	if of, _ := c.Report.Row(l.KSB); part == appraisal.PartProud && of.Fresh == 0 {
		where, does = opens(appraisal.PartUnproved)
	}
	switch {
	case l.Left != nil:
		return s.leftBlock(*l.Left, r)
	case known:
		r.Key, r.Sign, r.Does = actionRow+l.Action, forms.ActionSign(l.Status, l.Late), "open it in its goal"
		return to(ui.Go{To: ui.Plan, Action: l.Action}, r)
	case l.Goal != "":
		r.Key, r.Sign, r.Does = "goal:"+l.Goal, forms.ActionSign(l.Status, l.Late), "open it"
		return to(ui.Go{To: ui.Plan, Goal: l.Goal}, r)
	case l.KSB == "":
		return row(r)
	case where == ui.Evidence:
		does += l.KSB
	}
	r.Does = does
	return to(ui.Go{To: where, KSB: l.KSB}, r)
}

// fold is one row for several, which Enter unfolds below it.
func (s *Screen) fold(c *ui.Context, key, name string, rows []block) []block {
	g := c.Theme.Glyphs
	key = foldKey(key)
	show := s.unfold(key)
	if key == foldKey(privateFold) {
		show = alone(privateNotes, show)
	}
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
	return ui.Just(func(*ui.Context) {
		s.open = key
		s.at[s.tab].Lift() // what is unfolded comes into view
	})
}

func to(where ui.Go, r page.Row) block {
	r.KSB, r.Enter = where.KSB, ui.Asking(where)
	return row(r)
}

func paperBlock(x ui.Paper, name string, says ...string) block {
	return row(page.Row{
		Key: "paper", Name: name, Says: says, Does: "choose the file and write it",
		Enter: ui.Asking(ui.Write{Paper: x}),
	})
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
		Does: "rate them one after another", Enter: ui.Asking(ui.Go{To: ui.Rate, KSB: due[0].KSB, Forward: true}),
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
		r := page.Row{
			Key: "gone:" + e.ID, Name: e.Title.Line(), Says: []string{e.Where.Line()},
			Does: "look at your evidence",
		}
		out = append(out, to(ui.Go{To: ui.Evidence, KSB: e.KSBs[0]}, r))
	}
	return out
}

// privateBlocks are the private notes, folded away from the eyes of others, or where they are written.
func (s *Screen) privateBlocks(c *ui.Context) []block {
	var notes []block
	for _, x := range c.Profile.Private().Notes() {
		if name := words.Capital(x.About) + ": " + x.Text.Line(); !x.Text.Empty() {
			r := page.Row{Key: "private:" + x.About, Name: name, Does: "change your notes", Enter: s.askPrivate}
			notes = append(notes, row(r))
		}
	}
	if len(notes) == 0 {
		const name = "Write private notes: wellbeing, workload, support, adjustments"
		return []block{row(page.Row{Key: "private", Name: name, Does: "write them", Enter: s.askPrivate})}
	}
	return s.fold(c, privateFold, fmt.Sprintf("Your private notes (%d)", len(notes)), notes)
}

const privateFold = "private"

// cover puts away what is the learner's alone, when a page is turned to in a meeting.
func (s *Screen) cover(c *ui.Context) {
	if c.Profile.Meeting() {
		if s.open == foldKey(privateFold) {
			s.open = ""
		}
		s.layAside(c)
	}
}

func (s *Screen) chanceBlocks(c *ui.Context) []block {
	list := s.known.pack.Requests
	if len(list) == 0 {
		return []block{
			{Text: "So far there is nothing that your post gives you no chance to try."},
			{Text: "When rating, n says so. It counts as rated, it is no low score, and it comes here as a request."},
			row(page.Row{Key: "rate", Name: "Go on rating", Does: "go on rating", Enter: ui.Going(ui.Rate)}),
		}
	}
	when := "your next review"
	if due := c.Profile.ReviewSet(); !due.IsZero() && !due.Before(c.Today) {
		when = "your review on " + due.Short()
	}
	out := []block{{Text: "To take to " + when +
		": a rotation, shadowing, an audit, an SOP review. These are not low scores: your post gives you no chance " +
		"to try them. The last line writes them into a file."}}
	duty := 0
	for _, q := range list {
		if q.Duty != duty {
			duty = q.Duty
			out = append(out, block{Head: fmt.Sprintf("Duty %d, %s", duty, c.DutyTitle(duty))})
		}
		r := page.Row{Key: q.KSB, Code: q.KSB, Name: q.Title, Does: "plan it: who, by when, what will show it"}
		r.Says = []string{
			"Ask for: " + q.AskFor(), "How: " + strings.Join(q.Ways, "; or ") + ".", "To try: " + q.Exposure[0],
			"Who: " + strings.Join(q.Ask, "; ") + ".",
		}
		if q.Plan.Known() {
			r.Does = "open its goal: it is in your plan already"
			r.Says = append([]string{planSays(c, q.Plan)}, r.Says...)
		}
		if x, _, ok := c.Profile.Level(q.KSB); ok && x.Level == level.NoOpportunity && !x.Note.Empty() {
			r.Says = append(r.Says, "You noted: "+x.Note.Line())
		}
		out = append(out, to(ui.Go{To: ui.Plan, KSB: q.KSB}, r))
	}
	paper := paperBlock(ui.ChancePaper, "Write this page into a file, for your manager", "It holds no level, note or "+
		"evidence of yours.")
	return append(out, block{Head: "To take along"}, paper)
}

// planSays says what is planned for a chance, in the learner's own words.
func planSays(c *ui.Context, x appraisal.Planned) string {
	says := "In your plan already"
	if x.Goal.Status == profile.GoalParked {
		says = "Parked in your plan"
	}
	if x.Action.ID == "" {
		return says + ", with no open action: " + x.Goal.Text.Line()
	}
	return says + ": " + x.Action.Text.Line() + " (" + actionFacts(c, x.Action, profile.Goal{}) + ")"
}

// paneParts are about the chosen line first, and then advice for this page.
func (s *Screen) paneParts(c *ui.Context, r page.Row) []page.Part {
	var out []page.Part
	if id := r.KSB; id != "" {
		says := r.Tail
		if says == "" && r.Name != c.Title(id) {
			says = r.Name
		}
		k, _ := c.Standard.KSB(id)
		entry, _ := s.entry.Of(id)
		out = append(out, page.Part{Head: id + " " + c.Title(id), Says: words.Given(says, k.Text)},
			page.Part{Head: "What good looks like", Says: words.Given(entry.Good)})
	} else {
		out = append(out, page.Part{Head: r.Name, Says: words.Given(r.Tail)})
	}
	if id, ok := strings.CutPrefix(r.Key, actionRow); ok {
		a, g, _ := c.Profile.Action(id)
		out = append(out, page.Part{Head: "The goal", Says: words.Given(g.Text.Line())},
			page.Part{Head: "What was to show it", Says: words.Given(a.Shows.Line())})
		if a.Status != profile.ActionOpen {
			out = append(out, page.Part{Head: "Note in the plan", Says: words.Given(a.Note.Line())})
		}
	}
	if s.tab == rehearseTab && s.trial.begun() {
		return append(out, s.trialPart(c))
	}
	for _, b := range s.advice(c) {
		if b.Head != "" {
			out = append(out, page.Part{Head: b.Head})
			continue
		}
		part := &out[len(out)-1]
		part.Says = append(part.Says, strings.Join(append([]string{b.Name}, b.Says...), ". "))
	}
	return out
}

// advice is what the coaching says about meetings that fits the page. It is only read.
func (s *Screen) advice(c *ui.Context) []block {
	content := c.Library.Appraisal()
	when, head := "before", "Before the meeting"
	switch s.tab {
	case meetTab:
		when, head = "during", "While you talk"
	case afterTab:
		when, head = "after", "After the meeting"
	case chanceTab:
		return nil
	}
	out := []block{{Head: head}}
	for i, x := range content.Practices {
		if x.When == when {
			out = append(out, row(page.Row{Key: fmt.Sprint(when, i), Name: x.Text}))
		}
	}
	if s.tab != meetTab {
		return out
	}
	out = append(out, block{Head: "Giving and taking feedback"})
	for _, t := range content.For(coaching.Feedback) {
		name := t.Name + " (" + t.Source() + ")"
		out = append(out, row(page.Row{Key: "feedback" + t.ID, Name: name, Says: []string{t.Says}}))
	}
	return out
}

// adviceBlocks put the advice at the end of the page, unless the terminal is wide and has it beside the page.
func (s *Screen) adviceBlocks(c *ui.Context) []block {
	_, open := c.Profile.OpenReview()
	_, held := c.Profile.LastReview()
	if c.Size.Wide || s.tab == rehearseTab || s.tab == afterTab && !open && !held {
		return nil
	}
	advice := s.advice(c)
	if s.tab == prepareTab {
		return s.fold(c, "advice", advice[0].Head+": what helps", advice[1:])
	}
	return advice
}

func (s *Screen) trialPart(c *ui.Context) page.Part {
	p := page.Part{Head: "The questions"}
	at, _ := s.question(c)
	for i, note := range s.trial.notes(c.Profile) {
		mark, sign := "  ", c.Theme.Glyphs.Open
		if i == at {
			mark = c.Theme.Glyphs.Marker + " "
		}
		if !note.Empty() {
			sign = c.Theme.Glyphs.Done
		}
		p.Says = append(p.Says, mark+sign+" "+strconv.Itoa(i+1)+" "+s.trial.questions[i].Part)
	}
	return p
}

func (s *Screen) drawPane(c *ui.Context, r page.Row, w, h int) []string {
	blocks := page.Parts(s.paneParts(c, r), w, c.Theme)
	if len(blocks) > 0 {
		blocks[0] = blocks[0][1:] // nothing is above it
	}
	return page.Whole(h, blocks...)
}
