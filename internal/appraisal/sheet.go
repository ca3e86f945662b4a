package appraisal

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// sheetHead is the top of every sheet. Its arguments are the learner, the standard, the day, and the KSB, day and name
// of the example.
const sheetHead = `# Rating sheet for %s, %s, made on %s.
#
# For the mentor. Rate what you have seen yourself; the learner's own ratings are not in this file.
# With ksbcoach: run "ksbcoach sheet fill" with the name of this file. It shows one KSB at a time and saves as you go.
# By hand, in any editor: write one line for each KSB that you can judge, anywhere below [round.mentor], such as:
#
#   %s = { level = 2, on = %s, note = "what you saw", by = "%s" }
#
# The level is 0, 1, 2, 3 or 4, or "none" in quotes where the post gives no chance to try it. Leave out what you have not
# seen. Only the level is needed, and your name on one of the lines. A note says most when it names the situation, what you
# saw and what came of it. Name no patient. Save ("ksbcoach sheet show" checks it) and send it back.
#
`

// WithOthers is a note on a KSB whose own wording includes supporting others.
const WithOthers = "Its wording includes supporting others, so level 3 does too."

// MakeSheet makes a rating sheet for the given KSBs, or for all if none is given: a profile file that can be filled in
// by hand. It holds nothing of the learner but the name and the ID. Two profiles with the same name, ID and standard
// give the same sheet, so it cannot give away the learner's ratings. It refuses an unknown KSB, and a profile that is
// itself a sheet.
func MakeSheet(
	p profile.Profile, std *standard.Standard, scale *level.Scale, title plan.Titles, today calendar.Date,
	ksbs []string,
) ([]byte, error) {
	if p.Sheet {
		return nil, profile.Refuse("make the sheet from the learner's own profile",
			"this profile is a rating sheet itself")
	}
	for _, id := range ksbs {
		if std.Place(id) < 0 {
			return nil, profile.UnknownKSB(std, id)
		}
	}
	codes := lists.Where(std.Walk(), func(id string) bool { return len(ksbs) == 0 || slices.Contains(ksbs, id) })
	sheet := profile.Profile{
		Standard: std.Reference, Learner: profile.Learner{Name: p.Learner.Name, ID: p.Learner.ID}, Sheet: true,
		Asked: codes,
	}
	sheet.Rounds = []profile.Round{{ID: sheetID(sheet, today), Opened: today}}
	src, err := file.New(sheet)
	if err != nil {
		return nil, err
	}
	_, body, _ := bytes.Cut(src, []byte("\n")) // without the first line, which says that it is a profile
	var b strings.Builder
	fmt.Fprintf(&b, sheetHead, p.Learner.Name.Line(), std.Reference, today.Long(), codes[0], today, profile.BlankName)
	writeScale(&b, std.Only(codes), scale)
	b.WriteByte('\n')
	b.Write(body)
	b.WriteString("\n[round." + string(profile.Mentor) + "]\n")
	for _, id := range codes {
		k, _ := std.KSB(id)
		b.WriteByte('\n')
		comment(&b, fmt.Sprintf("%s %s (Duty %d)", id, title(id), std.Home(id)))
		comment(&b, k.Text)
		if scale.Others(std.Reference, id) {
			comment(&b, WithOthers)
		}
	}
	return []byte(b.String()), nil
}

// sheetID is a hash of whom the sheet is about and what it asks, and of nothing else, so that it gives nothing away.
func sheetID(s profile.Profile, day calendar.Date) string {
	asks := append([]string{s.Standard, s.Learner.Name.Raw(), s.Learner.ID, day.String()}, s.Asked...)
	sum := sha256.Sum256([]byte(strings.Join(asks, "\n")))
	return "sheet-" + hex.EncodeToString(sum[:4])
}

// writeScale explains the levels, for each kind of KSB on the sheet.
func writeScale(b *strings.Builder, std *standard.Standard, scale *level.Scale) {
	names := map[standard.Kind]string{
		standard.Knowledge: "For knowledge (K):", standard.Skill: "For a skill (S):",
		standard.Behaviour: "For a behaviour (B):",
	}
	for _, kind := range standard.Kinds {
		if std.Count(kind) == 0 {
			continue
		}
		comment(b, names[kind])
		for l := level.Level(0); l <= level.Max; l++ {
			comment(b, fmt.Sprintf("  %s %s: %s", l, scale.Words(l).Name, scale.Words(l).For(kind)))
		}
	}
}

const commentWidth = 110 // in characters, without "# "

// comment writes text as comment lines, broken between words.
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

// Taken is the result of taking in a rating sheet. Lists of KSBs are in the order of the sheet.
type Taken struct {
	Batch    profile.Batch // the changes to make; none if nothing on the sheet is new
	By       safetext.Text // who rated, spelled as in the profile; empty if the sheet does not say
	New      []string      // KSBs with a new or a different rating
	Replaced []Replaced    // for those of New that the same mentor had rated in the open round
	Named    []string      // those of New whose rating in the open round had no mentor's name and now gets one
	Beside   []Beside      // other mentors who rated some of New in the open round; their ratings are kept
	Same     []string      // KSBs with this rating in the profile already
	Kept     []string      // KSBs left as they are, since the same mentor has rated them after the sheet was filled in
	Opened   bool          // no round was open, so the changes open one
}

