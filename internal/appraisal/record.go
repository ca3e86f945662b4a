package appraisal

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// HashWords go beside every hash, which people read as a check code.
const HashWords = "A check code shows whether the text was changed; it is no signature."

// Code is a hash as it is shown: the check code, without the name of the way in which it was worked out.
func Code(hash string) string { return strings.TrimPrefix(hash, hashed) }

// hashed is what every hash begins with.
const hashed = "sha256:"

// Record is the text of a review to share: who met, the agreed levels with their reasons, what became of the actions of
// last time and what takes the place of those that were changed, the new ones and the closing questions. Wellbeing, workload,
// support and reflections stand in it only where the review shares them. A claim of 3 or 4 that had no fresh example then is
// marked as unsupported. It ends in one line end and is safe to show.
//
// KSBs stand in it in the standard's own wording, which no update of the program changes. A closed review that is whole
// (profile.Review.Whole) gives the same text, and so the same hash, whatever the learner does later.
func Record(p profile.Profile, std *standard.Standard, r profile.Review) string {
	w := &recorder{p: p, std: std, r: r, kept: r.Kept, set: r.Actions}
	if !r.Whole() {
		w.asOfNow()
	}
	w.head()
	w.levels()
	w.actions()
	w.block("What was agreed", r.Agreed)
	w.private()
	w.closing()
	return strings.TrimRight(w.text.String(), "\n") + "\n"
}

// recorder writes one record, part by part.
type recorder struct {
	p    profile.Profile
	std  *standard.Standard
	r    profile.Review
	kept profile.Kept // what it tells of beside the review itself
	set  []string     // IDs of the actions that were set in the review
	text strings.Builder
}

func (w *recorder) line(format string, args ...any) { fmt.Fprintf(&w.text, format+"\n", args...) }

// part is a heading with its lines; without lines it is left out.
func (w *recorder) part(heading string, lines []string) {
	if len(lines) == 0 {
		return
	}
	w.line("\n%s", heading)
	for _, l := range lines {
		w.line("  %s", l)
	}
}

// block is a heading with a text of any number of lines.
func (w *recorder) block(heading string, t safetext.Text) {
	if !t.Empty() {
		w.part(heading, strings.Split(strings.TrimSpace(t.String()), "\n"))
	}
}

// kindNames are the kinds of review as a heading says them.
var kindNames = map[profile.ReviewKind]string{
	profile.ReviewProgress: "Progress review", profile.ReviewAppraisal: "Appraisal", profile.ReviewGateway: "Gateway review",
}

func (w *recorder) head() {
	w.line("%s of %s, %s", kindNames[w.r.Kind], w.kept.Learner.Line(), w.r.On.Long())
	w.line("Standard: %s %s, level %d", w.std.Reference, safetext.Line(w.std.Title), w.std.Level)
	if len(w.r.With) > 0 {
		w.line("With: %s", names(w.r.With))
	}
	if w.r.Closed.IsZero() {
		w.line("Draft: this review is not closed yet.")
	}
}

func names(with []safetext.Text) string {
	out := make([]string, len(with))
	for i, t := range with {
		out[i] = t.Line()
	}
	return strings.Join(out, ", ")
}

// asOfNow fills in what a review does not keep itself: one that is open, or that an older version closed.
func (w *recorder) asOfNow() {
	r := w.r
	if r.Closed.IsZero() {
		round, _ := w.p.RoundOf(r)
		r.Round, r.Closed, r.Actions = round.ID, r.On, nil
		for _, a := range w.p.NewActions(w.r) {
			r.Actions = append(r.Actions, a.ID)
		}
	}
	w.kept, w.set = w.p.AsAgreed(r).Kept, r.Actions
}

func (w *recorder) levels() {
	round, _ := w.p.RoundOf(w.r)
	var agreed, differ []string
	for _, id := range slices.SortedFunc(maps.Keys(round.Ratings[profile.Agreed]), standard.Compare) {
		x := round.Ratings[profile.Agreed][id]
		line := id + ", level " + x.Level.String()
		if x.Level == level.NoOpportunity {
			line = id + ", no opportunity in this post"
		}
		if slices.Contains(w.kept.Unsupported, id) {
			line += " (unsupported: no dated example younger than " + count(cmp.Or(w.kept.Stale, profile.DefaultStale), "month", "months") + ")"
		}
		agreed = append(agreed, sentence(line, x.Reason), w.wording(id))
	}
	for _, id := range slices.SortedFunc(maps.Keys(round.Differ), standard.Compare) {
		differ = append(differ, sentence(id+allLevels(round, id), round.Differ[id].Note), w.wording(id))
	}
	w.part("Agreed levels, round "+round.ID, agreed)
	w.part("Where we differ", differ)
	w.part("Not settled", w.unsettled(round))
	if w.r.Whole() && w.r.Round == "" {
		w.line("\nRating goes on after this review: no levels are part of this record.")
	}
}

// Unsettled are the KSBs that the learner rated otherwise than a mentor in a round, and on which they neither agreed nor
// recorded that they differ, in the order of their codes.
func Unsettled(round profile.Round) []string {
	var out []string
	for _, id := range slices.SortedFunc(maps.Keys(round.Ratings[profile.Mentor]), standard.Compare) {
		self, ok := round.Ratings[profile.Self][id]
		_, agreed := round.Ratings[profile.Agreed][id]
		_, differ := round.Differ[id]
		otherwise := func(x profile.Rating) bool { return x.Level != self.Level }
		if ok && !agreed && !differ && slices.ContainsFunc(round.Mentors(id), otherwise) {
			out = append(out, id)
		}
	}
	return out
}

