package appraisal

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
)

// An interviewer draws questions from one learner's record.
type interviewer struct {
	r     *gap.Report
	p     profile.Profile
	coach plan.Coach
	title plan.Titles
}

// about begins a question on one KSB with what the record says of it.
func (i interviewer) about(id string, says ...string) string {
	return id + " " + i.title(id) + ": " + strings.Join(says, " ")
}

// coached is what the coach asks on a KSB of a learner at this level, or the words given where nothing is written.
func (i interviewer) coached(id, otherwise string) string {
	row, _ := i.r.Row(id)
	entry, ok := i.coach(id)
	if questions := entry.QuestionsAt(plan.From(row)); ok && len(questions) > 0 {
		return questions[0]
	}
	return otherwise
}

// mostQuoted is the longest quotation in a question, in characters.
const mostQuoted = 120

// quoted repeats words of the record, shortened where they are long.
func quoted(t safetext.Text) string {
	words := []rune(t.Line())
	if len(words) > mostQuoted {
		return `"` + strings.TrimSpace(string(words[:mostQuoted])) + ` [...]"`
	}
	return `"` + string(words) + `"`
}

// strengths asks for the best one, and for the proof of a claim that has none.
func (i interviewer) strengths() []candidate {
	const tell = "Tell me of one time when you did it well. What did others notice?"
	var out []candidate
	used := ""
	if rows := i.r.Strengths(); len(rows) > 0 {
		used = rows[0].KSB.ID
		text := i.about(used, i.evidenceOf(rows[0]), i.coached(used, tell))
		out = append(out, candidate{drawn, Question{partWell, used, text, i.strengthWhy(rows[0])}})
	}
	for _, row := range slices.Concat(i.r.Unsupported(), i.r.Strengths()) {
		if row.KSB.ID == used {
			continue
		}
		why := i.strengthWhy(row)
		if row.Unsupported() {
			why = "A claim that still has to be earned: " + unsupportedWords(i.r, row)
		}
		return append(out, candidate{
			more,
			Question{partWell, row.KSB.ID, i.about(row.KSB.ID, i.evidenceOf(row), i.coached(row.KSB.ID, tell)), why},
		})
	}
	return out
}

// strengthWhy is why a strength is asked about.
func (i interviewer) strengthWhy(row gap.Row) string {
	return "A strength: " + row.AgainstTarget(i.r.AsOf)
}

// evidenceOf names the evidence for a level: the newest piece, or without any the day on which it was rated.
func (i interviewer) evidenceOf(row gap.Row) string {
	best, ok := newestFor(i.p, row.KSB.ID)
	if !ok && row.Aged != nil {
		return row.Aged.Words(i.r.AsOf) + ", and nothing shows it yet."
	}
	if !ok {
		return fmt.Sprintf("you rated it %s on %s, and nothing shows it yet.", row.Level, row.On.Long())
	}
	return fmt.Sprintf("what shows it is %s, %s.", quoted(best.Title), best.On.Long())
}

// newestFor is the newest evidence of a KSB.
func newestFor(p profile.Profile, ksb string) (best profile.Evidence, ok bool) {
	for _, e := range p.EvidenceFor(ksb) {
		if !ok || e.On.After(best.On) {
			best, ok = e, true
		}
	}
	return best, ok
}

// seenByOthers asks what a witness saw go well, unless a difference asks for the mentor's view of that already.
func (i interviewer) seenByOthers(differences []candidate) []candidate {
	rank := drawn
	if slices.ContainsFunc(differences, func(c candidate) bool { return c.Part == partOthers }) {
		rank = more
	}
	var best profile.Evidence
	for _, e := range i.p.Evidence {
		if !e.Witness.Empty() && e.Fresh(i.r.AsOf, i.r.Limit) && !e.On.Before(best.On) &&
			i.r.Standard.Place(e.KSBs[0]) >= 0 {
			best = e
		}
	}
	if best.ID == "" {
		return nil
	}
	text := i.about(best.KSBs[0], fmt.Sprintf("%s saw %s, %s. What would they say that you did well?",
		best.Witness.Line(), quoted(best.Title), best.On.Long()))
	return []candidate{{rank, Question{partOthers, best.KSBs[0], text, "Somebody else saw it, and can say so"}}}
}

