package seeds_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

const (
	minCards  = 60
	soonDays  = 200 // a fact that may change is looked at again within this
	laterDays = 760 // and any other within about two years
)

var (
	idForm    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	webSource = regexp.MustCompile(`(?i)https?://|www\.|\.(?:org|com|uk|md)\b|field-practice`)
	unsettled = regexp.MustCompile(`(?i)\bmay change\b|\bnot confirmed\b|\bstill a Bill\b|\bis being replaced\b`)
)

// fields are the texts of a card.
func (c card) fields() []field {
	key := func(k string) string { return fmt.Sprintf("fact %q %s", c.ID, k) }
	out := []field{
		{c.file, key("id"), "fact id", c.ID},
		{c.file, key("title"), "fact title", c.Title},
		{c.file, key("authority"), "fact authority", c.Authority},
	}
	for i, x := range c.Facts {
		out = append(out, field{c.file, key(fmt.Sprintf("facts %d", i+1)), "fact facts", x})
	}
	return append(out, c.sourceFields()...)
}

func (c card) at(key string) field { return at(c.file, fmt.Sprintf("fact %q %s", c.ID, key)) }

// checkCard checks one fact card by itself. Dates are held against each other and never against the clock.
func checkCard(std *standard.Standard, c card) problems {
	var ps problems
	for _, f := range c.fields() {
		ps = append(ps, checkLength(f)...)
		if (f.kind == "fact facts" || f.kind == "fact changed") && !sentenceEnd.MatchString(f.text) {
			ps.add(f, "end it with a full stop", "no end to the last sentence")
		}
	}
	if c.ID != "" && !idForm.MatchString(c.ID) {
		ps.add(c.at("id"), "use lower case, digits and hyphens", "not in the form of an id")
	}
	if n := len(c.Facts); n < 1 || n > 2 {
		ps.add(c.at("facts"), "give one or two", "%d of them", n)
	}
	if webSource.MatchString(c.Authority) {
		ps.add(c.at("authority"), "name the act, body or edition itself", "a web address or a file is no authority")
	}
	ps = append(ps, checkKSBs(std, c)...)
	ps = append(ps, checkSource(c)...)
	return append(ps, checkDates(c)...)
}

func checkKSBs(std *standard.Standard, c card) problems {
	var ps problems
	duty, _ := std.Duty(c.duty)
	if len(c.KSBs) == 0 {
		ps.add(c.at("ksbs"), "name the KSBs it serves", "none")
	}
	for i, id := range c.KSBs {
		if !slices.Contains(duty.KSBs, id) {
			ps.add(c.at("ksbs"), "name KSBs of this duty, or move the card", "%s is not in Duty %d", id, c.duty)
		}
		if slices.Contains(c.KSBs[:i], id) {
			ps.add(c.at("ksbs"), "name it once", "%s stands twice", id)
		}
	}
	return ps
}

func checkDates(c card) problems {
	var ps problems
	for key, d := range map[string]day{"checked": c.Checked, "review_by": c.ReviewBy} {
		if !d.ok {
			ps.add(c.at(key), "write a date such as 2026-11-22", "no date")
		}
	}
	if len(ps) > 0 {
		return ps
	}
	days := int(c.ReviewBy.time.Sub(c.Checked.time).Hours() / 24)
	limit := laterDays
	if c.Status == coaching.Changing || unsettled.MatchString(strings.Join(c.Facts, " ")) {
		limit = soonDays
	}
	switch {
	case days <= 0:
		ps.add(c.at("review_by"), "set a day after checked", "not after checked")
	case days > limit:
		ps.add(c.at("review_by"), "look again sooner: within half a year where a change is expected, two years else", "%d days after checked, at most %d", days, limit)
	}
	return ps
}

// checkCards checks the cards of all duties together.
func checkCards(std *standard.Standard, cards []card) problems {
	var ps problems
	if len(cards) < minCards {
		ps.add(at(factsDir, "(all files)"), "write more", "%d cards, at least %d", len(cards), minCards)
	}
	ids, titles, runs := map[string]string{}, map[string]string{}, map[string]field{}
	served := map[string]bool{}
	for _, c := range cards {
		if f := ids[c.ID]; f != "" {
			ps.add(c.at("id"), "give each card an id of its own", "stands in %s too", f)
		}
		if f := titles[c.Title]; f != "" {
			ps.add(c.at("title"), "word one of them differently", "%q stands in %s too", c.Title, f)
		}
		ids[c.ID], titles[c.Title] = c.file, c.file
		for _, id := range c.KSBs {
			served[id] = true
		}
		ps = append(ps, checkSameFact(runs, c)...)
	}
	for _, k := range std.KSBs {
		if k.Kind == standard.Knowledge && !served[k.ID] {
			ps.add(at(factsDir, k.ID), "write a fact card that serves it", "no card")
		}
	}
	return ps
}

// checkSameFact finds two cards that say one thing in the same words.
func checkSameFact(seen map[string]field, c card) problems {
	var ps problems
	for _, f := range c.fields() {
		if f.kind != "fact facts" {
			continue
		}
		for _, s := range shingles(f.text, shingleWords) {
			if g, ok := seen[s]; ok && g.file != f.file && len(ps) == 0 {
				ps.add(f, "let one card say it, and the other something else", "%q stands in %s, %s too", s, g.file, g.key)
			}
			seen[s] = f
		}
	}
	return ps
}
