package session

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// became says what was taken out, added and changed between two versions, such as "2 ratings were taken out and 1 goal was
// added"; "" for nothing.
func became(c *file.Compared, count func(file.Holding) string) string {
	if c == nil {
		return ""
	}
	var parts []string
	for i, h := range []file.Holding{c.Gone, c.Added, c.Unlike} {
		if n := h.Things(); n > 0 {
			parts = append(parts, count(h)+words.Form(n, " was ", " were ")+[]string{"taken out", "added", "changed"}[i])
		}
	}
	return words.List(parts)
}

// Count says how many there are, such as "3 older versions are kept on this computer, the newest first"; of one there is no order.
func (h *Older) Count() string {
	says := words.Count(len(h.List), "older version is kept", "older versions are kept") + " on this computer"
	if len(h.List) > 1 {
		says += ", the newest first"
	}
	if len(h.List) > store.KeepNewest {
		says += fmt.Sprintf(": the newest %d, and before them the last one of a day", store.KeepNewest)
	}
	return says
}

// None says that there is none, and when there will be.
func (h *Older) None() string {
	return "No older version is kept on this computer yet. One is kept before the first change after each start."
}

// NowSays says what is wrong with the profile as it is now; "" where it can be read.
func (h *Older) NowSays() string {
	name := "Your profile " + safetext.Line(h.Now.Path)
	switch h.Now.State {
	case VersionUnreadable:
		return name + " cannot be read: " + why(h.Now.Why) + ". Older versions of it can be brought back, and it is kept as it is."
	case VersionLater:
		return name + " was written by a later ksbcoach: update this one before you bring anything back."
	case VersionGone:
		return name + " is not there any more. Older versions of it can be brought back."
	}
	return ""
}

// Asks says in paragraphs what bringing a version back would do; Sides say it thing by thing.
func (h *Older) Asks(v Version, today calendar.Date) []string {
	out := []string{words.Capital(v.Name(today)) + ": " + v.Says() + "."}
	if v.State == VersionUnreadable {
		out = append(out, "ksbcoach cannot read this version ("+why(v.Why)+"): it could not open your profile then.")
	}
	if says := h.NowSays(); says != "" {
		out = append(out, says)
	}
	switch {
	case v.Apart != nil && len(v.Sides()) == 0:
		out = append(out, "Its record is the same as now; the file is laid out differently.")
	case h.file != nil && len(h.Now.data) > 0:
		out = append(out, "What you have now is kept as a backup first.")
	}
	return out
}

// Name is what a version is called in a sentence, such as "the version of this morning 09:12".
func (v Version) Name(today calendar.Date) string {
	if v.At.IsZero() {
		return "the version in " + safetext.Line(v.Path)
	}
	return "the version of " + v.When(today)
}

// Says says what was done, and where what was there before is.
func (r Restored) Says(today calendar.Date) string {
	out := words.Capital(r.Version.Name(today)) + " is back."
	if r.Kept != "" {
		out += " What was there before is kept as " + r.Kept + "."
	}
	return out
}

// When says when a version was kept, such as "this morning 09:12", on a day.
func (v Version) When(today calendar.Date) string {
	day, clock := calendar.FromTime(v.At), v.At.Format("15:04")
	switch ago := day.Days(today); {
	case v.At.IsZero():
		return ""
	case ago == 0 && v.At.Hour() < 12:
		return "this morning " + clock
	case ago == 0 && v.At.Hour() < 18:
		return "this afternoon " + clock
	case ago == 0:
		return "this evening " + clock
	case ago == 1:
		return "yesterday " + clock
	case ago > 1 && ago < 7:
		return v.At.Weekday().String() + " " + clock
	}
	return day.Near(today) + " " + clock
}

// Says is what a list says of a version, such as "43 ratings, 2 goals, before 5 ratings were taken out".
func (v Version) Says() string {
	switch v.State {
	case VersionUnreadable:
		return "cannot be read"
	case VersionLater:
		return "written by a later ksbcoach"
	case VersionGone:
		return "there is no such file now"
	}
	out := words.Count(v.Ratings, "rating", "ratings")
	if v.Goals > 0 {
		out += ", " + words.Count(v.Goals, "goal", "goals")
	}
	if v.Evidence > 0 {
		out += ", " + words.Count(v.Evidence, "piece of evidence", "pieces of evidence")
	}
	if v.Until != "" {
		out += ", before " + v.Until
	}
	return out
}

// Listed is Differs in a list, where it is left out of what is brief.
func (v Version) Listed() string {
	if v.Brief {
		return ""
	}
	return v.Differs()
}

// Differs says in sentences how a version differs from now.
func (v Version) Differs() string {
	switch {
	case v.Same:
		return "It is the same as now."
	case v.State == VersionLater:
		return "Update ksbcoach to bring it back."
	case v.State == VersionUnreadable:
		return words.Capital(why(v.Why)) + "."
	case v.Apart == nil:
		return "" // what there is now cannot be read, which is said once and not of each
	}
	var parts []string
	for _, x := range sides(v.Apart, "holds %s that you do not have now", "lacks %s that you have now", "differs in %s") {
		parts = append(parts, fmt.Sprintf(x.Label, x.Words))
	}
	if len(parts) == 0 {
		return "Its record is the same as now; the file is laid out differently."
	}
	return "It " + strings.Join(parts, "; it ") + "."
}

// Sides are what comes back, what goes and what becomes as it was, for the question before it.
func (v Version) Sides() []Side {
	if v.Apart == nil {
		return nil
	}
	return sides(v.Apart, "comes back", "goes", "as it was")
}

// sides are what is added, gone and unlike, each under its label, where there is any of it.
func sides(c *file.Compared, added, gone, unlike string) []Side {
	out := []Side{{added, holdingWords(c.Added)}, {gone, holdingWords(c.Gone)}, {unlike, holdingWords(c.Unlike)}}
	return slices.DeleteFunc(out, func(x Side) bool { return x.Words == "" })
}

// Side is one line of what bringing a version back does.
type Side struct{ Label, Words string }

// why is the cause of a version that cannot be read, without its path where that is in the list.
func why(err error) string {
	if err == nil {
		return "it is empty"
	}
	var faults file.Faults
	if errors.As(err, &faults) {
		return faults.Error()
	}
	return err.Error()
}

// holdingCounts are the counts in half a sentence, without codes.
func holdingCounts(h file.Holding) string {
	h.KSBs = nil
	return holdingWords(h)
}
