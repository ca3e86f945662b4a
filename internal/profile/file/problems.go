package file

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// Problem is one thing in a profile file that is wrong or odd. All its text is safe to show.
type Problem struct {
	Pos  tomledit.Pos
	Cell string // in a workbook, such as D12, instead of Pos
	Key  string // such as round.self.K7
	Msg  string
	Hint string

	Later bool // a newer ksbcoach wrote the file
}

// What is the message, behind the key if there is one.
func (p Problem) What() string {
	if p.Key == "" {
		return p.Msg
	}
	return p.Key + ": " + p.Msg
}

// Faults are problems that keep a profile from being read whole. A file that has any is never written.
type Faults []Problem

func (f Faults) Error() string { return f[0].Place() + ": " + f[0].What() }

// Place is the position in words, such as "line 3, column 1".
func (p Problem) Place() string {
	if p.Cell != "" {
		return "cell " + p.Cell
	}
	return fmt.Sprintf("line %d, column %d", p.Pos.Line, p.Pos.Col)
}

// Hint is what to try about the first fault.
func (f Faults) Hint() string { return f[0].Hint }

// IsLater says whether an error means that a newer ksbcoach wrote the file.
func IsLater(err error) bool {
	var f Faults
	return errors.As(err, &f) && slices.ContainsFunc(f, func(p Problem) bool { return p.Later })
}

func byPlace(a, b Problem) int {
	return cmp.Or(cmp.Compare(a.Pos.Line, b.Pos.Line), cmp.Compare(a.Pos.Col, b.Pos.Col))
}

const editorHint = "open the file in an editor and correct this line"

// unreadable is the problem with a text that is not TOML, from the error of tomledit or of the TOML library.
func unreadable(err error, src string) Problem {
	p := Problem{Pos: tomledit.Pos{Line: 1, Col: 1}, Msg: safetext.Brief(err.Error(), 160), Hint: editorHint}
	var edit *tomledit.Error
	var parse toml.ParseError
	switch {
	case errors.As(err, &edit):
		p = Problem{Pos: edit.Pos, Key: edit.Key, Msg: edit.Msg, Hint: cmp.Or(edit.Hint, editorHint)}
		if edit.Hint == "" && strings.HasPrefix(edit.Msg, "expected a comma or }") {
			p.Hint = `put a comma between its parts; within a text write single quotes: note = "said 'fine' to her"`
		}
		if err := dateErrorAt(src, edit.Pos); err != nil {
			p.Msg, p.Hint = err.Error(), "look the day up, and write it as YYYY-MM-DD, for example 2026-11-22"
		}
	case errors.As(err, &parse):
		p.Pos = tomledit.Pos{Line: parse.Position.Line, Col: max(parse.Position.Col, 1)}
		p.Key, p.Msg = safetext.Brief(parse.LastKey, 60), safetext.Brief(parse.Message, 160)
		if strings.Contains(parse.Message, "out of range") {
			p.Msg = "the number is too large"
		}
	}
	return p
}

// dateErrorAt says what is wrong with a date in the text that does not exist, such as 2025-02-31. It is nil if there is
// no date at that position.
func dateErrorAt(src string, at tomledit.Pos) error {
	lines := strings.Split(src, "\n")
	if at.Line < 1 || at.Line > len(lines) {
		return nil
	}
	line := []rune(lines[at.Line-1])
	if at.Col < 1 || len(line) < at.Col-1+len(time.DateOnly) {
		return nil
	}
	_, err := calendar.Parse(string(line[at.Col-1:][:len(time.DateOnly)]))
	if errors.Is(err, calendar.ErrForm) {
		return nil
	}
	return err
}

// oddities collects what is odd in a file that can be read.
type oddities struct {
	r     *reader
	p     profile.Profile
	today calendar.Date
	found []Problem
}

// add notes a refusal as an oddity at a place in the file. If err is nil it does nothing.
func (o *oddities) add(err error, path ...any) {
	if x := (*profile.Refusal)(nil); errors.As(err, &x) {
		o.found = append(o.found, o.r.problem(path, x.Why, "%s", x.Msg))
	}
}

