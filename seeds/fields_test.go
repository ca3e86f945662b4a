package seeds_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
)

// How many KSBs have an example of a field's own.
const minOwn = 24

// checkFields holds the list of fields to ids and names that are each there once, and to groups and KSBs that exist.
func checkFields(f coaching.Fields, known func(ksb string) bool) problems {
	var ps problems
	for _, x := range fieldTexts(f) {
		ps = append(ps, checkLength(x)...)
	}
	families, divisions := groupIDs(&ps, "family", f.Families), groupIDs(&ps, "division", f.Divisions)
	called := map[string]string{}
	for key, list := range map[string][]string{"safety": f.Safety, "long": f.Long, "met": f.Met} {
		for i, id := range list {
			if !known(id) || slices.Contains(list[:i], id) {
				ps.add(at(fieldsFile, key), "name KSBs of the standard, each once", "%q", id)
			}
		}
	}
	var ids []string
	for _, x := range f.Fields {
		key := func(name string) field { return at(fieldsFile, fmt.Sprintf("field %s %s", x.ID, name)) }
		if !idForm.MatchString(x.ID) || slices.Contains(ids, x.ID) {
			ps.add(key("id"), "give each field an id of its own in lower case", "%q", x.ID)
		}
		ids = append(ids, x.ID)
		if !slices.Contains(families, x.Family) {
			ps.add(key("family"), "use the id of a family above", "there is no family %q", x.Family)
		}
		if !slices.Contains(divisions, x.Division) {
			ps.add(key("division"), "use the id of a division above", "there is no division %q", x.Division)
		}
		if len(x.Standards) == 0 {
			ps.add(key("standards"), "name what its services work to", "none")
		}
		if n := len(x.First); n < 3 || n > 6 {
			ps.add(key("first"), "name three to six KSBs that its work calls for soonest", "%d", n)
		}
		for i, id := range x.First {
			if !known(id) || slices.Contains(x.First[:i], id) {
				ps.add(key("first"), "name KSBs of the standard, each once", "%q", id)
			}
		}
		for _, n := range append([]string{x.Name}, x.Aliases...) {
			n = strings.ToLower(n)
			if other := called[n]; other != "" {
				ps.add(key("aliases"), "leave it with one field", "%q stands under %s too", n, other)
			}
			called[n] = x.ID
		}
	}
	return ps
}

func groupIDs(ps *problems, kind string, groups []coaching.Group) []string {
	var ids []string
	for _, g := range groups {
		if !idForm.MatchString(g.ID) || slices.Contains(ids, g.ID) {
			ps.add(at(fieldsFile, kind+" id"), "give each an id of its own in lower case", "%q", g.ID)
		}
		ids = append(ids, g.ID)
	}
	return ids
}

// fieldTexts are the texts of the list of fields.
func fieldTexts(f coaching.Fields) []field {
	var out []field
	add := func(key, kind, text string) { out = append(out, field{fieldsFile, key, kind, text}) }
	for _, g := range f.Divisions {
		add("division "+g.ID+" name", "division name", g.Name)
	}
	for _, g := range f.Families {
		add("family "+g.ID+" name", "family name", g.Name)
	}
	for _, x := range f.Fields {
		add("field "+x.ID+" name", "field name", x.Name)
		add("field "+x.ID+" register", "field register", x.Register)
		if x.Confirm != "" {
			add("field "+x.ID+" confirm", "field confirm", x.Confirm)
		}
		for i, s := range x.Standards {
			add(fmt.Sprintf("field %s standards %d", x.ID, i+1), "field standards", s)
		}
	}
	return out
}

// checkExampleIDs holds an entry's examples to fields and families that exist, one of the two for each.
func checkExampleIDs(e entry, f coaching.Fields) problems {
	var ps problems
	for i, x := range e.Examples {
		at := at(e.file, fmt.Sprintf("example %d field", i+1))
		_, known := f.Field(x.Field)
		family := slices.ContainsFunc(f.Families, func(g coaching.Group) bool { return g.ID == x.Family })
		switch {
		case (x.Field == "") == (x.Family == ""):
			ps.add(at, "give a field or a family", "field %q and family %q", x.Field, x.Family)
		case x.Field != "" && !known:
			ps.add(at, "use an id of specialisms.toml", "there is no field %q", x.Field)
		case x.Family != "" && !family:
			ps.add(at, "use an id of specialisms.toml", "there is no family %q", x.Family)
		}
	}
	return ps
}

// ownExamples counts for each field the KSBs that have an example of its own.
func ownExamples(entries []entry) map[string]int {
	n := map[string]int{}
	for _, e := range entries {
		for _, x := range e.Examples {
			if x.Field != "" {
				n[x.Field]++
			}
		}
	}
	return n
}

// checkCoverage holds each field to enough examples of its own, so that no learner reads only of other people's work.
func checkCoverage(f coaching.Fields, entries []entry) problems {
	var ps problems
	own := ownExamples(entries)
	for _, x := range f.Fields {
		if n := own[x.ID]; n < minOwn {
			ps.add(at(coachingDir, "example "+x.ID), fmt.Sprintf("write them for %d KSBs or more", minOwn), "%d KSBs have one", n)
		}
	}
	return ps
}
