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

// sheets makes a rating sheet for a mentor who works elsewhere, or takes in one that came back.
func (t *talk) sheets() error {
	options := lists.Each(sheet.Formats, func(f sheet.Format) option {
		return option{Text: "Make " + f.Name, Detail: f.For, Do: func() error { return t.makeSheet(f) }}
	})
	options = append(options, option{Text: "Take in a sheet that came back", Detail: sheet.Comes, Do: t.takeSheet})
	return t.once(func() error {
		return t.choose("A rating sheet, without any rating of yours, for a mentor who works elsewhere", options, 0)
	})
}

// makeSheet writes a rating sheet into a new file.
func (t *talk) makeSheet(format sheet.Format) error {
	next := ". Send it to your mentor: " + format.Next + "."
	return t.writeNew("rating-sheet", format.Ending, next, nil, func(file string) (path, warning string, err error) {
		_ = t.s.Identify() // gives the learner an id; if that cannot be saved, the sheet goes by the name
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
			t.tell("Not taken in: %s", errorText(err))
			return nil
		}
		summary := func() string {
			r, _ := t.s.Profile().Open()
			return strings.Join(taken.Words(filled, r.ID), " ")
		}
		if len(taken.New) == 0 {
			t.tell("%s", summary())
			return nil
		}
		t.doSaying(taken.Batch, summary)
		return nil
	})
}

// fileName asks for the name of a file. Enter takes the usual one; "" for none.
func (t *talk) fileName(ask, usual string) (string, error) {
	a, err := t.fill("", []field{{ID: "file", Ask: ask, Was: safetext.New(usual), Required: true}})
	if file, typed := a.texts["file"]; typed {
		return file, err
	}
	return usual, err
}

// scan reads a skills scan, says what taking it in would change, and asks what to do.
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
			t.tell("Not read: %s", errorText(err))
			return nil
		}
		scan := intake.Scan{Tables: tables}
		return t.until(func() error { return t.proposeScan(&scan) })
	})
}

// proposeScan says what taking a scan in would change, and asks what to do. First it asks what the file does not say,
// such as the scale.
func (t *talk) proposeScan(scan *intake.Scan) error {
	ground := intake.Ground{Standard: t.s.Standard(), Scale: t.s.Library().Scale(), Today: t.s.Today()}
	proposal, taking, err := scan.Propose(t.s.Profile(), ground)
	var unclear *intake.Unclear
	var refused *intake.Refused
	switch {
	case errors.As(err, &unclear) && len(unclear.Fits) > 0:
		var scales []option
		for _, scale := range unclear.Fits {
			use := func() error { *scan = scan.WithScale(unclear.By, scale); return nil }
			scales = append(scales, option{Text: words.Capital(scale.String()), Do: use})
		}
		return t.choose(sentence(words.Capital(unclear.Error()))+" Which scale is it?", scales, 0)
	case errors.As(err, &refused) && refused.Says != "":
		t.tell("Not understood: %s", sentence(refused.Msg+": "+refused.Try))
		return t.scanDetails(scan)
	case err != nil:
		t.tell("Not taken in: %s", errorText(err))
		return errBack
	}
	t.tellEach(taking.Counts(proposal, ground.Today)...)
	options := []option{t.hearing("Hear how it was read, and which rows are unclear", func() doc.Doc {
		return intake.Doc(proposal, taking, ground.Scale, ground.Today)
	})}
	count := len(taking.New) + len(taking.Other)
	ratings := words.Count(count, "rating", "ratings")
	options = append(options, offerIf(count > 0, option{
		Text: "Take in " + ratings, Detail: "In one change, which undo takes back", Do: func() error {
			if t.do(taking.Batch, ratings+" taken in") {
				return errBack
			}
			return nil
		},
	}))
	for _, way := range scan.Ways(taking, ground.Today) {
		options = append(options, option{Text: way.Text, Do: func() error { *scan = way.As; return nil }})
	}
	options = append(options, t.asking(intake.SayMore, func() error { return t.scanDetails(scan) }))
	return t.choose(t.s.Standard().Reference+", from the file. What now?", options, 0)
}

