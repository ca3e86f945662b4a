package intake

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/xlsx"
)

// layout is where the ratings of one sheet are.
type layout struct {
	table    xlsx.Table
	at       int // the row of the headings
	heads    []heading
	texts    []string // what stands over each column, with the heading over several of them
	code     int      // columns; -1 for none
	wording  int
	kind     int // knowledge, skill or behaviour, beside a number
	rater    int
	chance   int
	level    map[profile.Rater]int // with a column of raters that of ""
	days     map[profile.Rater][]int
	persons  map[profile.Rater][]int
	comments map[profile.Rater][]int
	why      map[int]string // of columns that are not read
	names    Scale          // our levels by their names
	about    []about
}

// about is a row below the headings, with the KSBs that it is about.
type about struct {
	row int
	meant
}

// highestHeading is how far down the headings are looked for, and sampled how many rows say what is in a column.
const (
	highestHeading = 60
	sampled        = 300
)

func cell(row []xlsx.Value, column int) xlsx.Value {
	if column < 0 || column >= len(row) {
		return xlsx.Value{}
	}
	return row[column]
}

func trimmed(v xlsx.Value) string {
	return strings.TrimSpace(strings.ReplaceAll(v.Text, "\u00a0", " "))
}

// layOut finds the headings of a sheet and what is below them; false where there are no ratings.
func layOut(t xlsx.Table, w *wordings, o Options) (*layout, bool) {
	best, most := -1, 0
	for at := range min(len(t.Rows), highestHeading) {
		if n := headings(t, at).points(); n > most {
			best, most = at, n
		}
	}
	if best < 0 {
		return nil, false
	}
	l := headings(t, best)
	l.names = w.names
	l.findKSBs(w)
	if len(l.about) == 0 || !l.findLevels(o) {
		return nil, false
	}
	l.shareOut()
	return l, true
}

// headings reads one row as the headings.
func headings(t xlsx.Table, at int) *layout {
	l := &layout{table: t, at: at, code: -1, wording: -1, kind: -1, rater: -1, chance: -1, why: map[int]string{}}
	row := t.Rows[at]
	var above []xlsx.Value
	if at > 0 && !oneText(t.Rows[at-1]) {
		above = t.Rows[at-1]
	}
	for i := range row {
		own, over := trimmed(row[i]), trimmed(cell(above, i))
		h := readHeading(own)
		if row[i].Is != xlsx.IsText || oneText(row) {
			own, h = "", heading{}
		}
		if own != "" && over != "" && over != own {
			if g := readHeading(over); g.by != "" || g.when != 0 || h.role == unknown && g.role != unknown {
				h = under(h, g)
				own = over + ", " + own
			}
		}
		l.heads, l.texts = append(l.heads, h), append(l.texts, own)
	}
	return l
}

// under is a heading below one over several columns, which says whose they are, or when.
func under(h, g heading) heading {
	h.by, h.when = cmp.Or(h.by, g.by), cmp.Or(h.when, g.when)
	if h.role == unknown && g.role == levels {
		h.role = unknown // a question of its own, such as "Evidence seen"
	}
	if h.bare && g.role == levels {
		h.bare = g.bare
	}
	return h
}

// oneText says whether a row holds one text and no other, as a title does.
func oneText(row []xlsx.Value) bool {
	first := ""
	for _, v := range row {
		if s := trimmed(v); s != "" && first == "" {
			first = s
		} else if s != "" && s != first {
			return false
		}
	}
	return true
}

// points are how much a row looks like the headings of ratings; 0 where it cannot be.
func (l *layout) points() int {
	n := map[role]int{}
	for _, h := range l.heads {
		n[h.role]++
	}
	if n[levels] == 0 || len(l.heads)-n[unknown] < 2 {
		return 0
	}
	points := 4*min(n[codes]+n[statement], 2) + 2*min(n[levels], 4) + 2*n[rater]
	for _, r := range []role{comment, day, person, apart, chance} {
		points += n[r]
	}
	return points
}

// below are the rows under the headings.
func (l *layout) below() [][]xlsx.Value { return l.table.Rows[l.at+1:] }