// actions asks after the one that is overdue longest, and after one more.
func (i interviewer) actions() []candidate {
	late := i.p.Overdue(i.r.AsOf)
	sorting.By(late, func(a, b profile.Action) int { return a.Due.Compare(b.Due) })
	var out []candidate
	for n, a := range late[:min(len(late), 2)] {
		_, g, _ := i.p.Action(a.ID)
		text := fmt.Sprintf("You planned %s by %s. What came of it, and what got in the way?", quoted(a.Text),
			a.Due.Long())
		out = append(out, candidate{drawn + n, Question{partLast, g.KSBs[0], text, "It was " + plan.DueWords(a.Due, i.r.AsOf)}})
	}
	if len(out) > 0 {
		return out
	}
	for _, a := range i.p.Pending() {
		_, g, _ := i.p.Action(a.ID)
		return []candidate{{drawn, Question{partLast, g.KSBs[0], "You planned " + quoted(a.Text) +
			". How far are you with it?", "It is one of your open actions"}}}
	}
	return nil
}

// gaps asks about the first ones, except those that a difference asks about already.
func (i interviewer) gaps(differences []candidate) []candidate {
	var out []candidate
	for _, row := range plan.Firsts(i.r) {
		id := row.KSB.ID
		if slices.ContainsFunc(differences, func(c candidate) bool { return c.KSB == id }) {
			continue
		}
		if len(out) == few {
			break
		}
		where := fmt.Sprintf("you are at %s, and %s is the target.", row.Level, row.Target)
		if row.Aged != nil {
			where = fmt.Sprintf("%s, and %s is the target.", row.Aged.Words(i.r.AsOf), row.Target)
		} else if x, ok := i.p.Newest(id, profile.Self); ok && !x.Note.Empty() {
			where = fmt.Sprintf("you are at %s, and noted %s.", row.Level, quoted(x.Note))
		}
		q := Question{
			partBetter, id, i.about(id, where, i.coached(id, "What is between you and the next level?")),
			"One of your first gaps: " + strings.Join(i.r.Reasons(row), ", "),
		}
		out = append(out, candidate{drawn + min(len(out), 1), q})
	}
	return out
}

// differences asks about up to three, the largest first. What the mentor sees higher is asked as a strength.
func (i interviewer) differences() []candidate {
	var out []candidate
	for _, d := range firsts(slices.DeleteFunc(Open(i.p, i.r.Standard), Difference.TalkedOver)) {
		part, ask := partDiffer, "Show me what I have missed, or tell me where I am right."
		switch {
		case d.Opportunity():
			ask = "Where is the chance that one of us does not see?"
		case d.Widest() < 0:
			part, ask = partOthers, "What do you think I saw that you did not count?"
		}
		says := mentorsSay(d)
		out = append(out, candidate{
			drawn,
			Question{part, d.KSB, i.about(d.KSB, append(says, ask)...), "You differ here: " + d.Words()},
		})
	}
	return out
}

// mentorsSay puts the mentors' side of a difference into words. A single mentor is the one asking, and says "I".
func mentorsSay(d Difference) []string {
	mentors := d.Mentors()
	if len(mentors) == 1 {
		says := []string{fmt.Sprintf("I say %s, and you say %s.", d.Mentor.Figure(), d.Self.Figure())}
		if !d.MentorNote.Empty() {
			says = append(says, "I noted "+quoted(d.MentorNote)+".")
		}
		return says
	}
	says := []string{fmt.Sprintf("Your mentors gave it: %s. You say %s.", mentorWords(mentors, ""), d.Self.Figure())}
	for _, x := range mentors {
		if !x.Note.Empty() {
			says = append(says, MentorName(x.By)+" noted "+quoted(x.Note)+".")
		}
	}
	return says
}
