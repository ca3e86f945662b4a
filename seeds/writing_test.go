package seeds_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// american maps spellings that are wrong in British English to the right ones. Words that both use in some sense (meter,
// program, practice, learned, judgment of a court) are left to the reader.
var american = map[string]string{
	"color": "colour", "colors": "colours", "behavior": "behaviour", "behaviors": "behaviours", "behavioral": "behavioural",
	"center": "centre", "centers": "centres", "centered": "centred", "fiber": "fibre", "liter": "litre", "liters": "litres",
	"gray": "grey", "labor": "labour", "favor": "favour", "favorite": "favourite", "honor": "honour", "neighbor": "neighbour",
	"neighboring": "neighbouring", "tumor": "tumour", "tumors": "tumours", "odor": "odour", "vapor": "vapour", "rumor": "rumour",
	"pediatric": "paediatric", "anesthesia": "anaesthesia", "anesthetic": "anaesthetic", "edema": "oedema",
	"esophagus": "oesophagus", "leukemia": "leukaemia", "anemia": "anaemia", "hemoglobin": "haemoglobin",
	"hemorrhage": "haemorrhage", "orthopedic": "orthopaedic", "aluminum": "aluminium", "sulfur": "sulphur", "mold": "mould",
	"fulfill": "fulfil", "fulfills": "fulfils", "skillful": "skilful", "enroll": "enrol", "enrollment": "enrolment",
	"instill": "instil", "defense": "defence", "offense": "offence", "traveled": "travelled", "traveling": "travelling",
	"canceled": "cancelled", "canceling": "cancelling", "labeled": "labelled", "labeling": "labelling", "modeling": "modelling",
	"modeled": "modelled", "signaled": "signalled", "counseling": "counselling", "counselor": "counsellor",
	"catalog": "catalogue", "dialog": "dialogue", "artifact": "artefact", "artifacts": "artefacts", "skeptic": "sceptic",
	"skeptical": "sceptical", "toward": "towards", "gotten": "got", "percent": "per cent", "practiced": "practised",
	"practicing": "practising", "analyze": "analyse", "analyzed": "analysed", "analyzing": "analysing", "analyzer": "analyser",
	"acknowledgment": "acknowledgement", "aging": "ageing", "maneuver": "manoeuvre", "plow": "plough", "airplane": "aeroplane",
}

// properNames hold American spellings that are right because a name is a name.
var properNames = []string{"Center for Creative Leadership", "World Health Organization", "Health Care Staff"}

// makersOf are makers who are no manufacturers.
var makersOf = []string{"decision maker", "decision-maker", "policy maker", "policy-maker"}

// house maps words to the one form this content uses, so that a search finds all of them.
var house = map[string]string{
	"e-mail": "email", "e-mails": "emails", "training officer": "training lead",
	"lead for quality": "quality lead", "health care": "healthcare", "the apprentice": "you",
	"maker": "manufacturer", "makers": "manufacturers",
}

var (
	izing    = regexp.MustCompile(`(?i)\b[a-z]{3,}(?:iz(?:e|es|ed|er|ing|ation|ations)|yz(?:e|es|ed|ing))\b`)
	izeFine  = regexp.MustCompile(`(?i)^(?:resiz|capsiz|downsiz|oversiz|outsiz|midsiz)`)
	spelling = anyOf(american)
	// houseWords matches what the house does not say.
	houseWords = anyOf(house)
	// vague are words that name no act and words of padding. A reader cannot do them, and nobody can see them done.
	vague = regexp.MustCompile(`(?i)\b(understand\w*|(?:be|being|become|becoming) aware|awareness|familiari[sz]\w*|gain insights?|leverage\w*|` +
		`explor(?:e|es|ing)|engage with|ensur(?:e|es|ing)|enhanc\w*|utili[sz]\w*|delv\w*|holistic\w*|robust\w*|crucial\w*|vital|` +
		`foster(?:s|ing)?|journey|impactful|appropriate(?:ly)?|proactive\w*|stakeholders?|best practice|going forward|in order to)\b`)
	// vagueNames may stand although a vague word is part of them.
	vagueNames = []string{"Best Practice in Clinical Audit", "an awareness day"}
)

// anyOf matches each key of a table as a whole word, in either case.
func anyOf(table map[string]string) *regexp.Regexp {
	words := slices.Sorted(maps.Keys(table))
	for i, w := range words {
		words[i] = regexp.QuoteMeta(w)
	}
	return regexp.MustCompile(`(?i)\b(?:` + strings.Join(words, "|") + `)\b`)
}

// checkWriting holds a text to plain ASCII punctuation, British spelling and the house's words.
func checkWriting(f field) problems {
	var ps problems
	for _, r := range f.text {
		if r < ' ' || r > '~' {
			ps.add(f, "type plain ASCII: straight quotes, - for a dash, no line break", "has the character %q", r)
			break
		}
	}
	if strings.Contains(f.text, "!") {
		ps.add(f, "end the sentence with a full stop", "has an exclamation mark")
	}
	if f.text != strings.Join(strings.Fields(f.text), " ") {
		ps.add(f, "leave single spaces between words and none at the ends", "has stray spaces")
	}
	text := without(f.text, properNames)
	if w := spelling.FindString(text); w != "" {
		ps.add(f, "write "+american[strings.ToLower(w)], "American spelling %q", w)
	}
	for _, w := range izing.FindAllString(text, -1) {
		if !izeFine.MatchString(w) && !spelling.MatchString(w) {
			ps.add(f, "write it with s", "American spelling %q", w)
		}
	}
	text = without(text, makersOf)
	if w := houseWords.FindString(text); w != "" {
		ps.add(f, "write "+house[strings.ToLower(w)], "%q is not the word used here", w)
	}
	return ps
}

// checkVague finds words that name no act. A made-up note may have them, since the weak one shows what they are worth.
func checkVague(f field) problems {
	var ps problems
	if f.kind == "exemplar text" {
		return nil
	}
	if w := vague.FindString(without(f.text, vagueNames)); w != "" {
		ps.add(f, "say what the person does, with whom, and what comes of it", "vague word %q", w)
	}
	return ps
}

func without(text string, names []string) string {
	for _, n := range names {
		text = strings.ReplaceAll(text, n, "")
	}
	return text
}
