package appraisal

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// HashWords explain the check code, which is what people see of a hash.
const HashWords = "A check code shows whether the text was changed; it is not a signature."

// Code is the check code of a hash, short enough to read out: its first 12 digits, in groups of four.
func Code(hash string) string {
	code := strings.TrimPrefix(hash, hashed)
	if len(code) < 12 {
		return code
	}
	return code[:4] + "-" + code[4:8] + "-" + code[8:12]
}

const hashed = "sha256:" // every hash begins with this

// Record is the text of a review, ready to share and sign: who met, what was agreed in words, the goals with their
// levels and actions, what became of last time's actions, the agreed levels with their reasons, the differences, and
// lines for signatures. Private notes, reflections and the answers to the closing questions are in it only if the
// review shares them. A claim of 3 or 4 without a recent example at the time is marked. The text ends in one line break
// and is safe to show.
//
// It quotes KSBs in the standard's own wording, which does not change with the program. A closed review that is whole
// (see profile.Review.Whole) always gives the same text, and so the same hash, whatever the learner does later.
func Record(p profile.Profile, std *standard.Standard, r profile.Review) string {
	return signedText(RecordDoc(p, std, r))
}

// signedText is the text of a record that its hash covers: each block on a line of its own, indented by two spaces for
// each depth. It does not use the renderers of package export, since those may improve, but a record that was signed
// must never change. To change anything here, add a new profile.RecordLayout.
func signedText(d doc.Doc) string {
	var text strings.Builder
	line := func(depth int, words string) { text.WriteString(strings.Repeat("  ", depth) + words + "\n") }
	line(0, d.Title)
	for _, b := range d.Blocks {
		switch b := b.(type) {
		case doc.Heading:
			text.WriteByte('\n')
			line(0, b.Text)
		case doc.Para:
			if b.SpaceBefore {
				text.WriteByte('\n')
			}
			line(0, b.Text)
		case doc.Item:
			line(b.Depth, b.Text)
		case doc.Signature:
			const role = "role ______________________________"
			line(b.Depth, cmp.Or(b.Name, "Name ______________________________")+", "+cmp.Or(b.Role, role))
			line(b.Depth+1, "Signature ______________________________  Date ________________")
		}
	}
	return strings.TrimRight(text.String(), "\n") + "\n"
}

// CodedRecord is the record of a review as it is handed on, with its check code at the end.
func CodedRecord(p profile.Profile, std *standard.Standard, r profile.Review) doc.Doc {
	d := RecordDoc(p, std, r)
	signed := signedText(d)
	if r.Closed.IsZero() {
		const open = "This review is still open; a check code comes with its closing."
		d.Add(doc.Para{Text: open, SpaceBefore: true})
		d.Exact = signed + "\n" + open + "\n"
		return d
	}
	code := Code(Hash(signed))
	d.Add(doc.Para{Text: HashWords + " It is the code of this record as plain text.", SpaceBefore: true},
		doc.Pair{Label: "Check code", Text: code})
	d.Exact = signed + "\n" + HashWords + " It is the start of the SHA-256 of the text above this line, without the " +
		"blank line between.\nCheck code: " + code + "\n"
	return d
}

// RecordDoc is the record of a review as a document.
func RecordDoc(p profile.Profile, std *standard.Standard, r profile.Review) doc.Doc {
	w := &recorder{p: p, std: std, r: r, kept: r.Kept, set: r.Actions}
	if !r.Whole() {
		w.asOfNow()
	}
	w.head()
	w.block("What was agreed", r.Agreed)
	w.goals()
	w.part("Actions of last time", w.checked(false))
	w.part("Actions added since", w.checked(true))
	w.left()
	w.levels()
	w.private()
	w.closing()
	w.signatures()
	return w.doc
}

// recorder writes one record, part by part.
type recorder struct {
	p    profile.Profile
	std  *standard.Standard
	r    profile.Review
	kept profile.Kept // goals, actions, levels and so on, as the review keeps them
	set  []string     // IDs of the actions that were set in the review
	doc  doc.Doc
}

func (w *recorder) para(format string, args ...any) {
	w.doc.Add(doc.Para{Text: fmt.Sprintf(format, args...)})
}

