package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/longrecord"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// figures are the numbers in a report, whatever its format.
type figures struct {
	rated, total, met, below, opportunity int
	behind                                int // 0 too where no month is known
	ksbs                                  map[string]standing
	gaps                                  []string          // the codes; on paper in the order of the ranks
	unrated                               []string          // on paper only where something is rated
	agreed                                map[string]string // the newest level that was agreed
	evidence                              []string          // the day and the codes of each piece
	goals                                 map[string]int    // by their status
	actions                               int               // of the goals under way
}

// standing has the levels of a KSB; "" is unknown. A paper has the expected level of gaps only.
type standing struct{ level, target, expected string }

// figured computes the figures in the domain. A paper has only KSBs with a level; other formats have them all.
func figured(p profile.Profile, paper bool) figures {
	r := gap.Compute(lib.Standard(library.Default), lib.Scale(), p, today)
	all := r.Tally(0)
	f := figures{
		rated: all.Rated, total: all.Total, met: all.Met, below: all.Below, behind: all.Behind,
		opportunity: all.NoOpportunity,
		ksbs:        map[string]standing{}, agreed: map[string]string{}, goals: map[string]int{},
	}
	for _, row := range r.Gaps() {
		f.gaps = append(f.gaps, row.KSB.ID)
	}
	for _, row := range r.Rows {
		id := row.KSB.ID
		is := standing{target: row.Target.String()}
		if row.Rated && !row.NoOpportunity() {
			is.level = row.Level.String()
		}
		if n, ok := row.Expected(); ok && (!paper || row.Gap() > 0) {
			is.expected = n.String()
		}
		if is.level != "" || !paper {
			f.ksbs[id] = is
		}
		if !row.Rated && (all.Rated > 0 || !paper) {
			f.unrated = append(f.unrated, id)
		}
		if x, ok := p.Newest(id, profile.Agreed); ok && x.Level >= 0 {
			f.agreed[id] = x.Level.String()
		}
	}
	for _, e := range p.Evidence {
		f.evidence = append(f.evidence, e.On.String()+" "+strings.Join(e.KSBs, ", "))
	}
	for _, g := range p.Goals {
		f.goals[string(g.Status)]++
		if g.Status == profile.GoalActive {
			f.actions += len(g.Actions)
		}
	}
	slices.Sort(f.evidence)
	slices.Sort(f.unrated)
	if !paper {
		slices.Sort(f.gaps)
	}
	return f
}

// Every format of the report has the same figures as the domain: the levels that count, targets and expected levels,
// counts, gaps, evidence, goals and actions. Each file is read back from its bytes.
func TestEveryFormatHasTheFiguresOfTheDomain(t *testing.T) {
	t.Parallel()
	undated := lib.Demo(today)
	undated.Learner.Start, undated.Learner.Gateway = calendar.Date{}, calendar.Date{}
	learners := map[string]profile.Profile{
		"the sample learner": lib.Demo(today),
		"without a start":    undated,
		"a newcomer":         {Standard: library.Default},
		"three years":        longrecord.Make(lib.Standard(library.Default), today),
	}
	readers := map[string]func(*testing.T, []export.File) figures{
		"text": func(_ *testing.T, f []export.File) figures { return onPaper(string(f[0].Data)) },
		"md":   func(_ *testing.T, f []export.File) figures { return onPaper(string(f[0].Data)) },
		"html": func(t *testing.T, f []export.File) figures { return onPaper(pageLines(t, f[0].Data)) },
		"pdf":  func(t *testing.T, f []export.File) figures { return onPaper(strings.Join(read(t, f[0].Data), "\n")) },
		"json": readJSON, "ndjson": readNDJSON, "csv": readCSV, "xlsx": readBook,
	}
	for _, format := range export.Formats {
		if format.Dated() {
			continue // dates, and no figures
		}
		t.Run(format.Word, func(t *testing.T) {
			reads := readers[format.Word]
			if reads == nil {
				t.Fatal("nothing reads this format back: add a reader of it here")
			}
			for _, name := range slices.Sorted(maps.Keys(learners)) {
				p := learners[name]
				got, want := reads(t, report(t, format.Word, p, handout.Options{})), figured(p, !format.Tables())
				for i := range reflect.TypeFor[figures]().NumField() {
					has, wants := reflect.ValueOf(got).Field(i), reflect.ValueOf(want).Field(i)
					if fmt.Sprint(has) != fmt.Sprint(wants) {
						field := reflect.TypeFor[figures]().Field(i).Name
						t.Errorf("%s: %s: it holds\n%v, the domain\n%v", name, field, has, wants)
					}
				}
			}
		})
	}
}

