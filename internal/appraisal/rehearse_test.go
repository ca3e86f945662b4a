package appraisal_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

func questions(p profile.Profile) []appraisal.Question {
	return appraisal.Questions(report(p), p, coach, title)
}

// part gives the questions of one part.
func part(qs []appraisal.Question, name string) (out []appraisal.Question) {
	for _, q := range qs {
		if q.Part == name {
			out = append(out, q)
		}
	}
	return out
}

func TestQuestionsComeFromTheRecord(t *testing.T) {
	p := asha()
	qs := questions(p)
	for _, what := range []string{"A strength", "still needs an example", "It was due", "first gaps", "You differ here"} {
		if !slices.ContainsFunc(qs, func(q appraisal.Question) bool { return strings.Contains(q.Why, what) }) {
			t.Errorf("no question because of: %s", what)
		}
	}
	var text strings.Builder
	for _, q := range qs {
		text.WriteString(q.Text + "\n")
	}
	late := slices.MinFunc(p.Overdue(today), func(a, b profile.Action) int { return a.Due.Compare(b.Due) })
	for _, words := range []string{
		`"Information governance refresher, and the session I ran before", 15 Dec 2025`, // evidence with its date
		late.Text.Line(), "by " + late.Due.Long(), // an action with its day
		`I say 1, and you say 2. I noted "Good on rhythm, slow on artefact".`, // the mentor's note
	} {
		if !strings.Contains(text.String(), words) {
			t.Errorf("nothing asks of %q:\n%s", words, text.String())
		}
	}
}

// The question about a gap fits the level: at 0 or 1 it asks what was seen, from 2 what was done.
func TestQuestionsFitTheLevel(t *testing.T) {
	e, _ := coach("K7")
	for l, want := range map[level.Level]string{0: e.EarlyQuestions[0], 1: e.EarlyQuestions[0], 2: e.Questions[0]} {
		qs := questions(apply(t, blank("Sam"), rate(profile.Self, "K7", l, today)))
		if !slices.ContainsFunc(qs, func(q appraisal.Question) bool { return q.KSB == "K7" && strings.HasSuffix(q.Text, want) }) {
			t.Errorf("level %s: nothing asks %q: %+v", l, want, qs)
		}
	}
}

// differing is a learner with four differences: two numbers, one that the mentor sees higher, and one without a size.
func differing(t failer) profile.Profile {
	return apply(t, blank("Sam"),
		rate(profile.Self, "K1", 2, today), rate(profile.Mentor, "K1", 1, today),
		rate(profile.Self, "S7", -1, today), rate(profile.Mentor, "S7", 2, today),
		rate(profile.Self, "K7", 4, today), rate(profile.Mentor, "K7", 1, today),
		rate(profile.Self, "S13", 1, today), rate(profile.Mentor, "S13", 3, today),
	)
}

func TestQuestionsAskAboutUpToThreeDifferencesTheLargestFirst(t *testing.T) {
	p := differing(t)
	var ids []string
	for _, q := range questions(p) {
		if strings.HasPrefix(q.Why, "You differ here") {
			ids = append(ids, q.KSB)
		}
	}
	// A KSB that the mentor sees higher is in what others saw go well; K1, as large a difference as any left, in what
	// could be better.
	if want := []string{"S13", "K7", "K1"}; !slices.Equal(ids, want) {
		t.Errorf("asked about %v, want %v", ids, want)
	}
	differ := part(questions(apply(t, p, profile.RecordDiffer{KSB: "K1", On: today, Note: text("watch two")})), "where we differ")
	if len(differ) < 2 || differ[0].KSB != "K7" || differ[1].KSB != "S7" || !strings.Contains(differ[1].Text, "I say 2, and you say no opportunity. Where is the chance") {
		t.Errorf("without a size: %+v", differ)
	}
}

// If two mentors rated, the question says who said what.
func TestQuestionsNameBothMentors(t *testing.T) {
	p := apply(t, apply(t, blank("Sam"), rate(profile.Self, "K7", 3, today)), twoSay("K7", 3, 1)...)
	const want = `Your mentors gave it: R. Lindqvist 1, J. Ode 3. You say 3. R. Lindqvist noted "only with prompts". Show me`
	if got := part(questions(p), "where we differ"); len(got) == 0 || !strings.Contains(got[0].Text, want) || got[0].Why != "You differ here: you 3, R. Lindqvist 1, J. Ode 3" {
		t.Errorf("%+v", got)
	}
}

// pendleton is the order of the parts.
var pendleton = []string{"what went well", "what others saw go well", "last time", "what could be better", "where we differ", "what next"}

