package intake

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/words"
	"github.com/ksbcoach/ksbcoach/internal/xlsx"
)

// Understand says what the sheets of a file hold. The error is a *Refused, or an *Unclear where the scale has to be
// named.
func Understand(tables []xlsx.Table, g Ground, o Options) (Proposal, error) {
	w := newWordings(g.Standard, g.Scale)
	found, rest, err := layouts(tables, w, o)
	if err != nil {
		return Proposal{}, err
	}
	r := &proposing{g: g, o: o, several: len(found) > 1 || len(tables) > 1}
	r.Heading, r.Others = found[0].at+1, rest
	r.Columns, r.Left = found[0].columns()
	names := lists.Each(found, func(l *layout) string { return safetext.Brief(l.table.Name, 40) })
	r.Sheet = words.List(words.Given(names...))
	if err := r.chooseScales(found); err != nil {
		return Proposal{}, err
	}
	for _, l := range found {
		r.read(l)
	}
	r.sort()
	if len(r.Rows) == 0 && len(r.Missed) == 0 {
		return Proposal{}, &Refused{
			"no KSB has a level in this file", "fill the levels in, or name the column that has them", detailColumn, "",
		}
	}
	return r.Proposal, nil
}

type proposing struct {
	Proposal
	g       Ground
	o       Options
	several bool // the file has several sheets
	scales  map[profile.Rater]Scale
}

// chooseScales finds the scale of each rater's levels.
func (r *proposing) chooseScales(found []*layout) error {
	r.scales = map[profile.Rater]Scale{}
	for _, by := range []profile.Rater{profile.Self, profile.Mentor, ""} {
		column, ok := found[0].level[by]
		if !ok {
			continue
		}
		owner := by
		if by == "" {
			owner = profile.Self // one column, one scale
		}
		var list []string
		said := found[0].texts[column]
		for _, l := range found {
			list = append(list, l.answers(column)...)
			for _, row := range l.table.Rows[:l.at] {
				for _, v := range row {
					if s := trimmed(v); len(s) < 300 && speaksOfScale(s) {
						said += " ; " + s
					}
				}
			}
		}
		if len(list) == 0 {
			continue
		}
		s, why, fits := guess(list, said, r.g.Scale)
		if named, told := r.o.Scales[owner]; told {
			s, why = named, "as you say"
		} else if len(fits) != 1 {
			return &Unclear{owner, valuesOf(list), fits}
		}
		r.scales[by] = s
		r.Scales = append(r.Scales, Mapped{owner, s, why, steps(s, list)})
	}
	return nil
}

// speaksOfScale says whether a line above the headings may name the scale.
func speaksOfScale(s string) bool {
	s = strings.ToLower(s)
	return slices.ContainsFunc([]string{"scale", "rate", "rating", "score", "level"},
		func(w string) bool { return strings.Contains(s, w) })
}

// valuesOf says what the answers are.
func valuesOf(list []string) string {
	low, high, all := math.Inf(1), math.Inf(-1), true
	var others []string
	for _, x := range list {
		if n, _, ok := number(plain(x)); ok {
			low, high = min(low, n), max(high, n)
		} else {
			all = false
			others = append(others, safetext.Brief(strings.TrimSpace(x), 20))
		}
	}
	if all && low == high {
		return "all " + figure(low)
	}
	if !math.IsInf(low, 1) {
		return "numbers from " + figure(low) + " to " + figure(high)
	}
	slices.Sort(others)
	others = slices.Compact(others)
	return words.List(others[:min(len(others), 5)])
}

// steps are the answers that are there, each with its level.
func steps(s Scale, list []string) (out []Step) {
	seen := map[string]bool{}
	for _, x := range list {
		short := plain(x)
		if n, of, ok := number(short); ok && s.words == nil {
			if short = figure(n); of == 100 {
				short += "%"
			}
		}
		if l, ok := s.level(x); ok && !seen[short] {
			seen[short] = true
			out = append(out, Step{safetext.Brief(short, 40), l})
		}
	}
	sorting.By(out, func(a, b Step) int {
		x, _, _ := number(a.Answer)
		y, _, _ := number(b.Answer)
		return cmp.Or(cmp.Compare(a.Level, b.Level), cmp.Compare(x, y), cmp.Compare(a.Answer, b.Answer))
	})
	return out
}

// where is the place of a row as people find it.
func (r *proposing) where(l *layout, row int) string {
	if !r.several || l.table.Name == "" {
		return fmt.Sprintf("row %d", row+1)
	}
	return fmt.Sprintf("sheet %s, row %d", safetext.Brief(l.table.Name, 30), row+1)
}

