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

// Understand works out what the sheets of a file hold. The error is a *Refused, or an *Unclear where somebody has to
// say which scale it is.
func Understand(tables []xlsx.Table, g Ground, o Options) (Proposal, error) {
	m := newMatcher(g.Standard, g.Scale)
	found, rest, err := findLayouts(tables, m, o)
	if err != nil {
		return Proposal{}, err
	}
	p := &proposer{g: g, o: o, manySheets: len(found) > 1 || len(tables) > 1}
	p.Heading, p.Others = found[0].headRow+1, rest
	p.Columns, p.Left = found[0].columns()
	names := lists.Each(found, func(l *layout) string { return safetext.Brief(l.table.Name, 40) })
	p.Sheet = words.List(words.Given(names...))
	if err := p.chooseScales(found); err != nil {
		return Proposal{}, err
	}
	for _, l := range found {
		p.readRows(l)
	}
	p.dropDuplicates()
	if len(p.Rows) == 0 && len(p.Missed) == 0 {
		return Proposal{}, &Refused{
			"no KSB has a level in this file", "fill the levels in, or name the column that has them", columnDetail, "",
		}
	}
	return p.Proposal, nil
}

// A proposer fills in a Proposal.
type proposer struct {
	Proposal
	g          Ground
	o          Options
	manySheets bool // the file has several sheets
	scales     map[profile.Rater]Scale
}

// chooseScales decides which scale each rater's answers are on.
func (p *proposer) chooseScales(found []*layout) error {
	p.scales = map[profile.Rater]Scale{}
	for _, by := range []profile.Rater{profile.Self, profile.Mentor, ""} {
		column, ok := found[0].levelCols[by]
		if !ok {
			continue
		}
		rater := by
		if by == "" {
			rater = profile.Self // one column, one scale
		}
		var answers []string
		hints := []string{found[0].headingTexts[column]}
		for _, l := range found {
			answers = append(answers, l.answersIn(column)...)
			hints = append(hints, l.scaleHints()...)
		}
		if len(answers) == 0 {
			continue
		}
		s, why, fits := guessScale(answers, strings.Join(hints, " ; "), p.g.Scale)
		if named, given := p.o.Scales[rater]; given {
			s, why = named, "as you say"
		} else if len(fits) != 1 {
			return &Unclear{rater, describeAnswers(answers), fits}
		}
		p.scales[by] = s
		p.Scales = append(p.Scales, Mapped{rater, s, why, steps(s, answers)})
	}
	return nil
}

// scaleHints lists the texts above the headings that may name the scale.
func (l *layout) scaleHints() (hints []string) {
	for _, row := range l.table.Rows[:l.headRow] {
		for _, v := range row {
			text := trimmed(v)
			about := func(word string) bool { return strings.Contains(strings.ToLower(text), word) }
			if len(text) < 300 && slices.ContainsFunc([]string{"scale", "rate", "rating", "score", "level"}, about) {
				hints = append(hints, text)
			}
		}
	}
	return hints
}

