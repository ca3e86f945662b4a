package appraising

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/tui/forms"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// prepareBlocks are the page to bring to the meeting, a line for each thing, and below it what can be unfolded.
func (s *Screen) prepareBlocks(c *ui.Context) []block {
	var out, below []block
	for _, part := range s.cache.page {
		rows := lists.Each(part.Lines, func(l appraisal.Line) block { return s.lineBlock(c, part, l) })
		if part.Below {
			below = append(below, s.fold(c, string(part.Part), fmt.Sprintf("%s (%d)", part.Head, len(rows)), rows)...)
			continue
		}
		rows[0].Label, rows[0].Gap = part.Head, c.Size.H >= tallFrom
		out = append(out, rows...)
	}
	rated := c.Report.Tally(0).Rated > 0
	if !rated {
		out = slices.Insert(out, 0, line("rate", "Rate yourself on Duty 1 first", "start rating", ui.Going(ui.Rate),
			"Ten minutes. Then what to bring comes from your own ratings."))
	}
	out = slices.Concat(lateBlock(c), out, []block{{Head: "Before you meet"}}, yearlyBlock(c), s.dueBlock(c),
		s.privateBlocks(c))
	if rated {
		const write = "Write this page into a file, to send or print"
		out = append(out, paperBlock(ui.PackPaper, write, appraisal.PackFirst))
		below = append(below,
			line("report", "Write a report of everything, for whom you choose",
				"choose who reads it, and what is in it", ui.Asking(ui.Report{})),
			line("dates", "Put the dates into my calendar", "choose the file for it",
				ui.Asking(ui.Report{Format: "ics", Write: true})))
		below = append(below, s.fold(c, "elsewhere", "With a mentor who works elsewhere", sheetBlocks())...)
	}
	return append(slices.Concat(out, below, s.goneBlocks(c), s.adviceBlocks(c)),
		line("meet", "On to the meeting", "", nil))
}

// lineBlock is a line of the page to bring, which may be cut, or of what can be unfolded below it, which is not.
func (s *Screen) lineBlock(c *ui.Context, part appraisal.Section, l appraisal.Line) block {
	b := block{Most: 1, Row: page.Row{Key: string(part.Part) + l.KSB + l.Words, KSB: l.KSB, Code: l.KSB}}
	// With one line each, the whole page fits at 80x24. A tall terminal has room to spare, and on a narrow one the page
	// scrolls anyway, and one line is too short for a name.
	if c.Size.Narrow || c.Size.H >= tallFrom {
		b.Most = 2
	}
	switch {
	case part.Below:
		b.Name, b.Most = l.Text(), 0
	case l.Title != "" && part.Part != appraisal.PartAskFor: // the words say what to ask for, without a title
		b.Name, b.Tail = l.Title, l.Words
	default:
		b.Name = l.Words
	}
	where := ui.Go{To: ui.Plan, Action: l.Action, Goal: l.Goal}
	_, _, isAction := c.Profile.Action(l.Action)
	switch {
	case l.Left != nil:
		return s.leftBlock(*l.Left, b)
	case isAction:
		b.Key, b.Sign, b.Does = actionRow+l.Action, forms.ActionSign(l.Status, l.Late), "open it in its goal"
	case l.Goal != "":
		b.Key, b.Sign, b.Does = "goal:"+l.Goal, forms.ActionSign(l.Status, l.Late), "open it"
	case l.KSB == "":
		return b
	default:
		where.KSB = l.KSB
		where.To, b.Does = goesTo(c, part.Part, l.KSB)
	}
	b.Enter = ui.Asking(where)
	return b
}

// goesTo is the screen that Enter goes to from a line about a KSB, and what Enter does in words.
func goesTo(c *ui.Context, part appraisal.Part, ksb string) (screen ui.Name, does string) {
	row, _ := c.Report.Row(ksb)
	switch {
	case part == appraisal.PartTalkOver, part == appraisal.PartTalkMore:
		return ui.KSB, "read all about it, to agree it again"
	case part == appraisal.PartWorkingOn, part == appraisal.PartChances:
		return ui.Plan, "plan it"
	case part == appraisal.PartUnproved, part == appraisal.PartOld, part == appraisal.PartMissing,
		part == appraisal.PartProud && row.Fresh == 0:
		return ui.Evidence, "add evidence for " + ksb
	}
	return ui.KSB, "read all about it"
}

// fold is a row that stands for several; Enter shows or hides them below it.
func (s *Screen) fold(c *ui.Context, key, name string, rows []block) []block {
	key = "fold:" + key
	if s.open == key {
		for i := range rows {
			rows[i].Deep = true
		}
		return under(line(key, c.Theme.Glyphs.Fold+" "+name, "fold it away", s.unfold("")), rows)
	}
	show := s.unfold(key)
	if key == privateFold {
		show = askIfAlone(privateNotes, show)
	}
	return []block{line(key, c.Theme.Glyphs.Unfold+" "+name, "show it here", show)}
}