// read reads the rows of one sheet.
func (r *proposing) read(l *layout) {
	monthFirst := l.monthFirst()
	for _, a := range l.about {
		x := reading{r, l, a, l.table.Rows[a.row], r.where(l, a.row), monthFirst}
		if slices.EqualFunc(x.row, l.table.Rows[l.at], func(a, b xlsx.Value) bool { return trimmed(a) == trimmed(b) }) {
			continue // the headings again, as on the next page
		}
		if len(a.ids) == 0 {
			if x.answered() {
				r.miss(x.where, fmt.Sprintf("%s: %q", a.says, safetext.Brief(x.name(), 50)))
			}
			continue
		}
		if l.rater >= 0 {
			x.long()
			continue
		}
		blank := true
		for _, by := range []profile.Rater{profile.Self, profile.Mentor} {
			if _, ok := l.level[by]; ok {
				blank = x.rating(by, by) && blank
			} else if by == profile.Mentor && (r.o.As == "" || r.o.As == by) {
				x.remark()
			}
		}
		if blank {
			r.Blank++
		}
	}
}

func (r *proposing) miss(where, says string) { r.Missed = append(r.Missed, Missed{where, says}) }

type reading struct {
	*proposing
	l *layout
	about
	row        []xlsx.Value
	where      string
	monthFirst bool
}

// name is what the row calls itself.
func (x *reading) name() string {
	return cmp.Or(trimmed(cell(x.row, x.l.code)), trimmed(cell(x.row, x.l.wording)))
}

// answered says whether there is a level in the row.
func (x *reading) answered() bool {
	levels := slices.Collect(maps.Values(x.l.level))
	return slices.ContainsFunc(levels, func(i int) bool { return trimmed(cell(x.row, i)) != "" })
}