// part adds a heading with its lines, or nothing if there are none.
func (w *recorder) part(heading string, lines []doc.Item) {
	if len(lines) == 0 {
		return
	}
	w.doc.Add(doc.Heading{Text: heading})
	for _, l := range lines {
		w.doc.Add(l)
	}
}

// line is a line of a part; under is a line that belongs to the one above it.
func line(words string) doc.Item  { return doc.Item{Depth: 1, Text: words} }
func under(words string) doc.Item { return doc.Item{Depth: 2, Text: words} }

// block adds a heading with a text, which may have several lines.
func (w *recorder) block(heading string, t safetext.Text) {
	if !t.Empty() {
		w.part(heading, lists.Each(strings.Split(strings.TrimSpace(t.String()), "\n"), line))
	}
}

func (w *recorder) head() {
	w.doc.Title = fmt.Sprintf("%s of %s, %s", w.r.Kind.Name(), w.kept.Learner.Line(), w.r.On.Long())
	w.para("Standard: %s", safetext.Line(w.std.Heading()))
	if len(w.r.With) > 0 {
		w.para("With: %s", safetext.Lines(w.r.With))
	}
	if w.r.Closed.IsZero() {
		w.para("Draft: this review is not closed yet.")
	}
}

// asOfNow fills in from today's profile what the review does not keep, because it is open or an older version closed
// it.
func (w *recorder) asOfNow() {
	r := w.r
	if r.Closed.IsZero() {
		round, _ := w.p.RoundOf(r)
		r.Round, r.Closed = round.ID, r.On
		r.Actions = lists.Each(w.p.NewActions(w.r), func(a profile.Action) string { return a.ID })
	}
	w.kept, w.set = w.p.WithKept(r).Kept, r.Actions
	if !w.r.Closed.IsZero() {
		w.kept.Layout = profile.OldestLayout
	}
}

// levelNames are the names of the levels in a record. They are not taken from the content, because a record that was
// signed must read the same even if the content changes.
var levelNames = []string{"Not yet", "Aware", "Supported", "Independent", "Leads others"}

// inWords is a level with its name, such as "2, Supported".
func inWords(l level.Level) string {
	if l == level.NoOpportunity {
		return "no opportunity in this post"
	}
	return l.String() + ", " + levelNames[l]
}

// levelLine gives the level of a KSB with its day, who agreed it and the target, such as "Agreed 2, Supported, 10 Nov
// 2026, with J. Ode; target 3"; "" if the review keeps none.
func (w *recorder) levelLine(id string) string {
	x, ok := w.kept.Levels[id]
	if !ok {
		return ""
	}
	if w.differs(w.round(), id) {
		return "We differ: " + w.differing(id) + "; target " + x.Target.String()
	}
	line := "Rated by " + w.kept.Learner.Line()
	if x.By == profile.Agreed {
		line = "Agreed"
	}
	line += " " + inWords(x.Level) + ", " + x.On.Long() + x.With.After(", with ") + "; target " + x.Target.String()
	if x.Aged {
		line += "; " + w.kept.Learner.Line() + " says " + x.Self.Figure() + " since " + x.Since.Long()
	}
	return line
}

func (w *recorder) levels() {
	round := w.round()
	var agreed, differ []doc.Item
	for _, id := range standard.Sorted(round.Ratings[profile.Agreed]) {
		if w.differs(round, id) {
			continue
		}
		x := round.Ratings[profile.Agreed][id]
		says := w.levelLine(id)
		if y, ok := w.kept.Levels[id]; !ok || y.On != x.On || y.Level != x.Level {
			says = "Agreed " + inWords(x.Level) + ", " + x.On.Long() // the review does not keep this agreement
		}
		if slices.Contains(w.kept.Unsupported, id) {
			says += " (without a dated example younger than " +
				words.Count(cmp.Or(w.kept.Stale, profile.DefaultStale), "month", "months") + ")"
		}
		agreed = append(agreed, line(sentence(id+": "+says, x.GivenReason())), under(w.wording(id)))
		if figures := w.levelsSaid(round, id); figures != "" {
			agreed = append(agreed, under("Each said: "+figures))
		}
	}
	for _, id := range standard.Sorted(round.Differ) {
		if w.kept.Layout >= profile.LayoutDiffer && !round.Differs(id) {
			continue
		}
		differ = append(differ, line(sentence(id+": "+w.differing(id), round.Differ[id].Note)), under(w.wording(id)))
	}
	w.part("Agreed levels"+words.After(", ", profile.RoundName(round.ID)), agreed)
	w.part("Where we differ", differ)
	w.part("Not settled", w.said(round, unsettled(round)))
	alone := func(id string) bool { return !round.Holds(id) } // not rated by the learner, and not agreed
	byMentors := standard.Sorted(round.Ratings[profile.Mentor])
	w.part("Rated by the mentor alone", w.said(round, lists.Where(byMentors, alone)))
	if w.r.Whole() && w.r.Round == "" {
		w.doc.Add(doc.Para{
			Text: "Rating goes on after this review: no levels are part of this record.", SpaceBefore: true,
		})
	}
}

