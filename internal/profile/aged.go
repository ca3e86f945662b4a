package profile

import (
	"fmt"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
)

// Aged is an agreed level that the learner has rated differently since. It still counts until both agree again.
type Aged struct {
	KSB    string
	Agreed Rating
	Self   Rating        // the newest
	Since  calendar.Date // since when the learner says so
}

// Aged gives the agreed level of a KSB if the learner's newest rating is later and different.
func (p Profile) Aged(ksb string) (Aged, bool) {
	agreed, at := p.newest(ksb, Agreed)
	self, from := p.newest(ksb, Self)
	newer := func(x Rating, i int) bool { return x.On.After(agreed.On) || x.On == agreed.On && i > at }
	if at < 0 || from < 0 || self.Level == agreed.Level || !newer(self, from) {
		return Aged{}, false
	}
	out := Aged{KSB: ksb, Agreed: agreed, Self: self, Since: self.On}
	for i := len(p.Rounds) - 1; i >= 0; i-- {
		x, ok := p.Rounds[i].Ratings[Self][ksb]
		if ok && (x.Level != self.Level || !newer(x, i)) {
			break
		}
		if ok && x.On.Before(out.Since) {
			out.Since = x.On
		}
	}
	return out, true
}

// Words say both, such as "agreed 2 in January, you say 4 since 1 Nov".
func (a Aged) Words(today calendar.Date) string { return a.Said("you say", today) }

// Said is Words with other words for "you say".
func (a Aged) Said(says string, today calendar.Date) string {
	return fmt.Sprintf("%s, %s %s since %s", a.AgreedWords(today), says, a.Self.Level.Figure(), a.Since.Near(today))
}

// AgreedWords say only what was agreed, such as "agreed 2 in January".
func (a Aged) AgreedWords(today calendar.Date) string {
	on := a.Agreed.On
	when := "in " + on.Month.String()
	switch {
	case on.Year == a.Since.Year && on.Month == a.Since.Month:
		when = "on " + on.Near(today)
	case on.Near(today) != on.Short():
		when += fmt.Sprintf(" %d", on.Year)
	}
	return "agreed " + a.Agreed.Level.Figure() + " " + when
}