// text is the cells of some columns together.
func (x *reading) text(columns []int) string {
	var parts []string
	for _, i := range columns {
		if s := trimmed(cell(x.row, i)); s != "" && !slices.Contains(parts, s) {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "\n")
}

// long reads a row that says itself whose rating it is.
func (x *reading) long() {
	who := strings.ToLower(trimmed(cell(x.row, x.l.rater)))
	h := readHeading(who)
	switch {
	case who == string(profile.Agreed):
		x.Agreed++
	case h.by == "":
		x.miss(x.where, fmt.Sprintf("whose rating it is does not say: %q", safetext.Brief(who, 30)))
	case x.o.As != "" && x.o.As != h.by:
	default:
		if x.rating(h.by, "") {
			x.Blank++
		}
	}
}

// rating reads the rating of one rater, whose columns are those of of. It gives true where there is none.
func (x *reading) rating(by, of profile.Rater) (blank bool) {
	answer := trimmed(cell(x.row, x.l.level[of]))
	note := safetext.New(x.text(x.l.comments[of]))
	code := strings.Join(x.ids, ", ")
	var l level.Level
	var ok bool
	switch never := plain(trimmed(cell(x.row, x.l.chance))); {
	case answer == "" && (never == "false" || never == "no"):
		l, ok = level.NoOpportunity, true
	case answer == "" && note.Empty():
		return true
	case answer == "":
		x.miss(x.where, fmt.Sprintf("%s has a comment and no level: %s", code, note.Quoted()))
		return false
	default:
		l, ok = x.scales[of].level(answer)
	}
	who := x.who(by, of)
	switch refused := profile.MayRate(who); {
	case !ok:
		x.miss(x.where, fmt.Sprintf("%s: %q is no level on this scale", code, safetext.Brief(answer, 30)))
		return false
	case by == profile.Mentor && refused != nil:
		x.miss(x.where, fmt.Sprintf("%s: %v", code, refused))
		return false
	case utf8.RuneCountInString(note.String()) > profile.MaxText:
		x.miss(x.where, fmt.Sprintf("%s: its comment has more than %d characters", code, profile.MaxText))
		return false
	}
	on, doubt := x.day(of)
	for _, id := range x.ids {
		x.Rows = append(x.Rows, Row{id, by, who, l, on, note, x.where, strings.Join(words.Given(x.doubt, doubt), "; ")})
	}
	return false
}

// who is the name of the mentor of a rating.
func (x *reading) who(by, of profile.Rater) safetext.Text {
	if by != profile.Mentor {
		return safetext.Text{}
	}
	if name := strings.Join(strings.Fields(x.text(x.l.persons[of])), " "); name != "" {
		return safetext.New(name)
	}
	return x.o.By
}

// remark tells of what a mentor wrote where no level of theirs is in the file: a comment makes none.
func (x *reading) remark() {
	if note := safetext.New(x.text(x.l.comments[profile.Mentor])); !note.Empty() {
		who := "a mentor"
		if name := safetext.New(x.text(x.l.persons[profile.Mentor])); !name.Empty() {
			who = safetext.Brief(name.Line(), 40)
		}
		x.miss(x.where, fmt.Sprintf("%s: %s wrote %s and gave no level", strings.Join(x.ids, ", "), who, note.Quoted()))
	}
}

// No day of any record is before this year, and days that spreadsheets count from 1900 lie between these numbers: 1982
// to 2119.
const (
	firstYear               = 1982
	firstSerial, lastSerial = 30_000, 80_000
)

// day is the day of a rating, and why it may be another.
func (x *reading) day(of profile.Rater) (on calendar.Date, doubt string) {
	if !x.o.On.IsZero() {
		return x.o.On, ""
	}
	for _, i := range x.l.days[of] {
		v := cell(x.row, i)
		text := trimmed(v)
		if text == "" {
			continue
		}
		d, ok := dayOf(v)
		switch {
		case !ok:
			return calendar.Date{}, fmt.Sprintf("its day is not understood: %q", safetext.Brief(text, 30))
		case x.monthFirst && v.Is == xlsx.IsText && strings.Count(text, "/") == 2:
			return d, fmt.Sprintf("the month may come first in %q", safetext.Brief(text, 30))
		}
		return d, ""
	}
	x.Undated = true
	return calendar.Date{}, ""
}

// clockTime is the time that programs write behind a day.
var clockTime = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?(?:Z|[+-]\d{2}:?\d{2})?$`)
}}

// dayOf is the day in a cell: one of the spreadsheet, a number that one made of a day, or a text as people write it.
func dayOf(v xlsx.Value) (calendar.Date, bool) {
	if v.Is == xlsx.IsDay || v.Is == xlsx.IsNumber && v.Day.Year >= firstYear {
		return v.Day, true
	}
	text := trimmed(v)
	if n, err := strconv.ParseFloat(text, 64); err == nil && n >= firstSerial && n < lastSerial {
		return xlsx.DayOf(n, false)
	}
	d, err := calendar.Typed(clockTime.Get().ReplaceAllString(text, ""))
	return d, err == nil
}

// monthFirst says whether a day in the sheet can only be read with the month first, as in 11/22/2026: then no other
// with strokes is sure.
func (l *layout) monthFirst() bool {
	form := regexp.MustCompile(`^\d{1,2}/(1[3-9]|2\d|3[01])/\d{2,4}`)
	days := slices.Concat(slices.Collect(maps.Values(l.days))...)
	return slices.ContainsFunc(l.about, func(a about) bool {
		row := l.table.Rows[a.row]
		return slices.ContainsFunc(days, func(i int) bool { return form.MatchString(trimmed(cell(row, i))) })
	})
}

// sort takes the newest of several ratings of one KSB by one rater. Where no day says which is newer, the same level
// twice is one rating, and two levels are told and not taken.
func (r *proposing) sort() {
	type key struct {
		ksb, who string
		by       profile.Rater
	}
	groups := map[key][]Row{}
	var order []key
	for _, x := range r.Rows {
		k := key{x.KSB, profile.PlainName(x.Who), x.By}
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], x)
	}
	r.Rows = nil
	for _, k := range order {
		if x, ok := r.one(groups[k]); ok {
			r.Rows = append(r.Rows, x)
		}
	}
}

func (r *proposing) one(rows []Row) (Row, bool) {
	newest := rows[0]
	for _, x := range rows[1:] {
		if x.On.After(newest.On) {
			newest = x
		}
	}
	var notes, at []string
	var given []level.Level
	for _, x := range rows {
		if x.On != newest.On {
			r.Earlier++
			continue
		}
		given, at = append(given, x.Level), append(at, x.Where)
		if s := x.Note.Raw(); !x.Note.Empty() && !slices.Contains(notes, s) {
			notes = append(notes, s)
		}
		newest.Doubt = cmp.Or(newest.Doubt, x.Doubt)
	}
	slices.Sort(given)
	if given = slices.Compact(given); len(given) > 1 {
		figures := words.List(lists.Each(given, level.Level.Figure))
		r.miss(words.List(at),
			fmt.Sprintf("%s has different levels, %s, and no day says which is newer", newest.KSB, figures))
		return Row{}, false
	}
	if len(notes) > 0 {
		newest.Note = safetext.New(strings.Join(notes, "\n"))
	}
	return newest, true
}