// describeAnswers summarises answers for a question about their scale.
func describeAnswers(answers []string) string {
	low, high, all := math.Inf(1), math.Inf(-1), true
	var others []string
	for _, x := range answers {
		if n, _, ok := parseNumber(normalise(x)); ok {
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

// steps lists the different answers, each with its level.
func steps(s Scale, answers []string) (list []Step) {
	seen := map[string]bool{}
	for _, x := range answers {
		short := normalise(x)
		if n, of, ok := parseNumber(short); ok && s.levels == nil {
			short = figure(n)
			if of == 100 {
				short += "%"
			}
		}
		if l, ok := s.level(x); ok && !seen[short] {
			seen[short] = true
			list = append(list, Step{safetext.Brief(short, 40), l})
		}
	}
	sorting.By(list, func(a, b Step) int {
		x, _, _ := parseNumber(a.Answer)
		y, _, _ := parseNumber(b.Answer)
		return cmp.Or(cmp.Compare(a.Level, b.Level), cmp.Compare(x, y), cmp.Compare(a.Answer, b.Answer))
	})
	return list
}

// placeOf says where a row is, as a spreadsheet shows it.
func (p *proposer) placeOf(l *layout, row int) string {
	if !p.manySheets || l.table.Name == "" {
		return fmt.Sprintf("row %d", row+1)
	}
	return fmt.Sprintf("sheet %s, row %d", safetext.Brief(l.table.Name, 30), row+1)
}

// readRows reads the rows of one sheet.
func (p *proposer) readRows(l *layout) {
	monthFirst := l.monthFirst()
	for _, a := range l.ksbRows {
		row := rowReader{p, l, a, l.table.Rows[a.row], p.placeOf(l, a.row), monthFirst}
		same := func(a, b xlsx.Value) bool { return trimmed(a) == trimmed(b) }
		if slices.EqualFunc(row.cells, l.table.Rows[l.headRow], same) {
			continue // the headings are repeated, as on the next page
		}
		if len(a.ksbs) == 0 {
			if row.answered() {
				p.addMissed(row.where, fmt.Sprintf("%s: %q", a.whyNone, safetext.Brief(row.name(), 50)))
			}
			continue
		}
		if l.raterCol >= 0 {
			row.readOwnRater()
			continue
		}
		blank := true
		for _, by := range []profile.Rater{profile.Self, profile.Mentor} {
			if _, ok := l.levelCols[by]; ok {
				blank = row.readRating(by, by) && blank
			} else if by == profile.Mentor && (p.o.As == "" || p.o.As == by) {
				row.noteComment()
			}
		}
		if blank {
			p.Blank++
		}
	}
}

func (p *proposer) addMissed(where, says string) { p.Missed = append(p.Missed, Missed{where, says}) }

// A rowReader reads one row of a sheet.
type rowReader struct {
	*proposer
	layout *layout
	ksbRow
	cells      []xlsx.Value
	where      string
	monthFirst bool
}

// name is the row's own code or wording.
func (r *rowReader) name() string {
	return cmp.Or(trimmed(cell(r.cells, r.layout.codeCol)), trimmed(cell(r.cells, r.layout.wordingCol)))
}

// answered says whether there is a level in the row.
func (r *rowReader) answered() bool {
	levels := slices.Collect(maps.Values(r.layout.levelCols))
	return slices.ContainsFunc(levels, func(i int) bool { return trimmed(cell(r.cells, i)) != "" })
}

// textOf joins the texts of some columns, each once.
func (r *rowReader) textOf(columns []int) string {
	var parts []string
	for _, i := range columns {
		if s := trimmed(cell(r.cells, i)); s != "" && !slices.Contains(parts, s) {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "\n")
}

// readOwnRater reads a row that says whose rating it is.
func (r *rowReader) readOwnRater() {
	who := strings.ToLower(trimmed(cell(r.cells, r.layout.raterCol)))
	h := readHeading(who)
	switch {
	case who == string(profile.Agreed):
		r.Agreed++
	case h.by == "":
		r.addMissed(r.where, fmt.Sprintf("it is not clear whose rating this is: %q", safetext.Brief(who, 30)))
	case r.o.As != "" && r.o.As != h.by:
	default:
		if r.readRating(h.by, "") {
			r.Blank++
		}
	}
}

// readRating adds the rating of one rater, whose columns are under this key in the maps of the layout. It reports true
// where the row has none.
func (r *rowReader) readRating(by, key profile.Rater) (blank bool) {
	answer := trimmed(cell(r.cells, r.layout.levelCols[key]))
	note := safetext.New(r.textOf(r.layout.commentCols[key]))
	code := strings.Join(r.ksbs, ", ")
	l, ok := r.scales[key].level(answer)
	if answer == "" {
		switch chance := normalise(trimmed(cell(r.cells, r.layout.chanceCol))); {
		case chance == "false" || chance == "no":
			l, ok = level.NoOpportunity, true
		case note.Empty():
			return true
		default:
			r.addMissed(r.where, fmt.Sprintf("%s has a comment but no level: %s", code, note.Quoted()))
			return false
		}
	}
	who := r.who(by, key)
	switch refused := profile.MayBeMentor(who); {
	case !ok:
		r.addMissed(r.where, fmt.Sprintf("%s: %q is not a level on this scale", code, safetext.Brief(answer, 30)))
		return false
	case by == profile.Mentor && refused != nil:
		r.addMissed(r.where, fmt.Sprintf("%s: %v", code, refused))
		return false
	case utf8.RuneCountInString(note.String()) > profile.MaxText:
		r.addMissed(r.where, fmt.Sprintf("%s: its comment has more than %d characters", code, profile.MaxText))
		return false
	}
	on, doubt := r.dayOf(key)
	doubt = strings.Join(words.Given(r.doubt, doubt), "; ")
	for _, ksb := range r.ksbs {
		r.Rows = append(r.Rows, Row{ksb, by, who, l, on, note, r.where, doubt})
	}
	return false
}

// who is the mentor's name, if the rating is a mentor's.
func (r *rowReader) who(by, key profile.Rater) safetext.Text {
	if by != profile.Mentor {
		return safetext.Text{}
	}
	if name := strings.Join(strings.Fields(r.textOf(r.layout.nameCols[key])), " "); name != "" {
		return safetext.New(name)
	}
	return r.o.By
}

// noteComment reports a mentor's comment from a file that has no levels of theirs, since a comment alone is no rating.
func (r *rowReader) noteComment() {
	note := safetext.New(r.textOf(r.layout.commentCols[profile.Mentor]))
	if note.Empty() {
		return
	}
	who := "a mentor"
	if name := safetext.New(r.textOf(r.layout.nameCols[profile.Mentor])); !name.Empty() {
		who = safetext.Brief(name.Line(), 40)
	}
	r.addMissed(r.where,
		fmt.Sprintf("%s: %s wrote %s but gave no level", strings.Join(r.ksbs, ", "), who, note.Quoted()))
}

// Numbers in this range are taken for days that a spreadsheet counted from 1900: 1982 to 2119. No record is older.
const (
	firstYear               = 1982
	firstSerial, lastSerial = 30_000, 80_000
)

// dayOf is the day of a rating, with why that is in doubt. It is the zero date where the file gives none.
func (r *rowReader) dayOf(key profile.Rater) (on calendar.Date, doubt string) {
	if !r.o.On.IsZero() {
		return r.o.On, ""
	}
	for _, i := range r.layout.dayCols[key] {
		v := cell(r.cells, i)
		text := trimmed(v)
		if text == "" {
			continue
		}
		d, ok := cellDay(v)
		switch {
		case !ok:
			return calendar.Date{}, fmt.Sprintf("its day is not understood: %q", safetext.Brief(text, 30))
		case r.monthFirst && v.Is == xlsx.IsText && strings.Count(text, "/") == 2:
			return d, fmt.Sprintf("the month may come first in %q", safetext.Brief(text, 30))
		}
		return d, ""
	}
	r.Undated = true
	return calendar.Date{}, ""
}

// clockTimePattern finds the time of day that programs write after a date.
var clockTimePattern = lazy.Value[*regexp.Regexp]{Make: func() *regexp.Regexp {
	return regexp.MustCompile(`[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?(?:Z|[+-]\d{2}:?\d{2})?$`)
}}

// cellDay reads the day in a cell: a date of the spreadsheet, the number of one, or a day as people write it.
func cellDay(v xlsx.Value) (calendar.Date, bool) {
	if v.Is == xlsx.IsDay || v.Is == xlsx.IsNumber && v.Day.Year >= firstYear {
		return v.Day, true
	}
	text := trimmed(v)
	if n, err := strconv.ParseFloat(text, 64); err == nil && n >= firstSerial && n < lastSerial {
		return xlsx.DayOf(n, false)
	}
	d, err := calendar.Typed(clockTimePattern.Get().ReplaceAllString(text, ""))
	return d, err == nil
}

// monthFirst says whether some day in the sheet can only be read with the month first, as in 11/22/2026. All days with
// slashes are in doubt then.
func (l *layout) monthFirst() bool {
	pattern := regexp.MustCompile(`^\d{1,2}/(1[3-9]|2\d|3[01])/\d{2,4}`)
	days := slices.Concat(slices.Collect(maps.Values(l.dayCols))...)
	return slices.ContainsFunc(l.ksbRows, func(a ksbRow) bool {
		row := l.table.Rows[a.row]
		return slices.ContainsFunc(days, func(i int) bool { return pattern.MatchString(trimmed(cell(row, i))) })
	})
}

// dropDuplicates keeps the newest of several ratings of one KSB by one rater. Without a newest one, equal levels count
// once, and different ones are reported and left out.
func (p *proposer) dropDuplicates() {
	type key struct {
		ksb, who string
		by       profile.Rater
	}
	groups := map[key][]Row{}
	var order []key
	for _, row := range p.Rows {
		k := key{row.KSB, profile.PlainName(row.Who), row.By}
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], row)
	}
	p.Rows = nil
	for _, k := range order {
		if row, ok := p.newestOf(groups[k]); ok {
			p.Rows = append(p.Rows, row)
		}
	}
}

// newestOf is the newest of several ratings, with the notes of all that are of its day; false where they differ.
func (p *proposer) newestOf(rows []Row) (Row, bool) {
	newest := rows[0]
	for _, row := range rows[1:] {
		if row.On.After(newest.On) {
			newest = row
		}
	}
	var notes, places []string
	var given []level.Level
	for _, row := range rows {
		if row.On != newest.On {
			p.Earlier++
			continue
		}
		given, places = append(given, row.Level), append(places, row.Where)
		if s := row.Note.Raw(); !row.Note.Empty() && !slices.Contains(notes, s) {
			notes = append(notes, s)
		}
		newest.Doubt = cmp.Or(newest.Doubt, row.Doubt)
	}
	slices.Sort(given)
	given = slices.Compact(given)
	if len(given) > 1 {
		figures := words.List(lists.Each(given, level.Level.Figure))
		p.addMissed(words.List(places),
			fmt.Sprintf("%s has different levels, %s, and no day to say which is newer", newest.KSB, figures))
		return Row{}, false
	}
	if len(notes) > 0 {
		newest.Note = safetext.New(strings.Join(notes, "\n"))
	}
	return newest, true
}
