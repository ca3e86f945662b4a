package file

import (
	"reflect"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// othersKey is the table of mentors' ratings other than the newest, which is in a table of its own.
const othersKey = "others"

// othersColumn has for each KSB a list of the mentors' ratings other than the newest, which is in [round.mentor].
func othersColumn() *column {
	o := ratingObject.Get()
	c := lines(othersKey, lineOf{
		named: (*table).code,
		read: func(sub *table, id string, list reflect.Value) bool {
			for _, row := range sub.tables(id, "write "+id+` = [{ level = 2, on = 2026-11-22, by = "..." }]`) {
				list.Set(reflect.Append(list, reflect.ValueOf(profile.Rating{})))
				o.read(row, list.Index(list.Len()-1))
			}
			return list.Len() > 0
		},
		value: func(list reflect.Value) tomledit.Value {
			rows := make([]tomledit.Value, list.Len())
			for i := range rows {
				rows[i] = tomledit.Inline(o.table(list.Index(i)))
			}
			return tomledit.Array(rows...)
		},
		// Row by row in place, so that keys that the learner added to a row stay in it.
		edit: func(w *writer, before, after reflect.Value, path ...any) {
			for i := before.Len() - 1; i >= after.Len(); i-- {
				w.delete(pathTo(path, i)...)
			}
			for i := range after.Len() {
				if i < before.Len() {
					o.edit(w, before.Index(i), after.Index(i), pathTo(path, i)...)
				} else {
					w.insert(o.table(after.Index(i)), i, path...)
				}
			}
		},
		walk: func(list reflect.Value, where string, v visitor) {
			list.Set(reflect.AppendSlice(reflect.Zero(list.Type()), list))
			for i := range list.Len() {
				o.walk(list.Index(i), where, v)
			}
		},
	})
	c.kind = "lines, a list of ratings for each KSB"
	return c
}

// checkOthers checks that a round has one rating of a KSB by each mentor, that the newest is in [round.mentor], and
// that the others follow in order.
func checkOthers(t *table, r *profile.Round) {
	for _, id := range standard.Sorted(r.Others) {
		list, path := r.Mentors(id), pathTo(pathTo(t.path, othersKey), id)
		if len(list) == 0 {
			t.r.fault(path, "the newest one belongs below [round.mentor]: move it there",
				"there is no mentor's rating of %s below [round.mentor]", id)
			continue
		}
		for i, x := range list[1:] {
			if x.On.After(list[i].On) {
				t.r.fault(append(path, i, "on"),
					"the newest one belongs below [round.mentor], and the others follow it by date",
					"a newer rating comes after an older one")
			}
			if slices.ContainsFunc(list[:i+1], func(y profile.Rating) bool { return profile.SameName(y.By, x.By) }) {
				who := "without a name"
				if !x.By.Empty() {
					who = "by " + safetext.Brief(x.By.Line(), 30)
				}
				t.r.fault(append(path, i, "by"), "a mentor has one rating of a KSB in a round: keep the newer",
					"a second rating %s", who)
			}
		}
	}
}

// RatingsIn counts the ratings in the text of a profile, which it need not read for that.
func RatingsIn(doc *tomledit.Doc) int {
	n := 0
	for i := range doc.Len("round") {
		for _, by := range profile.Raters {
			n += len(doc.Keys("round", i, string(by)))
		}
		for _, id := range doc.Keys("round", i, othersKey) {
			n += doc.Len("round", i, othersKey, id)
		}
	}
	return n
}

// sheetColumn also tells the reader that the file is a rating sheet.
func sheetColumn() *column {
	c := flag("sheet").says("true in a rating sheet, which is only for a mentor's ratings")
	read := c.read
	c.read = func(t *table, x reflect.Value) {
		read(t, x)
		t.r.sheet = x.Bool()
	}
	return c
}

// The keys that a sheet may have at the top and in its round.
var (
	sheetKeys      = []string{"format", "standard", "sheet", "asked", "learner", "round"}
	sheetRoundKeys = []string{"id", "opened", string(profile.Mentor)}
)

// checkSheet checks a rating sheet, and puts the mentor's name on the ratings that lack one.
func checkSheet(t *table, p *profile.Profile) {
	if !p.Sheet {
		return
	}
	only := func(t *table, known []string) {
		for _, key := range t.asked {
			if _, there := t.m[key]; there && !slices.Contains(known, key) {
				t.fault(key, "take it out, or take out the line sheet = true if this is a learner's own record",
					"a rating sheet is only for a mentor's ratings")
			}
		}
	}
	only(t, sheetKeys)
	if len(p.Asked) == 0 {
		t.fault("asked", "ask for the sheet again", "the sheet does not say what it asks for")
	}
	rounds := t.list("round")
	if len(rounds) != 1 || len(p.Rounds) != 1 {
		t.fault("round", "ask for the sheet again", "a rating sheet has one round")
		return
	}
	round := &table{r: t.r, path: rounds[0].path, m: rounds[0].m}
	for _, c := range roundObject.Get().columns {
		round.asked = append(round.asked, c.key)
	}
	only(round, sheetRoundKeys)
	checkSheetRatings(round, *p)
	p.Rounds = []profile.Round{p.Rounds[0].Signed(p.SheetMentor())}
}

// checkSheetRatings checks the ratings on a sheet, which people write by hand.
func checkSheetRatings(round *table, p profile.Profile) {
	r := p.Rounds[0]
	who := p.SheetMentor()
	for _, id := range standard.Sorted(r.Ratings[profile.Mentor]) {
		row := &table{r: round.r, path: append(pathTo(round.path, string(profile.Mentor)), id)}
		x := r.Ratings[profile.Mentor][id]
		err := profile.MayBeMentor(x.By)
		switch {
		case !slices.Contains(p.Asked, id):
			row.fault("", "it asks for "+strings.Join(p.Asked, ", "), "this sheet does not ask for %s", id)
		case profile.SameName(x.By, safetext.New(profile.BlankName)):
			row.fault("by", "write your own name there", "%q is still in place of the mentor's name", profile.BlankName)
		case err != nil:
			row.fault("by", "write your own name, such as J. Ode", "%s", err)
		case !x.By.Empty() && !profile.SameName(x.By, who):
			row.fault("by", "a sheet is for one mentor: ask for a sheet of your own", "%s rated on this sheet too",
				who.Line())
		}
		if !x.On.IsZero() && x.On.Before(r.Opened) {
			row.fault("on", "correct the day, or take it out", "the day, %s, is before the sheet was made, %s", x.On,
				r.Opened)
		}
	}
}
