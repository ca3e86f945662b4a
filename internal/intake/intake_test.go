package intake_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/intake"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/xlsx"
)

var today = calendar.Of(2026, 11, 22)

func ground() intake.Ground {
	l := library.New()
	return intake.Ground{Standard: l.Standard("ST0413"), Scale: l.Scale(), Today: today}
}

// understood is the proposal for a CSV file.
func understood(t *testing.T, text string, o intake.Options) (intake.Proposal, error) {
	t.Helper()
	tables, err := intake.Read([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return intake.Understand(tables, ground(), o)
}

// rows is the ratings of a proposal, a short line for each.
func rows(p intake.Proposal) string {
	var out []string
	for _, x := range p.Rows {
		s := x.KSB + " " + string(x.By) + " " + x.Level.String()
		if !x.Who.Empty() {
			s += " by " + x.Who.Line()
		}
		if !x.On.IsZero() {
			s += " on " + x.On.String()
		}
		if !x.Note.Empty() {
			s += " " + x.Note.Quoted()
		}
		if x.Doubt != "" {
			s += " ? " + x.Doubt
		}
		out = append(out, s)
	}
	return strings.Join(out, "\n")
}

func missed(p intake.Proposal) string {
	var out []string
	for _, x := range p.Missed {
		out = append(out, x.Where+": "+x.Says)
	}
	return strings.Join(out, "\n")
}

func scaled(t *testing.T, name string) map[profile.Rater]intake.Scale {
	t.Helper()
	s, err := intake.ReadScale(name, ground().Scale)
	if err != nil {
		t.Fatal(err)
	}
	return map[profile.Rater]intake.Scale{profile.Self: s, profile.Mentor: s}
}

func TestHeadingsInManySpellings(t *testing.T) {
	for name, x := range map[string]struct{ file, want string }{
		"plain":             {"KSB,Self,Mentor\nK7,2,3\n", "K7 self 2\nK7 mentor 3"},
		"capitals":          {"KSB CODE;SELF-ASSESSMENT SCORE\nk07;2\n", "K7 self 2"},
		"reference":         {"Standard ref.\tCurrent level\tComments\nS-17\t2\tseen once\n", `S17 self 2 "seen once"`},
		"score":             {"Ref,Statement,Score\nK7,Anything,2\n", "K7 self 2"},
		"confidence":        {"Competency ID,How confident are you?\n(K7),2\n", "K7 self 2"},
		"code in statement": {"Knowledge,Rating\nK7: The principles of things,2\n", "K7 self 2"},
		"line manager":      {"Code,My rating,Line manager's rating\nB1,2,3\n", "B1 self 2\nB1 mentor 3"},
		"expected level":    {"KSB,Expected level,Current level,Gap,Target\nK7,4,2,2,3\n", "K7 self 2"},
		"before and now":    {"KSB,Previous score,Current score\nK7,1,2\n", "K7 self 2"},
		"baseline and now":  {"KSB,Baseline,Today\nK7,1,2\n", "K7 self 2"},
		"title above":       {"My college,,\nSkills scan of Sam,,\n,,\nKSB,Self rating,Notes\nK7,2,x\n", `K7 self 2 "x"`},
		"two rows":          {",Learner,Learner,Line manager,Line manager\nKSB,Score,Comments,Score,Comments\nK7,2,a,3,b\n", "K7 self 2 \"a\"\nK7 mentor 3 \"b\""},
		"comment by each":   {"KSB,Self,Comments,Mentor,Comments\nK7,2,a,3,b\n", "K7 self 2 \"a\"\nK7 mentor 3 \"b\""},
		"who and when":      {"KSB,Manager,Manager name,Date of review\nK7,2,J. Ode,1/11/2026\n", "K7 mentor 2 by J. Ode on 2026-11-01"},
		"a name is no level": {
			"KSB,Self,Reviewer,Date\nK7,2,J. Ode,1 Nov 2026\nK8,3,J. Ode,2 Nov 2026\n", "K7 self 2 on 2026-11-01\nK8 self 3 on 2026-11-02",
		},
		"row by row": {"ksb,rater,by,level,on\nK7,self,,2,2026-11-01\nK7,mentor,J. Ode,3,2026-11-02\nK7,agreed,,3,2026-11-02\n", "K7 self 2 on 2026-11-01\nK7 mentor 3 by J. Ode on 2026-11-02"},
		"a kind and a number": {
			"Type,No.,Statement,Confidence,Mentor sign off\nKnowledge,7,Quality,2,yes\nSkill,17,,3,no\n", "K7 self 2\nS17 self 3",
		},
		"the level beside a mark": {"KSB,Mentor,Mentor rating\nK7,1,3\nK8,1,2\n", "K7 mentor 3\nK8 mentor 2"},
		"underscores":             {"ksb_code,self_assessment_result\nK7,2\n", "K7 self 2"},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := understood(t, x.file, intake.Options{Scales: scaled(t, "0-4")})
			if err != nil {
				t.Fatal(err)
			}
			if got := rows(p); got != x.want {
				t.Errorf("got\n%s\nwant\n%s\nnot understood: %s", got, x.want, missed(p))
			}
		})
	}
}