// findKSBs finds the columns that say which KSB a row is about, by what is in them, and reads them.
func (l *layout) findKSBs(w *wordings) {
	rows := l.below()
	rows = rows[:min(len(rows), sampled)]
	l.findKind()
	mostCodes, mostWords := 0, 0
	for i, h := range l.heads {
		if !slices.Contains([]role{codes, statement, unknown, apart}, h.role) {
			continue
		}
		inCode, inWords, size := 0, 0, 0
		for _, r := range rows {
			s := trimmed(cell(r, i))
			if size += len(s); s == "" {
				continue
			}
			if ids, _, lead := codesIn(l.codeOf(r, i), w.std); len(ids) > 0 && lead && len(s) <= 40 {
				inCode++
			}
			if len(s) > 12 && len(w.meant("", s).ids) > 0 {
				inWords++
			}
		}
		if h.role == codes {
			inCode *= 2 // where two columns have codes, as KSBs and a group do
		}
		if h.role == statement {
			inWords *= 2
		}
		if inCode > mostCodes && h.role != apart {
			mostCodes, l.code = inCode, i
		}
		if inWords > mostWords {
			mostWords, l.wording = inWords, i
		}
	}
	if l.code == l.wording {
		l.code = -1
	}
	for i, r := range l.below() {
		code, text := l.codeOf(r, l.code), trimmed(cell(r, l.wording))
		if code != "" || text != "" {
			l.about = append(l.about, about{l.at + 1 + i, w.meant(code, text)})
		}
	}
	if !slices.ContainsFunc(l.about, func(a about) bool { return len(a.ids) > 0 }) {
		l.about = nil
	}
}

// findKind finds a column that holds nothing but kinds of KSBs.
func (l *layout) findKind() {
	for i := range l.heads {
		n := 0
		for _, r := range l.below() {
			s := trimmed(cell(r, i))
			if _, ok := standard.ReadKind(s); ok {
				n++
			} else if s != "" {
				n = 0
				break
			}
		}
		if n > 0 {
			l.kind = i
			return
		}
	}
}

// codeOf is the code in a cell; where that is a number, with the kind that stands beside it.
func (l *layout) codeOf(row []xlsx.Value, column int) string {
	code := trimmed(cell(row, column))
	if code == "" || strings.Trim(code, "0123456789") != "" {
		return code
	}
	if kind, ok := standard.ReadKind(trimmed(cell(row, l.kind))); ok {
		return string(rune(kind)) + code
	}
	return code
}

// answers are what a column holds for the KSBs that were understood.
func (l *layout) answers(column int) (list []string) {
	for _, a := range l.about {
		if s := trimmed(cell(l.table.Rows[a.row], column)); s != "" && len(a.ids) > 0 {
			list = append(list, s)
		}
	}
	return list
}

// holdsLevels says whether most of a column could be levels on some scale.
func (l *layout) holdsLevels(column int, o Options) bool {
	list := l.answers(column)
	n := 0
	for _, x := range list {
		x = plain(x)
		_, _, numeric := number(x)
		_, colour := colours.Get()[x]
		_, answer := answers.Get()[x]
		_, named := l.names.words[x]
		for _, s := range o.Scales {
			_, ok := s.level(x)
			named = named || ok
		}
		if numeric || colour || answer || named {
			n++
		}
	}
	return len(list) > 0 && 2*n >= len(list)
}

// findLevels finds the columns of the levels; false where there is none.
func (l *layout) findLevels(o Options) bool {
	l.level, l.persons = map[profile.Rater]int{}, map[profile.Rater][]int{}
	for i, h := range l.heads {
		switch {
		case l.rater < 0 && h.mayBeRater() && l.saysWhose(i):
			l.rater = i
		case h.role == chance && l.chance < 0:
			l.chance = i
		case h.role == person && h.by != profile.Self:
			l.persons[profile.Mentor] = append(l.persons[profile.Mentor], i)
		}
	}
	if o.Column != "" {
		return l.takeColumn(o)
	}
	may := map[profile.Rater][]int{}
	for i, h := range l.heads {
		switch {
		case h.role != levels || i == l.code || i == l.wording:
		case l.holdsLevels(i, o), l.chance >= 0 && len(l.answers(i)) == 0: // where nothing but no opportunity was said
			may[h.by] = append(may[h.by], i)
		case h.bare && h.by == profile.Mentor && len(l.answers(i)) > 0:
			l.persons[h.by] = append(l.persons[h.by], i)
			l.heads[i].role = person
		default:
			l.why[i] = "no levels are in it"
		}
	}
	if l.rater >= 0 {
		if len(may[""]) == 0 {
			may[""] = slices.Concat(may[profile.Self], may[profile.Mentor])
		}
		return l.settle("", may[""])
	}
	implied := profile.Self
	if o.As == profile.Mentor && len(may[profile.Mentor]) == 0 {
		implied = profile.Mentor
	}
	if len(may[implied]) == 0 {
		may[implied], may[""] = may[""], nil
	}
	for _, i := range may[""] {
		l.why[i] = "it does not say whose levels they are"
	}
	found := false
	for _, by := range []profile.Rater{profile.Self, profile.Mentor} {
		if o.As != "" && o.As != by {
			for _, i := range may[by] {
				l.why[i] = "those of " + string(by) + " are not asked for"
			}
			continue
		}
		found = l.settle(by, may[by]) || found
	}
	return found
}

