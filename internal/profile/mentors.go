package profile

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// Mentors are the ratings of a KSB by all mentors in this round, one of each, the newest first.
func (r Round) Mentors(ksb string) []Rating {
	newest, ok := r.Ratings[Mentor][ksb]
	if !ok {
		return nil
	}
	return append([]Rating{newest}, r.Others[ksb]...)
}

// MentorRating is what one mentor gave a KSB in this round. Without a name it is what stands there without one.
func (r Round) MentorRating(ksb string, who safetext.Text) (Rating, bool) {
	list := r.Mentors(ksb)
	if i := slices.IndexFunc(list, isBy(who)); i >= 0 {
		return list[i], true
	}
	return Rating{}, false
}

// Beside are the ratings of a KSB in this round by other mentors than one, the newest first.
func (r Round) Beside(ksb string, who safetext.Text) []Rating {
	return slices.DeleteFunc(r.Mentors(ksb), isBy(who))
}

// isBy says whether a rating is a mentor's. All without a name are those of one mentor.
func isBy(who safetext.Text) func(Rating) bool {
	return func(x Rating) bool { return SameName(x.By, who) }
}

// Mentors are the ratings of a KSB by mentors that stand beside one another, one of each, the newest first: those of the
// round with the newest, and those of later rounds, since a sheet that was filled before may come in after. Those that the
// learner may not see yet are left out; see SeenIn.
func (p Profile) Mentors(ksb string) []Rating {
	_, from := p.newest(ksb, Mentor)
	if from < 0 {
		return nil
	}
	list := p.SeenIn(from, ksb)
	for n := range p.Rounds[from+1:] {
		for _, x := range p.SeenIn(from+1+n, ksb) {
			i := slices.IndexFunc(list, isBy(x.By))
			switch {
			case i < 0:
				list = append(list, x)
			case i > 0 && !x.On.Before(list[i].On):
				list[i] = x
			}
		}
	}
	slices.SortStableFunc(list[1:], func(a, b Rating) int { return b.On.Compare(a.On) })
	return list
}

// NewestOf is the newest rating of a KSB by one mentor: the latest date, and of equal dates the later round.
func (p Profile) NewestOf(ksb string, who safetext.Text) (Rating, bool) {
	var best Rating
	found := false
	for _, r := range p.Rounds {
		if x, ok := r.MentorRating(ksb, who); ok && (!found || !x.On.Before(best.On)) {
			best, found = x, true
		}
	}
	return best, found
}

// SameName compares names as people do: case, dots and spaces do not count.
func SameName(a, b safetext.Text) bool { return PlainName(a) == PlainName(b) }

// PlainName is a name without what people write now this way and now that: case, dots and spaces. Where nothing else is in it,
// it is the text itself. It is for comparing, and not to be shown.
func PlainName(name safetext.Text) string {
	bare := strings.Map(func(r rune) rune {
		if r == '.' || unicode.IsSpace(r) {
			return -1
		}
		return folded(r)
	}, name.Raw())
	if bare == "" {
		return strings.TrimSpace(name.Raw())
	}
	return bare
}

// folded is one letter for all that differ from it by case only.
func folded(r rune) rune {
	for {
		next := unicode.SimpleFold(r)
		if next <= r {
			return next
		}
		r = next
	}
}

// MentorNamed is the name as the newest rating of a mentor with that name has it; one that is not known is given back.
func (p Profile) MentorNamed(name safetext.Text) safetext.Text {
	newest := calendar.Date{}
	out := name
	for _, r := range p.Rounds {
		for ksb := range r.Ratings[Mentor] {
			for _, x := range r.Mentors(ksb) {
				switch after := x.On.Compare(newest); {
				case name.Empty() || x.By.Empty() || after < 0 || !SameName(x.By, name):
				case after > 0 || x.By.Raw() < out.Raw():
					out, newest = x.By, x.On
				}
			}
		}
	}
	return out
}

