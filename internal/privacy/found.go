package privacy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Found is a finding in a record or file name, with its place.
type Found struct {
	Finding
	Place  string // in words, such as "your note on K21"
	Closed bool   // it is in a closed review, which may not be changed

	text string // the whole text that it is in: never show this
}

// Says describes the finding: "your note on K21, line 2, letter 14: looks like an NHS number". It has no capital and no
// full stop, and nothing of what was found.
func (f Found) Says() string { return f.Where() + ": looks like " + f.Kind.about().like }

// Where says the place, and the line and letter in it.
func (f Found) Where() string {
	start := strings.LastIndexByte(f.text[:f.Start], '\n') + 1
	at := 1 + len([]rune(f.text[start:f.Start]))
	if !strings.Contains(f.text, "\n") {
		return fmt.Sprintf("%s, letter %d", f.Place, at)
	}
	return fmt.Sprintf("%s, line %d, letter %d", f.Place, f.Line, at)
}

// Advice says why it should not be there and what to write instead, without a full stop.
func (f Found) Advice() string { return f.Kind.about().why + "; " + f.Kind.about().instead }

const mostWarned = 5

// Warnings gives a line for each of the first five findings, and one that counts the rest.
func Warnings(found []Found) (out []string) {
	for i, f := range found {
		if i == mostWarned {
			rest := words.Count(len(found)-i, "more looks", "more look")
			return append(out, rest+" like something that names a patient")
		}
		out = append(out, f.Says()+": "+f.Advice())
	}
	return out
}

// OfRecord looks through every text that somebody typed into a record. It leaves out what the learner has cleared.
func OfRecord(p profile.Profile) []Found { return OfChange(profile.Profile{}, p) }

// OfChange looks through the texts that a change brought into a record, in the same way.
func OfChange(before, after profile.Profile) []Found {
	old := map[string]bool{}
	file.EachText(before, func(_ file.Place, x safetext.Text) { old[x.Raw()] = true })
	var out []Found
	file.EachText(after, func(at file.Place, x safetext.Text) {
		text := x.Raw()
		if old[text] || at.Key == "review.learner" {
			return
		}
		found := without(ofText(text, at.Names, strings.HasSuffix(at.Key, ".where")), after.Privacy.Cleared)
		for _, f := range found {
			place, closed := placeOf(after, at)
			out = append(out, Found{f, place, closed, text})
		}
	})
	return out
}

