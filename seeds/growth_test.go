package seeds_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

const linksFile = "st0413/links.toml"

// How much there is of what grows together.
const (
	minBundles           = 14
	minServed, maxServed = 3, 6
	minSteps, maxSteps   = 4, 7
	minBundled           = 60 // KSBs that some bundle serves
	minNeighbours        = 2  // of each KSB
)

// growthFields are the texts of the links and the bundles. Each bundle counts as a file, so that the checks of repeats see
// what two of them share.
func growthFields(g coaching.Growth) []field {
	var out []field
	for _, l := range g.Links {
		out = append(out, field{linksFile, "link " + strings.Join(l.KSBs[:], " "), "link why", l.Why})
	}
	for _, b := range g.Bundles {
		out = append(out, bundleFields(b)...)
	}
	return out
}

func bundleFile(b coaching.Bundle) string { return linksFile + " " + b.ID }

func bundleFields(b coaching.Bundle) []field {
	var out []field
	add := func(key, kind, text string) { out = append(out, field{bundleFile(b), key, kind, text}) }
	for _, x := range [][2]string{{"name", b.Name}, {"about", b.About}, {"goal", b.Goal}, {"agree", b.Agree}, {"leaves", b.Leaves}} {
		add(x[0], "bundle "+x[0], x[1])
	}
	for _, s := range b.Serves {
		seen := map[string]bool{}
		for l := s.From + 1; l <= s.To; l++ {
			if says := s.ProofAt(l); !seen[says] { // one for all levels, or one for each
				add("serves "+s.KSB+" proof", "serves proof", says)
				seen[says] = true
			}
		}
	}
	for i, t := range b.Steps {
		add(fmt.Sprintf("step %d text", i+1), "step text", t.Text)
		add(fmt.Sprintf("step %d who", i+1), "step who", t.Who)
		add(fmt.Sprintf("step %d result", i+1), "step result", t.Result)
	}
	for i, d := range b.Differs {
		add(fmt.Sprintf("differs %d text", i+1), "differs text", d.Text)
	}
	return out
}

// checkGrowth holds what grows together to its words and to the standard.
func checkGrowth(std *standard.Standard, fields coaching.Fields, g coaching.Growth) problems {
	var ps problems
	for _, f := range growthFields(g) {
		ps = append(ps, checkLength(f)...)
		ps = append(ps, checkEnding(f)...)
		ps = append(ps, checkWriting(f)...)
		ps = append(ps, checkVague(f)...)
	}
	ps = append(ps, checkLinks(std, g)...)
	var ids []string
	for _, b := range g.Bundles {
		ids = append(ids, b.ID)
		ps = append(ps, checkBundle(std, fields, b)...)
	}
	return append(ps, checkList(linksFile, "bundle", ids, nil)...)
}

// checkLinks holds each link to two KSBs of the standard and to being written once, since it holds both ways; each K to its
// partner; and each KSB to several neighbours.
func checkLinks(std *standard.Standard, g coaching.Growth) problems {
	var ps problems
	neighbours := map[string]int{}
	for i, l := range g.Links {
		at := at(linksFile, "link "+strings.Join(l.KSBs[:], " "))
		same := func(x coaching.Link) bool {
			return x.KSBs == l.KSBs || x.KSBs == [2]string{l.KSBs[1], l.KSBs[0]}
		}
		if l.KSBs[0] == l.KSBs[1] || slices.ContainsFunc(g.Links[:i], same) {
			ps.add(at, "link two KSBs, once: a link holds both ways", "it stands twice, or is one KSB")
		}
		for _, id := range l.KSBs {
			neighbours[id]++
			if _, ok := std.KSB(id); !ok {
				ps.add(at, "name KSBs of the standard", "the standard has no %q", id)
			}
		}
	}
	for _, k := range std.KSBs {
		partner := "S" + k.ID[1:]
		if _, ok := std.KSB(partner); ok && k.Kind == standard.Knowledge && !g.Linked(k.ID, partner) {
			ps.add(at(linksFile, "link "+k.ID), "link it, with the reason", "not linked with %s, its partner", partner)
		}
		if n := neighbours[k.ID]; n < minNeighbours {
			ps.add(at(linksFile, "link "+k.ID), fmt.Sprintf("link it with %d or more that really grow with it", minNeighbours), "%d links", n)
		}
	}
	return ps
}

