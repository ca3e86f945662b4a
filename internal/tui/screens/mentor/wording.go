package mentor

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/levels"
	"github.com/ksbcoach/ksbcoach/internal/tui/page"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

const (
	noNote           = "No note written."
	rateBeforeNote   = "Rate it first, then write what you saw."
	noneEqual        = "No equal ratings of this round wait to be agreed."
	allRatedTogether = "You have rated all of them. When you are both ready, v looks at the differences."
	fairWords        = "To be fair: hear both, use the level's words, look past the last week"
)

func (s *Screen) Help() string {
	if s.sheet {
		return sheetHelp
	}
	return "For the mentor who sits with the learner.\nYou rate first, without seeing the learner's levels, notes or " +
		"gaps: all KSBs are here, duty by duty, whoever the learner is. Leave out what you have not seen. What " +
		"another mentor rated is kept too.\nWhen both are ready, v shows only where you differ, the largest " +
		"difference first: agree a level with a reason, or record that you differ.\nWhere several mentors rated, " +
		"each is named, the newest rating first. Nothing is averaged.\nAfter that, c changes a mentor's level while " +
		"you sit together, and the level given blind is kept with it.\nu takes back what you did yourself, never " +
		"what was done before the keyboard was handed over.\nEsc leaves: the next screen is the learner's own again."
}

func (s *Screen) Glyphs(t *theme.Theme) []ui.Glyph {
	g := t.Glyphs
	own := []ui.Glyph{
		{Shown: "[K7 2]", Means: "the KSB on this page, with your level"},
		{Shown: g.None, Means: "not rated by you"},
		{Shown: g.Tick, Means: "after a code: you rated it; before a level: the one you gave"},
	}
	if s.sheet {
		return own
	}
	own = append(own, ui.Glyph{Shown: g.Another, Means: "another mentor rated it; you do not see which level"})
	return append(own, levels.BarGlyphs(t)...)
}

var introWords = []string{
	"For the mentor. You rate first, and you rate blind: nothing that the learner said of their own level is on " +
		"these pages.",
	"Rate what you have seen, against the words of each level. Leave out what you have not seen; a few honest " +
		"ratings are worth more than many.",
	"Every KSB is here, duty by duty. Take the duties that you know. Any time, v shows where you differ, once both " +
		"of you are ready.",
}

// ratedBefore tells a mentor who has rated before, and that nobody's ratings replace another's.
func ratedBefore(names []safetext.Text) []string {
	if len(names) == 0 {
		return nil
	}
	mentors := lists.Each(names, safetext.Text.Line)
	return []string{words.List(mentors) + words.Form(len(mentors), " has", " have") +
		" rated before. Each of you sees only your own levels, and nobody's rating replaces another's."}
}

func lookedAt(ksb string, on calendar.Date) string {
	return "You both looked at " + ksb + " on " + on.Short() + ". To change it, v shows it and c changes it there, " +
		"together."
}

// dutyDone is what to say at the end of a duty.
func (s *Screen) dutyDone(number int) string {
	says := fmt.Sprintf("Duty %d is rated.", number)
	if s.all {
		return says
	}
	leave := lists.Pick(s.sheet, "Esc when you are done", "v to look together")
	return says + " Choose the next one, or " + leave + "."
}

const (
	nameTitle     = "Who is rating?"
	nameSays      = "Your name is kept with your ratings in the learner's file."
	sheetNameSays = "Your name is kept with every rating on this sheet."
)

func (s *Screen) nameForm(name safetext.Text, says string) ui.Edit {
	typed := func(v ui.Values, c *ui.Context) []ui.Ask { return s.typedName(v.Text("name"), s.blindfold(c)) }
	mayRate := func(text string) string { return ui.Wrong(profile.MayBeMentor(safetext.New(text))) }
	return ui.Edit{Then: typed, Form: ui.Form{
		Title: nameTitle, Says: says, Send: "go on",
		Fields: []ui.Field{{ID: "name", Label: "Your name", Value: name.Raw(), Need: true, Check: mayRate}},
	}}
}

// ratedWords say what was rated, what w does, and which other mentors' ratings of it are kept too.
func ratedWords(ksb string, l level.Level, noted bool, others []profile.Rating) string {
	says := ksb + " rated " + l.String()
	if l == level.NoOpportunity {
		says = ksb + ": " + l.InWords()
	}
	then := "; w adds a note to it."
	if noted {
		then = "; your note stays, w changes it."
	}
	switch {
	case len(others) == 0:
	case len(others) == 1 && others[0].By.Empty():
		then += " The rating without a name is kept too."
	case len(others) == 1:
		then += " " + others[0].By.Line() + "'s rating is kept too."
	default:
		then += " The ratings by " + appraisal.MentorNames(others) + " are kept too."
	}
	return says + then
}

