package lines

import (
	"errors"
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// atOnce is how many rows of a list are read out before the next question.
const atOnce = 5

// gaps reads out the gaps in their order, a few at a time, each with its reasons.
func (t *talk) gaps() error {
	at := 0
	return t.until(func() error {
		r := t.s.Report()
		rows := r.Gaps()
		if len(rows) == 0 {
			t.say.Para(0, "%s", noGap(r))
			return errBack
		}
		if at >= len(rows) {
			at = 0
		}
		if at == 0 {
			t.say.Para(0, "%s, in this order: %s.", words.Count(len(rows), "gap", "gaps"), gap.RankRule)
		}
		list := rows[at:min(at+atOnce, len(rows))]
		i, more, err := t.pick(list, at, len(rows), func(x gap.Row) string {
			return fmt.Sprintf("%s %s: %s", x.KSB.ID, t.s.Titles()(x.KSB.ID), r.InFull(x))
		})
		switch {
		case errors.Is(err, errBack) && at > 0:
			at -= atOnce
			return nil
		case err != nil:
			return err
		case more:
			at += atOnce
			return nil
		}
		return t.statement(rows[i].KSB.ID)
	})
}

func noGap(r *gap.Report) string {
	if r.Tally(0).Rated == 0 {
		return "Nothing is rated yet, so there are no gaps to tell of. Rate a duty first."
	}
	return "There are no gaps: all that is rated is at its target or above."
}

// pick reads out some rows of a longer list, numbered by their place in it, and asks for one. Enter goes on to the next
// ones.
func (t *talk) pick(rows []gap.Row, at, all int, says func(gap.Row) string) (i int, more bool, err error) {
	q := question{Says: func() {
		for i, x := range rows {
			t.say.Item(0, "%d. %s", at+i+1, says(x))
		}
	}}
	rest := all - at - len(rows)
	q.Ask = "Type " + upTo(at+len(rows)) + " to open it"
	q.More = "A number opens that statement: what to do about it, and its coaching. Enter reads on."
	switch {
	case rest > 0:
		q.Ask += fmt.Sprintf(", Enter for more, %d left", rest)
	case at > 0:
		q.Ask += ", Enter for the first ones again"
	}
	q.Ask += ", or back, find, quit, or ?"
	for {
		said, err := t.ask(q)
		if err != nil {
			return 0, false, err
		}
		n, ok := digits(said)
		switch {
		case said == "" && (rest > 0 || at > 0):
			return 0, true, nil
		case ok && n >= 1 && n <= at+len(rows):
			return n - 1, false, nil
		}
		t.noneOf(said, at+len(rows))
		q.Says = nil
	}
}

// statement reads out a KSB, and asks what to do about it.
func (t *talk) statement(ksb string) error {
	return t.until(func() error {
		row, ok := t.s.Report().Row(ksb)
		if !ok {
			return errBack
		}
		t.say.Blank()
		t.say.Para(0, "%s %s. %s", ksb, t.s.Titles()(ksb), sentence(row.KSB.Text))
		t.say.Para(0, "%s. %s.", words.Capital(row.AgainstTarget(t.s.Today())),
			words.Capital(words.Count(row.Evidence, "piece of evidence", "pieces of evidence")))
		options := []option{
			{Text: "Rate it", Do: func() error { return t.walk([]string{ksb}) }},
			{Text: "Plan a goal for it", Do: func() error { return t.planFor(ksb) }},
			{Text: "Hear its coaching", Do: func() error { t.coaching(row); return nil }},
			{Text: "Add an example", Do: func() error {
				return t.until(once(func() error { return t.example([]string{ksb}) }))
			}},
		}
		options = append(options, t.behind(ksb)...)
		return t.choose("What would you like to do?", options, 0)
	})
}

// once is something to ask that is over when it was answered.
func once(ask func() error) func() error {
	return func() error {
		if err := ask(); err != nil {
			return err
		}
		return errBack
	}
}
