package intake

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/search"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/words"
	"github.com/ksbcoach/ksbcoach/internal/xlsx"
)

// findLayouts finds the sheets to read: the one with the most ratings, and others with the same headings but other
// KSBs, since some files have a sheet each for knowledge, skills and behaviours. rest names other sheets that could
// hold ratings.
func findLayouts(tables []xlsx.Table, m *matcher, o Options) (taken []*layout, rest []string, err error) {
	if o.Sheet != "" {
		tables, err = sheetNamed(tables, o.Sheet)
		if err != nil {
			return nil, nil, err
		}
	}
	var all []*layout
	for _, t := range tables {
		if l, ok := findLayout(t, m, o); ok {
			all = append(all, l)
		}
	}
	if len(all) == 0 {
		return nil, nil, noRatings(tables, m.std.Reference, o)
	}
	sorting.By(all, func(a, b *layout) int {
		hidden := func(l *layout) int { return lists.Pick(l.table.Hidden, 1, 0) }
		byRow := func(l *layout) int { return lists.Pick(l.raterCol >= 0, 1, 0) } // as ksbcoach itself exports them
		return cmp.Or(hidden(a)-hidden(b), byRow(b)-byRow(a), b.countAnswers()-a.countAnswers())
	})
	taken = all[:1]
	seen := all[0].ksbs()
	for _, l := range all[1:] {
		more := l.ksbs()
		overlap := slices.ContainsFunc(more, func(id string) bool { return slices.Contains(seen, id) })
		if overlap || !slices.Equal(l.headingTexts, all[0].headingTexts) || l.table.Hidden {
			rest = append(rest, safetext.Line(l.table.Name))
			continue
		}
		taken, seen = append(taken, l), append(seen, more...)
	}
	return taken, rest, taken[0].refuseTwins()
}

func sheetNamed(tables []xlsx.Table, name string) ([]xlsx.Table, error) {
	called := func(t xlsx.Table) bool { return strings.EqualFold(strings.TrimSpace(t.Name), strings.TrimSpace(name)) }
	if t, ok := lists.First(tables, called); ok {
		return []xlsx.Table{t}, nil
	}
	var have []string
	for _, t := range tables[:min(len(tables), 20)] {
		if t.Name != "" {
			have = append(have, safetext.Brief(t.Name, 40))
		}
	}
	if len(have) == 0 {
		return nil, &Refused{"this file has no sheets with names", "leave out the name of the sheet", sheetDetail, ""}
	}
	says := fmt.Sprintf("there is no sheet %q", safetext.Brief(name, 40))
	return nil, &Refused{says, "it has " + words.List(have), sheetDetail, ""}
}

// noRatings says why no ratings were found.
func noRatings(tables []xlsx.Table, reference string, o Options) error {
	const try = "a sheet needs a row of headings, with one such as KSB, Code or Competency and one such as Self, " +
		"Score or Rating"
	if o.Column != "" {
		column := safetext.Brief(o.Column, 40)
		says := fmt.Sprintf("no column %q with levels was found next to the KSBs of %s", column, reference)
		return &Refused{says, try, columnDetail, ""}
	}
	if o.As == profile.Mentor {
		return &Refused{
			"no column with a mentor's levels was found",
			"without --as, ratings of both are taken; --column names the column to read", columnDetail, "",
		}
	}
	for _, t := range tables {
		for row := range min(len(t.Rows), lastHeadingRow) {
			if readHeadings(t, row).score() > 0 {
				says := fmt.Sprintf("headings were found in row %d%s, and below them no ratings for KSBs of %s",
					row+1, words.After(" of the sheet ", safetext.Brief(t.Name, 40)), reference)
				try := "check that the file is for your standard, and that its levels are filled in"
				return &Refused{says, try, columnDetail, ""}
			}
		}
	}
	return &Refused{"no ratings were found in this file", try, columnDetail, ""}
}

// refuseTwins refuses a sheet in which two columns are equally likely to hold a rater's levels.
func (l *layout) refuseTwins() error {
	for i := range l.headings {
		twins := l.twinsOf(i)
		if len(twins) > 0 && slices.Contains(slices.Collect(maps.Values(l.levelCols)), i) {
			both := lists.Each(append([]int{i}, twins...), func(i int) string {
				return fmt.Sprintf("%s, %q", xlsx.Column(i), safetext.Brief(l.headingTexts[i], 40))
			})
			says := "it is not clear which column holds the levels: " + words.Either(both)
			return &Refused{says, "name it", columnDetail, xlsx.Column(i)}
		}
	}
	return nil
}

// twinsOf lists the columns of the same owner that are as likely as the one that was chosen.
func (l *layout) twinsOf(column int) (list []int) {
	for i := range l.headings {
		if l.whyNot[i] == equallyLikely && (l.raterCol >= 0 || l.headings[i].by == l.headings[column].by) {
			list = append(list, i)
		}
	}
	return list
}