func (w *recorder) unsettled(round profile.Round) []string {
	var out []string
	for _, id := range Unsettled(round) {
		out = append(out, id+allLevels(round, id)+".", w.wording(id))
	}
	return out
}

// allLevels is what learner and mentors said of a KSB in a round, or "" where one side said nothing.
func allLevels(round profile.Round, id string) string {
	self, rated := round.Ratings[profile.Self][id]
	mentors := round.Mentors(id)
	if !rated || len(mentors) == 0 {
		return ""
	}
	return ": learner " + said(self.Level) + ", " + mentorWords(mentors, "mentor")
}

// wording is what the standard says of a KSB, set in below the line about it.
func (w *recorder) wording(id string) string {
	k, _ := w.std.KSB(id)
	return "  " + safetext.Line(k.Text)
}

// sentence puts a remark behind a line.
func sentence(line string, remark safetext.Text) string {
	if remark.Empty() {
		return line
	}
	return strings.TrimSuffix(line, ".") + ". " + remark.Line()
}

func (w *recorder) actions() {
	var old, since, fresh []string
	for _, c := range w.r.Checked {
		what := "an action that is no longer in the plan"
		a, ok := w.kept.Actions[c.Action]
		if ok {
			what = a.Text.Line()
		}
		state := outcome(c.Outcome)
		if c.Outcome == profile.ActionOpen {
			state = "not checked yet"
		}
		line := sentence(state+": "+what, c.Reason)
		if next, ok := w.kept.Actions[a.Next]; ok {
			line = strings.TrimSuffix(line, ".") + ". It " + GoesOn(a.Text, next) + "."
		}
		if c.Since {
			since = append(since, line)
			continue
		}
		old = append(old, line)
	}
	for _, id := range w.set {
		if a, ok := w.kept.Actions[id]; ok {
			fresh = append(fresh, actionLine(a))
		}
	}
	w.part("Actions of last time", old)
	w.part("Actions added since", since)
	w.part("New actions", fresh)
}

// GoesOn says what takes the place of an action that was changed, and by when, such as "goes on in the same words, by 31 Jan
// 2027".
func GoesOn(old safetext.Text, next profile.AgreedAction) string {
	words := "goes on as: " + strings.TrimSuffix(next.Text.Line(), ".")
	if next.Text.Line() == old.Line() {
		words = "goes on in the same words"
	}
	if !next.Due.IsZero() {
		words += ", by " + next.Due.Long()
	}
	return words
}

func actionLine(a profile.AgreedAction) string {
	line := a.Text.Line()
	for _, x := range []struct{ name, text string }{{"Who helps", a.Who.Line()}, {"Due", a.Due.Long()}, {"Shown by", a.Shows.Line()}} {
		if x.text != "" {
			line += " | " + x.name + ": " + x.text
		}
	}
	return line
}

// private writes what the learner chose to include, and nothing else.
func (w *recorder) private() {
	for _, x := range []struct {
		share, heading string
		text           safetext.Text
	}{
		{profile.ShareWellbeing, "Wellbeing", w.r.Wellbeing},
		{profile.ShareWorkload, "Workload", w.r.Workload},
		{profile.ShareSupport, "Support", w.r.Support},
		{profile.ShareAdjust, "Reasonable adjustments", w.r.Adjust},
	} {
		if w.r.Shares(x.share) {
			w.block(x.heading, x.text)
		}
	}
	if w.r.Shares(profile.ShareReflections) {
		w.part("Reflections", w.reflections())
	}
}

func (w *recorder) reflections() []string {
	var out []string
	for _, x := range w.p.ReflectionsFor(w.r) {
		out = append(out, fmt.Sprintf("%s, on %s", x.On.Long(), strings.Join(x.KSBs, ", ")))
		for _, a := range x.Answers {
			out = append(out, "  "+a.Step+": "+a.Text.Line())
		}
	}
	return out
}

func (w *recorder) closing() {
	var out []string
	for _, x := range []struct{ mark, answer string }{
		{"Clear objectives were set", w.r.Clear}, {"It helped me to do my job better", w.r.Helped}, {"It left me feeling valued", w.r.Valued},
	} {
		if x.answer != "" {
			out = append(out, x.mark+": "+x.answer)
		}
	}
	w.part("Closing questions", out)
	w.line("")
	if !w.r.Next.IsZero() {
		w.line("Next review by %s", w.r.Next.Long())
	}
	if !w.r.Closed.IsZero() {
		w.line("Closed on %s", w.r.Closed.Long())
	}
}

// Hash is the hash of a record, such as sha256:1f0c...
func Hash(record string) string {
	sum := sha256.Sum256([]byte(record))
	return hashed + hex.EncodeToString(sum[:])
}

// Changed says why the record of a closed review is no longer the text of its hash, or "" while it is, and where there is no
// hash.
func Changed(p profile.Profile, std *standard.Standard, r profile.Review) string {
	switch {
	case r.Hash == "" || Hash(Record(p, std, r)) == r.Hash:
		return ""
	case r.Whole():
		return "This text is not the one that was closed: the review was edited in the file, outside the program."
	}
	return "This text is not the one that was closed. An older version closed this review and did not keep names, actions and evidence as they were, so what was changed since shows in it."
}

// Close completes the change that closes a review with the hash of the record that it leads to, and gives both. The error
// is that of the change.
func Close(p profile.Profile, std *standard.Standard, c profile.CloseReview) (profile.CloseReview, string, error) {
	q, err := c.Apply(p, std)
	if err != nil {
		return c, "", err
	}
	r, _ := q.Review(c.ID)
	record := Record(q, std, r)
	c.Hash = Hash(record)
	return c, record, nil
}
