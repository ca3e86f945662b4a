package seeds_test

import (
	"fmt"
	"path"
	"slices"
	"strconv"
)

// rootFiles are the files that stand beside the folder of a standard.
var rootFiles = []string{
	"ST0413.txt", "demo.toml", levelsFile, reflectionFile, appraisalFile, titlesFile, fieldsFile, standardFile, readingsFile,
	linksFile, aliasesFile,
}

// checkFiles holds the folder to one file of coaching per KSB, one of facts per duty, and nothing that no one reads.
func checkFiles(c content) problems {
	var ps problems
	want := slices.Clone(rootFiles)
	for _, k := range c.standard.KSBs {
		name := path.Join(coachingDir, k.ID+".toml")
		want = append(want, name)
		if !slices.Contains(c.names, name) {
			ps.add(at(name, "(file)"), "write the coaching of this KSB", "missing")
		}
	}
	for _, d := range c.standard.Duties {
		name := path.Join(factsDir, fmt.Sprintf("duty-%02d.toml", d.Number))
		want = append(want, name)
		if !slices.Contains(c.names, name) {
			ps.add(at(name, "(file)"), "write the fact cards of this duty", "missing")
		}
	}
	for _, name := range c.names {
		if !slices.Contains(want, name) {
			ps.add(at(name, "(file)"), "give it the name of a KSB or duty of the standard, or remove it", "nobody reads this file")
		}
	}
	return ps
}

// checkTitles holds every duty and KSB to one short title of its own.
func checkTitles(c content) problems {
	var ps problems
	first := map[string]string{}
	one := func(table, id, title string) {
		f := field{titlesFile, table + " " + id, table + " title", title}
		ps = append(ps, checkLength(f)...)
		if other := first[title]; other != "" && title != "" {
			ps.add(f, "word one of them differently", "%q is the title of %s too", title, other)
		}
		first[title] = f.key
	}
	for _, d := range c.standard.Duties {
		one("duty", strconv.Itoa(d.Number), c.titles.Duty[strconv.Itoa(d.Number)])
	}
	for _, k := range c.standard.KSBs {
		one("ksb", k.ID, c.titles.KSB[k.ID])
	}
	for id := range c.titles.KSB {
		if _, ok := c.standard.KSB(id); !ok {
			ps.add(at(titlesFile, "ksb "+id), "remove it", "the standard has no such KSB")
		}
	}
	for id := range c.titles.Duty {
		n, _ := strconv.Atoi(id) // 0 is no duty either
		if _, ok := c.standard.Duty(n); !ok {
			ps.add(at(titlesFile, "duty "+id), "remove it", "the standard has no such duty")
		}
	}
	return ps
}
