package appraisal

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// SheetFormat is the version of the sheet's format that this program writes, and the newest that it reads.
const SheetFormat = 1

// Sheet is a rating sheet: what a learner hands to a mentor who sits somewhere else, without any rating of the learner's,
// and what comes back filled in.
type Sheet struct {
	ID       string
	Standard string
	Learner  safetext.Text
	Made     calendar.Date
	By       safetext.Text // the mentor
	On       calendar.Date // the day of the ratings; zero where it was filled in by hand without one
	Rows     []SheetRow    // in the order of the file
}

// SheetRow is one KSB of a sheet.
type SheetRow struct {
	KSB   string
	Rated bool
	Level level.Level
	Note  safetext.Text
}

// Filled is the number of rows with a level.
func (s Sheet) Filled() int {
	n := 0
	for _, r := range s.Rows {
		if r.Rated {
			n++
		}
	}
	return n
}

// sheetHead stands above every sheet, with the learner, the standard and the day.
const sheetHead = `# Rating sheet for %s, %s, made on %s.
#
# For the mentor. Rate what you have seen yourself; the learner's own ratings are not in this file.
# ksbcoach fills it in on the screen. By hand: under a KSB that you can judge take the # away before level and write
# 0, 1, 2, 3 or 4 behind the =, or "none" in quotes where the post gives no chance to try it. Leave the others as they are.
# A note says most when it names the situation, what you saw and what came of it. Name no patient.
# Add your name and the day the same way, save the file and send it back.

sheet = %d
`

// The lines that wait to be filled in by hand.
var (
	topBlanks = []string{"# by =", "# on ="}
	rowBlanks = []string{"# level =", "# note ="}
)

// MakeSheet makes a rating sheet for some KSBs, or for all when none is named. It is TOML that can be read and filled in by
// hand, in walk order, and holds nothing of the learner's but the name: two learners of one name and standard get the
// same sheet whatever they said of themselves, as long as the KSBs are chosen without looking at that. An unknown KSB is
// refused.
func MakeSheet(p profile.Profile, std *standard.Standard, scale *level.Scale, title plan.Titles, today calendar.Date, ksbs []string) ([]byte, error) {
	for _, id := range ksbs {
		if std.Place(id) < 0 {
			return nil, profile.UnknownKSB(std, id)
		}
	}
	name := p.Learner.Name
	codes := slices.DeleteFunc(slices.Clone(std.Walk()), func(id string) bool { return len(ksbs) > 0 && !slices.Contains(ksbs, id) })
	head := fmt.Sprintf(sheetHead, name.Line(), std.Reference, today.Long(), SheetFormat)
	doc, err := tomledit.Parse([]byte(head), tomledit.ProfileLimits)
	if err != nil {
		return nil, err
	}
	for _, x := range []struct {
		key string
		val tomledit.Value
	}{
		{"id", tomledit.String(sheetID(std.Reference, name.Raw(), today, codes))},
		{"standard", tomledit.String(std.Reference)},
		{"learner", tomledit.String(name.Raw())},
		{"made", tomledit.Date(today.Year, int(today.Month), today.Day)},
	} {
		if err := doc.Set(x.val, nil, x.key); err != nil {
			return nil, err
		}
	}
	var b strings.Builder
	b.Write(doc.Bytes())
	b.WriteString(topBlanks[0] + ` "your name"` + "\n" + topBlanks[1] + " " + today.String() + "\n")
	for _, id := range codes {
		writeRow(&b, std, scale, title, id)
	}
	return []byte(b.String()), nil
}

// sheetID tells sheets apart by what they ask, and so says nothing else.
func sheetID(reference, name string, day calendar.Date, codes []string) string {
	sum := sha256.Sum256([]byte(strings.Join(append([]string{reference, name, day.String()}, codes...), "\n")))
	return "sheet-" + hex.EncodeToString(sum[:4])
}

func writeRow(b *strings.Builder, std *standard.Standard, scale *level.Scale, title plan.Titles, id string) {
	k, _ := std.KSB(id)
	fmt.Fprintf(b, "\n[rating.%s]\n", id)
	comment(b, fmt.Sprintf("%s %s (Duty %d)", id, title(id), std.Home(id)))
	comment(b, k.Text)
	for l := level.Level(0); l <= level.Max; l++ {
		words := scale.Words(l)
		comment(b, fmt.Sprintf("%s %s: %s", l, words.Name, words.For(k.Kind)))
	}
	none := scale.Words(level.NoOpportunity)
	comment(b, fmt.Sprintf(`"none" %s: %s`, none.Name, none.For(k.Kind)))
	if scale.Others(std.Reference, id) {
		comment(b, "Its wording includes supporting others, so level 3 does too.")
	}
	b.WriteString(rowBlanks[0] + "\n" + rowBlanks[1] + ` ""` + "\n")
}

// commentWidth is how wide comments are, without the # before them.
const commentWidth = 110