// differs reports whether the record lists a KSB of the round as one on which they differ, rather than as agreed.
func (w *recorder) differs(round profile.Round, id string) bool {
	return w.kept.Layout >= profile.LayoutDiffer && round.Differs(id)
}

// differing gives what each said about a KSB on which they differ, and what they had agreed before that.
func (w *recorder) differing(id string) string {
	says := w.levelsSaid(w.round(), id)
	x, ok := w.kept.Levels[id]
	if !ok || x.By != profile.Agreed || w.kept.Layout < profile.LayoutDiffer {
		return says
	}
	says += "; agreed " + x.Level.Figure() + " before that, on " + x.On.Long()
	return says + words.After(", with ", x.With.Line())
}

// round is the round under review. While the review is open, it leaves out ratings that the learner may not see yet.
func (w *recorder) round() profile.Round {
	round, _ := w.p.RoundOf(w.r)
	i := slices.IndexFunc(w.p.Rounds, func(x profile.Round) bool { return x.ID == round.ID })
	if i >= 0 && w.r.Closed.IsZero() {
		return w.p.SeenRound(i)
	}
	return round
}

// unsettled lists the KSBs on which learner and mentors gave different levels in a round, before or after they talked,
// and neither agreed a level nor recorded that they differ. They are sorted by ID.
func unsettled(round profile.Round) []string {
	var out []string
	for _, id := range standard.Sorted(round.Ratings[profile.Mentor]) {
		self, ok := round.Ratings[profile.Self][id]
		_, agreed := round.Ratings[profile.Agreed][id]
		_, differ := round.Differ[id]
		other := func(x profile.Rating) bool { return x.Level != self.Level }
		if ok && !agreed && !differ && (slices.ContainsFunc(round.Mentors(id), other) || round.ChangedSince(id)) {
			out = append(out, id)
		}
	}
	return out
}

// said lists KSBs with the level that each person gave in a round.
func (w *recorder) said(round profile.Round, ids []string) []doc.Item {
	var out []doc.Item
	for _, id := range ids {
		out = append(out, line(id+": "+w.levelsSaid(round, id)+"."), under(w.wording(id)))
	}
	return out
}

// levelsSaid gives the levels by the learner and each mentor for a KSB in a round, by name.
func (w *recorder) levelsSaid(round profile.Round, id string) string {
	var out []string
	if self, ok := round.Ratings[profile.Self][id]; ok {
		out = append(out, w.kept.Learner.Line()+" "+Level(self))
	}
	for _, x := range round.Mentors(id) {
		out = append(out, MentorName(x.By)+" "+Level(x))
	}
	return strings.Join(out, "; ")
}

func (w *recorder) wording(id string) string {
	k, _ := w.std.KSB(id)
	return safetext.Line(k.Text)
}

// sentence ends a line with a full stop and adds a remark. Without a remark, the line stays as it is.
func sentence(line string, remark safetext.Text) string {
	if remark.Empty() {
		return line
	}
	return words.Stop(line) + " " + remark.Line()
}

// private adds the private notes and reflections that the learner chose to share.
func (w *recorder) private() {
	for _, note := range w.r.Private().Notes() {
		heading := words.Capital(note.About)
		if note.About == profile.ShareAdjust {
			heading = "Reasonable adjustments"
		}
		if w.r.Shares(note.About) {
			w.block(heading, note.Text)
		}
	}
	if w.r.Shares(profile.ShareReflections) {
		w.part("Reflections", w.reflections())
	}
}