// noteForm asks what the mentor saw. The key of its draft has the mentor's name, so that no other mentor sees the
// draft.
func (s *Screen) noteForm(ksb, title string, note safetext.Text) ui.Edit {
	keep := func(v ui.Values, c *ui.Context) []ui.Ask { return s.keepNote(ksb, v.Text("note"), s.blindfold(c)) }
	return ui.Edit{Then: keep, Form: ui.Form{
		Key: "seen:" + profile.PlainName(s.who) + ":" + ksb, Send: "keep the note",
		Title:  "What you saw: " + ksb + " " + title,
		Says:   "One situation, what was done, what came of it. Leave out anything about a patient.",
		Fields: []ui.Field{{ID: "note", Label: "In a line or two", Value: note.Raw(), Lines: 3}},
	}}
}

func (s *Screen) askReady() ui.Choose {
	says := "From then on the learner's levels and notes are on the screen."
	return ui.Choose{Title: "Are you both ready to look?", Says: says, Options: []ui.Option{
		{Text: "Not yet", Says: "go on rating blind"},
		{Text: "Yes, show where we differ", Says: "the learner speaks first: how does each strike you?", Then: s.look},
	}}
}

// look opens the reveal. The record notes that both have looked, which also shows the learner what only a mentor rated.
func (s *Screen) look(c *ui.Context) []ui.Ask {
	s.mode, s.differences = revealMode, page.List{}
	if len(c.Profile.ToReveal()) == 0 {
		return nil
	}
	return ui.Asks(ui.Do{Change: profile.Reveal{On: c.Today}})
}

// settleMenu asks which level the two agree on. It points first at the level that is agreed already, or at the
// learner's own, since the learner speaks first.
func (s *Screen) settleMenu(c *ui.Context, d appraisal.Difference) ui.Choose {
	at := d.Self
	if d.Alone {
		at = d.Mentor
	}
	if d.Agreed != nil {
		at = *d.Agreed
	}
	menu := levelMenu(c, d.KSB, at, func(l level.Level) ui.Then {
		return s.withDifference(d.KSB, func(d appraisal.Difference, c *ui.Context) []ui.Ask {
			return ui.Asks(s.reasonForm(c, d, l))
		})
	})
	menu.Title = d.KSB + " " + c.Title(d.KSB)
	menu.Says = "Which level do you agree on? Let its words decide, not the middle between you."
	for i, l := range levels.All {
		if who := saidBy(d, l, s.mentorHere(c)); who != "" {
			menu.Options[i].Text += ", as " + who + " said"
		}
	}
	if !d.TalkedOver() && !d.Alone {
		menu.Options = append(menu.Options, ui.Option{
			Key: "d", Text: "We differ, and leave it at that for now", Says: "with a note on what would decide it",
			Then: s.withDifference(d.KSB, s.askDiffer),
		})
	}
	menu.Options = append(menu.Options, ui.Option{
		Key: "c", Text: "A mentor changes a level", Says: "what was given blind is kept with it",
		Then: s.withDifference(d.KSB, s.askChange),
	})
	return menu
}

// levelMenu offers all levels of a KSB, each with its own key, and points first at one of them.
func levelMenu(c *ui.Context, ksb string, at level.Level, then func(level.Level) ui.Then) ui.Choose {
	k, _ := c.Standard.KSB(ksb)
	menu := ui.Choose{At: levels.Index(at)}
	for _, l := range levels.All {
		menu.Options = append(menu.Options, ui.Option{
			Key: l.Key(), Text: c.Library.Scale().Words(l).Name, Says: c.Library.Scale().Seen(l, k.Kind), Then: then(l),
		})
	}
	return menu
}

// withDifference looks up the difference again when the answer comes, and does nothing if it is gone by then.
func (s *Screen) withDifference(ksb string, then func(appraisal.Difference, *ui.Context) []ui.Ask) ui.Then {
	return func(c *ui.Context) []ui.Ask {
		if d, ok := s.reveal(c).of(ksb); ok {
			return then(d, c)
		}
		return nil
	}
}