// checkHappened notes a date in the future for something that has happened.
func (o *oddities) checkHappened(on calendar.Date, path ...any) {
	o.add(profile.MayHaveHappened(on, calendar.Date{}, o.today), path...)
}

// OddDates lists the dates that no form and no command would accept, such as those in the wrong year, and duplicate
// pauses. A file that has them can still be opened.
func (f *File) OddDates(today calendar.Date) []Problem {
	o := &oddities{r: &reader{doc: f.Doc}, p: f.Profile, today: today}
	o.programme()
	o.reviews()
	for i, round := range o.p.Rounds {
		o.round(i, round)
	}
	for i, e := range o.p.Evidence {
		o.checkHappened(e.On, "evidence", i, "on")
	}
	for i, x := range o.p.Reflections {
		o.checkHappened(x.On, "reflection", i, "on")
	}
	for i, g := range o.p.Goals {
		o.checkHappened(g.Set, "goal", i, "set")
		o.checkHappened(g.Closed, "goal", i, "closed")
		for j, a := range g.Actions {
			o.checkHappened(a.Closed, "goal", i, "action", j, "closed")
		}
	}
	sorting.By(o.found, byPlace)
	return o.found
}

func (o *oddities) programme() {
	o.add(profile.MaySpan(o.p.Learner.Start, o.today), "learner", "start")
	o.add(profile.MaySpan(o.p.Learner.Gateway, o.today), "learner", "gateway")
	times, first := map[profile.Pause]int{}, map[profile.Pause]int{}
	for i, q := range o.p.Pauses {
		if times[q]++; times[q] == 1 {
			first[q] = i
		}
	}
	for i, q := range o.p.Pauses {
		if first[q] != i {
			continue
		}
		o.add(profile.MaySpan(q.From, o.today), "pause", i, "from")
		o.add(profile.MaySpan(q.To, o.today), "pause", i, "to")
		if n := times[q]; n > 1 {
			o.add(profile.Refuse("one of them is enough, and counts the same", "this pause is there %d times", n),
				"pause", i)
		}
	}
}

func (o *oddities) reviews() {
	q := o.p
	q.Learner.Review = calendar.Date{}
	o.add(q.MayPlan(o.p.Learner.Review, o.today), "learner", "review")
	for i, x := range o.p.Reviews {
		q.Reviews = o.p.Reviews[:i]
		o.add(q.MayHold(x.On, o.today), "review", i, "on")
		o.add(q.MayBeNext(x.Next, x.On, x.Closed), "review", i, "next")
		if !x.Closed.IsZero() && x.Closed.Before(x.On) {
			err := profile.Refuse("check the year", "the review was closed before its day, %s", x.On.Long())
			o.add(err, "review", i, "closed")
		}
	}
}

// round checks the dates of a round and its ratings. If the round began before the programme, that is noted once and
// not at every rating.
func (o *oddities) round(i int, round profile.Round) {
	o.checkHappened(round.Opened, "round", i, "opened")
	o.checkHappened(round.Closed, "round", i, "closed")
	o.add(o.p.AfterStart(round.Opened, o.today), "round", i, "opened")
	if !round.Closed.IsZero() && round.Closed.Before(round.Opened) {
		err := profile.Refuse("check the year", "the round was closed before it was opened, on %s", round.Opened.Long())
		o.add(err, "round", i, "closed")
	}
	inRound := o.p
	if inRound.AfterStart(round.Opened, o.today) != nil {
		inRound.Learner.Start = calendar.Date{}
	}
	for _, by := range profile.Raters {
		for id, x := range round.Ratings[by] {
			o.add(inRound.MayRateOn(round, by, x.On, o.today), "round", i, string(by), id)
			if by != profile.Mentor && !round.Closed.IsZero() && x.On.After(round.Closed) && !x.On.After(o.today) {
				err := profile.Refuse("check the year", "%s is after the round was closed, on %s", x.On.Long(),
					round.Closed.Long())
				o.add(err, "round", i, string(by), id)
			}
		}
	}
	for id, list := range round.Others {
		for _, x := range list {
			o.add(inRound.MayRateOn(round, profile.Mentor, x.On, o.today), "round", i, othersKey, id)
		}
	}
	for id, x := range round.Differ {
		o.checkHappened(x.On, "round", i, "differ", id)
	}
}
