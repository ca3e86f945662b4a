package appraisal

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Taken is what taking a sheet in comes to. The KSBs stand in the order of the sheet.
type Taken struct {
	Batch    profile.Batch // what is to be done; without changes where nothing on the sheet is new
	By       safetext.Text // who rated, written as the profile has it; empty where the sheet does not say
	New      []string      // rated, or rated otherwise
	Replaced []Replaced    // those of New that take the place of what the same mentor gave in the open round
	Named    []string      // those of New that stood in the open round without a name
	Beside   []Beside      // what other mentors rated of New in the open round, which stays
	Same     []string      // in the profile already
	Kept     []string      // left as they are, since the same mentor has rated them after the sheet was filled
	Opened   bool          // no round is open, so that it opens one
}

// Replaced is a rating that another takes the place of.
type Replaced struct {
	KSB     string
	Was     profile.Rating
	Covered bool // the learner has not seen it yet, and does not see it here either
}

// Beside is a mentor with the KSBs that they have rated too.
type Beside struct {
	By   safetext.Text
	KSBs []string
}

// InPlaceOf says what a rating was that another takes the place of, such as "in place of 2 by J. Ode, with a note".
func InPlaceOf(was profile.Rating) string {
	words := was.Level.Figure()
	if !was.By.Empty() {
		words += " by " + was.By.Line()
	}
	return "in place of " + words + noted(was)
}

func noted(was profile.Rating) string {
	if was.Note.Empty() {
		return ""
	}
	return ", with a note"
}

// TakeSheet turns a filled sheet into the mentor's ratings of the open round, or of a new one where none is open. It
// refuses, with a *profile.Refusal, a sheet for another learner or another standard and one in which nothing is filled in,
// and one with a day to come. Learners are told apart by their IDs, and by name where the sheet or the profile
// has none. What other mentors rated stays as it is. A rating that the same mentor has given already is not given again, one
// of theirs that is newer than the sheet stays, and a row without a note leaves the note that is there. Ratings without a day
// get today's. Those of a sheet that does not say who rated stand without a name; once it says so, they get it.
func TakeSheet(p, sheet profile.Profile, today calendar.Date) (Taken, error) {
	if err := meant(p, sheet, today); err != nil {
		return Taken{}, err
	}
	out := Taken{Batch: profile.Batch{Name: "ratings from a sheet"}, By: p.MentorNamed(sheet.SheetMentor())}
	open, isOpen := p.Open()
	filled, _ := sheet.Open()
	for _, id := range sheet.Asked {
		if x, rated := filled.Ratings[profile.Mentor][id]; rated {
			x.By = out.By
			out.take(p, open, sheetRow{id, x, filled.Opened}, today)
		}
	}
	if out.Opened = !isOpen && len(out.New) > 0; out.Opened {
		// A rating would open the round on its own day, which may lie in the round before.
		out.Batch.Changes = append([]profile.Change{profile.OpenRound{On: today}}, out.Batch.Changes...)
	}
	return out, nil
}

// A sheetRow is one rating of a sheet that was made on a day.
type sheetRow struct {
	ksb string
	profile.Rating
	made calendar.Date
}

// take adds one row.
func (t *Taken) take(p profile.Profile, open profile.Round, row sheetRow, today calendar.Date) {
	old, rated := p.NewestOf(row.ksb, row.By)
	switch {
	case rated && row.is(old):
		t.Same = append(t.Same, row.ksb)
		return
	case rated && row.olderThan(old):
		t.Kept = append(t.Kept, row.ksb)
		return
	}
	c := profile.Rate{KSB: row.ksb, By: profile.Mentor, Level: row.Level, On: row.On, Who: row.By, Today: today}
	if row.On.IsZero() {
		c.On = today
	}
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
		if row.On.IsZero() {
			c.On = nameless.On
		}
	}
	for _, x := range open.Beside(row.ksb, row.By) {
		if c.Instead == nil || !x.By.Empty() {
			t.beside(x.By, row.ksb)
		}
	}
	t.Batch.Changes = append(t.Batch.Changes, c)
}

func (t *Taken) beside(who safetext.Text, ksb string) {
	for i, x := range t.Beside {
		if profile.SameName(x.By, who) {
			t.Beside[i].KSBs = append(t.Beside[i].KSBs, ksb)
			return
		}
	}
	t.Beside = append(t.Beside, Beside{who, []string{ksb}})
}

// Words say what taking a sheet into a round comes to, a sentence or two in each.
func (t Taken) Words(sheet profile.Profile, round string) []string {
	by := t.By.Line()
	if t.By.Empty() {
		by = "your mentor"
	}
	var out []string
	switch {
	case len(t.New) > 0:
		out = append(out, fmt.Sprintf("%s by %s taken into the round %s.", words.Count(len(t.New), "rating", "ratings"), by, round))
	case len(t.Kept) == 0:
		out = append(out, fmt.Sprintf("Nothing on it is new: your profile has %s by %s already.", words.Count(len(t.Same), "rating", "ratings"), by))
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
		out = append(out, `The sheet does not say who rated: add by = "..." to a line of it and take it in again.`, "Until then no name stands beside "+strings.Join(t.New, ", ")+".")
	}
	return out
}