// Patterns for the lines of a paper in any format. Cells are separated by bars or spaces, and a level may have its name
// after it, or "self" and the like before it.
var (
	codeFirst   = regexp.MustCompile(`^([KSB]\d+)\b`)
	namedLevel  = regexp.MustCompile(`\b([0-4]) \(?(?:Not yet|Aware|Supported|Independent|Leads others)\b`)
	calledLevel = regexp.MustCompile(`\b(?:level|target|expected) ([0-4])\b`)
	agreedLevel = regexp.MustCompile(`\b([0-4])\b[^\d]*\d{1,2} [A-Z][a-z]{2} \d{4}`)
	dayFirst    = regexp.MustCompile(`^\d{1,2} [A-Z][a-z]{2} \d{4}`)
	dayAndCodes = regexp.MustCompile(`^(\d{1,2} [A-Z][a-z]{2} \d{4})[ |]+([KSB]\d+(?:, [KSB]\d+)*)`)
	saysRated   = regexp.MustCompile(`rated (\d+) of the (\d+) KSBs`)
	saysBehind  = regexp.MustCompile(`(\d+) (?:is|are) at or above where month \d+ of \d+ should be, and (\d+) (?:is|are) behind`)
	saysMet     = regexp.MustCompile(`(\d+) (?:has|have) reached the target for gateway, and (\d+) (?:is|are) below it`)
	saysNone    = regexp.MustCompile(`(\d+) KSBs? ha(?:s|ve) no opportunity in this post`)
	saysUnrated = regexp.MustCompile(`Not rated yet: ([^.]*)\.`)
	barsMet     = regexp.MustCompile(`At target for gateway[:*| ]+(\d+) of (\d+)`)
	barsRated   = regexp.MustCompile(`Rated[:*| ]+(\d+) of (\d+)`)
)

// paperParts are the parts of a paper that have figures.
var paperParts = []string{
	"In short", "Strengths", "Gaps", "Where we differ", "Agreed levels", "Goals and actions", "Parked and ended",
	"Evidence", "Questions to ask",
}

// onPaper reads the figures in a report for people.
func onPaper(text string) figures {
	f := figures{ksbs: map[string]standing{}, agreed: map[string]string{}, goals: map[string]int{}}
	part := ""
	for line := range strings.Lines(text) {
		line = strings.Trim(line, " |#*-•\f\n")
		if slices.Contains(paperParts, line) {
			part = line
			continue
		}
		code := codeFirst.FindString(line)
		switch {
		case part == "Evidence":
			if m := dayAndCodes.FindStringSubmatch(line); m != nil {
				f.evidence = append(f.evidence, isoDay(m[1])+" "+m[2])
			}
		case part == "Goals and actions" && dayFirst.MatchString(line):
			f.actions++
		case part == "Goals and actions" && strings.HasPrefix(line, "Under way"):
			f.goals[string(profile.GoalActive)]++
		case part == "Parked and ended":
			for _, status := range profile.GoalStatuses {
				if rest, ok := strings.CutPrefix(strings.ToLower(line), status.Words()); ok && strings.IndexAny(rest, " ,") == 0 {
					f.goals[string(status)]++
				}
			}
		case part == "Agreed levels" && code != "":
			if m := agreedLevel.FindStringSubmatch(line[len(code):]); m != nil {
				f.agreed[code] = m[1]
			}
		case code != "" && (part == "Gaps" || part == "Strengths"):
			found := calledLevel.FindAllStringSubmatch(line, -1)
			if len(found) == 0 {
				found = namedLevel.FindAllStringSubmatch(line, -1)
			}
			if len(found) < 2 {
				continue // the second line of something
			}
			is := standing{level: found[0][1], target: found[1][1]}
			if len(found) > 2 {
				is.expected = found[2][1]
			}
			f.ksbs[code] = is
			if part == "Gaps" {
				f.gaps = append(f.gaps, code)
			}
		}
	}
	f.said(strings.Join(strings.Fields(text), " "))
	slices.Sort(f.evidence)
	return f
}