// columns says what is read from which column, and which columns are left out.
func (l *layout) columns() (read, left []Column) {
	means := map[int][]string{}
	note := func(i int, what string) {
		if i >= 0 {
			means[i] = append(means[i], what)
		}
	}
	note(l.codeCol, "the code of the KSB")
	note(l.wordingCol, "the KSB")
	if slices.ContainsFunc(l.rows(), func(r []xlsx.Value) bool {
		return l.codeIn(r, l.codeCol) != trimmed(cell(r, l.codeCol))
	}) {
		note(l.kindCol, "the letter of the code")
	}
	note(l.raterCol, "whose rating it is")
	note(l.chanceCol, "whether there is an opportunity")
	prefixes := map[profile.Rater]string{profile.Self: "your ", profile.Mentor: "the mentor's ", "": "the "}
	for by, prefix := range prefixes {
		if i, ok := l.levelCols[by]; ok {
			note(i, prefix+"level")
		}
		for _, i := range l.commentCols[by] {
			note(i, prefix+"comment")
		}
		for _, i := range l.nameCols[by] {
			if by != "" || l.raterCol >= 0 {
				note(i, "the mentor's name")
			}
		}
		for _, i := range l.dayCols[by] {
			note(i, "the day")
		}
	}
	for i, text := range l.headingTexts {
		c := Column{xlsx.Column(i), safetext.Brief(text, 60), ""}
		switch {
		case len(means[i]) > 0:
			slices.Sort(means[i])
			c.Means = words.List(slices.Compact(means[i]))
			read = append(read, c)
		case text != "":
			c.Means = l.whyNot[i]
			left = append(left, c)
		}
	}
	return read, left
}

// role is what a column holds.
type role int

const (
	unknownColumn   role = iota
	notRating            // recognised as something else: a target, a gap, who signed it off
	codeColumn           // codes of KSBs
	statementColumn      // the wording of KSBs
	levelColumn
	commentColumn
	dayColumn
	personColumn // who rated
	raterColumn  // self, mentor or agreed, where each row says whose rating it is
	chanceColumn // whether there is an opportunity to do it
)

// heading is what the words above a column tell about it.
type heading struct {
	role      role
	by        profile.Rater // "" where it does not say
	when      int           // -1 for an earlier rating, 1 for the current one, 0 where it does not say
	onlyOwner bool          // it says no more than whose or when: below "Mentor" there may be levels or names
}

// vocabulary lists words of headings by what they tell, as search.Words gives them: in lower case and singular.
var vocabulary = lazy.Value[map[string][]string]{Make: func() map[string][]string {
	of := strings.Fields
	return map[string][]string{
		"self":   of("self learner apprentice student trainee employee my own me your i you"),
		"mentor": of("mentor reviewer manager supervisor assessor tutor coach verifier trainer employer educator line"),
		"before": of("previous prior last earlier before old initial baseline starting"),
		"now":    of("current now latest today new present this"),
		"other": of("target required requirement expected optional desired goal gap difference max maximum minimum " +
			"agreed count prn verified sign signed signoff weight weighting importance priority duty always word " +
			"closed opened round action plan due email evidence target group category average total"),
		"comment": of("comment note remark feedback reflection justification rationale explanation reason " +
			"observation example summary"),
		"date":     of("date day when dated"),
		"happened": of("reviewed completed assessed updated rated"),
		"person":   of("name by who"),
		"level": of("score rating level rag confidence confident result grade mark percentage percent rate status " +
			"scale competent"),
		"wording": of("statement description question wording text title detail"),
		"code":    of("code ref reference id number no identifier"),
		"statement": of("competency competence proficiency capability criterion criteria knowledge skill behaviour " +
			"behavior element outcome standard ksb ksbs topic area unit item objective"),
		"measure": of("assessment evaluation appraisal view judgement opinion"),
	}
}}

const longestHeading = 90 // bytes; a longer text is a sentence about something else

// fewWords is the most words of a heading that only says whose or when, such as "Apprentice at the start".
const fewWords = 4

// readHeading works out what a heading tells about its column.
func readHeading(text string) heading {
	if len(text) > longestHeading {
		return heading{}
	}
	terms := search.Words(strings.NewReplacer("_", " ", "-", " ").Replace(text))
	switch strings.TrimSpace(text) {
	case "%":
		terms = []string{"percent"}
	case "#":
		terms = []string{"code"}
	}
	has := func(kind string) bool {
		return slices.ContainsFunc(terms, func(w string) bool { return slices.Contains(vocabulary.Get()[kind], w) })
	}
	h := heading{role: roleOf(terms, has)}
	switch {
	case has("mentor"): // first, since "learner and line manager" is not the learner's own
		h.by = profile.Mentor
	case has("self"):
		h.by = profile.Self
	case slices.Contains(terms, "reviewed"):
		h.by = profile.Mentor
	}
	switch {
	case has("now"):
		h.when = 1
	case has("before"):
		h.when = -1
	}
	if h.role == unknownColumn && (h.by != "" || h.when != 0) && (has("measure") || len(terms) <= fewWords) {
		h.role, h.onlyOwner = levelColumn, !has("measure")
	}
	return h
}

// mayBeRater says whether the heading allows that the column says whose rating each row is.
func (h heading) mayBeRater() bool {
	return h.role == raterColumn || (h.role == personColumn || h.role == unknownColumn) && h.by == ""
}

// roleOf looks for the most telling words first, since headings combine several: "Self assessment comments" is a
// comment, "Expected level" a target, "KSB ref" a code.
func roleOf(terms []string, has func(kind string) bool) role {
	switch {
	case len(terms) == 0:
		return unknownColumn
	case slices.Contains(terms, "opportunity"):
		return chanceColumn
	case len(terms) == 1 && (terms[0] == "rater" || terms[0] == "role"):
		return raterColumn
	case has("comment"):
		return commentColumn
	case has("other"):
		return notRating
	case has("date"), terms[len(terms)-1] == "on":
		return dayColumn
	case has("person"):
		return personColumn
	case has("happened") && !has("level"):
		return dayColumn
	case has("wording"):
		return statementColumn
	case has("level"):
		return levelColumn
	case has("code"):
		return codeColumn
	case has("statement") && !has("measure"):
		return statementColumn
	}
	return unknownColumn
}
