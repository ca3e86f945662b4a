package file

import (
	"reflect"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

func sheetColumn() *column {
	c := flag("sheet").says("true in a rating sheet, which holds a mentor's ratings alone")
	read := c.read
	c.read = func(t *table, x reflect.Value) {
		read(t, x)
		t.r.sheet = x.Bool()
	}
	return c
}

// sheetKeys are the keys of a sheet at the top, and in its round.
var sheetKeys, sheetRoundKeys = []string{"format", "standard", "sheet", "asked", "learner", "round"},
	[]string{"id", "opened", string(profile.Mentor)}

// checkSheet refuses what does not belong on a sheet, and takes one name for all its ratings.
func checkSheet(t *table, p *profile.Profile) {
	if !p.Sheet {
		return
	}
	only := func(t *table, known []string) {
		for _, key := range t.asked {
			if _, there := t.m[key]; there && !slices.Contains(known, key) {
				t.fault(key, "take it out, or take out the line sheet = true if this is a learner's own record",
					"a rating sheet holds a mentor's ratings alone")
			}
		}
	}
	only(t, sheetKeys)
	if len(p.Asked) == 0 {
		t.fault("asked", "have the sheet sent again", "the sheet does not say what it asks for")
	}
	rounds := t.list("round")
	if len(rounds) != 1 || len(p.Rounds) != 1 {
		t.fault("round", "have the sheet sent again", "a rating sheet has one round")
		return
	}
	round := &table{r: t.r, path: rounds[0].path, m: rounds[0].m, asked: append(keysIn(roundObject.Get()), othersKey)}
	only(round, sheetRoundKeys)
	checkSheetRatings(round, *p)
	p.Rounds = []profile.Round{p.Rounds[0].Signed(p.SheetMentor())}
}

func keysIn(o object) []string {
	var out []string
	for _, c := range o.columns {
		out = append(out, c.key)
	}
	return out
}

// checkSheetRatings looks at what was filled in by hand.
func checkSheetRatings(round *table, p profile.Profile) {
	r := p.Rounds[0]
	who := p.SheetMentor()
	for _, id := range standard.Sorted(r.Ratings[profile.Mentor]) {
		row, x := &table{r: round.r, path: append(pathTo(round.path, string(profile.Mentor)), id)}, r.Ratings[profile.Mentor][id]
		switch err := profile.MayRate(x.By); {
		case !slices.Contains(p.Asked, id):
			row.fault("", "it asks for "+strings.Join(p.Asked, ", "), "this sheet does not ask for %s", id)
		case profile.SameName(x.By, safetext.New(profile.BlankName)):
			row.fault("by", "write your own name there", "%q is still in place of the mentor's name", profile.BlankName)
		case err != nil:
			row.fault("by", "write your own name, such as J. Ode", "%s", err)
		case !x.By.Empty() && !profile.SameName(x.By, who):
			row.fault("by", "a sheet has one mentor: have a sheet of your own made", "%s rated on this sheet too",
				who.Line())
		}
		if !x.On.IsZero() && x.On.Before(r.Opened) {
			row.fault("on", "correct the day, or take it out", "the day, %s, is before the sheet was made, %s", x.On,
				r.Opened)
		}
	}
}
