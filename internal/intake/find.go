package intake

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/words"
	"github.com/ksbcoach/ksbcoach/internal/xlsx"
)

// layouts finds the sheets that hold the ratings: the one with most of them, and others with the same headings for
// other KSBs, as where knowledge, skills and behaviours have a sheet each. rest are other sheets that could hold
// ratings.
func layouts(tables []xlsx.Table, w *wordings, o Options) (taken []*layout, rest []string, err error) {
	if o.Sheet != "" {
		tables, err = named(tables, o.Sheet)
		if err != nil {
			return nil, nil, err
		}
	}
	var all []*layout
	for _, t := range tables {
		if l, ok := layOut(t, w, o); ok {
			all = append(all, l)
		}
	}
	if len(all) == 0 {
		return nil, nil, nothing(tables, w.std.Reference, o)
	}
	sorting.By(all, func(a, b *layout) int {
		hidden := func(l *layout) int { return map[bool]int{true: 1}[l.table.Hidden] }
		long := func(l *layout) int { return map[bool]int{true: 1}[l.rater >= 0] }
		return cmp.Or(hidden(a)-hidden(b), long(b)-long(a), b.scored()-a.scored())
	})
	taken = all[:1]
	seen := all[0].ksbs()
	for _, l := range all[1:] {
		more := l.ksbs()
		overlap := slices.ContainsFunc(more, func(id string) bool { return slices.Contains(seen, id) })
		if overlap || !slices.Equal(l.texts, all[0].texts) || l.table.Hidden {
			rest = append(rest, safetext.Line(l.table.Name))
			continue
		}
		taken, seen = append(taken, l), append(seen, more...)
	}
	return taken, rest, taken[0].twins()
}

func named(tables []xlsx.Table, name string) ([]xlsx.Table, error) {
	for _, t := range tables {
		if strings.EqualFold(strings.TrimSpace(t.Name), strings.TrimSpace(name)) {
			return []xlsx.Table{t}, nil
		}
	}
	var have []string
	for _, t := range tables[:min(len(tables), 20)] {
		if t.Name != "" {
			have = append(have, safetext.Brief(t.Name, 40))
		}
	}
	if len(have) == 0 {
		return nil, &Refused{"this file has no sheets with names", "leave the name of a sheet out", detailSheet, ""}
	}
	says := fmt.Sprintf("there is no sheet %q", safetext.Brief(name, 40))
	return nil, &Refused{says, "it has " + words.List(have), detailSheet, ""}
}

// nothing says why no ratings were found.
func nothing(tables []xlsx.Table, reference string, o Options) error {
	const try = "a sheet needs a row of headings, with one such as KSB, Code or Competency and one such as Self, " +
		"Score or Rating"
	if o.Column != "" {
		column := safetext.Brief(o.Column, 40)
		says := fmt.Sprintf("no column %q with levels was found beside the KSBs of %s", column, reference)
		return &Refused{says, try, detailColumn, ""}
	}
	if o.As == profile.Mentor {
		return &Refused{
			"no column with a mentor's levels was found",
			"without --as, ratings of both are taken; --column names the column to read", detailColumn, "",
		}
	}
	for _, t := range tables {
		for at := range min(len(t.Rows), highestHeading) {
			if headings(t, at).points() > 0 {
				says := fmt.Sprintf("headings were found in row %d%s, and below them no ratings for KSBs of %s",
					at+1, words.After(" of the sheet ", safetext.Brief(t.Name, 40)), reference)
				try := "see whether the file is for your standard, and whether its levels are filled in"
				return &Refused{says, try, detailColumn, ""}
			}
		}
	}
	return &Refused{"no ratings were found in this file", try, detailColumn, ""}
}

// twins refuses a sheet with two columns that are as likely to hold a rater's levels.
func (l *layout) twins() error {
	for i := range l.heads {
		twins := l.twinsOf(i)
		if len(twins) > 0 && slices.Contains(slices.Collect(maps.Values(l.level)), i) {
			both := lists.Each(append([]int{i}, twins...), l.columnName)
			says := "it is not plain which column holds the levels: " + words.Either(both)
			return &Refused{says, "name it", detailColumn, xlsx.Column(i)}
		}
	}
	return nil
}

// twinsOf are the columns that are as likely as one that was taken, of the same owner.
func (l *layout) twinsOf(column int) (list []int) {
	for i := range l.heads {
		if l.why[i] == twin && (l.rater >= 0 || l.heads[i].by == l.heads[column].by) {
			list = append(list, i)
		}
	}
	return list
}

func (l *layout) columnName(i int) string {
	return fmt.Sprintf("%s, %q", xlsx.Column(i), safetext.Brief(l.texts[i], 40))
}

// columns says what is read from which column, and which are not.
func (l *layout) columns() (read, left []Column) {
	means := map[int][]string{}
	say := func(i int, what string) {
		if i >= 0 {
			means[i] = append(means[i], what)
		}
	}
	say(l.code, "the code of the KSB")
	say(l.wording, "the KSB")
	if slices.ContainsFunc(l.below(), func(r []xlsx.Value) bool {
		return l.codeOf(r, l.code) != trimmed(cell(r, l.code))
	}) {
		say(l.kind, "the letter of the code")
	}
	say(l.rater, "whose rating it is")
	say(l.chance, "whether there is an opportunity")
	whose := map[profile.Rater]string{profile.Self: "your ", profile.Mentor: "the mentor's ", "": "the "}
	for by, of := range whose {
		if i, ok := l.level[by]; ok {
			say(i, of+"level")
		}
		for _, i := range l.comments[by] {
			say(i, of+"comment")
		}
		for _, i := range l.persons[by] {
			if by != "" || l.rater >= 0 {
				say(i, "the mentor's name")
			}
		}
		for _, i := range l.days[by] {
			say(i, "the day")
		}
	}
	for i, text := range l.texts {
		c := Column{xlsx.Column(i), safetext.Brief(text, 60), ""}
		switch {
		case len(means[i]) > 0:
			slices.Sort(means[i])
			c.Means = words.List(slices.Compact(means[i]))
			read = append(read, c)
		case text != "":
			c.Means = l.why[i]
			left = append(left, c)
		}
	}
	return read, left
}