func (s *Screen) unfold(key string) ui.Then {
	return ui.Just(func(*ui.Context) {
		s.open = key
		s.lists[s.tab].Lift() // so that what is unfolded comes into view
	})
}

func paperBlock(x ui.Paper, name string, says ...string) block {
	return line("paper", name, "choose the file and write it", ui.Asking(ui.Write{Paper: x}), says...)
}

// lateBlock says what can be done about a gateway or a review whose day has passed.
func lateBlock(c *ui.Context) []block {
	due := c.Profile.ReviewSet()
	_, open := c.Profile.OpenReview()
	if d, passed := plan.GatewayPassed(c.Profile, c.Today); passed {
		return []block{{Text: "Your gateway was planned for " + d.Long() +
			". m Meet starts its review; if the date has moved, d on Home changes it."}}
	}
	if open || due.IsZero() || !due.Before(c.Today) {
		return nil
	}
	return []block{{Text: "Your review " + plan.WasDue(due, c.Today) +
		". m Meet starts it, also with the day on which it was held; d on Home sets a new date."}}
}

// dueBlock leads to the KSBs that are due in the open round, since what to bring depends on them. A first round in
// which nothing is rated has its own line at the top of the page.
func (s *Screen) dueBlock(c *ui.Context) []block {
	due := s.cache.due
	r, open := c.Profile.Open()
	if !open || len(due) == 0 || r.Rated(profile.Self) == 0 && len(c.Profile.Rounds) == 1 {
		return nil
	}
	name := words.Count(len(due), "KSB is due to be rated", "KSBs are due to be rated")
	name += ": what you bring rests on these"
	return []block{line("forward", name, "rate them one after another", rateFrom(due[0]))}
}

// goneBlocks are the pieces of evidence whose file is not found. Until ui.Look is answered there are none.
func (s *Screen) goneBlocks(c *ui.Context) []block {
	var out []block
	for _, e := range c.Profile.Evidence {
		if there, known := s.files[e.ID]; known && !there && len(e.KSBs) > 0 {
			b := line("gone:"+e.ID, e.Title.Line(), "look at your evidence",
				ui.Asking(ui.Go{To: ui.Evidence, KSB: e.KSBs[0]}), e.Where.Line())
			b.KSB = e.KSBs[0]
			out = append(out, b)
		}
	}
	return under(block{Head: "File not found"}, out)
}

// privateBlocks are the private notes, folded so that nobody else reads them by chance; without notes, a row to write
// some.
func (s *Screen) privateBlocks(c *ui.Context) []block {
	var notes []block
	for _, x := range c.Profile.Private().Notes() {
		if says := x.Text.After(words.Capital(x.About) + ": "); says != "" {
			notes = append(notes, line("private:"+x.About, says, "change your notes", s.askPrivate))
		}
	}
	if len(notes) == 0 {
		const name = "Write private notes: wellbeing, workload, support, adjustments"
		return []block{line("private", name, "write them", s.askPrivate)}
	}
	return s.fold(c, "private", fmt.Sprintf("Your private notes (%d)", len(notes)), notes)
}

const (
	privateFold    = "fold:private"         // the key of the row that unfolds the private notes
	privateNotes   = "private notes"        // for askIfAlone
	rehearsalNotes = "notes of a rehearsal" // for askIfAlone
	privateLine    = "They are left out of anything shared unless you include them."
	waitLine       = "They wait for your next review, which takes them over when it starts."
)

// askIfAlone asks, during a meeting, before it opens notes that are for the learner alone: the mentor may see the
// screen. At any other time it just opens them.
func askIfAlone(what string, then ui.Then) ui.Then {
	return func(c *ui.Context) []ui.Ask {
		if !c.Profile.Meeting() {
			return then(c)
		}
		title := "Open your " + what + "?"
		if name := strings.Fields(c.Profile.Learner.Name.Line()); len(name) > 0 {
			title = name[0] + ", open your " + what + "?"
		}
		return ui.Asks(ui.Choose{Title: title, Says: "Your mentor can see the screen.", Options: []ui.Option{
			{Text: "Not now"}, {Text: "Open them", Then: then},
		}})
	}
}

func (s *Screen) askPrivate(c *ui.Context) []ui.Ask {
	return askIfAlone(privateNotes, s.writePrivate)(c)
}

func (s *Screen) writePrivate(c *ui.Context) []ui.Ask {
	// The draft has the same key before and during a review, so that a text begun before it is still there.
	form := ui.Form{Key: "review-private", Title: "Private notes", Says: privateWords(c), Send: "keep the notes"}
	asks := map[string]string{
		profile.ShareWellbeing: "How are you, at work and with the course? All of these can be left empty.",
		profile.ShareWorkload:  "Is there time to learn, and what takes it?",
		profile.ShareSupport:   "What would help, and who could give it?",
		profile.ShareAdjust: "Reasonable adjustments that help you in this meeting and at work: questions " +
			"beforehand, more time, large print, a break, someone beside you. What you need, not why.",
	}
	for _, x := range c.Profile.Private().Notes() {
		form.Fields = append(form.Fields, ui.Field{
			ID: x.About, Label: words.Capital(x.About), Says: asks[x.About], Value: x.Text.Raw(), Lines: 3,
		})
	}
	return ui.Asks(ui.Edit{Form: form, Then: func(v ui.Values, c *ui.Context) []ui.Ask {
		change := profile.KeepPrivate{
			Wellbeing: new(v.Text(profile.ShareWellbeing)), Workload: new(v.Text(profile.ShareWorkload)),
			Support: new(v.Text(profile.ShareSupport)), Adjust: new(v.Text(profile.ShareAdjust)),
		}
		return ui.Make(change, func(c *ui.Context) string { return "Kept. " + privateWords(c) })
	}})
}

