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
			both := lists.Each(append([]int{i}, twins...), func(i int) string {
				return fmt.Sprintf("%s, %q", xlsx.Column(i), safetext.Brief(l.texts[i], 40))
			})
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

// role is what a column holds.
type role int

const (
	unknown   role = iota
	apart          // known, and no rating: a target, a gap, who signed it off
	codes          // codes of KSBs
	statement      // their wording
	levels         // ratings
	comment
	day
	person // who rated
	rater  // self, mentor or agreed, row by row
	chance // whether there is an opportunity
)

// heading is what the words above a column say.
type heading struct {
	role role
	by   profile.Rater // whose; "" where it does not say
	when int           // -1 for an earlier one beside another, 1 for the current one
	bare bool          // nothing but whose or when: "Mentor" may be a level or a name
}

// The words of headings, as search folds them: small letters, no plurals.
var vocabulary = lazy.Value[map[string][]string]{Make: func() map[string][]string {
	of := strings.Fields
	return map[string][]string{
		"self":   of("self learner apprentice student trainee employee my own me your i you"),
		"mentor": of("mentor reviewer manager supervisor assessor tutor coach verifier trainer employer educator line"),
		"before": of("previous prior last earlier before old initial baseline starting"),
		"now":    of("current now latest today new present this"),
		"apart": of("target required requirement expected optional desired goal gap difference max maximum minimum " +
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

const mostHeading = 90 // how long a heading may be; what is longer is a sentence of something else

// mostBare is how many words a heading has at most that says nothing but whose or when, such as "Apprentice at the
// start".
const mostBare = 4

// readHeading says what a heading means.
func readHeading(text string) heading {
	if len(text) > mostHeading {
		return heading{}
	}
	list := search.Words(strings.NewReplacer("_", " ", "-", " ").Replace(text))
	switch strings.TrimSpace(text) {
	case "%":
		list = []string{"percent"}
	case "#":
		list = []string{"code"}
	}
	has := func(kind string) bool {
		return slices.ContainsFunc(list, func(w string) bool { return slices.Contains(vocabulary.Get()[kind], w) })
	}
	h := heading{role: roleOf(list, has)}
	switch {
	case has("mentor"): // "learner and line manager" is not the learner's own
		h.by = profile.Mentor
	case has("self"):
		h.by = profile.Self
	case slices.Contains(list, "reviewed"): // by a reviewer
		h.by = profile.Mentor
	}
	switch {
	case has("now"):
		h.when = 1
	case has("before"):
		h.when = -1
	}
	if h.role == unknown && (h.by != "" || h.when != 0) && (has("measure") || len(list) <= mostBare) {
		h.role, h.bare = levels, !has("measure")
	}
	return h
}

// mayBeRater says whether the column may say whose each rating is, as far as its heading goes.
func (h heading) mayBeRater() bool {
	return h.role == rater || (h.role == person || h.role == unknown) && h.by == ""
}

// roleOf goes from the words that decide to those that go with many: "Self assessment comments" is a comment,
// "Expected level" a target, "KSB ref" a code.
func roleOf(list []string, has func(kind string) bool) role {
	switch {
	case len(list) == 0:
		return unknown
	case slices.Contains(list, "opportunity"):
		return chance
	case len(list) == 1 && (list[0] == "rater" || list[0] == "role"):
		return rater
	case has("comment"):
		return comment
	case has("apart"):
		return apart
	case has("date"), list[len(list)-1] == "on":
		return day
	case has("person"):
		return person
	case has("happened") && !has("level"):
		return day
	case has("wording"):
		return statement
	case has("level"):
		return levels
	case has("code"):
		return codes
	case has("statement") && !has("measure"):
		return statement
	}
	return unknown
}