// Pendleton's order: on both what went well and what could be better, the learner speaks before the mentor.
func TestQuestionsKeepPendletonsOrder(t *testing.T) {
	var parts []string
	for _, q := range questions(asha()) {
		if len(parts) == 0 || parts[len(parts)-1] != q.Part {
			parts = append(parts, q.Part)
		}
	}
	if !slices.Equal(parts, pendleton) {
		t.Errorf("%q", parts)
	}
}

func TestWhatOthersSawIsAskedWithoutADifference(t *testing.T) {
	p := blank("Sam")
	p.Evidence = []profile.Evidence{{ID: "e-1", KSBs: []string{"S13"}, On: days(-30), Title: text("Resting ECG, watched"), Witness: text("J. Ode")}, {ID: "e-2", KSBs: []string{"S9"}, On: days(-3), Title: text("Alone")}}
	if got := part(questions(p), "what others saw go well"); len(got) == 0 || !strings.Contains(got[0].Text, `J. Ode saw "Resting ECG, watched", 23 Oct 2026`) {
		t.Errorf("%+v", got)
	}
}

func TestQuestionsDifferBetweenLearners(t *testing.T) {
	own := questions(asha())
	for name, p := range map[string]profile.Profile{"differing": differing(t), "blank": blank("Sam")} {
		same := 0
		for _, q := range questions(p) {
			if slices.ContainsFunc(own, func(x appraisal.Question) bool { return x.Text == q.Text }) {
				same++
			}
		}
		if same > 3 {
			t.Errorf("%s: %d questions are those of another learner", name, same)
		}
	}
	for _, q := range questions(blank("Sam")) {
		if q.KSB != "" || strings.Contains(q.Text, "last time") {
			t.Errorf("nothing is known of this learner: %+v", q)
		}
	}
}

// For any record there are eight to ten different questions in Pendleton's order, each with a reason, and notes are
// kept with them.
func TestQuestionsProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := blank("Asha")
		for range rapid.IntRange(0, 40).Draw(t, "ratings") {
			by := rapid.SampledFrom([]profile.Rater{profile.Self, profile.Mentor}).Draw(t, "by")
			p = apply(t, p, rate(by, rapid.SampledFrom(std.Walk()).Draw(t, "ksb"), anyLevel(t), today))
		}
		c := noCoach
		if rapid.Bool().Draw(t, "coached") {
			c = coach
		}
		qs := appraisal.Questions(report(p), p, c, title)
		if len(qs) < 8 || len(qs) > 10 {
			t.Fatalf("%d questions", len(qs))
		}
		at := 0
		seen := map[string]bool{}
		for _, q := range qs {
			part := slices.Index(pendleton, q.Part)
			if part < at || q.Text == "" || q.Why == "" || seen[q.Text] {
				t.Fatalf("%+v\n%+v", q, qs)
			}
			at, seen[q.Text] = part, true
		}
		kept := appraisal.Rehearsed("r-x", today, std, qs, texts([]string{"", "said it", "", "and that"}))
		q := apply(t, p, profile.AddReflection{Reflection: kept})
		if notes := appraisal.Notes(q.Reflections[0], qs); len(kept.Answers) != 2 || notes[3].Raw() != "and that" || !notes[0].Empty() {
			t.Fatalf("%+v", kept)
		}
	})
}

// Questions quote the record, and notes are kept by the text of the question, so a line break or a hostile or very long
// text must not break them.
func TestQuestionsOfAHostileRecord(t *testing.T) {
	p := asha()
	bad := safetext.New("a\x1b[2J\nb\u202e " + strings.Repeat("long ", 400))
	for i := range p.Evidence {
		p.Evidence[i].Title, p.Evidence[i].Witness = bad, bad
	}
	for i := range p.Goals {
		for j := range p.Goals[i].Actions {
			p.Goals[i].Actions[j].Text = bad
		}
	}
	qs := questions(p)
	notes := make([]string, len(qs))
	for i, q := range qs {
		notes[i] = "noted"
		if strings.ContainsAny(q.Text, "\x1b\n\u202e") {
			t.Errorf("%q", q.Text)
		}
	}
	apply(t, p, profile.AddReflection{Reflection: appraisal.Rehearsed("r-x", today, std, qs, texts(notes))})
}

