package appraisal

import (
	"bytes"
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
)

// sheetHead is the top of every sheet; it is given the learner, the standard, the day and the example.
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

// WithOthers is said below a KSB whose own wording includes supporting others.
const WithOthers = "Its wording includes supporting others, so level 3 does too."

// MakeSheet makes a rating sheet for some KSBs, or for all when none is named: a profile file that can be filled in by
// hand. Of the learner it holds only the name and the ID: whatever the profile says, the sheet is the same for one
// name, ID, standard and choice of KSBs. An unknown KSB is refused.
func MakeSheet(
	p profile.Profile, std *standard.Standard, scale *level.Scale, title plan.Titles, today calendar.Date, ksbs []string,
) ([]byte, error) {
	if p.Sheet {
		return nil, &profile.Refusal{
			Msg: "this profile is a rating sheet itself", Why: "make the sheet from the learner's own profile",
		}
	}
	for _, id := range ksbs {
		if std.Place(id) < 0 {
			return nil, profile.UnknownKSB(std, id)
		}
	}
	codes := slices.DeleteFunc(slices.Clone(std.Walk()), func(id string) bool {
		return len(ksbs) > 0 && !slices.Contains(ksbs, id)
	})
	sheet := profile.Profile{
		Standard: std.Reference, Learner: profile.Learner{Name: p.Learner.Name, ID: p.Learner.ID}, Sheet: true, Asked: codes,
	}
	sheet.Rounds = []profile.Round{{ID: sheetID(sheet, today), Opened: today}}
	src, err := file.New(sheet)
	if err != nil {
		return nil, err
	}
	_, body, _ := bytes.Cut(src, []byte("\n")) // below the line that says it is a profile
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

// sheetID is made only of what the sheet asks for and about whom, so that it gives nothing else away.
func sheetID(s profile.Profile, day calendar.Date) string {
	asks := append([]string{s.Standard, s.Learner.Name.Raw(), s.Learner.ID, day.String()}, s.Asked...)
	sum := sha256.Sum256([]byte(strings.Join(asks, "\n")))
	return "sheet-" + hex.EncodeToString(sum[:4])
}

// writeScale says what each level is, for each kind that is asked for.
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