func TestWhoseARatingIs(t *testing.T) {
	const both = "KSB,Self,Mentor\nK7,2,3\n"
	for name, x := range map[string]struct {
		file string
		o    intake.Options
		want string
	}{
		"only self":          {both, intake.Options{As: profile.Self}, "K7 self 2"},
		"only mentor":        {both, intake.Options{As: profile.Mentor}, "K7 mentor 3"},
		"unowned as mentor":  {"KSB,Score\nK7,3\n", intake.Options{As: profile.Mentor}, "K7 mentor 3"},
		"a column by letter": {both, intake.Options{Column: "c", As: profile.Self}, "K7 self 3"},
		"a column by name":   {both, intake.Options{Column: "mentor"}, "K7 mentor 3"},
		"on another day":     {"KSB,Self,Date\nK7,2,2020-01-01\n", intake.Options{On: today}, "K7 self 2 on 2026-11-22"},
	} {
		t.Run(name, func(t *testing.T) {
			x.o.Scales = scaled(t, "0-4")
			p, err := understood(t, x.file, x.o)
			if err != nil {
				t.Fatal(err)
			}
			if got := rows(p); got != x.want {
				t.Errorf("got %q, want %q", got, x.want)
			}
		})
	}
}

func TestEquallyLikelyColumnsAreAskedAbout(t *testing.T) {
	_, err := understood(t, "KSB,Self score,My confidence\nK7,2,3\n", intake.Options{Scales: scaled(t, "0-4")})
	var refused *intake.Refused
	if !errors.As(err, &refused) || !strings.Contains(refused.Msg, `B, "Self score" or C, "My confidence"`) ||
		!strings.Contains(refused.Hint(), "--column") {
		t.Fatal(err)
	}
}

func TestScales(t *testing.T) {
	for _, x := range []struct{ scale, answers, levels string }{
		{"0-4", "0 1 2 3 4", "0 1 2 3 4"},
		{"1-5", "1 2 3 4 5 3/5", "0 1 2 3 4 2"},
		{"1 to 9", "1 2 3 4 5 6 7 8 9", "0 0 1 1 2 2 3 3 4"},
		{"0-10", "0 1 2 3 4 5 6 7 8 9 10", "0 0 0 1 1 2 2 2 3 3 4"},
		{"percent", "0 24 25% 50 74.9 75 100%", "0 0 1 2 2 3 4"},
		{"RAG", "red Amber GREEN R a g", "0 2 3 0 2 3"},
		{"yes-no", "Yes no need_more_support Y N", "3 0 2 3 0"},
		{"levels", "Supported 3_Independent not_yet no_opportunity 4", "2 3 0 none 4"},
		{"red=1, amber=2, green=4", "red amber green", "1 2 4"},
	} {
		t.Run(x.scale, func(t *testing.T) {
			answers, want := strings.Fields(x.answers), strings.Fields(x.levels)
			file := "KSB,Self\n"
			codes := ground().Standard.Walk()
			for i, a := range answers {
				file += codes[i] + "," + strings.ReplaceAll(a, "_", " ") + "\n"
			}
			p, err := understood(t, file, intake.Options{Scales: scaled(t, x.scale)})
			if err != nil || len(p.Rows) != len(answers) {
				t.Fatal(err, rows(p), missed(p))
			}
			for i, r := range p.Rows {
				if r.Level.String() != want[i] {
					t.Errorf("%s becomes %s, want %s", answers[i], r.Level, want[i])
				}
			}
		})
	}
}