// said reads the sentences of a paper. If bars disagree with them, it makes a figure that cannot be right.
func (f *figures) said(text string) {
	number := func(pattern *regexp.Regexp, into ...*int) {
		if m := pattern.FindStringSubmatch(text); m != nil {
			for i, x := range into {
				_, _ = fmt.Sscan(m[i+1], x)
			}
		}
	}
	var skipped, barMet, barRated, barTotal int
	number(saysRated, &f.rated, &f.total)
	number(saysBehind, &skipped, &f.behind)
	number(saysMet, &f.met, &f.below)
	number(saysNone, &f.opportunity)
	number(barsMet, &barMet, &barTotal)
	number(barsRated, &barRated, &barTotal)
	if barMet != f.met || barRated != f.rated || barTotal != f.total {
		f.rated = -1
	}
	if m := saysUnrated.FindStringSubmatch(text); m != nil {
		f.unrated = strings.Split(m[1], ", ")
		slices.Sort(f.unrated)
	}
}

// isoDay turns 2 Nov 2026 into 2026-11-02.
func isoDay(said string) string {
	d, err := time.Parse("2 Jan 2006", said)
	if err != nil {
		return said
	}
	return d.Format(time.DateOnly)
}

// pageLines reads a web page: a line for each heading, paragraph, entry and row of a table.
func pageLines(t *testing.T, page []byte) string {
	t.Helper()
	var out, line strings.Builder
	in := xml.NewDecoder(bytes.NewReader(page[bytes.IndexByte(page, '\n'):])) // behind the DOCTYPE
	for {
		token, err := in.Token()
		if token == nil {
			return out.String()
		}
		if err != nil {
			t.Fatal(err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			// Pictures only repeat what the text says.
			if slices.Contains([]string{"style", "svg", "title", "details"}, x.Name.Local) {
				if err := in.Skip(); err != nil {
					t.Fatal(err)
				}
			}
			for _, a := range x.Attr {
				if a.Name.Local == "data-name" { // what a number is, where the head of its table is far
					line.WriteString(strings.ToLower(a.Value) + " ")
				}
			}
		case xml.CharData:
			line.WriteString(strings.TrimSpace(string(x)))
			line.WriteString(" ")
		case xml.EndElement:
			switch x.Name.Local {
			case "td", "th", "dt":
				line.WriteString("| ")
			case "tr", "p", "li", "h1", "h2", "h3", "h4", "dd":
				out.WriteString(strings.Join(strings.Fields(line.String()), " ") + "\n")
				line.Reset()
			}
		}
	}
}

// starRows has the rows of each table of a report, by column.
type starRows map[string][]map[string]string

// figures reads the tables of JSON, NDJSON and CSV.
func (s starRows) figures() figures {
	f := figures{ksbs: map[string]standing{}, agreed: map[string]string{}, goals: map[string]int{}}
	for _, k := range s["ksb"] {
		f.ksb(k["ksb"], standing{k["level"], k["target"], k["expected"]}, k["state"], k["gap"], k["agreed"])
	}
	codes := map[string][]string{}
	for _, l := range s["evidence_ksb"] {
		codes[l["evidence"]] = append(codes[l["evidence"]], l["ksb"])
	}
	for _, e := range s["evidence"] {
		f.evidence = append(f.evidence, e["on"]+" "+strings.Join(codes[e["evidence"]], ", "))
	}
	status := map[string]string{}
	for _, g := range s["goal"] {
		f.goals[g["status"]]++
		status[g["goal"]] = g["status"]
	}
	for _, a := range s["action"] {
		if status[a["goal"]] == string(profile.GoalActive) {
			f.actions++
		}
	}
	return f.sorted()
}

// ksb counts one KSB, and checks that its gap fits its levels.
func (f *figures) ksb(code string, is standing, state, missing, agreed string) {
	f.total++
	f.ksbs[code] = is
	if agreed != "" {
		f.agreed[code] = agreed
	}
	switch state {
	case "at target":
		f.met++
	case "below target", "behind":
		f.below++
		f.gaps = append(f.gaps, code)
	case "no opportunity":
		f.opportunity++
	case "not rated":
		f.unrated = append(f.unrated, code)
		f.rated--
	}
	f.rated++
	if state == "behind" {
		f.behind++
	}
	var level, target, gap int
	_, _ = fmt.Sscan(is.level+" "+is.target+" "+missing, &level, &target, &gap)
	if is.level != "" && target-level != gap || is.level == "" && missing != "" {
		f.gaps = append(f.gaps, fmt.Sprintf("%s says a gap of %s", code, missing))
	}
}

func (f figures) sorted() figures {
	slices.Sort(f.evidence)
	slices.Sort(f.gaps)
	slices.Sort(f.unrated)
	return f
}

// shown writes the values of a JSON object as CSV does.
func shown(row map[string]any) map[string]string {
	out := map[string]string{}
	for k, v := range row {
		if v != nil {
			out[k] = fmt.Sprint(v)
		}
	}
	return out
}

func readJSON(t *testing.T, files []export.File) figures {
	t.Helper()
	var all map[string]any
	if err := json.Unmarshal(files[0].Data, &all); err != nil {
		t.Fatal(err)
	}
	s := starRows{}
	for name, rows := range all {
		list, _ := rows.([]any)
		for _, row := range list {
			s[name] = append(s[name], shown(row.(map[string]any)))
		}
	}
	return s.figures()
}

func readNDJSON(t *testing.T, files []export.File) figures {
	t.Helper()
	s := starRows{}
	for line := range bytes.Lines(files[0].Data) {
		var row map[string]any
		if err := json.Unmarshal(line, &row); err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprint(row["table"])
		s[name] = append(s[name], shown(row))
	}
	return s.figures()
}

func readCSV(t *testing.T, files []export.File) figures {
	t.Helper()
	s := starRows{}
	for _, f := range files {
		rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(f.Data, []byte("\uFEFF")))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		s[strings.TrimSuffix(f.Name, ".csv")] = byHeading(rows)
	}
	return s.figures()
}