func TestARehearsalIsResumedWithoutLosingANote(t *testing.T) {
	p := asha()
	qs := questions(p)
	notes := make([]string, len(qs))
	notes[1], notes[3], notes[len(qs)-1] = "the session", "it was put off", "one action"
	kept := appraisal.Rehearsed("r-x", days(-3), std, qs, texts(notes))
	p = apply(t, p, profile.AddReflection{Reflection: kept}, rate(profile.Self, qs[1].KSB, 2, today))
	if got := appraisal.Rehearsals(p); len(got) != 1 || got[0].ID != "r-x" {
		t.Fatalf("%+v", got)
	}
	_, again := appraisal.Rehearsal(report(p), p, coach, title)
	if len(again) <= len(questions(p)) {
		t.Error("a question that is no longer asked has gone, and its answer with it")
	}
	after := appraisal.Rehearsed("r-x", today, std, again, appraisal.Notes(kept, again))
	if !slices.EqualFunc(kept.Answers, after.Answers, func(a, b profile.Answer) bool { return a.Step == b.Step && a.Text.Raw() == b.Text.Raw() }) || !slices.Equal(kept.KSBs, after.KSBs) {
		t.Errorf("kept\n%+v\nresumed\n%+v", kept, after)
	}
}

func TestLookFindsWhatTheNotesHold(t *testing.T) {
	qs := []appraisal.Question{{Part: "what went well", KSB: "K18"}, {Part: "what could be better", Text: "x"}, {Part: "what next", Text: "y"}}
	if got := appraisal.Look(qs, texts([]string{"", " ", ""})); got != nil {
		t.Errorf("nothing was noted: %+v", got)
	}
	met := func(notes ...string) (out [3]bool) {
		for i, f := range appraisal.Look(qs, texts(notes)) {
			out[i] = f.Met
			if f.Words == "" {
				t.Errorf("%q: %+v has no words", notes, f)
			}
		}
		return out
	}
	for _, x := range []struct {
		notes []string
		want  [3]bool
	}{
		{[]string{"the session", "I would ask sooner", "teach one starter by the end of March, with the educator"}, [3]bool{true, false, true}},
		{[]string{"", "Next time I ask first", "teach one starter"}, [3]bool{false, true, false}},
		{[]string{"by March", "", ""}, [3]bool{false, false, true}},
		{[]string{"", "", "I should have asked; on 3/2"}, [3]bool{true, true, false}},
	} {
		if got := met(x.notes...); got != x.want {
			t.Errorf("%q: %v, want %v", x.notes, got, x.want)
		}
	}
	own := questions(blank("Sam"))
	notes := make([]string, len(own))
	for i, q := range own {
		if strings.HasPrefix(q.Text, "Looking back") {
			notes[i] = "ask sooner"
		}
	}
	if got := appraisal.Look(own, texts(notes)); !got[1].Met {
		t.Errorf("an answer to what would be done differently is not seen: %+v", got)
	}
}

func TestLookReadsDaysAsPeopleWriteThem(t *testing.T) {
	qs := []appraisal.Question{{Part: "what next"}}
	dated := func(s string) bool { return appraisal.Look(qs, texts([]string{s}))[0].Met }
	for _, s := range []string{"2027-01-31", "31/1/2027", "by Friday", "Friday", "on 3 May", "in May", "by end of January", "in two weeks", "next week", "before the end of the month", "3rd March", "mid Jan", "by next review", "tomorrow", "Sept"} {
		if !dated(s) {
			t.Errorf("%q holds no day", s)
		}
	}
	for _, s := range []string{"I may ask May about it", "march on", "2.5 mg", "soon", "Jan helps", "one of these days", "weekly list"} {
		if dated(s) {
			t.Errorf("%q holds a day", s)
		}
	}
}

// The notes of a rehearsal are in nothing that the learner hands on, whatever they share.
func TestRehearsalIsNeverShared(t *testing.T) {
	const secret = "what I would never say"
	p := asha()
	qs := questions(p)
	p = apply(t, p, profile.AddReflection{Reflection: appraisal.Rehearsed("r-x", today, std, qs, texts([]string{secret, secret}))},
		profile.StartReview{ID: "v-1", On: today, Kind: profile.ReviewProgress, With: texts([]string{"J. Ode"})}, profile.EditReview{ID: "v-1", Share: &profile.Shares})
	r, _ := p.OpenReview()
	shared := appraisal.Record(p, std, r)
	for _, q := range appraisal.Prepare(report(p), p, coach, title).Ask {
		shared += q.Words
	}
	for _, q := range appraisal.Requests(report(p), p, coach, title) {
		shared += q.Words
	}
	if strings.Contains(shared, secret) || strings.Contains(shared, qs[0].Text) {
		t.Errorf("a note is shared:\n%s", shared)
	}
	again := appraisal.Questions(report(p), p, coach, title)
	if slices.ContainsFunc(again, func(q appraisal.Question) bool { return strings.Contains(q.Text+q.Why, secret) }) {
		t.Error("a question repeats what was noted")
	}
}
