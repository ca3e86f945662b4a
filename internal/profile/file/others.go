package file

import (
	"reflect"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// othersKey is the table of the ratings by all mentors but the one with the newest rating, which has its own table.
const othersKey = "others"

func readOthers(t *table, newest map[string]profile.Rating) map[string][]profile.Rating {
	var out map[string][]profile.Rating
	for _, id := range t.r.doc.Keys(t.path...) {
		if !t.code(id) {
			continue
		}
		first, ok := newest[id]
		rows := t.tables(id, "write "+id+` = [{ level = 2, on = 2026-11-22, by = "..." }]`)
		if !ok && len(rows) > 0 {
			t.fault(id, "the newest one belongs below [round.mentor]: move it there",
				"there is no mentor's rating of %s below [round.mentor]", id)
		}
		list := []profile.Rating{first}
		for _, row := range rows {
			var x profile.Rating
			ratingObject.Get().read(row, reflect.ValueOf(&x).Elem())
			if ok && x.On.After(list[len(list)-1].On) {
				row.fault("on", "the newest one belongs below [round.mentor], and the others follow it by date",
					"a newer rating comes after an older one")
			}
			if ok && slices.ContainsFunc(list, func(y profile.Rating) bool { return profile.SameName(y.By, x.By) }) {
				row.fault("by", "a mentor has one rating of a KSB in a round: keep the newer", "%s", twice(x.By))
			}
			list = append(list, x)
		}
		if len(list) == 1 {
			continue
		}
		if out == nil {
			out = map[string][]profile.Rating{}
		}
		out[id] = list[1:]
	}
	return out
}

func twice(name safetext.Text) string {
	if name.Empty() {
		return "a second rating without a name"
	}
	return "a second rating by " + safetext.Brief(name.Line(), 30)
}

func ratingList(list []profile.Rating) tomledit.Value {
	rows := make([]tomledit.Value, len(list))
	for i := range list {
		rows[i] = tomledit.Inline(ratingObject.Get().table(reflect.ValueOf(&list[i]).Elem()))
	}
	return tomledit.Array(rows...)
}

// ratings edits one list place by place, so that what is unknown in a row stays where it is.
func (w *writer) ratings(before, after []profile.Rating, path ...any) {
	if len(before) == 0 && !w.doc.Has(path...) {
		w.set(ratingList(after), naturalOrder, path...)
		return
	}
	for i := len(before) - 1; i >= len(after); i-- {
		w.delete(pathTo(path, i)...)
	}
	for i := range after {
		x := reflect.ValueOf(&after[i]).Elem()
		if i < len(before) {
			ratingObject.Get().edit(w, reflect.ValueOf(&before[i]).Elem(), x, pathTo(path, i)...)
		} else {
			w.insert(ratingObject.Get().table(x), i, path...)
		}
	}
}

// RatingsIn is the number of ratings in the text of a profile, without reading the rest of it.
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