// byHeading gives each row after the first, by the headings in the first.
func byHeading(rows [][]string) (out []map[string]string) {
	for _, row := range rows[1:] {
		named := map[string]string{}
		for i, v := range row {
			named[rows[0][i]] = v
		}
		out = append(out, named)
	}
	return out
}

// readBook reads the figures from the sheets of a workbook.
func readBook(t *testing.T, files []export.File) figures {
	t.Helper()
	book := opened(t, files[0].Data)
	sheet := func(name string, above int) []map[string]string {
		rows, err := book.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		return byHeading(rows[above:])
	}
	f := figures{ksbs: map[string]standing{}, agreed: map[string]string{}, goals: map[string]int{}}
	for _, k := range sheet("Skills scan", 2) {
		f.ksb(k["Code"], standing{k["Counts"], k["Target"], k["Expected now"]}, k["Where it stands"], k["Gap"], k["Agreed"])
	}
	for _, e := range sheet("Evidence", 1) {
		f.evidence = append(f.evidence, isoDay(e["Day"])+" "+e["KSBs"])
	}
	goals := map[string]string{}
	for _, a := range sheet("Plan", 1) {
		goals[strings.Join([]string{a["KSBs"], a["Goal"], a["Goal due"]}, "|")] = a["Goal is"]
		if a["Goal is"] == string(profile.GoalActive) && a["Action"] != "" {
			f.actions++
		}
	}
	for _, status := range goals {
		f.goals[status]++
	}
	rows, err := book.GetRows("Summary")
	if err != nil {
		t.Fatal(err)
	}
	var sums [5]int // by kind, in the order of handout.Standings
	for _, row := range rows[2:5] {
		for i := range sums {
			n := 0
			_, _ = fmt.Sscan(row[i+1], &n)
			sums[i] += n
		}
	}
	if want := [5]int{f.met, f.below - f.behind, f.behind, f.opportunity, len(f.unrated)}; sums != want {
		f.gaps = append(f.gaps, fmt.Sprintf("the summary counts %v, the rows %v", sums, want))
	}
	return f.sorted()
}
