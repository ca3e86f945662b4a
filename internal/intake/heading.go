package intake

import (
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/search"
)

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
	bare := strings.ToLower(strings.TrimSpace(text))
	if bare == "%" {
		list = []string{"percent"}
	}
	if bare == "#" {
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
