package appraisal

import (
	"cmp"
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
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// SheetFormat is the version of the sheet's format that this program writes, and the newest that it reads.
const SheetFormat = 1

// Sheet is a rating sheet: what a learner hands to a mentor who sits somewhere else, without any rating of the learner's,
// and what comes back filled in.
type Sheet struct {
	ID        string
	Standard  string
	Learner   safetext.Text
	LearnerID string // "" on a sheet of a profile without one
	Made      calendar.Date
	By        safetext.Text // the mentor
	On        calendar.Date // the day of the ratings; zero where it was filled in by hand without one
	Rows      []SheetRow    // in the order of the file

	onAt tomledit.Pos // where the day of the ratings stands
}

// SheetRow is one KSB of a sheet. Its note goes with a level.
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

// Profile is a record with nothing in it but what stands on the sheet, for the screen on which a mentor fills it.
func (s Sheet) Profile(today calendar.Date) profile.Profile {
	p := profile.Profile{Standard: s.Standard, Learner: profile.Learner{Name: s.Learner, ID: s.LearnerID}}
	rated := map[string]profile.Rating{}
	for _, r := range s.Rows {
		if r.Rated {
			rated[r.KSB] = profile.Rating{Level: r.Level, On: today, Note: r.Note, By: s.By}
		}
	}
	if len(rated) > 0 {
		p.Rounds = []profile.Round{{ID: "sheet", Opened: today, Ratings: map[profile.Rater]map[string]profile.Rating{profile.Mentor: rated}}}
	}
	return p
}

// From is the sheet as a record that Profile made says after it was changed.
func (s Sheet) From(p profile.Profile) Sheet {
	r, _ := p.Open()
	s.Rows = slices.Clone(s.Rows)
	for i, row := range s.Rows {
		x, rated := r.Ratings[profile.Mentor][row.KSB]
		s.Rows[i] = SheetRow{KSB: row.KSB}
		if rated {
			s.Rows[i] = SheetRow{KSB: row.KSB, Rated: true, Level: x.Level, Note: x.Note}
		}
		if rated && !x.By.Empty() {
			s.By = x.By
		}
	}
	return s
}

// sheetHead stands above every sheet, with the learner, the standard and the day.
const sheetHead = `# Rating sheet for %s, %s, made on %s.
#
# For the mentor. Rate what you have seen yourself; the learner's own ratings are not in this file.
# With ksbcoach: run "ksbcoach sheet fill" with the name of this file. It shows one KSB at a time and saves as you go.
# By hand, in any editor: under a KSB that you can judge take the # away before level and write 0, 1, 2, 3 or 4 behind
# the =, or "none" in quotes where the post gives no chance to try it. Leave the others as they are.
# A note goes between its quotes, without the #. It says most when it names the situation, what you saw and what came
# of it. Name no patient. Add name and day the same way, save ("ksbcoach sheet show FILE" checks it) and send it back.

sheet = %d
`

// blankName is what stands where the mentor's name goes.
const blankName = `"your name"`

// The lines that wait to be filled in by hand.
var (
	topBlanks = []string{"# by =", "# on ="}
	rowBlanks = []string{"# level =", "# note ="}
)

// MakeSheet makes a rating sheet for some KSBs, or for all when none is named. It is TOML that can be read and filled in by
// hand, in walk order, and holds nothing of the learner's but the name and the ID: for one name, ID and standard the sheet
// is the same whatever was said in the profile, as long as the KSBs are chosen without looking at that. An unknown KSB is
// refused.
func MakeSheet(p profile.Profile, std *standard.Standard, scale *level.Scale, title plan.Titles, today calendar.Date, ksbs []string) ([]byte, error) {
	for _, id := range ksbs {
		if std.Place(id) < 0 {
			return nil, profile.UnknownKSB(std, id)
		}
	}
	name, id := p.Learner.Name, p.Learner.ID
	codes := slices.DeleteFunc(slices.Clone(std.Walk()), func(id string) bool { return len(ksbs) > 0 && !slices.Contains(ksbs, id) })
	head := fmt.Sprintf(sheetHead, name.Line(), std.Reference, today.Long(), SheetFormat)
	doc, err := tomledit.Parse([]byte(head), tomledit.ProfileLimits)
	if err != nil {
		return nil, err
	}
	type line struct {
		key string
		val tomledit.Value
	}
	lines := []line{
		{"id", tomledit.String(sheetID(std.Reference, name.Raw(), id, today, codes))},
		{"standard", tomledit.String(std.Reference)},
		{"learner", tomledit.String(name.Raw())},
	}
	if id != "" {
		lines = append(lines, line{"learner_id", tomledit.String(id)})
	}
	for _, x := range append(lines, line{"made", tomledit.Date(today.Year, int(today.Month), today.Day)}) {
		if err := doc.Set(x.val, nil, x.key); err != nil {
			return nil, err
		}
	}
	var b strings.Builder
	b.Write(doc.Bytes())
	b.WriteString(topBlanks[0] + " " + blankName + "\n" + topBlanks[1] + " " + today.String() + "\n")
	for _, id := range codes {
		writeRow(&b, std, scale, title, id)
	}
	return []byte(b.String()), nil
}

// sheetID tells sheets apart by whom they ask for and what, and so says nothing else.
func sheetID(reference, name, learner string, day calendar.Date, codes []string) string {
	sum := sha256.Sum256([]byte(strings.Join(append([]string{reference, name, learner, day.String()}, codes...), "\n")))
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
	comment(b, fmt.Sprintf(`"none" %s: %s`, none.Name, scale.Seen(level.NoOpportunity, k.Kind)))
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
// row that is not rated is not touched; the note of one that is takes the place of the note that is there.
func FillSheet(src []byte, find file.Find, by safetext.Text, on calendar.Date, rows []SheetRow) ([]byte, error) {
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
	if on.Before(s.Made) && !on.IsZero() { // a clock that is behind; ReadSheet takes no such day
		on = s.Made
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
		switch path := []any{"rating", row.KSB, "note"}; {
		case !row.Note.Empty():
			set(tomledit.String(row.Note.Raw()), path...)
		case doc.Has(path...) && err == nil:
			err = doc.Delete(path...)
		}
	}
	if err != nil {
		return nil, err
	}
	return withoutBlanks(doc, find), nil
}

// ClearSheet takes the rating of one KSB off a sheet, with its note, and leaves the lines that wait to be filled in by hand.
func ClearSheet(src []byte, find file.Find, ksb string) ([]byte, error) {
	s, err := ReadSheet(src, find)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(s.Rows, func(r SheetRow) bool { return r.KSB == ksb })
	if at < 0 || !s.Rows[at].Rated {
		return nil, &profile.Refusal{Msg: safetext.Line(ksb) + " has no rating on this sheet", Why: "nothing needs doing"}
	}
	doc, err := tomledit.Parse(src, tomledit.ProfileLimits)
	if err != nil {
		return nil, err
	}
	if note := []any{"rating", ksb, "note"}; doc.Has(note...) {
		err = doc.Delete(note...)
	}
	pos, _ := doc.Pos("rating", ksb, "level")
	lines := strings.SplitAfter(string(doc.Bytes()), "\n")
	if err == nil {
		err = doc.Delete("rating", ksb, "level")
	}
	if err != nil {
		return nil, err
	}
	if line := lines[pos.Line-1]; pos.Col == 1 && strings.HasPrefix(line, "level") {
		end := line[len(strings.TrimRight(line, "\r\n")):]
		lines[pos.Line-1] = rowBlanks[0] + cmp.Or(end, "\n") + rowBlanks[1] + ` ""` + end
		if above := pos.Line - 2; strings.HasPrefix(lines[above], rowBlanks[1]) {
			lines[above] = "" // it stands below again
		}
	}
	s.Rows[at] = SheetRow{KSB: ksb}
	blank := []byte(strings.Join(lines, ""))
	if is, err := ReadSheet(blank, find); err == nil && slices.Equal(is.Rows, s.Rows) {
		return blank, nil
	}
	return doc.Bytes(), nil
}

// withoutBlanks takes the lines away that waited for what is filled in now. Should that change what the sheet says, since
// such a line stands inside a note, all of them stay.
func withoutBlanks(doc *tomledit.Doc, find file.Find) []byte {
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
