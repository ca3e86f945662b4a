package lines

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sheet"
)

// elsewhere makes a rating sheet for a mentor who works elsewhere, or takes in the one that came back.
func (t *talk) elsewhere() error {
	var options []option
	for _, f := range sheet.Formats {
		options = append(options, option{
			Text: "Make " + f.Name, Says: f.For, Do: func() error { return t.makeSheet(f) },
		})
	}
	options = append(options, option{Text: "Take in a sheet that came back", Says: sheet.Comes, Do: t.takeSheet})
	return t.until(once(func() error {
		return t.choose("A rating sheet, without any rating of yours, for a mentor who works elsewhere", options, 0)
	}))
}

// makeSheet writes a rating sheet into a new file. The learner gets an id first where there is none.
func (t *talk) makeSheet(format sheet.Format) error {
	return t.until(once(func() error {
		usual := "~/rating-sheet-" + t.s.Today().String() + format.Ending
		file, err := t.newFile(usual, nil)
		if err != nil {
			return err
		}
		_ = t.s.Identify() // without an id the sheet goes by the name
		path, warning, err := t.s.MakeSheet(t.s.Profile(), format, file)
		if err != nil {
			t.say.Para(0, "Not written: %s", wrong(err))
			return nil
		}
		t.say.Para(0, "Written into %s. Send it to your mentor: %s.", path, format.Next)
		if warning != "" {
			t.say.Para(0, "%s", sentence(warning))
		}
		return nil
	}))
}

// takeSheet takes the mentor's ratings from a sheet into the open round.
func (t *talk) takeSheet() error {
	if !t.mayChange() {
		return nil
	}
	return t.until(once(func() error {
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
			t.say.Para(0, "Not taken in: %s", wrong(err))
			return nil
		}
		says := func() string {
			r, _ := t.s.Profile().Open()
			return strings.Join(taken.Words(filled, r.ID), " ")
		}
		if len(taken.New) == 0 {
			t.say.Para(0, "%s", says())
			return nil
		}
		t.do(taken.Batch, says)
		return nil
	}))
}

// fileName asks for a file; nothing typed is the usual one.
func (t *talk) fileName(ask, usual string) (string, error) {
	a, err := t.fill("", []field{{ID: "file", Ask: ask, Was: safetext.New(usual), Need: true}})
	if file, typed := a.texts["file"]; typed {
		return file, err
	}
	return usual, err
}