// Replaced is a rating that a new one replaces.
type Replaced struct {
	KSB     string
	Was     profile.Rating
	Covered bool // the learner may not see Was yet, so it must not be shown here either
}

// Beside is another mentor, with the KSBs that they have rated too.
type Beside struct {
	By   safetext.Text
	KSBs []string
}

// InPlaceOf says which rating a new one replaces, such as "in place of 2 by J. Ode, with a note".
func InPlaceOf(was profile.Rating) string {
	return "in place of " + was.Level.Figure() + was.By.After(" by ") + noted(was)
}

func noted(was profile.Rating) string {
	if was.Note.Empty() {
		return ""
	}
	return ", with a note"
}

// TakeSheet turns a filled-in sheet into the mentor's ratings in the open round, or in a new one if none is open. It
// refuses, with a *profile.Refusal, a sheet for another learner or another standard, one with nothing filled in, and
// one with a day in the future. Learners are compared by ID, or by name if the sheet or the profile has no ID.
//
// Ratings by other mentors are kept. A rating that the same mentor has given already is not repeated, one that is newer
// than the sheet is kept, and a row without a note keeps the old note. Ratings without a day get today's. If the sheet
// names no mentor, its ratings have no name either until a later copy of the sheet supplies one.
func TakeSheet(p, sheet profile.Profile, today calendar.Date) (Taken, error) {
	if err := sheetFits(p, sheet, today); err != nil {
		return Taken{}, err
	}
	out := Taken{Batch: profile.Batch{Name: "ratings from a sheet"}, By: p.MentorNamed(sheet.SheetMentor())}
	open, isOpen := p.Open()
	filled, _ := sheet.Open()
	for _, id := range sheet.Asked {
		if x, rated := filled.Ratings[profile.Mentor][id]; rated {
			x.By = out.By
			out.addRow(p, open, sheetRow{id, x, filled.Opened}, today)
		}
	}
	if !isOpen && len(out.New) > 0 {
		out.Opened = true
		// the first rating would open the round on its own day, which may be before the previous round was closed
		out.Batch.Changes = append([]profile.Change{profile.OpenRound{On: today}}, out.Batch.Changes...)
	}
	return out, nil
}

// A sheetRow is one rating on a sheet.
type sheetRow struct {
	ksb string
	profile.Rating
	made calendar.Date // when the sheet was made
}

func (t *Taken) addRow(p profile.Profile, open profile.Round, row sheetRow, today calendar.Date) {
	old, rated := p.NewestOf(row.ksb, row.By)
	switch {
	case rated && row.is(old):
		t.Same = append(t.Same, row.ksb)
		return
	case rated && row.olderThan(old):
		t.Kept = append(t.Kept, row.ksb)
		return
	}
	on := cmp.Or(row.On, today)
	c := profile.Rate{KSB: row.ksb, By: profile.Mentor, Level: row.Level, On: on, Who: row.By, Today: today}
	if !row.Note.Empty() {
		c.Note = &row.Note
	}
	t.New = append(t.New, row.ksb)
	if was, ok := open.MentorRating(row.ksb, row.By); ok {
		covered := !slices.Contains(p.SeenIn(len(p.Rounds)-1, row.ksb), was)
		t.Replaced = append(t.Replaced, Replaced{row.ksb, was, covered})
	}
	if nameless, ok := open.MentorRating(row.ksb, safetext.Text{}); ok && row.names(nameless) {
		t.Named = append(t.Named, row.ksb)
		c.Instead = &nameless.By
		c.On = cmp.Or(row.On, nameless.On)
	}
	for _, x := range open.OtherMentors(row.ksb, row.By) {
		if c.Instead == nil || !x.By.Empty() {
			t.addBeside(x.By, row.ksb)
		}
	}
	t.Batch.Changes = append(t.Batch.Changes, c)
}

// addBeside notes that another mentor has rated a KSB too.
func (t *Taken) addBeside(who safetext.Text, ksb string) {
	i := slices.IndexFunc(t.Beside, func(x Beside) bool { return profile.SameName(x.By, who) })
	if i < 0 {
		i = len(t.Beside)
		t.Beside = append(t.Beside, Beside{By: who})
	}
	t.Beside[i].KSBs = append(t.Beside[i].KSBs, ksb)
}