// OfFile looks through the name of a file, without its folders, and leaves out what is cleared.
func OfFile(path string, cleared []string) []Found {
	name := path[strings.LastIndexAny(path, `/\`)+1:]
	return lists.Each(without(ofText(name, false, true), cleared), func(f Finding) Found {
		return Found{Finding: f, Place: "the name of the file", text: name}
	})
}

// ofText looks through a text. If it is meant for the names of colleagues, names and ways to reach them are not
// findings. If it is a path, its words may be separated by other characters than spaces.
func ofText(text string, names, path bool) []Finding {
	found := find(text)
	if path {
		found = slices.Concat(found, find(spaced(text)))
		sorting.By(found, func(a, b Finding) int { return a.Start - b.Start })
		found = slices.CompactFunc(found, func(a, b Finding) bool { return a.Start < b.End && b.Start < a.End })
	}
	if names {
		ofColleagues := []Kind{kindName, kindInitials, kindEmail, kindPhone}
		found = lists.Where(found, func(f Finding) bool { return !slices.Contains(ofColleagues, f.Kind) })
	}
	return found
}

// spaced puts spaces between the words of a path. Every byte keeps its position, so that findings fit the path itself.
func spaced(path string) string {
	out := []byte(path)
	for i, c := range out {
		inNumber := i > 0 && i+1 < len(out) && countDigits(path[i-1:i]) > 0 && countDigits(path[i+1:i+2]) > 0
		if c == '_' || (c == '-' || c == '.') && !inNumber || c == '/' || c == '\\' {
			out[i] = ' '
		}
	}
	return string(out)
}

// Among keeps the findings whose text appears in one of some texts, even if the lines are broken differently there.
func Among(found []Found, texts []string) []Found {
	all := " " + strings.Join(strings.Fields(strings.Join(texts, "\n")), " ") + " "
	return lists.Where(found, func(f Found) bool {
		return strings.Contains(all, strings.Join(strings.Fields(safetext.Clean(f.text[f.Start:f.End])), " "))
	})
}

// Redaction makes the change that takes findings out of a record.
func Redaction(found []Found) file.Redact {
	byText := map[string][]Finding{}
	for _, f := range found {
		if !slices.ContainsFunc(byText[f.text], func(g Finding) bool { return g.Start == f.Start }) {
			byText[f.text] = append(byText[f.text], f.Finding)
		}
	}
	out := file.Redact{Texts: map[string]string{}}
	for text, list := range byText {
		sorting.By(list, func(a, b Finding) int { return a.Start - b.Start })
		out.Texts[text] = redact(text, list)
	}
	return out
}

// placeOf says where in a record a text is, and whether that is in a closed review. Its words must repeat nothing that
// anybody typed, since a warning may be logged.
func placeOf(p profile.Profile, at file.Place) (words string, closed bool) {
	parts := strings.Split(at.Key, ".")
	last := parts[len(parts)-1]
	switch parts[0] {
	case "round":
		return roundPlace(p, at.IDs[0], parts), false
	case "evidence":
		e, _ := p.Piece(at.IDs[0])
		return fieldWords(last) + " of the evidence of " + e.On.Long() + " for " + list(e.KSBs), false
	case "reflection":
		r, _ := p.Reflection(at.IDs[0])
		return "your reflection of " + r.On.Long() + ", " + strings.ReplaceAll(last, "-", " "), false
	case "goal":
		g, _ := p.Goal(at.IDs[0])
		goal := "your goal for " + list(g.KSBs)
		switch {
		case parts[1] == "action":
			return fieldWords(last) + " of an action of " + goal, false
		case last == "text":
			return goal, false
		}
		return fieldWords(last) + " of " + goal, false
	case "review":
		r, _ := p.Review(at.IDs[0])
		return fieldWords(last) + " in the review of " + r.On.Long(), !r.Closed.IsZero()
	case "prepare":
		return "your private note on " + fieldWords(last) + " for the next review", false
	case "answered":
		return "your note on what the last review left", false
	}
	return "your " + last, false
}

func list(ksbs []string) string {
	if len(ksbs) > 3 {
		return words.Count(len(ksbs), "KSB", "KSBs")
	}
	return words.List(ksbs)
}

func roundPlace(p profile.Profile, round string, parts []string) string {
	by, ksb, last := parts[1], parts[2], parts[len(parts)-1]
	what := map[string]string{
		"self note": "your note on ", "mentor note": "the mentor's note on ", "others note": "a mentor's note on ",
		"agreed note": "the note on the agreed level of ", "agreed reason": "the reason for the agreed level of ",
		"differ note": "the note on how you differ on ",
	}[by+" "+last]
	if what == "" {
		what = "who rated "
	}
	if n := len(p.Rounds); n > 0 && p.Rounds[n-1].ID != round {
		return what + ksb + " in the round " + round
	}
	return what + ksb
}

func fieldWords(key string) string {
	known := map[string]string{
		"title": "the title", "where": "the place", "witness": "the witness", "text": "the words", "why": "the reason",
		"note": "the note", "who": "who helps", "shows": "what will show it", "if_then": "the if and then",
		"agreed": "what was agreed", "reason": "a reason", "with": "who met", "wellbeing": "wellbeing",
		"workload": "workload", "support": "support", "adjustments": "adjustments",
	}
	if w := known[key]; w != "" {
		return w
	}
	return "the " + key
}