// saidBy names who gave this level; "" for nobody. If the mentor who is here is the only one who rated, they need no
// name.
func saidBy(d appraisal.Difference, l level.Level, mentorHere safetext.Text) string {
	onlyHere := len(d.Others) == 0 && (d.By.Empty() || profile.SameName(d.By, mentorHere))
	var who []string
	if l == d.Self && !d.Alone {
		who = append(who, "the learner")
	}
	for _, x := range d.Mentors() {
		switch {
		case x.Level != l:
		case onlyHere:
			who = append(who, "the mentor")
		default:
			who = append(who, appraisal.MentorName(x.By))
		}
	}
	if len(who) == 2 && onlyHere {
		return "you both"
	}
	return words.List(who)
}

// reasonForm asks why the two agree on a level. An earlier reason is in the field only if it was given for this level;
// otherwise it is shown above.
func (s *Screen) reasonForm(c *ui.Context, d appraisal.Difference, l level.Level) ui.Edit {
	k, _ := c.Standard.KSB(d.KSB)
	says, reason := c.Library.Scale().Seen(l, k.Kind), safetext.Text{}
	switch {
	case d.Agreed != nil && *d.Agreed == l:
		reason = d.Reason
	case d.Settled() || d.Earlier != nil:
		says += ". " + soFar(c, d)
	}
	agree := func(v ui.Values, c *ui.Context) []ui.Ask {
		mentor := s.who
		if mentor.Empty() {
			now, _ := s.reveal(c).of(d.KSB)
			mentor = now.By
		}
		change := profile.Agree{KSB: d.KSB, Level: l, Reason: v.Text("reason"), On: c.Today, Who: mentor}
		return ui.Make(change, func(c *ui.Context) string {
			return s.settled("Agreed for "+d.KSB+": "+c.Library.Scale().Named(l)+".", c)
		})
	}
	return ui.Edit{Then: agree, Form: ui.Form{
		Key: "agree-" + d.KSB + "-" + l.String(), Title: "Agree " + d.KSB + " at " + c.Library.Scale().Named(l),
		Says: says, Send: "agree it", Fields: []ui.Field{{
			ID: "reason", Label: "Why this level?", Says: appraisal.AskReason, Value: reason.Raw(), Need: true,
		}},
	}}
}

// soFar is what was settled before, with its reason.
func soFar(c *ui.Context, d appraisal.Difference) string {
	says, reason := "You recorded that you differ", d.Reason
	switch {
	case d.Agreed != nil:
		says = "Agreed " + c.Library.Scale().Named(*d.Agreed)
	case !d.Differ:
		level, on := c.Library.Scale().Named(d.Earlier.Level), d.Earlier.On.Near(c.Today)
		says, reason = "Agreed "+level+" on "+on+", before the newest rating", d.Earlier.GivenReason()
	}
	return says + words.After(": ", reason.Line())
}

// askDiffer records that the two differ, and asks what would decide it. It refuses where both say the same, or where
// only a mentor rated.
func (s *Screen) askDiffer(d appraisal.Difference, c *ui.Context) []ui.Ask {
	switch {
	case d.Alone:
		return ui.Asks(ui.Say{Text: "Only a mentor rated " + d.KSB + ". A digit agrees a level, with a reason."})
	case d.TalkedOver():
		return ui.Asks(ui.Say{Text: "You both say the same about " + d.KSB + " now. A digit agrees it, with a reason."})
	}
	var note safetext.Text
	if d.Differ {
		note = d.Reason
	}
	differ := func(v ui.Values, c *ui.Context) []ui.Ask {
		change := profile.RecordDiffer{KSB: d.KSB, On: c.Today, Note: v.Text("note")}
		return ui.Make(change, func(c *ui.Context) string {
			return s.settled("Recorded that you differ on "+d.KSB+".", c)
		})
	}
	return ui.Asks(ui.Edit{Then: differ, Form: ui.Form{
		Key: "differ-" + d.KSB, Title: "You differ on " + d.KSB + " " + c.Title(d.KSB), Send: "record it",
		Says: "Both views stay as they are. Nothing is averaged.", Fields: []ui.Field{{
			ID: "note", Label: appraisal.AskDecides, Says: "such as: watch the next two together",
			Value: note.Raw(), Lines: 2, Need: true,
		}},
	}})
}

// leftWords say what is still open. A recorded difference counts as settled for now.
func leftWords(m reveal) string {
	switch {
	case m.open > 0:
		return words.Count(m.open, "difference is", "differences are") + " still open."
	case m.differ > 0:
		return fmt.Sprintf("Nothing else is left open; you differ on %d. Esc goes back.", m.differ)
	}
	return "No difference is left open: Esc goes back."
}

