package plan

import (
	"fmt"
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Rating all 72 KSBs takes most people 30 to 40 minutes: so many seconds for each.
const quickly, slowly = 25, 33

// Takes says how long most people take to rate so many KSBs, such as "30 to 40 minutes".
func Takes(n int) string {
	return fmt.Sprintf("%d to %d minutes", round(n*quickly/60), round((n*slowly+59)/60))
}

// takesAbout is the same in fewer words, such as "about 20 minutes".
func takesAbout(n int) string {
	return "about " + words.Count(max(round((n*(quickly+slowly)/2+30)/60), 1), "minute", "minutes")
}

// round is a number of minutes as one says it: from ten on in fives.
func round(n int) int {
	if n < 10 {
		return n
	}
	return (n + 2) / 5 * 5
}

// ToRate is how much is left to rate: in a duty, in all, and of how many.
type ToRate struct{ Here, All, Of int }

// LeftToRate is what has no rating yet, or in a round that is open after others, none in that round.
func LeftToRate(r *gap.Report, p profile.Profile, duty int) ToRate {
	open, now := p.Open()
	var left []string
	for _, row := range r.Rows {
		if !row.Rated || now && len(p.Rounds) > 1 && !open.Holds(row.KSB.ID) {
			left = append(left, row.KSB.ID)
		}
	}
	return LeftOf(r, left, len(r.Rows), duty)
}

// LeftOf is what is left of so many KSBs. One that was rated before is rated again in the first of its duties, and one
// that was not wherever it is met.
func LeftOf(r *gap.Report, left []string, of, duty int) ToRate {
	x := ToRate{All: len(left), Of: of}
	for _, id := range left {
		row, _ := r.Row(id)
		if r.Standard.Home(id) == duty || !row.Rated && slices.Contains(row.KSB.Duties, duty) {
			x.Here++
		}
	}
	return x
}

// Done is how many of w cells of a bar are done: all of them only when nothing is left.
func (x ToRate) Done(w int) int {
	if x.Of == 0 {
		return w
	}
	return (x.Of - x.All) * w / x.Of
}

// Words say it, the longest first: "6 left here, 41 of 72 in all, about 20 minutes".
func (x ToRate) Words() []string {
	if x.All == 0 {
		return []string{fmt.Sprintf("all %d rated", x.Of)}
	}
	here, all := fmt.Sprintf("%d left here, ", x.Here), fmt.Sprintf("%d of %d in all", x.All, x.Of)
	if x.Here == 0 {
		here = "none left here, "
	}
	if x.All == x.Of {
		all = fmt.Sprintf("%d in all", x.All)
	}
	all = here + all
	return []string{all + ", " + takesAbout(x.All), all, fmt.Sprintf("%d of %d left", x.All, x.Of)}
}

// InDuty says what is to be rated in the duty and how long that takes: "12 to rate, about 6 minutes".
func (x ToRate) InDuty() string {
	if x.Here == 0 {
		return "all rated"
	}
	return fmt.Sprintf("%d to rate, %s", x.Here, takesAbout(x.Here))
}