func (t *talk) scanDetails(scan *intake.Scan) error {
	a, err := t.fill("", lists.Each(intake.Details, func(d intake.Detail) field {
		return field{ID: d.Word, Ask: d.Ask, Help: d.Says, Was: safetext.New(d.Of(scan.Options))}
	}))
	if err != nil {
		return err
	}
	for _, d := range intake.Details {
		d.Set(&scan.Options, a.text(d.Word).Line())
	}
	return nil
}

// takeCopy says what is in the oldest copy that a sync program left next to the profile, and takes it in if that is
// wanted.
func (t *talk) takeCopy() error {
	if !t.mayChange() {
		return nil
	}
	return t.once(func() error {
		merge, err := t.s.NextCopy()
		switch {
		case err != nil:
			t.tell("Not taken in: %s", errorText(err))
			return nil
		case merge == nil:
			t.tell("%s", session.NoCopy)
			return nil
		}
		t.tell("A copy of your profile: %s", merge.Name())
		t.tellEach(merge.Says()...)
		if yes, err := t.confirm("Take it in? " + session.CopyGoes); err != nil || !yes {
			return err
		}
		mine, err := t.chooseSides(merge.Clashes, "copy", false)
		if errors.Is(err, errBack) {
			t.tell("Not taken in; the copy is where it was.")
		}
		if err == nil {
			t.tell("%s", t.mergeCopy(merge, mine))
		}
		return err
	})
}

// mergeCopy takes a copy in, saves, and moves the copy to the backups.
func (t *talk) mergeCopy(merge *session.Merge, mine map[string]bool) string {
	before := t.s.Profile()
	if err := t.s.TakeIn(merge, func(key string) bool { return mine[key] }); err != nil {
		return "Not taken in: " + errorText(err)
	}
	t.guardSince(before)
	saved := t.save()
	if t.s.Dirty() {
		return saved
	}
	moved, err := t.s.PutAway(merge)
	if err != nil {
		return saved + " " + sentence(err.Error())
	}
	return saved + " " + session.CopyTaken(moved)
}

// restore lists the older versions that are kept, and brings one back.
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
			t.tell("Not read: %s", errorText(err))
			return errBack
		case len(older.List) == 0:
			t.tell("%s", older.None())
			return errBack
		}
		var options, brief []option
		for _, v := range older.List {
			x := option{
				Text: words.Capital(v.When(t.s.Today())) + ", " + v.Says(), Detail: v.Listed(),
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
				Text: "Hear " + words.Count(n, "older one", "older ones"),
				Do:   func() error { return t.choose("Which one?", brief, 0) },
			})
		}
		return t.choose(older.Count()+". Which one? You will hear what comes back and what goes before anything "+
			"is done.", options, 0)
	})
}

// bringBack says what would come back and what would go, and then brings a version back if that is wanted.
func (t *talk) bringBack(older *session.Older, v session.Version) error {
	if v.Same {
		t.tell("That version is the same as now, so there is nothing to bring back.")
		return nil
	}
	t.tellEach(older.Asks(v, t.s.Today())...)
	for _, side := range v.Sides() {
		t.tell("%s: %s.", words.Capital(side.Label), side.Words)
	}
	if v.State != session.VersionReadable {
		return nil
	}
	yes, err := t.confirm("Bring it back?")
	if err != nil || !yes {
		return err
	}
	r, err := t.s.BringBack(older, v)
	if err != nil {
		t.tell("Not done: %s", errorText(err))
		return nil
	}
	t.atStart, t.lastRated = t.s.Profile(), ""
	t.tell("%s Choosing that version here takes this back.", r.Says(t.s.Today()))
	if r.Warning != "" {
		t.tell("Note: %s", sentence(r.Warning))
	}
	return errMenu
}