// comment writes text as comment lines of words.
func comment(b *strings.Builder, text string) {
	width := 0
	for _, word := range strings.Fields(safetext.Line(text)) {
		n := utf8.RuneCountInString(word)
		switch {
		case width == 0:
			b.WriteString("# ")
		case width+1+n > commentWidth:
			b.WriteString("\n# ")
			width = 0
		default:
			b.WriteByte(' ')
			width++
		}
		b.WriteString(word)
		width += n
	}
	b.WriteByte('\n')
}

// FillSheet writes the mentor's name, the day and the rated rows into a sheet and leaves the rest of its text as it is. A
// row that is not rated is not touched.
func FillSheet(src []byte, find profile.Find, by safetext.Text, on calendar.Date, rows []SheetRow) ([]byte, error) {
	s, err := ReadSheet(src, find)
	if err != nil {
		return nil, err
	}
	doc, err := tomledit.Parse(src, tomledit.ProfileLimits)
	if err != nil {
		return nil, err
	}
	set := func(v tomledit.Value, path ...any) {
		if err == nil {
			err = doc.Set(v, nil, path...)
		}
	}
	if !by.Empty() {
		set(tomledit.String(by.Raw()), "by")
	}
	if !on.IsZero() {
		set(tomledit.Date(on.Year, int(on.Month), on.Day), "on")
	}
	for _, row := range rows {
		switch {
		case !row.Rated:
			continue
		case !slices.ContainsFunc(s.Rows, func(x SheetRow) bool { return x.KSB == row.KSB }):
			return nil, &profile.Refusal{Msg: "this sheet does not ask for " + safetext.Line(row.KSB), Why: "rate what it lists; anything else can go into a note"}
		case row.Level == level.NoOpportunity:
			set(tomledit.String(row.Level.String()), "rating", row.KSB, "level")
		default:
			set(tomledit.Int(int(row.Level)), "rating", row.KSB, "level")
		}
		if !row.Note.Empty() {
			set(tomledit.String(row.Note.Raw()), "rating", row.KSB, "note")
		}
	}
	if err != nil {
		return nil, err
	}
	return withoutBlanks(doc, find), nil
}

// withoutBlanks takes the lines away that waited for what is filled in now. Should that change what the sheet says, since
// such a line stands inside a note, all of them stay.
func withoutBlanks(doc *tomledit.Doc, find profile.Find) []byte {
	text := doc.Bytes()
	was, errWas := ReadSheet(text, find)
	var out strings.Builder
	path := []any{}
	for line := range strings.Lines(string(text)) {
		bare := strings.TrimSpace(line)
		if id, ok := strings.CutPrefix(bare, "[rating."); ok {
			path = []any{"rating", strings.TrimSuffix(id, "]")}
		}
		blanks := topBlanks
		if len(path) > 0 {
			blanks = rowBlanks
		}
		if slices.ContainsFunc(blanks, func(b string) bool {
			key := strings.Fields(b)[1]
			return strings.HasPrefix(bare, b) && doc.Has(append(slices.Clone(path), key)...)
		}) {
			continue
		}
		out.WriteString(line)
	}
	is, errIs := ReadSheet([]byte(out.String()), find)
	if errWas != nil || errIs != nil || !slices.Equal(was.Rows, is.Rows) || was.By != is.By {
		return text
	}
	return []byte(out.String())
}

// TakeSheet turns a filled sheet into the mentor's ratings of the open round. It refuses, with a *profile.Refusal, a sheet
// for another learner or another standard, and one in which nothing is filled in. A row without a note leaves the note
// that is there. Ratings without a day get today's.
func TakeSheet(p profile.Profile, s Sheet, today calendar.Date) (profile.Batch, error) {
	switch {
	case s.Standard != p.Standard:
		return profile.Batch{}, &profile.Refusal{
			Msg: fmt.Sprintf("this sheet is for the standard %s, the profile is on %s", safetext.Line(s.Standard), safetext.Line(p.Standard)),
			Why: "make a new sheet from this profile and have that one filled in",
		}
	case !sameName(s.Learner.Raw(), p.Learner.Name.Raw()):
		return profile.Batch{}, &profile.Refusal{
			Msg: fmt.Sprintf("this sheet is for %s, the profile is that of %s", s.Learner.Line(), p.Learner.Name.Line()),
			Why: "open the other profile; if the name was changed since, write the new one into the sheet",
		}
	case s.Filled() == 0:
		return profile.Batch{}, &profile.Refusal{Msg: "no level is filled in on this sheet", Why: "take the # away before level and write 0 to 4 behind the ="}
	}
	on := s.On
	if on.IsZero() {
		on = today
	}
	batch := profile.Batch{Name: "ratings from a sheet"}
	for _, row := range s.Rows {
		if !row.Rated {
			continue
		}
		c := profile.Rate{KSB: row.KSB, By: profile.Mentor, Level: row.Level, On: on, Who: s.By}
		if !row.Note.Empty() {
			c.Note = &row.Note
		}
		batch.Changes = append(batch.Changes, c)
	}
	return batch, nil
}

// sameName compares names as people do: case and spaces do not count.
func sameName(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}