// withMentor returns a copy of a round in which a rating by a mentor stands in its place by its day, before those of the
// same day. Those that it takes the place of go.
func (r Round) withMentor(ksb string, x Rating, gone func(Rating) bool) Round {
	list := slices.DeleteFunc(r.Mentors(ksb), gone)
	at := slices.IndexFunc(list, func(y Rating) bool { return !y.On.After(x.On) })
	if at < 0 {
		at = len(list)
	}
	return r.withMentors(ksb, slices.Insert(list, at, x))
}

// withMentors returns a copy of a round with these ratings of a KSB by mentors, one at least.
func (r Round) withMentors(ksb string, list []Rating) Round {
	r = r.withRatings(Mentor)
	r.Ratings[Mentor][ksb] = list[0]
	r.Others = maps.Clone(r.Others)
	switch {
	case len(list) == 1:
		delete(r.Others, ksb)
	case r.Others == nil:
		r.Others = map[string][]Rating{ksb: list[1:]}
	default:
		r.Others[ksb] = list[1:]
	}
	if len(r.Others) == 0 {
		r.Others = nil
	}
	return r
}

// one says whether learner and mentors gave a KSB one and the same level. It is false without any mentor.
func one(self level.Level, mentors []Rating) bool {
	return len(mentors) > 0 && !slices.ContainsFunc(mentors, func(x Rating) bool { return x.Level != self })
}

// othersKey is the table of what other mentors gave than the one whose rating stands in the table of the newest.
const othersKey = "others"

func readOthers(t *table, newest map[string]Rating) map[string][]Rating {
	var out map[string][]Rating
	for _, id := range t.r.doc.Keys(t.path...) {
		if !t.code(id) {
			continue
		}
		first, ok := newest[id]
		rows := t.tables(id, "write "+id+` = [{ level = 2, on = 2026-11-22, by = "..." }]`)
		if !ok && len(rows) > 0 {
			t.fault(id, "the newest one stands below [round.mentor]: move it there", "no mentor's rating of %s stands below [round.mentor]", id)
		}
		list := []Rating{first}
		for _, row := range rows {
			x := ratingObject.take(row)
			if ok && x.On.After(list[len(list)-1].On) {
				row.fault("on", "the newest one stands below [round.mentor] and the others follow it by their days", "a newer rating stands behind an older one")
			}
			if ok && slices.ContainsFunc(list, isBy(x.By)) {
				row.fault("by", "a mentor has one rating of a KSB in a round: keep the newer", "%s", twice(x.By))
			}
			list = append(list, x)
		}
		if len(list) == 1 {
			continue
		}
		if out == nil {
			out = map[string][]Rating{}
		}
		out[id] = list[1:]
	}
	return out
}

func twice(name safetext.Text) string {
	if name.Empty() {
		return "a second rating without a name"
	}
	return "a second rating by " + safetext.Line(clip(name.Line(), 30))
}

func ratingList(list []Rating) tomledit.Value {
	rows := make([]tomledit.Value, len(list))
	for i, x := range list {
		rows[i] = tomledit.Inline(ratingObject.table(x))
	}
	return tomledit.Array(rows...)
}

// others edits the lists of other mentors' ratings.
func (w writer) others(before, after map[string][]Rating, path ...any) error {
	if err := dropLines(w, before, after, path...); err != nil {
		return err
	}
	for _, id := range slices.SortedFunc(maps.Keys(after), standard.Compare) {
		if err := w.ratings(before[id], after[id], append(slices.Clone(path), id)...); err != nil {
			return err
		}
	}
	return nil
}

// ratings edits one list place by place, so that what is unknown in a row stays where it is.
func (w writer) ratings(before, after []Rating, path ...any) error {
	if len(before) == 0 && !w.doc.Has(path...) {
		return w.doc.Set(ratingList(after), naturalOrder, path...)
	}
	for i := len(before) - 1; i >= len(after); i-- {
		if err := w.doc.Delete(append(slices.Clone(path), i)...); err != nil {
			return err
		}
	}
	for i, x := range after {
		var err error
		if i < len(before) {
			err = ratingObject.edit(w, before[i], x, append(slices.Clone(path), i)...)
		} else {
			err = w.doc.Append(ratingObject.table(x), path...)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