// Words say in a few sentences what came of taking a sheet into a round.
func (t Taken) Words(sheet profile.Profile, round string) []string {
	by := t.By.Or("your mentor")
	var out []string
	switch {
	case len(t.New) > 0:
		says := words.Count(len(t.New), "rating", "ratings") + " by " + by
		out = append(out, says+" taken into the round "+profile.RoundName(round)+".")
	case len(t.Kept) == 0:
		says := words.Count(len(t.Same), "rating", "ratings") + " by " + by
		out = append(out, "Nothing on it is new: your profile has "+says+" already.")
	default:
		out = append(out, "Nothing was taken from it.")
	}
	if t.Opened {
		out = append(out, "No round was open, so this opened a new one.")
	}
	out = append(out, t.where(by)...)
	if len(t.Same) > 0 && len(t.New)+len(t.Kept) > 0 {
		out = append(out, "In your profile already: "+strings.Join(t.Same, ", ")+".")
	}
	if len(t.Kept) > 0 {
		out = append(out, "Left as they are: "+strings.Join(t.Kept, ", ")+". "+keptWhy(by, sheet.SheetDay()))
	}
	if len(t.New) > 0 && t.By.Empty() {
		out = append(out, "The sheet does not say who rated: have the mentor's name written on it and take it in "+
			"again.",
			"Until then there is no name with "+words.List(t.New)+".")
	}
	return out
}

// where says which ratings the new ones replace, and which are kept beside them.
func (t Taken) where(by string) []string {
	var out []string
	if len(t.Replaced) > 0 {
		was := lists.Each(t.Replaced, func(x Replaced) string {
			if x.Covered {
				return x.KSB + noted(x.Was)
			}
			return x.KSB + " " + x.Was.Level.Figure() + noted(x.Was)
		})
		out = append(out, fmt.Sprintf("They replace what %s had rated in this round before: %s.", by,
			strings.Join(was, "; ")))
	}
	if len(t.Named) > 0 {
		out = append(out, fmt.Sprintf("The name of %s is now with ratings that had none: %s.", by,
			strings.Join(t.Named, ", ")))
	}
	for _, x := range t.Beside {
		out = append(out, fmt.Sprintf("The ratings by %s are kept too: %s.", MentorName(x.By),
			strings.Join(x.KSBs, ", ")))
	}
	return out
}

// keptWhy says why ratings were left as they are, for a sheet filled in on the given day, or the zero day.
func keptWhy(by string, on calendar.Date) string {
	if on.IsZero() {
		return fmt.Sprintf("The ratings by %s in your profile are from after the sheet was made, and the sheet "+
			"does not say when it was filled in: write that day on it and take it in again.", by)
	}
	return fmt.Sprintf("The ratings by %s in your profile are newer than the sheet, which was filled in on "+
		"%s.", by, on.Long())
}

// sheetFits is a refusal that says why a sheet cannot be taken into a profile, or nil if it can.
func sheetFits(p, sheet profile.Profile, today calendar.Date) error {
	name, id := sheet.Learner.Name, sheet.Learner.ID
	sameName := profile.SameName(name, p.Learner.Name)
	haveIDs := id != "" && p.Learner.ID != ""
	switch {
	case !sheet.Sheet:
		return profile.Refuse("ksbcoach sheet make -o FILE makes a sheet; take in the one that your mentor sent back",
			"this is a profile, not a rating sheet")
	case p.Sheet:
		return profile.Refuse("open your own profile, and take the sheet in there",
			"this profile is a rating sheet itself")
	case sheet.Standard != p.Standard:
		return profile.Refuse("make a new sheet from this profile and have that one filled in",
			"this sheet is for the standard %s, the profile is on %s",
			safetext.Line(sheet.Standard), safetext.Line(p.Standard))
	case haveIDs && id != p.Learner.ID && sameName:
		return profile.Refuse("send it to them; if it is yours, made from another copy of your profile, take the "+
			"line id below [learner] out of the sheet; in a workbook that is on the hidden sheet ksbcoach",
			"this sheet was made for another learner of the same name, %s", name.Line())
	case haveIDs && id != p.Learner.ID, !haveIDs && !sameName:
		hint := "open the other profile; if the name was changed since, write the new one into the sheet"
		if haveIDs {
			hint = "open the other profile, or send the sheet to the one whom it is for"
		}
		return profile.Refuse(hint, "this sheet is for %s, the profile is that of %s", name.Line(),
			p.Learner.Name.Line())
	case sheet.Filled() == 0:
		return profile.Refuse("it can be taken in as soon as your mentor has given one level on it; "+
			"of a web page take in the file that it saved", "no level is filled in on this sheet")
	case sheet.SheetDay().After(today):
		return profile.Refuse("correct it in the sheet", "a day on this sheet, %s, is still to come", sheet.SheetDay())
	}
	return nil
}

// is reports whether an earlier rating by the same mentor says the same as the row. If the row has no day, any day
// since the sheet was made will do.
func (r sheetRow) is(old profile.Rating) bool {
	if old.Level != r.Level || !r.Note.Empty() && old.Note != r.Note {
		return false
	}
	if r.On.IsZero() {
		return !old.On.Before(r.made)
	}
	return old.On == r.On
}

// names reports whether a rating without a name came from this same row, before the sheet had the mentor's name.
func (r sheetRow) names(nameless profile.Rating) bool {
	return !r.By.Empty() && nameless.Level == r.Level && nameless.Note == r.Note && !nameless.On.Before(r.made)
}

// olderThan reports whether a rating by the same mentor is newer than the row, or if the row has no day, may be.
func (r sheetRow) olderThan(old profile.Rating) bool {
	if r.On.IsZero() {
		return !old.On.Before(r.made)
	}
	return old.On.After(r.On)
}