func (w *recorder) reflections() []doc.Item {
	var out []doc.Item
	for _, x := range w.p.ReflectionsFor(w.r) {
		out = append(out, line(fmt.Sprintf("%s, on %s", x.On.Long(), strings.Join(x.KSBs, ", "))))
		for _, a := range x.Answers {
			out = append(out, under(a.Step+": "+a.Text.Line()))
		}
	}
	return out
}

func (w *recorder) closing() {
	if w.r.Shares(profile.ShareAnswers) {
		w.part("Closing questions", w.answers())
	}
	if !w.r.Next.IsZero() {
		w.doc.Add(doc.Para{Text: "Next review by " + w.r.Next.Long(), SpaceBefore: true})
	}
	if !w.r.Closed.IsZero() {
		w.doc.Add(doc.Para{Text: "Closed on " + w.r.Closed.Long(), SpaceBefore: w.r.Next.IsZero()})
	}
}

// answers lists the answers to the closing questions.
func (w *recorder) answers() []doc.Item {
	var out []doc.Item
	for _, x := range []struct{ mark, answer string }{
		{"Clear objectives were set", w.r.Clear},
		{"It helped me to do my job better", w.r.Helped},
		{"It left me feeling valued", w.r.Valued},
	} {
		if x.answer != "" {
			out = append(out, line(x.mark+": "+x.answer))
		}
	}
	return out
}

// signatures adds a line to sign for the learner and each person they met.
func (w *recorder) signatures() {
	w.doc.Add(doc.Heading{Text: "Signed"}, doc.Signature{Depth: 1, Name: w.kept.Learner.Line(), Role: "learner"})
	for _, name := range w.r.With {
		w.doc.Add(doc.Signature{Depth: 1, Name: name.Line()})
	}
	if len(w.r.With) == 0 {
		w.doc.Add(doc.Signature{Depth: 1})
	}
}

// Hash is the hash of the text of a record, such as sha256:1f0c...
func Hash(record string) string {
	sum := sha256.Sum256([]byte(record))
	return hashed + hex.EncodeToString(sum[:])
}

// Changed says why the record of a closed review no longer matches its hash; "" if it does, or if there is no hash.
func Changed(p profile.Profile, std *standard.Standard, r profile.Review) string {
	switch {
	case r.Hash == "" || Hash(Record(p, std, r)) == r.Hash:
		return ""
	case r.Whole() && r.Kept.Layout < profile.OldestLayout:
		return "An earlier version closed this review and laid its record out differently: the check code is for " +
			"the text as it was then."
	case r.Whole():
		return "This text is not the one that was closed: the review was edited in the file, outside the program."
	}
	return "This text is not the one that was closed. An older version closed this review and did not keep names, " +
		"actions and evidence as they were, so later changes show in it."
}

// withHash adds the hash of the resulting record to a change that closes a review, and returns both. It fails if the
// change would be refused.
func withHash(p profile.Profile, std *standard.Standard, c profile.CloseReview) (profile.CloseReview, string, error) {
	q, err := c.Apply(p, std)
	if err != nil {
		return c, "", err
	}
	r, _ := q.Review(c.ID)
	record := Record(q, std, r)
	c.Hash = Hash(record)
	return c, record, nil
}

// goals adds the goals under way, each with its KSBs, their levels and its actions, and then the goals that have ended.
// A goal that has ended is among both if the review set actions for it.
func (w *recorder) goals() {
	var going, ended []doc.Item
	for _, g := range w.kept.Goals {
		if g.Status.Ended() {
			says := words.Capital(string(g.Status)) + words.After(" on ", g.Closed.Long())
			says += ": " + g.Text.Line() + " (" + strings.Join(g.KSBs, ", ") + ")"
			ended = append(ended, line(sentence(says, g.Note)))
		}
		if !g.Status.Ended() || len(w.setIn(g.ID)) > 0 {
			going = append(going, w.goal(g)...)
		}
	}
	w.part("Goals", going)
	w.part("Actions without a goal in this record", lists.Each(w.setIn(""), line))
	w.part("Goals that have ended", ended)
}