func checkBundle(std *standard.Standard, fields coaching.Fields, b coaching.Bundle) problems {
	var ps problems
	at := func(key string) field { return at(bundleFile(b), key) }
	if n := len(b.Serves); n < minServed || n > maxServed {
		ps.add(at("serves"), "serve three to six KSBs", "%d of them", n)
	}
	if n := len(b.Steps); n < minSteps || n > maxSteps {
		ps.add(at("step"), "give four to seven steps", "%d of them", n)
	}
	if hours := (b.Minutes() + 30) / 60; b.Hours != hours {
		ps.add(at("hours"), fmt.Sprintf("write %d", hours), "%d hours, and the steps take %d minutes", b.Hours, b.Minutes())
	}
	if !slices.Contains(profile.OffJobs, b.OffJob) {
		ps.add(at("offjob"), "say yes, no or ask", "%q", b.OffJob)
	}
	switch l := plan.Check(profile.Goal{Text: safetext.New(b.Goal)}, calendar.Date{})[0]; {
	case b.Goal == "": // its length says so
	case !l.OK:
		ps.add(at("goal"), l.Says, "not specific")
	case formula.MatchString(b.Goal):
		ps.add(at("goal"), "say what is done; the program says the levels", "names a level or a step")
	case yours.MatchString(b.Goal):
		ps.add(at("goal"), "write I, me and my: it stands in the learner's plan", "speaks to the learner")
	}
	ps = append(ps, checkServes(std, b)...)
	for i, t := range b.Steps {
		ps = append(ps, checkTask(at, b, i, t)...)
	}
	for i, d := range b.Differs {
		for _, id := range d.Fields {
			if _, ok := fields.Field(id); !ok {
				ps.add(at(fmt.Sprintf("differs %d fields", i+1)), "use an id of specialisms.toml", "there is no field %q", id)
			}
		}
	}
	return ps
}

func checkServes(std *standard.Standard, b coaching.Bundle) problems {
	var ps problems
	seen := map[string]bool{}
	for _, s := range b.Serves {
		at := at(bundleFile(b), "serves "+s.KSB)
		if _, ok := std.KSB(s.KSB); !ok || seen[s.KSB] {
			ps.add(at, "name KSBs of the standard, each once", "%q is none, or stands twice", s.KSB)
		}
		seen[s.KSB] = true
		if s.From < 0 || s.From >= s.To || s.To > level.Max {
			ps.add(at, "give the lowest level it helps from and the one it leads to, 0 to 4", "from %s to %s", s.From, s.To)
			continue
		}
		ps = append(ps, checkProof(at, s)...)
	}
	return ps
}

// leans are the beginnings of a line that needs the one for the level below it. Learners read only that for their own level.
var leans = regexp.MustCompile(`^(?i:also|alone|unprompted|then|for each|one for|without it|three|four|a second)\b`)

// checkProof holds a proof to a line for each level that it leads to, where there are several, each of which stands alone.
func checkProof(at field, s coaching.Serves) problems {
	var ps problems
	for l := s.From + 1; l <= s.To; l++ {
		says := s.ProofAt(l)
		if s.To-s.From > 1 && says == s.Proof {
			ps.add(at, "say 'Level N: you ...' for each level that it leads to", "no line for level %s", l)
		}
		if w := leans.FindString(says); w != "" {
			ps.add(at, "let the line stand alone: learners read no other", "level %s begins with %q", l, w)
		}
	}
	return ps
}

// checkTask holds a step to a sort, to minutes, and its words to the level from which the bundle can be started.
func checkTask(at func(string) field, b coaching.Bundle, i int, t coaching.Task) problems {
	var ps problems
	key := func(name string) field { return at(fmt.Sprintf("step %d %s", i+1, name)) }
	if !slices.Contains(profile.Sorts, t.Sort) {
		ps.add(key("sort"), "say practise, people or study", "unknown sort %q", t.Sort)
	}
	if t.Minutes < minMinutes || t.Minutes > maxMinutes {
		ps.add(key("minutes"), "give the learner's own time, 10 to 480", "%d minutes", t.Minutes)
	}
	ps = append(ps, checkWeeks(key("weeks"), t.Weeks, t.Text)...)
	for _, m := range misfits {
		if w := m.words.FindString(t.Text + " " + t.Result); w != "" && b.From() == m.level {
			ps.add(key("text"), "reword the step, or begin the bundle later", "%q from level %s: %s", strings.Trim(w, ".:; "), m.level, m.why)
		}
	}
	return ps
}

// checkGrowthCounts holds the file to enough bundles, and them to most of the standard.
func checkGrowthCounts(g coaching.Growth) problems {
	var ps problems
	served := map[string]bool{}
	for _, b := range g.Bundles {
		for _, s := range b.Serves {
			served[s.KSB] = true
		}
	}
	if n := len(g.Bundles); n < minBundles {
		ps.add(at(linksFile, "bundle"), fmt.Sprintf("write %d or more", minBundles), "%d of them", n)
	}
	if n := len(served); n < minBundled {
		ps.add(at(linksFile, "bundle serves"), fmt.Sprintf("serve %d or more between them", minBundled), "%d KSBs", n)
	}
	return ps
}

// checkGrowthRepeats finds sentences and runs of words that two bundles, or a bundle and the coaching of a KSB, share.
func checkGrowthRepeats(g coaching.Growth, entries []entry) problems {
	var ps problems
	sentences, runs := map[string]field{}, map[string]field{}
	for _, e := range entries {
		for _, f := range e.fields() {
			repeated(sentences, f)
			overlap(runs, f)
		}
	}
	for _, f := range growthFields(g) {
		if f.label() {
			continue
		}
		ps = append(ps, repeated(sentences, f)...)
		ps = append(ps, overlap(runs, f)...)
	}
	return ps
}

// readingOf counts the sentences of a bundle, as for an entry.
func readingOf(b coaching.Bundle) reading {
	var r reading
	for _, f := range bundleFields(b) {
		if !f.label() {
			r.add(f.text)
		}
	}
	return r
}
