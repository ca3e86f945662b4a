package lines

import (
	"errors"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/intake"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/sheet"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// elsewhere makes a rating sheet for a mentor who works elsewhere, or takes in the one that came back.
func (t *talk) elsewhere() error {
	options := lists.Each(sheet.Formats, func(f sheet.Format) option {
		return option{Text: "Make " + f.Name, Says: f.For, Do: func() error { return t.makeSheet(f) }}
	})
	options = append(options, option{Text: "Take in a sheet that came back", Says: sheet.Comes, Do: t.takeSheet})
	return t.once(func() error {
		return t.choose("A rating sheet, without any rating of yours, for a mentor who works elsewhere", options, 0)
	})
}

// makeSheet writes a rating sheet into a new file. The learner gets an id first where there is none.
func (t *talk) makeSheet(format sheet.Format) error {
	then := ". Send it to your mentor: " + format.Next + "."
	return t.writeNew("rating-sheet", format.Ending, then, nil, func(file string) (path, warning string, err error) {
		_ = t.s.Identify() // without an id the sheet goes by the name
		return t.s.MakeSheet(t.s.Profile(), format, file)
	})
}

func (t *talk) takeSheet() error {
	if !t.mayChange() {
		return nil
	}
	return t.once(func() error {
		file, err := t.fileName(sheet.Where, "")
		if err != nil {
			return err
		}
		filled, err := t.s.ReadSheet(file)
		var taken appraisal.Taken
		if err == nil {
			taken, err = appraisal.TakeSheet(t.s.Profile(), filled, t.s.Today())
		}
		if err != nil {
			t.tell("Not taken in: %s", wrong(err))
			return nil
		}
		says := func() string {
			r, _ := t.s.Profile().Open()
			return strings.Join(taken.Words(filled, r.ID), " ")
		}
		if len(taken.New) == 0 {
			t.tell("%s", says())
			return nil
		}
		t.doSaying(taken.Batch, says)
		return nil
	})
}

// fileName asks for a file; nothing typed is the usual one.
func (t *talk) fileName(ask, usual string) (string, error) {
	a, err := t.fill("", []field{{ID: "file", Ask: ask, Was: safetext.New(usual), Need: true}})
	if file, typed := a.texts["file"]; typed {
		return file, err
	}
	return usual, err
}

// scan takes ratings in from a skills scan: it reads the file, says what that would change, and asks.
func (t *talk) scan() error {
	if !t.mayChange() {
		return nil
	}
	return t.once(func() error {
		file, err := t.fileName("Where is the skills scan, a workbook (.xlsx), CSV or JSON?", "")
		if err != nil {
			return err
		}
		tables, err := t.s.ReadScan(file)
		if err != nil {
			t.tell("Not read: %s", wrong(err))
			return nil
		}
		x := intake.Scan{Tables: tables}
		return t.until(func() error { return t.proposed(&x) })
	})
}

// proposed says what a scan would change, and does what is chosen then. What the file does not say it asks first.
func (t *talk) proposed(x *intake.Scan) error {
	g := intake.Ground{Standard: t.s.Standard(), Scale: t.s.Library().Scale(), Today: t.s.Today()}
	proposal, taking, err := x.Propose(t.s.Profile(), g)
	var unclear *intake.Unclear
	var refused *intake.Refused
	switch {
	case errors.As(err, &unclear) && len(unclear.Fits) > 0:
		var scales []option
		for _, scale := range unclear.Fits {
			on := func() error { *x = x.WithScale(unclear.By, scale); return nil }
			scales = append(scales, option{Text: words.Capital(scale.String()), Do: on})
		}
		return t.choose(sentence(words.Capital(unclear.Error()))+" Which scale is it?", scales, 0)
	case errors.As(err, &refused) && refused.Says != "":
		t.tell("Not understood: %s", sentence(refused.Msg+": "+refused.Try))
		return t.scanDetails(x)
	case err != nil:
		t.tell("Not taken in: %s", wrong(err))
		return errBack
	}
	t.tells(taking.Counts(proposal, g.Today)...)
	options := []option{t.hearing("Hear how it was read, and row by row what is not plain", func() doc.Doc {
		return intake.Doc(proposal, taking, g.Scale, g.Today)
	})}
	n := len(taking.New) + len(taking.Other)
	ratings := words.Count(n, "rating", "ratings")
	options = append(options, when(n > 0, option{
		Text: "Take in " + ratings, Says: "In one change, which undo takes back", Do: func() error {
			if t.do(taking.Batch, ratings+" taken in") {
				return errBack
			}
			return nil
		},
	}))
	for _, way := range x.Ways(taking, g.Today) {
		options = append(options, option{Text: way.Text, Do: func() error { *x = way.As; return nil }})
	}
	options = append(options, t.asking(intake.SayMore, func() error { return t.scanDetails(x) }))
	return t.choose(t.s.Standard().Reference+", from the file. What now?", options, 0)
}

func (t *talk) scanDetails(x *intake.Scan) error {
	a, err := t.fill("", lists.Each(intake.Details, func(d intake.Detail) field {
		return field{ID: d.Word, Ask: d.Ask, Says: d.Says, Was: safetext.New(d.Of(x.Options))}
	}))
	if err != nil {
		return err
	}
	for _, d := range intake.Details {
		d.Set(&x.Options, a.text(d.Word).Line())
	}
	return nil
}

// takeCopy tells what is in the oldest copy that a sync program left beside the profile, and takes it in.
func (t *talk) takeCopy() error {
	if !t.mayChange() {
		return nil
	}
	return t.once(func() error {
		j, err := t.s.NextCopy()
		switch {
		case err != nil:
			t.tell("Not taken in: %s", wrong(err))
			return nil
		case j == nil:
			t.tell("%s", session.NoCopy)
			return nil
		}
		t.tell("A copy of your profile: %s", j.Name())
		t.tells(j.Says()...)
		if yes, err := t.sure("Take it in? " + session.CopyGoes); err != nil || !yes {
			return err
		}
		mine, err := t.sides(j.Clashes, "copy", false)
		if errors.Is(err, errBack) {
			t.tell("Not taken in; the copy is where it was.")
		}
		if err == nil {
			t.tell("%s", t.joined(j, mine))
		}
		return err
	})
}

// joined takes a copy in, saves, and moves it to the backups.
func (t *talk) joined(j *session.Merge, mine map[string]bool) string {
	before := t.s.Profile()
	if err := t.s.TakeIn(j, func(key string) bool { return mine[key] }); err != nil {
		return "Not taken in: " + wrong(err)
	}
	t.entered(before)
	says := t.save()
	if t.s.Dirty() {
		return says
	}
	moved, err := t.s.PutAway(j)
	if err != nil {
		return says + " " + sentence(err.Error())
	}
	return says + " " + session.CopyTaken(moved)
}

// restore says which older versions are kept, and brings one back once what comes and goes was heard.
func (t *talk) restore() error {
	if !t.mayChange() {
		return nil
	}
	return t.until(func() error {
		look, err := t.s.LookForOlder()
		var older *session.Older
		if err == nil {
			older, err = look()
		}
		switch {
		case err != nil:
			t.tell("Not read: %s", wrong(err))
			return errBack
		case len(older.List) == 0:
			t.tell("%s", older.None())
			return errBack
		}
		var options, brief []option
		for _, v := range older.List {
			x := option{
				Text: words.Capital(v.When(t.s.Today())) + ", " + v.Says(), Says: v.Listed(),
				Do: func() error { return t.bringBack(older, v) },
			}
			if v.Brief {
				brief = append(brief, x)
			} else {
				options = append(options, x)
			}
		}
		if n := len(brief); n > 0 {
			options = append(options, option{
				Text: "Hear " + words.Count(n, "one", "more") + " from before these",
				Do:   func() error { return t.choose("Which one?", brief, 0) },
			})
		}
		return t.choose(older.Count()+". Which one? Nothing is done before you have heard what comes back and what "+
			"goes.", options, 0)
	})
}

func (t *talk) bringBack(older *session.Older, v session.Version) error {
	if v.Same {
		t.tell("That version is the same as now, so there is nothing to bring back.")
		return nil
	}
	t.tells(older.Asks(v, t.s.Today())...)
	for _, side := range v.Sides() {
		t.tell("%s: %s.", words.Capital(side.Label), side.Words)
	}
	if v.State != session.VersionReadable {
		return nil
	}
	yes, err := t.sure("Bring it back?")
	if err != nil || !yes {
		return err
	}
	r, err := t.s.BringBack(older, v)
	if err != nil {
		t.tell("Not done: %s", wrong(err))
		return nil
	}
	t.before, t.last = t.s.Profile(), ""
	t.tell("%s Choosing that one here takes this back.", r.Says(t.s.Today()))
	if r.Warning != "" {
		t.tell("Note: %s", sentence(r.Warning))
	}
	return errMenu
}