// where says what the new ratings take the place of, and what stays beside them.
func (t Taken) where(by string) []string {
	var out []string
	if len(t.Replaced) > 0 {
		was := make([]string, len(t.Replaced))
		for i, x := range t.Replaced {
			was[i] = x.KSB
			if !x.Covered {
				was[i] += " " + x.Was.Level.Figure()
			}
			was[i] += noted(x.Was)
		}
		out = append(out, fmt.Sprintf("In place of what %s had rated in this round before: %s.", by, strings.Join(was, "; ")))
	}
	if len(t.Named) > 0 {
		out = append(out, fmt.Sprintf("The name of %s now stands where there was none: %s.", by, strings.Join(t.Named, ", ")))
	}
	for _, x := range t.Beside {
		out = append(out, fmt.Sprintf("What %s rated stays beside it: %s.", MentorName(x.By), strings.Join(x.KSBs, ", ")))
	}
	return out
}

func keptWhy(by string, on calendar.Date) string {
	if on.IsZero() {
		return fmt.Sprintf("What your profile has of %s is of a day since the sheet was made, and the sheet does not say when it was filled: add on = with that day to its lines and take it in again.", by)
	}
	return fmt.Sprintf("What your profile has of %s is newer than the sheet, filled on %s.", by, on.Long())
}

// meant says why a sheet is not to be taken into a profile, or nil.
func meant(p, sheet profile.Profile, today calendar.Date) error {
	name, id := sheet.Learner.Name, sheet.Learner.ID
	same := profile.SameName(name, p.Learner.Name)
	known := id != "" && p.Learner.ID != ""
	switch {
	case !sheet.Sheet:
		return &profile.Refusal{Msg: "this is a profile and no rating sheet", Why: "ksbcoach sheet make -o FILE makes a sheet; take in the one that your mentor sent back"}
	case p.Sheet:
		return &profile.Refusal{Msg: "this profile is a rating sheet itself", Why: "open your own profile, and take the sheet in there"}
	case sheet.Standard != p.Standard:
		return &profile.Refusal{
			Msg: fmt.Sprintf("this sheet is for the standard %s, the profile is on %s", safetext.Line(sheet.Standard), safetext.Line(p.Standard)),
			Why: "make a new sheet from this profile and have that one filled in",
		}
	case known && id != p.Learner.ID && same:
		return &profile.Refusal{
			Msg: fmt.Sprintf("this sheet was made for another learner of the same name, %s", name.Line()),
			Why: "send it to them; if it is yours, made from another copy of your profile, take the line id below [learner] out of the sheet",
		}
	case known && id != p.Learner.ID, !known && !same:
		return &profile.Refusal{
			Msg: fmt.Sprintf("this sheet is for %s, the profile is that of %s", name.Line(), p.Learner.Name.Line()),
			Why: otherName(known),
		}
	case sheet.Filled() == 0:
		return &profile.Refusal{Msg: "no level is filled in on this sheet", Why: "ksbcoach sheet fill FILE fills it in; by hand, write a line such as its example below [round.mentor]"}
	case sheet.SheetDay().After(today):
		return &profile.Refusal{Msg: fmt.Sprintf("a day on this sheet, %s, is still to come", sheet.SheetDay()), Why: "correct it in the sheet"}
	}
	return nil
}

// otherName is what to try about a sheet for somebody of another name.
func otherName(known bool) string {
	if known {
		return "open the other profile, or send the sheet to the one whom it is for"
	}
	return "open the other profile; if the name was changed since, write the new one into the sheet"
}

// is says whether a rating that the same mentor gave is what a row of the sheet says. A day that the sheet does not give is
// not known; it came after the sheet was made.
func (r sheetRow) is(old profile.Rating) bool {
	if old.Level != r.Level || !r.Note.Empty() && old.Note != r.Note {
		return false
	}
	if r.On.IsZero() {
		return !old.On.Before(r.made)
	}
	return old.On == r.On
}

// names says whether a rating without a name is what a row says, taken in before the sheet said who rated.
func (r sheetRow) names(nameless profile.Rating) bool {
	return !r.By.Empty() && nameless.Level == r.Level && nameless.Note == r.Note && !nameless.On.Before(r.made)
}

// olderThan says whether a rating by the same mentor is, or for a row without a day may be, newer than the sheet.
func (r sheetRow) olderThan(old profile.Rating) bool {
	if r.On.IsZero() {
		return !old.On.Before(r.made)
	}
	return old.On.After(r.On)
}
