package intake_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/intake"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/xlsx"
)

// FuzzUnderstand makes up the cells of a workbook: a line for each row, with tabs between cells, some of which are
// numbers or days.
func FuzzUnderstand(f *testing.F) {
	for _, s := range []string{
		"KSB\tSelf\tMentor\tComments\tDate\nK7\t2\t3\tx\t46000",
		"Name\tSam\n\nCode\tStatement\t1\t2\t3\nK7\tx\t\tX\t\nS8\ty\tX\t\t",
		"K1\tK2\tK3\n1\t2\t3", "Competency\tRating by J. Ode\nK7 Quality\t4/5\nK7 Quality\tred",
		"KSB\tSelf\nK7\t1e400\nS7\t-0",
	} {
		f.Add(s, uint64(0x24))
	}
	scale, err := intake.ReadScale("0-4", ground().Scale)
	if err != nil {
		f.Fatal(err)
	}
	told := intake.Options{Scales: map[profile.Rater]intake.Scale{profile.Self: scale, profile.Mentor: scale}}
	g := ground()
	f.Fuzz(func(t *testing.T, text string, days uint64) {
		table := xlsx.Table{Name: text[:min(len(text), 20)]}
		for line := range strings.SplitSeq(text, "\n") {
			var row []xlsx.Value
			for word := range strings.SplitSeq(line, "\t") {
				row = append(row, made(word, days>>(len(row)%64)&1 == 1))
			}
			table.Rows = append(table.Rows, row)
		}
		for _, o := range []intake.Options{{}, told} {
			proposal, err := intake.Understand([]xlsx.Table{table}, g, o)
			if err != nil {
				continue
			}
			taking, err := intake.Take(learner(), proposal, g, true)
			if err != nil {
				t.Fatal(err)
			}
			_ = intake.Doc(proposal, taking, g.Scale, g.Today)
		}
	})
}

// made is the cell that a workbook would have for a word.
func made(word string, day bool) xlsx.Value {
	n, err := strconv.ParseFloat(word, 64)
	switch {
	case word == "":
		return xlsx.Value{}
	case err != nil:
		return xlsx.Value{Text: word, Is: xlsx.IsText}
	case day && n > 0 && n < 100_000:
		d := calendar.Of(1899, 12, 30).AddDays(int(n))
		return xlsx.Value{Text: d.String(), Number: n, Is: xlsx.IsDay, Day: d}
	}
	return xlsx.Value{Text: word, Number: n, Is: xlsx.IsNumber}
}

// Whatever somebody types as their scale is read, or refused in words that can be shown.
func FuzzReadScale(f *testing.F) {
	for _, s := range []string{
		"0-4", "1-5", "4-1", "red amber green", "red=1, amber=2", "1=0 2=1", "novice; expert", "RAG",
		"0-99999999999999999999", "a=b=c", "-1--5",
	} {
		f.Add(s)
	}
	own := ground().Scale
	f.Fuzz(func(t *testing.T, typed string) {
		if _, err := intake.ReadScale(typed, own); err != nil && (err.Error() == "" || !safetext.Plain(err.Error())) {
			t.Fatalf("it is refused by %q", err)
		}
	})
}
