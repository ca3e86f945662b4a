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

// layout says where things are in one sheet. Columns count from 0, and -1 means that there is none. The maps are by
// rater; where each row says whose rating it is, their only key is "".
type layout struct {
	table        xlsx.Table
	headRow      int // counts from 0
	headings     []heading
	headingTexts []string // above each column; a heading across several columns comes first in each of them
	codeCol      int
	wordingCol   int
	kindCol      int // knowledge, skill or behaviour, where the code is a bare number
	raterCol     int
	chanceCol    int
	levelCols    map[profile.Rater]int
	dayCols      map[profile.Rater][]int
	nameCols     map[profile.Rater][]int
	commentCols  map[profile.Rater][]int
	whyNot       map[int]string // why a column is not read
	levelNames   Scale          // the names of our levels
	ksbRows      []ksbRow
}

// ksbRow is a row below the headings, with the KSBs that it is about.
type ksbRow struct {
	row int
	match
}

// How many rows are searched for the headings, and how many decide what a column holds.
const (
	lastHeadingRow = 60
	sampleRows     = 300
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

// findLayout finds the headings of a sheet and what is below them; false where there are no ratings.
func findLayout(t xlsx.Table, m *matcher, o Options) (*layout, bool) {
	best, bestScore := -1, 0
	for row := range min(len(t.Rows), lastHeadingRow) {
		if n := readHeadings(t, row).score(); n > bestScore {
			best, bestScore = row, n
		}
	}
	if best < 0 {
		return nil, false
	}
	found := readHeadings(t, best)
	found.levelNames = m.levelNames
	found.findKSBColumns(m)
	if len(found.ksbRows) == 0 || !found.findLevelColumns(o) {
		return nil, false
	}
	found.assignOwners()
	return found, true
}

// readHeadings takes one row for the headings.
func readHeadings(t xlsx.Table, at int) *layout {
	l := &layout{
		table: t, headRow: at, whyNot: map[int]string{},
		codeCol: -1, wordingCol: -1, kindCol: -1, raterCol: -1, chanceCol: -1,
	}
	row := t.Rows[at]
	var above []xlsx.Value
	if at > 0 && !isTitle(t.Rows[at-1]) {
		above = t.Rows[at-1]
	}
	for i := range row {
		own, over := trimmed(row[i]), trimmed(cell(above, i))
		h := readHeading(own)
		if row[i].Is != xlsx.IsText || isTitle(row) {
			own, h = "", heading{}
		}
		if own != "" && over != "" && over != own {
			group := readHeading(over)
			if group.by != "" || group.when != 0 || h.role == unknownColumn && group.role != unknownColumn {
				h, own = combine(h, group), over+", "+own
			}
		}
		l.headings, l.headingTexts = append(l.headings, h), append(l.headingTexts, own)
	}
	return l
}

// combine adds whose and when from a heading across several columns to the one of a column below it. The role is not
// taken over: below "Self assessment" there may be columns of other kinds, such as "Evidence seen".
func combine(own, group heading) heading {
	own.by, own.when = cmp.Or(own.by, group.by), cmp.Or(own.when, group.when)
	if own.onlyOwner && group.role == levelColumn {
		own.onlyOwner = group.onlyOwner
	}
	return own
}

// isTitle says whether a row holds a single text, or the same one in all cells of a merged title.
func isTitle(row []xlsx.Value) bool {
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

// score is how much a row looks like the headings of ratings; 0 where it cannot be them.
func (l *layout) score() int {
	n := map[role]int{}
	for _, h := range l.headings {
		n[h.role]++
	}
	if n[levelColumn] == 0 || len(l.headings)-n[unknownColumn] < 2 {
		return 0
	}
	points := 4*min(n[codeColumn]+n[statementColumn], 2) + 2*min(n[levelColumn], 4) + 2*n[raterColumn]
	for _, r := range []role{commentColumn, dayColumn, personColumn, notRating, chanceColumn} {
		points += n[r]
	}
	return points
}

// rows are the rows below the headings.
func (l *layout) rows() [][]xlsx.Value { return l.table.Rows[l.headRow+1:] }

// findKSBColumns finds the columns that say which KSB a row is about, by what is in them, and then reads all rows.
func (l *layout) findKSBColumns(m *matcher) {
	rows := l.rows()
	rows = rows[:min(len(rows), sampleRows)]
	l.findKindColumn()
	mostCodes, mostWords := 0, 0
	for i, h := range l.headings {
		if !slices.Contains([]role{codeColumn, statementColumn, unknownColumn, notRating}, h.role) {
			continue
		}
		codeCount, wordCount := 0, 0
		for _, r := range rows {
			text := trimmed(cell(r, i))
			if ksbs, _, leads := codesIn(l.codeIn(r, i), m.std); len(ksbs) > 0 && leads && len(text) <= 40 {
				codeCount++
			}
			if len(text) > 12 && len(m.matchRow("", text).ksbs) > 0 {
				wordCount++
			}
		}
		if h.role == codeColumn {
			codeCount *= 2 // decides between two columns with codes, such as those of the KSB and of a group
		}
		if h.role == statementColumn {
			wordCount *= 2
		}
		if codeCount > mostCodes && h.role != notRating {
			mostCodes, l.codeCol = codeCount, i
		}
		if wordCount > mostWords {
			mostWords, l.wordingCol = wordCount, i
		}
	}
	if l.codeCol == l.wordingCol {
		l.codeCol = -1
	}
	for i, r := range l.rows() {
		code, text := l.codeIn(r, l.codeCol), trimmed(cell(r, l.wordingCol))
		if code != "" || text != "" {
			l.ksbRows = append(l.ksbRows, ksbRow{l.headRow + 1 + i, m.matchRow(code, text)})
		}
	}
	if !slices.ContainsFunc(l.ksbRows, func(a ksbRow) bool { return len(a.ksbs) > 0 }) {
		l.ksbRows = nil
	}
}

// findKindColumn finds the first column that holds nothing but kinds of KSBs.
func (l *layout) findKindColumn() {
	for i := range l.headings {
		n := 0
		for _, r := range l.rows() {
			s := trimmed(cell(r, i))
			if _, ok := standard.ReadKind(s); ok {
				n++
			} else if s != "" {
				n = 0
				break
			}
		}
		if n > 0 {
			l.kindCol = i
			return
		}
	}
}

// codeIn is the code in a cell; a bare number gets the letter of the kind in the same row.
func (l *layout) codeIn(row []xlsx.Value, column int) string {
	code := trimmed(cell(row, column))
	if code == "" || strings.Trim(code, "0123456789") != "" {
		return code
	}
	if kind, ok := standard.ReadKind(trimmed(cell(row, l.kindCol))); ok {
		return string(rune(kind)) + code
	}
	return code
}

// answersIn lists what a column holds in the rows whose KSB was recognised.
func (l *layout) answersIn(column int) (list []string) {
	for _, a := range l.ksbRows {
		if s := trimmed(cell(l.table.Rows[a.row], column)); s != "" && len(a.ksbs) > 0 {
			list = append(list, s)
		}
	}
	return list
}

// holdsLevels says whether at least half of a column could be levels on some scale.
func (l *layout) holdsLevels(column int, o Options) bool {
	list := l.answersIn(column)
	n := lists.Count(list, func(answer string) bool { return l.mayBeLevel(normalise(answer), o) })
	return len(list) > 0 && 2*n >= len(list)
}

func (l *layout) mayBeLevel(answer string, o Options) bool {
	for _, s := range o.Scales {
		if _, ok := s.level(answer); ok {
			return true
		}
	}
	_, _, numeric := parseNumber(answer)
	_, colour := colourLevels.Get()[answer]
	_, yesOrNo := yesNoLevels.Get()[answer]
	_, named := l.levelNames.levels[answer]
	return numeric || colour || yesOrNo || named
}

// findLevelColumns finds the columns of the levels, and those that say whose they are; false where there are no levels.
func (l *layout) findLevelColumns(o Options) bool {
	l.levelCols, l.nameCols = map[profile.Rater]int{}, map[profile.Rater][]int{}
	for i, h := range l.headings {
		switch {
		case l.raterCol < 0 && h.mayBeRater() && l.holdsRaters(i):
			l.raterCol = i
		case h.role == chanceColumn && l.chanceCol < 0:
			l.chanceCol = i
		case h.role == personColumn && h.by != profile.Self:
			l.nameCols[profile.Mentor] = append(l.nameCols[profile.Mentor], i)
		}
	}
	if o.Column != "" {
		return l.takeNamedColumn(o)
	}
	candidates := map[profile.Rater][]int{}
	for i, h := range l.headings {
		switch {
		case h.role != levelColumn || i == l.codeCol || i == l.wordingCol:
		case l.holdsLevels(i, o), l.chanceCol >= 0 && len(l.answersIn(i)) == 0: // empty where all is "no opportunity"
			candidates[h.by] = append(candidates[h.by], i)
		case h.onlyOwner && h.by == profile.Mentor && len(l.answersIn(i)) > 0:
			l.nameCols[h.by] = append(l.nameCols[h.by], i)
			l.headings[i].role = personColumn
		default:
			l.whyNot[i] = "there are no levels in it"
		}
	}
	if l.raterCol >= 0 {
		if len(candidates[""]) == 0 {
			candidates[""] = slices.Concat(candidates[profile.Self], candidates[profile.Mentor])
		}
		return l.chooseLevelColumn("", candidates[""])
	}
	implied := profile.Self
	if o.As == profile.Mentor && len(candidates[profile.Mentor]) == 0 {
		implied = profile.Mentor
	}
	if len(candidates[implied]) == 0 {
		candidates[implied], candidates[""] = candidates[""], nil
	}
	for _, i := range candidates[""] {
		l.whyNot[i] = "it does not say whose levels they are"
	}
	found := false
	for _, by := range []profile.Rater{profile.Self, profile.Mentor} {
		if o.As != "" && o.As != by {
			for _, i := range candidates[by] {
				l.whyNot[i] = possessive(by) + " levels are not asked for"
			}
			continue
		}
		found = l.chooseLevelColumn(by, candidates[by]) || found
	}
	return found
}

// holdsRaters says whether a column holds nothing but raters: self, mentor, line manager, agreed.
func (l *layout) holdsRaters(column int) bool {
	list := l.answersIn(column)
	if strings.Contains(strings.ToLower(l.headingTexts[column]), "level") {
		return false // it says which of several levels counts
	}
	return len(list) > 0 && !slices.ContainsFunc(list, func(s string) bool {
		h := readHeading(s)
		return !strings.EqualFold(s, string(profile.Agreed)) && (h.by == "" || !h.onlyOwner)
	})
}

// takeNamedColumn reads the levels from the column that the learner named, by its heading or its letter.
func (l *layout) takeNamedColumn(o Options) bool {
	name := strings.TrimSpace(o.Column)
	column := slices.IndexFunc(l.headingTexts, func(s string) bool { return strings.EqualFold(s, name) })
	for i := range l.headings {
		if column < 0 && strings.EqualFold(xlsx.Column(i), name) {
			column = i
		}
	}
	if column < 0 {
		return false
	}
	by := cmp.Or(o.As, l.headings[column].by, profile.Self)
	if l.raterCol >= 0 {
		by = ""
	}
	l.levelCols[by] = column
	return true
}

// chooseLevelColumn chooses the column of a rater's levels among several: a current one before an earlier one, one that
// says it is a level before one that only says whose. If there are still several it takes the first and marks the
// others as equally likely, which refuseTwins then refuses.
func (l *layout) chooseLevelColumn(by profile.Rater, candidates []int) bool {
	newest := -1
	for _, i := range candidates {
		newest = max(newest, l.headings[i].when)
	}
	someSayLevel := slices.ContainsFunc(candidates, func(i int) bool {
		return l.headings[i].when == newest && !l.headings[i].onlyOwner
	})
	var left []int
	for _, i := range candidates {
		switch {
		case l.headings[i].when < newest:
			l.whyNot[i] = "an earlier rating"
		case someSayLevel && l.headings[i].onlyOwner:
			l.whyNot[i] = "another column says that it holds the level"
		default:
			left = append(left, i)
		}
	}
	if len(left) == 0 {
		return false
	}
	l.levelCols[by] = left[0]
	for _, i := range left[1:] {
		l.whyNot[i] = equallyLikely
	}
	return true
}

// equallyLikely marks a column that is as likely as the one that was chosen.
const equallyLikely = "as likely as another"

// assignOwners decides whose the days and comments are. The heading says so, or else a comment belongs to the rater
// whose levels are to the left of it, where there are several comments, and a day to both raters. What is left is the
// learner's, or the mentor's where only the mentor has levels.
func (l *layout) assignOwners() {
	l.dayCols, l.commentCols = map[profile.Rater][]int{}, map[profile.Rater][]int{}
	usual := profile.Self
	if _, ok := l.levelCols[profile.Self]; !ok {
		usual = profile.Mentor
	}
	if l.raterCol >= 0 {
		usual = ""
	}
	unowned := lists.Count(l.headings, func(h heading) bool { return h.role == commentColumn && h.by == "" })
	_, hasMentor := l.levelCols[profile.Mentor]
	for i, h := range l.headings {
		_, taken := l.whyNot[i]
		if h.when < 0 && l.hasCurrent(h) && !taken {
			l.whyNot[i] = "an earlier rating"
			continue
		}
		by := h.by
		if l.raterCol >= 0 {
			by = ""
		}
		switch {
		case i == l.codeCol || i == l.wordingCol || taken:
		case h.role == dayColumn && by == profile.Mentor && !hasMentor && len(l.nameCols[by]) == 0:
			l.dayCols[usual] = append(l.dayCols[usual], i)
		case h.role == dayColumn && by == "" && l.raterCol < 0:
			l.dayCols[profile.Self] = append(l.dayCols[profile.Self], i)
			l.dayCols[profile.Mentor] = append(l.dayCols[profile.Mentor], i)
		case h.role == dayColumn:
			l.dayCols[by] = append(l.dayCols[by], i)
		case h.role == commentColumn:
			if by == "" && unowned > 1 && len(l.levelCols) > 1 {
				by = l.raterBefore(i, usual)
			} else if by == "" {
				by = usual
			}
			l.commentCols[by] = append(l.commentCols[by], i)
		}
	}
	if l.raterCol >= 0 {
		l.nameCols[""] = l.nameCols[profile.Mentor]
	}
}

// hasCurrent says whether there is a heading of the same role and owner that is not for an earlier rating.
func (l *layout) hasCurrent(h heading) bool {
	return slices.ContainsFunc(l.headings, func(x heading) bool {
		return x.role == h.role && x.by == h.by && x.when >= 0
	})
}

// raterBefore is the rater whose levels are nearest to the left of a column.
func (l *layout) raterBefore(column int, fallback profile.Rater) profile.Rater {
	near, at := fallback, -1
	for by, i := range l.levelCols {
		if i < column && i > at {
			near, at = by, i
		}
	}
	return near
}

// ksbs lists the KSBs of the sheet.
func (l *layout) ksbs() (ids []string) {
	for _, a := range l.ksbRows {
		ids = append(ids, a.ksbs...)
	}
	return ids
}

// countAnswers counts the answers in the level columns.
func (l *layout) countAnswers() (n int) {
	for _, i := range l.levelCols {
		n += len(l.answersIn(i))
	}
	return n
}
