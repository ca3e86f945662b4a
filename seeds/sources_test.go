package seeds_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// hosts are the public bodies, publishers, journals and universities whose pages a card or a reading may lead to. What is
// on a host below one of these counts too.
var hosts = []string{
	// government, the NHS and public bodies
	"gov.uk", "legislation.gov.uk", "england.nhs.uk", "digital.nhs.uk", "standards.nhs.uk", "digitalregulations.innovation.nhs.uk", "nhs.uk",
	"instituteforapprenticeships.org", "help.apprenticeships.education.gov.uk", "hse.gov.uk", "cqc.org.uk", "hta.gov.uk", "hra.nhs.uk", "hra-decisiontools.org.uk",
	"hssib.org.uk", "hsib.org.uk", "ico.org.uk", "nice.org.uk", "ombudsman.org.uk", "acas.org.uk", "ukri.org", "who.int",
	// registers, regulators and professional bodies
	"ahcs.ac.uk", "hcpc-uk.org", "gmc-uk.org", "ukas.com", "ibms.org", "ipem.ac.uk", "hqip.org.uk", "cipd.org",
	// charities of health policy, publishers, journals, universities
	"health.org.uk", "kingsfund.org.uk", "nuffieldtrust.org.uk", "nhsconfed.org", "doi.org", "pmc.ncbi.nlm.nih.gov", "ncbi.nlm.nih.gov", "bmj.com", "frontiersin.org",
	"anncrafttrust.org", "emerald.com", "journals.lww.com", "springer.com", "rcpjournals.org", "birmingham.ac.uk", "huji.ac.il", "mededportal.org", "dal.ca", "macpfd.ca", "unl.edu",
}

// checkURL holds an address to https and to the hosts; none is fine.
func checkURL(f field) problems {
	var ps problems
	if f.text == "" {
		return nil
	}
	u, err := url.Parse(f.text)
	if err != nil || u.Scheme != "https" || u.Host == "" || f.text != strings.TrimSpace(f.text) {
		ps.add(f, "write the address that begins with https, or none", "%q is no such address", f.text)
		return ps
	}
	known := slices.ContainsFunc(hosts, func(h string) bool { return u.Hostname() == h || strings.HasSuffix(u.Hostname(), "."+h) })
	if !known {
		ps.add(f, "lead to a public body, publisher or journal, or add it to hosts in sources_test.go with care", "%s is not on the list", u.Hostname())
	}
	return ps
}

// sourceFields are the texts of a card about its source, where they are written.
func (c card) sourceFields() []field {
	var out []field
	for _, x := range [][2]string{{"locator", c.Locator}, {"changed", c.Changed}, {"supersedes", c.Supersedes}} {
		if x[1] != "" {
			out = append(out, field{c.file, fmt.Sprintf("fact %q %s", c.ID, x[0]), "fact " + x[0], x[1]})
		}
	}
	return out
}

// checkSource holds a card to say what stands behind it: one that was read says where, one of general knowledge asks to be
// confirmed and no other does, and what is new has its date.
func checkSource(c card) problems {
	ps := checkURL(field{c.file, fmt.Sprintf("fact %q url", c.ID), "fact url", c.URL})
	switch {
	case !slices.Contains(coaching.Statuses, c.Status):
		ps.add(c.at("status"), "say sourced, general or changing", "%q is none", string(c.Status))
	case c.Status == coaching.General && !c.Confirm:
		ps.add(c.at("confirm"), "add confirm = true, or read the source and say sourced", "general knowledge that asks for no confirmation")
	case c.Status == coaching.Sourced && c.Confirm:
		ps.add(c.at("confirm"), "take it away, or say general", "a source that was read needs no confirmation")
	case c.Status == coaching.Sourced && c.Locator == "" && c.URL == "":
		ps.add(c.at("locator"), "say where in the source it is, or where to open it", "sourced, and neither locator nor url")
	}
	switch {
	case (c.Changed != "") != c.Since.ok:
		ps.add(c.at("since"), "give changed and since together", "one of them is missing")
	case c.Since.ok && c.Checked.ok && c.Since.time.After(c.Checked.time):
		ps.add(c.at("since"), "write changed once it is so", "after it was checked")
	}
	return ps
}

// theoryFields are the texts of a theory; a number and a reason only where they are written.
func theoryFields(t coaching.Theory) []field {
	texts := [][2]string{
		{"name", t.Name}, {"author", t.Author}, {"year", t.Year}, {"where", t.Where}, {"says", t.Says}, {"limit", t.Limit}, {"here", t.Here},
	}
	for _, x := range [][2]string{{"number", t.Number}, {"reason", t.Reason}} {
		if x[1] != "" {
			texts = append(texts, x)
		}
	}
	var out []field
	for _, x := range texts {
		out = append(out, field{appraisalFile, "theory " + t.ID + " " + x[0], "theory " + x[0], x[1]})
	}
	return out
}

// The least that each use has, and the most that are offered as the reason for a goal: a long list is no choice.
const minUse, maxWhyGoal = 2, 6