// saysWhose says whether a column holds nothing but whose a rating is: self, mentor, line manager, agreed.
func (l *layout) saysWhose(column int) bool {
	list := l.answers(column)
	if strings.Contains(strings.ToLower(l.texts[column]), "level") {
		return false // whose level counts, beside columns for each
	}
	return len(list) > 0 && !slices.ContainsFunc(list, func(s string) bool {
		h := readHeading(s)
		return !strings.EqualFold(s, string(profile.Agreed)) && (h.by == "" || !h.bare)
	})
}

// takeColumn takes the column that the learner names.
func (l *layout) takeColumn(o Options) bool {
	want := strings.TrimSpace(o.Column)
	at := slices.IndexFunc(l.texts, func(s string) bool { return strings.EqualFold(s, want) })
	for i := range l.heads {
		if at < 0 && strings.EqualFold(xlsx.Column(i), want) {
			at = i
		}
	}
	if at < 0 {
		return false
	}
	by := cmp.Or(o.As, l.heads[at].by, profile.Self)
	if l.rater >= 0 {
		by = ""
	}
	l.level[by] = at
	return true
}

// settle takes the one column of a rater among those that may be it: the current one, and not an earlier one. Two that
// are alike are both kept as a question.
func (l *layout) settle(by profile.Rater, may []int) bool {
	newest := -1
	for _, i := range may {
		newest = max(newest, l.heads[i].when)
	}
	plain := slices.ContainsFunc(may, func(i int) bool { return l.heads[i].when == newest && !l.heads[i].bare })
	var left []int
	for _, i := range may {
		switch {
		case l.heads[i].when < newest:
			l.why[i] = "an earlier one"
		case plain && l.heads[i].bare:
			l.why[i] = "another says that it is the level"
		default:
			left = append(left, i)
		}
	}
	if len(left) == 0 {
		return false
	}
	l.level[by] = left[0]
	for _, i := range left[1:] {
		l.why[i] = twin
	}
	return true
}

// twin marks a column that is as likely as the one that was taken.
const twin = "as likely as another"

// shareOut says whose the days and comments are: of whom the heading says, else of the rater whose levels stand before
// them, where each rater has one; else the learner's. A day without an owner is that of both.
func (l *layout) shareOut() {
	l.days, l.comments = map[profile.Rater][]int{}, map[profile.Rater][]int{}
	sole := profile.Self
	if _, ok := l.level[profile.Self]; !ok {
		sole = profile.Mentor
	}
	if l.rater >= 0 {
		sole = ""
	}
	unowned := lists.Count(l.heads, func(h heading) bool { return h.role == comment && h.by == "" })
	_, mentors := l.level[profile.Mentor]
	for i, h := range l.heads {
		_, taken := l.why[i]
		if h.when < 0 && l.current(h) && !taken {
			l.why[i] = "an earlier one"
			continue
		}
		by := h.by
		if l.rater >= 0 {
			by = ""
		}
		switch {
		case i == l.code || i == l.wording || taken:
		case h.role == day && by == profile.Mentor && !mentors && len(l.persons[by]) == 0:
			l.days[sole] = append(l.days[sole], i)
		case h.role == day && by == "" && l.rater < 0:
			l.days[profile.Self] = append(l.days[profile.Self], i)
			l.days[profile.Mentor] = append(l.days[profile.Mentor], i)
		case h.role == day:
			l.days[by] = append(l.days[by], i)
		case h.role == comment:
			if by == "" && unowned > 1 && len(l.level) > 1 {
				by = l.before(i, sole)
			} else if by == "" {
				by = sole
			}
			l.comments[by] = append(l.comments[by], i)
		}
	}
	if l.rater >= 0 {
		l.persons[""] = l.persons[profile.Mentor]
	}
}

// current says whether there is another heading of the same role and owner that is not an earlier one.
func (l *layout) current(h heading) bool {
	return slices.ContainsFunc(l.heads, func(x heading) bool { return x.role == h.role && x.by == h.by && x.when >= 0 })
}

// before is the rater whose levels stand nearest before a column.
func (l *layout) before(column int, sole profile.Rater) profile.Rater {
	near, at := sole, -1
	for by, i := range l.level {
		if i < column && i > at {
			near, at = by, i
		}
	}
	return near
}

// ksbs are those that the sheet has.
func (l *layout) ksbs() (ids []string) {
	for _, a := range l.about {
		ids = append(ids, a.ids...)
	}
	return ids
}

// scored is how many answers there are.
func (l *layout) scored() (n int) {
	for _, i := range l.level {
		n += len(l.answers(i))
	}
	return n
}
