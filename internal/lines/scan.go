package lines

import (
	"errors"

	"github.com/ksbcoach/ksbcoach/internal/intake"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// scan takes ratings in from a skills scan: it reads the file, says what that would change, and asks.
func (t *talk) scan() error {
	if !t.mayChange() {
		return nil
	}
	return t.until(once(func() error {
		file, err := t.fileName("Where is the skills scan, a workbook (.xlsx), CSV or JSON?", "")
		if err != nil {
			return err
		}
		tables, err := t.s.ReadScan(file)
		if err != nil {
			t.say.Para(0, "Not read: %s", wrong(err))
			return nil
		}
		x := intake.Scan{Tables: tables}
		return t.until(func() error { return t.proposed(&x) })
	}))
}

// proposed says what a scan would change, and does what is chosen then. What the file does not say it asks first.
func (t *talk) proposed(x *intake.Scan) error {
	g := intake.Ground{Standard: t.s.Standard(), Scale: t.s.Library().Scale(), Today: t.s.Today()}
	proposal, taking, err := x.Propose(t.s.Profile(), g)
	var unclear *intake.Unclear
	var refused *intake.Refused
	switch {
	case errors.As(err, &unclear) && len(unclear.Fits) > 0:
		return t.scanScale(x, unclear)
	case errors.As(err, &refused) && refused.Says != "":
		t.say.Para(0, "Not understood: %s", sentence(refused.Msg+": "+refused.Try))
		return t.scanDetails(x)
	case err != nil:
		t.say.Para(0, "Not taken in: %s", wrong(err))
		return errBack
	}
	for _, says := range taking.Counts(proposal, g.Today) {
		t.say.Para(0, "%s", says)
	}
	options := []option{{Text: "Hear how it was read, and row by row what is not plain", Do: func() error {
		t.document(intake.Doc(proposal, taking, g.Scale, g.Today))
		return nil
	}}}
	if n := len(taking.New) + len(taking.Other); n > 0 {
		options = append(options, option{
			Text: "Take in " + words.Count(n, "rating", "ratings"), Says: "In one change, which undo takes back",
			Do: func() error {
				if t.do(taking.Batch, func() string { return words.Count(n, "rating", "ratings") + " taken in" }) {
					return errBack
				}
				return nil
			},
		})
	}
	for _, way := range x.Ways(taking, g.Today) {
		options = append(options, option{Text: way.Text, Do: func() error { *x = way.As; return nil }})
	}
	options = append(options, option{
		Text: intake.SayMore,
		Do:   func() error { return t.until(once(func() error { return t.scanDetails(x) })) },
	})
	return t.choose(t.s.Standard().Reference+", from the file. What now?", options, 0)
}

// scanScale asks on which scale the levels of the file are.
func (t *talk) scanScale(x *intake.Scan, unclear *intake.Unclear) error {
	var options []option
	for _, scale := range unclear.Fits {
		options = append(options, option{Text: words.Capital(scale.String()), Do: func() error {
			*x = x.On(unclear.By, scale)
			return nil
		}})
	}
	return t.choose(sentence(words.Capital(unclear.Error()))+" Which scale is it?", options, 0)
}

// scanDetails asks for what the file may not say itself.
func (t *talk) scanDetails(x *intake.Scan) error {
	var fields []field
	for _, d := range intake.Details {
		fields = append(fields, field{ID: d.Word, Ask: d.Ask, Says: d.Says, Was: safetext.New(d.Of(x.Options))})
	}
	a, err := t.fill("", fields)
	if err != nil {
		return err
	}
	for _, d := range intake.Details {
		d.Set(&x.Options, a.text(fields, d.Word).Line())
	}
	return nil
}