// uses are all that a theory may be for.
var uses = []coaching.Use{coaching.WhyGoal, coaching.Feedback, coaching.Rating, coaching.Planning, coaching.Benefit}

// checkUses holds each theory to what it is for: a reason where it is one for a goal, and nowhere else.
func checkUses(theories []coaching.Theory) problems {
	var ps problems
	count := map[coaching.Use]int{}
	for _, t := range theories {
		at := func(key string) field { return at(appraisalFile, "theory "+t.ID+" "+key) }
		if len(t.Use) == 0 {
			ps.add(at("use"), fmt.Sprintf("say what it is for: %v", uses), "nothing")
		}
		for _, u := range t.Use {
			count[u]++
			if !slices.Contains(uses, u) {
				ps.add(at("use"), fmt.Sprintf("use one of %v", uses), "unknown use %q", string(u))
			}
		}
		if isReason := slices.Contains(t.Use, coaching.WhyGoal); isReason != (t.Reason != "") {
			ps.add(at("reason"), "let reason and the use why-goal go together", "one without the other")
		}
	}
	for _, u := range uses {
		if len(theories) > 0 && count[u] < minUse {
			ps.add(at(appraisalFile, "theory use"), "add one", "%d for %q, at least %d", count[u], string(u), minUse)
		}
	}
	if n := count[coaching.WhyGoal]; n > maxWhyGoal {
		ps.add(at(appraisalFile, "theory use"), "leave why-goal to those that are reasons for a goal", "%d for why-goal, at most %d", n, maxWhyGoal)
	}
	return ps
}

const (
	readingsFile              = "st0413/readings.toml"
	maxReadings               = 2 // for one K, beside those on theories
	shortestRead, longestRead = 3, 60
)

func (l *loader) readings() {
	var f struct {
		Reading []coaching.Reading `toml:"reading"`
	}
	l.decode(readingsFile, &f)
	l.content.readings = f.Reading
}

func readingFields(readings []coaching.Reading) []field {
	var out []field
	for _, r := range readings {
		out = append(out, field{readingsFile, "reading " + r.ID + " cite", "reading cite", r.Cite},
			field{readingsFile, "reading " + r.ID + " question", "reading question", r.Question})
	}
	return out
}

// checkReadings holds every K and every theory to one reading or two, and each reading to being whole.
func checkReadings(std *standard.Standard, theories []coaching.Theory, readings []coaching.Reading) problems {
	var ps problems
	var ids []string
	ofKSB, ofTheory := map[string]int{}, map[string]int{}
	for _, f := range readingFields(readings) {
		ps = append(ps, checkLength(f)...)
		if f.kind == "reading question" && !strings.HasSuffix(f.text, "?") {
			ps.add(f, "end it with a question mark", "not a question")
		}
	}
	for _, r := range readings {
		ids = append(ids, r.ID)
		at := func(key string) field { return at(readingsFile, "reading "+r.ID+" "+key) }
		ps = append(ps, checkURL(field{readingsFile, "reading " + r.ID + " url", "reading url", r.URL})...)
		if r.Minutes < shortestRead || r.Minutes > longestRead {
			ps.add(at("minutes"), "name the part that is worth reading, and how long that takes", "%d minutes, %d to %d", r.Minutes, shortestRead, longestRead)
		}
		if len(r.KSBs) == 0 {
			ps.add(at("ksbs"), "name the KSBs it serves", "none")
		}
		for _, id := range r.KSBs {
			if _, ok := std.KSB(id); !ok {
				ps.add(at("ksbs"), "name KSBs of the standard", "the standard has no %q", id)
			}
			if len(r.Theories) == 0 {
				ofKSB[id]++
			}
		}
		for _, id := range r.Theories {
			ofTheory[id]++
			if !slices.ContainsFunc(theories, func(t coaching.Theory) bool { return t.ID == id }) {
				ps.add(at("theories"), "name the id of a theory", "there is no theory %q", id)
			}
		}
	}
	ps = append(ps, checkList(readingsFile, "reading", ids, nil)...)
	for _, k := range std.KSBs {
		if n := ofKSB[k.ID]; k.Kind == standard.Knowledge && (n < 1 || n > maxReadings) {
			ps.add(at(readingsFile, k.ID), "give it one or two", "%d readings", n)
		}
	}
	for _, t := range theories {
		if n := ofTheory[t.ID]; n < 1 || n > maxReadings {
			ps.add(at(readingsFile, "theory "+t.ID), "give it one or two", "%d readings", n)
		}
	}
	return ps
}

// checkCardFields holds cards to the fields that a learner can choose.
func checkCardFields(fields []coaching.Field, cards []card) problems {
	var ps problems
	for _, c := range cards {
		for _, id := range c.Fields {
			if !slices.ContainsFunc(fields, func(x coaching.Field) bool { return x.ID == id }) {
				ps.add(c.at("fields"), "name the id of a field in "+fieldsFile, "there is no field %q", id)
			}
		}
	}
	return ps
}