// privateWords say that notes stay private and, while no review is open, that they wait for the next one.
func privateWords(c *ui.Context) string {
	if _, open := c.Profile.OpenReview(); open {
		return privateLine
	}
	return waitLine + " " + privateLine
}

func (s *Screen) chanceBlocks(c *ui.Context) []block {
	requests := s.cache.pack.Requests
	if len(requests) == 0 {
		return []block{
			{Text: "So far there is nothing that your post gives you no chance to try."},
			{Text: "If there is, press n when you rate it. It counts as rated, is not a low score, and is listed " +
				"here as something to ask for."},
			line("rate", "Go on rating", "go on rating", ui.Going(ui.Rate)),
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
	for _, q := range requests {
		if q.Duty != duty {
			duty = q.Duty
			out = append(out, block{Head: fmt.Sprintf("Duty %d, %s", duty, c.DutyTitle(duty))})
		}
		b := line(q.KSB, q.Title, "plan it: who, by when, what will show it", ui.Asking(ui.Go{To: ui.Plan, KSB: q.KSB}),
			"Ask for: "+q.AskFor(), "How: "+strings.Join(q.Ways, "; or ")+".", "To try: "+q.Exposure[0],
			"Who: "+strings.Join(q.Ask, "; ")+".")
		b.KSB, b.Code = q.KSB, q.KSB
		if q.Plan.Known() {
			b.Does = "open its goal: it is in your plan already"
			b.Says = slices.Insert(b.Says, 0, planSays(c, q.Plan))
		}
		if x, _, ok := c.Profile.Level(q.KSB); ok && x.Level == level.NoOpportunity && !x.Note.Empty() {
			b.Says = append(b.Says, "You noted: "+x.Note.Line())
		}
		out = append(out, b)
	}
	return append(out, block{Head: "To take along"}, paperBlock(ui.ChancePaper,
		"Write this page into a file, for your manager", "It holds no level, note or evidence of yours."))
}

// planSays says what the plan already has for a chance, in the learner's own words.
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

// paneParts are what the right pane says: first about the chosen row, and then advice for this page.
func (s *Screen) paneParts(c *ui.Context, r page.Row) []page.Part {
	out := []page.Part{{Head: r.Name, Says: words.Given(r.Tail)}}
	if id := r.KSB; id != "" {
		says := r.Tail
		if says == "" && r.Name != c.Title(id) {
			says = r.Name
		}
		k, _ := c.Standard.KSB(id)
		entry, _ := s.coach.Of(id)
		out[0] = page.Part{Head: id + " " + c.Title(id), Says: words.Given(says, k.Text)}
		out = append(out, page.Part{Head: "What good looks like", Says: words.Given(entry.Good)})
	}
	if id, ok := strings.CutPrefix(r.Key, actionRow); ok {
		a, g, _ := c.Profile.Action(id)
		out = append(out, page.Part{Head: "The goal", Says: words.Given(g.Text.Line())},
			page.Part{Head: "What was to show it", Says: words.Given(a.Shows.Line())})
		if a.Status != profile.ActionOpen {
			out = append(out, page.Part{Head: "Note in the plan", Says: words.Given(a.Note.Line())})
		}
	}
	if s.rehearsing() {
		p := page.Part{Head: "The questions"}
		at, _ := s.question(c)
		for i, note := range s.trial.notes(c.Profile) {
			mark := lists.Pick(i == at, c.Theme.Glyphs.Marker, " ")
			sign := lists.Pick(note.Empty(), c.Theme.Glyphs.Open, c.Theme.Glyphs.Done)
			p.Says = append(p.Says, fmt.Sprintf("%s %s %d %s", mark, sign, i+1, s.trial.questions[i].Part))
		}
		return append(out, p)
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

// advice is what the coaching says about the part of a meeting that the page is for.
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
			out = append(out, line(fmt.Sprint(when, i), x.Text, "", nil))
		}
	}
	if s.tab != meetTab {
		return out
	}
	out = append(out, block{Head: "Giving and taking feedback"})
	for _, t := range content.For(coaching.Feedback) {
		out = append(out, line("feedback"+t.ID, t.Name+" ("+t.Source()+")", "", nil, t.Says))
	}
	return out
}

// adviceBlocks put the advice at the end of the page, unless the right pane has it.
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