func (w *recorder) goal(g profile.AgreedGoal) []doc.Item {
	out := []doc.Item{line(strings.Join(g.KSBs, ", ") + ": " + g.Text.Line())}
	if g.Status == profile.GoalParked {
		out = append(out, under(sentence("Parked", g.Note)))
	}
	if !g.Due.IsZero() {
		out = append(out, under("By "+g.Due.Long()))
	}
	for _, id := range g.KSBs {
		out = append(out, under(id+" "+strings.TrimSpace(w.wording(id))))
		if says := w.levelLine(id); says != "" {
			out = append(out, doc.Item{Depth: 3, Text: says})
		}
	}
	return append(out, lists.Each(w.setIn(g.ID), under)...)
}

// setIn lists the actions of a goal that were set in the review: those that go on from last time, then the new ones.
func (w *recorder) setIn(goal string) []string {
	continues := map[string]bool{}
	for _, a := range w.kept.Actions {
		continues[a.Next] = true
	}
	var onward, added []string
	for _, id := range w.set {
		a, ok := w.kept.Actions[id]
		switch {
		case !ok || w.goalOf(a) != goal:
		case continues[id]:
			onward = append(onward, "Goes on: "+actionLine(a))
		default:
			added = append(added, "New: "+actionLine(a))
		}
	}
	return append(onward, added...)
}

// goalOf is the ID of an action's goal if the record mentions that goal, else "".
func (w *recorder) goalOf(a profile.AgreedAction) string {
	if slices.ContainsFunc(w.kept.Goals, func(g profile.AgreedGoal) bool { return g.ID == a.Goal }) {
		return a.Goal
	}
	return ""
}

// checked lists what became of the actions of last time, or of those added since then, each under its goal.
func (w *recorder) checked(since bool) []doc.Item {
	var order []string                // of goals
	outcomes := map[string][]string{} // by goal
	for _, c := range w.r.Checked {
		if c.Since != since {
			continue
		}
		goal := w.goalOf(w.kept.Actions[c.Action])
		if _, known := outcomes[goal]; !known {
			order = append(order, goal)
		}
		outcomes[goal] = append(outcomes[goal], w.outcome(c))
	}
	var out []doc.Item
	for _, goal := range order {
		item := line
		if g, ok := lists.First(w.kept.Goals, func(g profile.AgreedGoal) bool { return g.ID == goal }); ok {
			out = append(out, line(strings.Join(g.KSBs, ", ")+": "+g.Text.Line()))
			item = under
		}
		out = append(out, lists.Each(outcomes[goal], item)...)
	}
	return out
}

func (w *recorder) outcome(c profile.Checked) string {
	what := "an action that is no longer in the plan"
	a, ok := w.kept.Actions[c.Action]
	if ok {
		what = a.Text.Line()
	}
	state := c.Outcome.Words()
	if c.Outcome == profile.ActionOpen {
		state = "not checked yet"
	}
	line := sentence(state+": "+what, c.Reason)
	if next, ok := w.kept.Actions[a.Next]; ok {
		line = words.Stop(line) + " It " + goesOn(a.Text, next) + "."
	}
	return line
}

// ActionIn is an action as a closed review keeps it, or else as the plan has it now, and false if neither knows it.
func ActionIn(p profile.Profile, r profile.Review, id string) (profile.AgreedAction, bool) {
	if a, ok := r.Kept.Actions[id]; ok {
		return a, true
	}
	a, _, ok := p.Action(id)
	return profile.AgreedAction{Text: a.Text, Due: a.Due}, ok
}

// Onward says how an action that a review changed goes on, such as "goes on in the same words, by 31 Jan 2027"; "" if
// it does not.
func Onward(p profile.Profile, r profile.Review, x profile.Checked) string {
	was, _ := ActionIn(p, r, x.Action)
	next, ok := ActionIn(p, r, x.Next)
	if !ok {
		return ""
	}
	return goesOn(was.Text, next)
}

func goesOn(old safetext.Text, next profile.AgreedAction) string {
	says := "goes on as: " + strings.TrimSuffix(next.Text.Line(), ".")
	if next.Text.Line() == old.Line() {
		says = "goes on in the same words"
	}
	return says + words.After(", by ", next.Due.Long())
}

func actionLine(a profile.AgreedAction) string {
	line := a.Text.Line()
	for _, x := range []struct{ name, text string }{
		{"Who helps: ", a.Who.Line()},
		{"By ", a.Due.Long()},
		{"Shown by: ", a.Shows.Line()},
	} {
		if x.text != "" {
			line = words.Stop(line) + " " + x.name + x.text
		}
	}
	return line
}