func TestAScaleIsRecognisedOrAskedFor(t *testing.T) {
	file := func(answers string) string {
		out := "KSB,Self\n"
		for i, a := range strings.Fields(answers) {
			out += ground().Standard.Walk()[i] + "," + strings.ReplaceAll(a, "_", " ") + "\n"
		}
		return out
	}
	for answers, want := range map[string]string{
		"Red amber green":          "red, amber, green",
		"Yes no need_more_support": "yes, no, need more support",
		"2_Supported 3 4":          "the names of our levels",
		"50% 70% 20%":              "per cent",
		"50 70 20":                 "per cent",
		"7/9 2/9":                  "1 to 9",
		"0.5 0.75 1":               "0 to 1, as spreadsheets keep per cent",
		"0 10 4":                   "0 to 10",
	} {
		p, err := understood(t, file(answers), intake.Options{})
		if err != nil || p.Scales[0].Scale.String() != want {
			t.Errorf("%s: %v, %v", answers, p.Scales, err)
		}
	}
	for answers, want := range map[string]string{
		"1 2 3 4":   "0 to 4, 1 to 5, 1 to 9, 0 to 10, 1 to 10, 0 to 5 or 1 to 4",
		"0 1 4":     "0 to 4, 0 to 10 or 0 to 5",
		"1 5 7":     "1 to 9, 0 to 10 or 1 to 10",
		"3/5 4/5":   "1 to 5 or 0 to 5",
		"good poor": "",
		"200 300":   "which no known scale has",
	} {
		_, err := understood(t, file(answers), intake.Options{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", answers, err)
		}
	}
	for _, said := range []string{"KSB,Self (1-5)\nK7,2\n", "Rate yourself from 1 to 5.,\nKSB,Self\nK7,2\n"} {
		p, err := understood(t, said, intake.Options{})
		if err != nil || p.Scales[0].Scale.Name() != "1-5" || rows(p) != "K7 self 1" {
			t.Error(said, err, rows(p))
		}
	}
}

func TestOtherScalesAreRefused(t *testing.T) {
	for _, typed := range []string{"", "5-1", "good", "a=9", "=3", "red=1, red=2"} {
		if s, err := intake.ReadScale(typed, ground().Scale); err == nil {
			t.Errorf("%q is %v", typed, s)
		}
	}
}

func TestDays(t *testing.T) {
	for typed, want := range map[string]string{
		"2026-11-01": "2026-11-01", "1/11/2026": "2026-11-01", "1.11.26": "2026-11-01", "1 Nov 2026": "2026-11-01",
		"Sunday 1st November 2026": "2026-11-01", "2026-11-01T14:03:00Z": "2026-11-01", "01/11/2026 00:00:00": "2026-11-01", "46327": "2026-11-01",
	} {
		p, err := understood(t, "KSB;Self;Date\nK7;2;"+typed+"\n", intake.Options{Scales: scaled(t, "0-4")})
		if err != nil || rows(p) != "K7 self 2 on "+want {
			t.Errorf("%s: %v %v", typed, rows(p), err)
		}
	}
	p, _ := understood(
		t,
		"KSB,Self,Date\nK7,2,soon\nK8,2,11/22/2026\nK9,2,03/04/2026\nK10,2,\n",
		intake.Options{Scales: scaled(t, "0-4")},
	)
	want := `K7 self 2 ? its day is not understood: "soon"
K8 self 2 ? its day is not understood: "11/22/2026"
K9 self 2 on 2026-04-03 ? the month may come first in "03/04/2026"
K10 self 2`
	if got := rows(p); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestCodes(t *testing.T) {
	for code, want := range map[string]string{
		"K7": "K7 self 2", "k 7": "K7 self 2", "K07": "K7 self 2", "S-17": "S17 self 2", "(B2)": "B2 self 2", "ST0413_K7": "K7 self 2", "K7.": "K7 self 2", "Knowledge 7": "K7 self 2", "skill 17: do": "S17 self 2",
		"K7.1": "K7 self 2 ? K7.1 is a part of K7", "K7 and K8": "K7 self 2 ? one row for K7, K8\nK8 self 2 ? one row for K7, K8",
		"K99": "", "7": "",
	} {
		p, err := understood(t, "Code,Self\nK1,1\n"+code+",2\n", intake.Options{Scales: scaled(t, "0-4")})
		got := strings.TrimPrefix(strings.TrimPrefix(rows(p), "K1 self 1"), "\n")
		if err != nil || got != want {
			t.Errorf("%s: %q, %v", code, got, err)
		}
		if want == "" && !strings.Contains(missed(p), "row 3: this is not a code of ST0413") {
			t.Errorf("%s: %s", code, missed(p))
		}
	}
}

func TestStatementsWithoutCodesAreKnownByTheirWording(t *testing.T) {
	std := ground().Standard
	file := "Competency,Self\n"
	for _, k := range std.KSBs {
		file += `"` + strings.ReplaceAll(k.Text, `"`, `""`) + "\",2\n"
	}
	p, err := understood(t, file, intake.Options{Scales: scaled(t, "0-4")})
	if err != nil || len(p.Rows) != len(std.KSBs) {
		t.Fatal(err, len(p.Rows), missed(p))
	}
	for i, r := range p.Rows {
		if r.KSB != std.KSBs[i].ID || r.Doubt != "" {
			t.Errorf("%s was taken for %s: %s", std.KSBs[i].ID, r.KSB, r.Doubt)
		}
	}
	k7, _ := std.KSB("K7")
	half := strings.Join(strings.Fields(k7.Text)[:len(strings.Fields(k7.Text))*5/8], " ")
	k8, _ := std.KSB("K8")
	p, err = understood(
		t,
		"Competency,Self\n\""+half+"\",2\nMakes a good cup of tea for the whole team,2\n\"K7: "+k8.Text+"\",2\n\""+k8.Text+"\",1\n",
		intake.Options{Scales: scaled(t, "0-4")},
	)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Rows) == 0 || p.Rows[0].KSB != "K7" || p.Rows[0].Doubt == "" {
		t.Error("half a statement is in doubt:", rows(p))
	}
	if !strings.Contains(missed(p), "row 3: it has no code, and its wording is not that of a KSB") {
		t.Error(missed(p))
	}
	if !strings.Contains(rows(p)+missed(p), "K7") {
		t.Error(rows(p))
	}
}

func TestACodeWithTheWordingOfAnotherIsInDoubt(t *testing.T) {
	k8, _ := ground().Standard.KSB("K8")
	p, err := understood(t, "Code,Statement,Self\nK7,\""+k8.Text+"\",2\n", intake.Options{Scales: scaled(t, "0-4")})
	if err != nil || rows(p) != "K7 self 2 ? the code is K7, but the wording is that of K8" {
		t.Error(rows(p), err)
	}
}

func TestRowsNotUnderstoodAreListed(t *testing.T) {
	p, err := understood(t, `KSB,Self,Comments,Reviewer comments
Knowledge,,,
K1,perhaps,,
K2,,on my list,
K3,2,,well done
K4,,,
K5,1,,
K5,3,,
K6,2,one,
K6,2,two,
Average,2,,
KSB,Self,Comments,Reviewer comments
K8,9,,
`, intake.Options{Scales: scaled(t, "0-4")})
	if err != nil {
		t.Fatal(err)
	}
	if got := rows(p); got != "K3 self 2\nK6 self 2 \"one two\"" {
		t.Error(got)
	}
	want := `row 3: K1: "perhaps" is not a level on this scale
row 4: K2 has a comment but no level: "on my list"
row 5: K3: a mentor wrote "well done" but gave no level
row 11: this is not a code of ST0413: "Average"
row 13: K8: "9" is not a level on this scale
row 7 and row 8: K5 has different levels, 1 and 3, and no day to say which is newer`
	if got := missed(p); got != want {
		t.Errorf("got\n%s", got)
	}
	if p.Blank != 1 {
		t.Error(p.Blank)
	}
}

func TestSheets(t *testing.T) {
	sheet := func(name string, rows ...string) xlsx.Table {
		t := xlsx.Table{Name: name}
		for _, r := range rows {
			var cells []xlsx.Value
			for _, c := range strings.Split(r, ",") {
				v := xlsx.Value{Text: c, Is: xlsx.IsText}
				if c == "" {
					v = xlsx.Value{}
				}
				cells = append(cells, v)
			}
			t.Rows = append(t.Rows, cells)
		}
		return t
	}
	read := sheet("Read me", "Rate each KSB with a score from 0 to 4")
	k := sheet("Knowledge", "KSB,Self (0-4)", "K1,1", "K2,2")
	s := sheet("Skills", "KSB,Self (0-4)", "S1,3")
	old := sheet("Old", "KSB,Self (0-4)", "K1,0")
	p, err := intake.Understand([]xlsx.Table{read, k, s, old}, ground(), intake.Options{})
	if err != nil || rows(p) != "K1 self 1\nK2 self 2\nS1 self 3" || p.Sheet != "Knowledge and Skills" ||
		strings.Join(p.Others, ",") != "Old" {
		t.Error(rows(p), p.Sheet, p.Others, err)
	}
	if p.Rows[2].Where != "sheet Skills, row 2" {
		t.Error(p.Rows[2].Where)
	}
	p, err = intake.Understand([]xlsx.Table{read, k, s, old}, ground(), intake.Options{Sheet: "old"})
	if err != nil || rows(p) != "K1 self 0" {
		t.Error(rows(p), err)
	}
	_, err = intake.Understand([]xlsx.Table{read, k}, ground(), intake.Options{Sheet: "new"})
	var refused *intake.Refused
	if !errors.As(err, &refused) || refused.Try != "it has Read me and Knowledge" {
		t.Error(err)
	}
}