// changeMenu asks for the new level of a mentor's rating, which must be of the open round and seen by both.
func changeMenu(d appraisal.Difference, x profile.Rating, c *ui.Context) []ui.Ask {
	round, _ := c.Profile.Open()
	if now, ok := round.MentorRating(d.KSB, x.By); !ok || now.Shown.IsZero() {
		return ui.Asks(ui.Say{Text: "That rating is of an earlier round; b rates it again, blind."})
	}
	menu := levelMenu(c, d.KSB, x.Level, func(l level.Level) ui.Then {
		return func(c *ui.Context) []ui.Ask {
			change := profile.Rate{KSB: d.KSB, By: profile.Mentor, Who: x.By, Level: l, On: c.Today}
			return ui.Make(change, func(c *ui.Context) string {
				round, _ := c.Profile.Open()
				now, _ := round.MentorRating(d.KSB, x.By)
				return appraisal.MentorName(x.By) + " on " + d.KSB + ": " + appraisal.Level(now) + "."
			})
		}
	})
	menu.Title = appraisal.MentorName(x.By) + " changes " + d.KSB + " " + c.Title(d.KSB)
	blind := c.Library.Scale().Named(x.BeforeReveal())
	menu.Says = "You have both seen it, so what was given blind, " + blind + ", is kept with the new level."
	return ui.Asks(menu)
}

func emptyWords(m reveal) []string {
	switch {
	case m.both == 0:
		return []string{
			"Nothing is rated by both of you yet, so there is nothing to compare.",
			"Enter goes back to the duties; b does too.",
		}
	case len(m.equal) > 0:
		same := fmt.Sprintf("You gave the same level to all %d that both of you rated.", m.both)
		return []string{same, equalWords(m.equal, m.others) + ".", "Enter does so too."}
	}
	return []string{
		fmt.Sprintf("You gave the same level to all %d that both of you rated, and they are agreed.", m.both),
		"Enter goes back to the duties, Esc leaves.",
	}
}

// settledSays is how far a difference is settled, in a column of the reveal.
func settledSays(d appraisal.Difference) string {
	switch {
	case d.Agreed != nil && *d.Agreed == level.NoOpportunity:
		return "agreed none"
	case d.Agreed != nil:
		return "agreed " + d.Agreed.String()
	case d.Differ:
		return "you differ"
	case d.Alone:
		return "mentor only"
	case d.TalkedOver() && d.Changed():
		return "talked over"
	case d.Equal():
		return "both " + d.Self.String()
	case d.Old:
		return "other rounds"
	case d.Opportunity():
		return "a chance?"
	}
	return fmt.Sprintf("%d apart", max(d.Widest(), -d.Widest()))
}

// equalWords say how to agree what both rated the same. The codes come last, since the end is cut where there is little
// room.
func equalWords(ksbs, others []string) string {
	if len(ksbs) == 0 {
		return strings.TrimSuffix(leftWith(others, nil), ". ")
	}
	return fmt.Sprintf("= agrees %d more that you rated the same: %s", len(ksbs), codes(ksbs))
}

// agreedEqualWords say what "=" agreed and what it left.
func agreedEqualWords(ksbs, others, kept []string) string {
	says := fmt.Sprintf("Agreed %d that you rated the same: %s. ", len(ksbs), codes(ksbs))
	return says + leftWith(others, kept) + words.Form(len(ksbs), "u takes it back.", "u takes them back.")
}

// leftWith says which equal ratings "=" leaves: those of mentors who are not here, and those agreed at another level.
func leftWith(others, kept []string) (says string) {
	if len(others) > 0 {
		says = "Left for the mentor who rated them: " + codes(others) + ". "
	}
	if len(kept) > 0 {
		says += "Left out, since you agreed another level with a reason: " + codes(kept) + ". "
	}
	return says
}

// codes writes three or more neighbouring codes as a range, such as K1-K5. They must be in order.
func codes(ksbs []string) string {
	var out []string
	for i := 0; i < len(ksbs); i++ {
		first, last := i, i
		for last+1 < len(ksbs) && neighbours(ksbs[last], ksbs[last+1]) {
			last++
		}
		if last-first < 2 {
			out = append(out, ksbs[i])
			continue
		}
		out = append(out, ksbs[first]+"-"+ksbs[last])
		i = last
	}
	return strings.Join(out, ", ")
}

// neighbours says whether two codes are neighbours, such as K7 and K8.
func neighbours(a, b string) bool {
	x, err := strconv.Atoi(a[1:])
	y, err2 := strconv.Atoi(b[1:])
	return err == nil && err2 == nil && a[0] == b[0] && y == x+1
}
