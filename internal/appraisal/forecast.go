package appraisal

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// Forecast is what the ratings so far say about gateway. It is arithmetic on a basis that it states, and never a
// promise.
type Forecast struct {
	Known    bool
	Why      string // what is missing, when it is not known
	Basis    string // rounds and dates that it rests on
	Rounds   int
	From, To calendar.Date
	Gateway  calendar.Date
	Now      int // KSBs at target today
	Low      int // and at gateway, at half the middle pace
	High     int // and at the pace of the faster quarter of KSBs
	Total    int
	Wide     bool     // Low and High lie too far apart to say anything
	Narrow   []string // what would bring them together, when they do
	Unknown  []string // what it cannot know
	Words    string
}

const (
	wideFrom    = 6  // the share of all KSBs, as one in so many, from which on the two figures say nothing
	apart       = 28 // the fewest days between the first and the last rating of a KSB for a pace to be worked out
	enoughPaces = 4  // how many KSBs must show a pace before a slower and a faster quarter of them mean something
)

// A pace is levels gained over days of learning, pauses taken out.
type pace struct{ rise, days int }

// Project makes the forecast on the day of the report. For each KSB that began below target and was rated in two rounds
// it takes the rise over the days between them, without pauses. Every level is then projected to the gateway twice: at
// the pace of the fastest quarter, and at half the median pace, since later levels tend to take longer. It needs two
// rounds, four KSBs rated twice at least four weeks apart, and a gateway that is still to come.
func Project(r *gap.Report, p profile.Profile) Forecast {
	f := Forecast{Gateway: p.GatewayDate(), Total: len(r.Rows), Unknown: unknown(r)}
	paces := f.measure(r, p)
	switch {
	case f.Gateway.IsZero():
		f.Why = "there is no gateway date: give the start of your programme or the planned gateway"
	case !f.Gateway.After(r.AsOf):
		f.Why = "the gateway date, " + f.Gateway.Long() + ", has come"
	case f.Rounds < enoughRounds:
		f.Why = "it takes two rounds of rating; " + words.Count(f.Rounds, "round has", "rounds have") +
			" ratings of yours so far"
	case len(paces) < enoughPaces:
		f.Why = fmt.Sprintf("%s below target and rated twice with four weeks of learning between; it takes %d",
			words.Count(len(paces), "KSB was", "KSBs were"), enoughPaces)
	}
	if f.Known = f.Why == ""; !f.Known {
		f.Words = "No forecast yet: " + f.Why + "."
		return f
	}
	f.Basis = fmt.Sprintf("%s from %s to %s and the %d KSBs that began below target and were rated "+
		"in more than one of them", words.Count(f.Rounds, "round", "rounds"), f.From.Long(), f.To.Long(), len(paces))
	left := p.LearningDays(r.AsOf, f.Gateway)
	f.Now = reached(r, pace{0, 1}, left)
	middle := paces[(len(paces)-1)/2]
	f.Low = reached(r, pace{middle.rise, 2 * middle.days}, left)
	f.High = reached(r, paces[(3*len(paces)-1)/4], left)
	if f.Wide = (f.High-f.Low)*wideFrom >= f.Total; f.Wide {
		f.Narrow = narrowing(r, p)
		f.Words = fmt.Sprintf("%d of %d are at target now. What it will be at gateway, %s, cannot be said in figures "+
			"yet: your levels rose at paces too far apart. A figure needs more to go by: %s.", f.Now, f.Total, f.Gateway.Long(), strings.Join(f.Narrow, "; "))
		return f
	}
	span := fmt.Sprint(f.Low)
	if f.Low == f.High {
		f.Basis += "; half the usual pace and the pace of the faster quarter come to the same"
	} else {
		span = fmt.Sprintf("between %d and %d", f.Low, f.High)
		f.Basis += "; the lower figure is for half the usual pace, the higher one for the pace of the faster quarter"
	}
	f.Words = fmt.Sprintf("%d of %d are at target now. At this pace it would be %s by %s: a sum, not a promise.", f.Now,
		f.Total, span, f.Gateway.Long()) + f.lowWhy(middle)
	return f
}

// narrowing lists what would bring the two figures together: more KSBs with a pace, and a longer time to see it in.
func narrowing(r *gap.Report, p profile.Profile) (out []string) {
	once := lists.Count(r.Rows, func(row gap.Row) bool {
		_, _, twice := ends(p, row.KSB.ID)
		return !twice && row.Gap() > 0
	})
	if n := len(r.Unrated()); n > 0 {
		out = append(out, "rate the "+words.Count(n, "KSB", "KSBs")+" not rated yet")
	}
	if once > 0 {
		out = append(out, "rate again the "+words.Count(once, "KSB", "KSBs")+
			" below target that you rated in one round only")
	}
	return append(out, "rate another round, at least four weeks after this one")
}

// lowWhy says why the lower figure is that of today, where it is.
func (f *Forecast) lowWhy(middle pace) string {
	today := "The lower figure is where you are today"
	if f.Low == f.High {
		today = "That is where you are today"
	}
	switch {
	case f.Low > f.Now || f.Now == f.Total:
		return ""
	case middle.rise == 0:
		return " " + today + ": half or more of the KSBs that it rests on did not rise."
	case f.High == f.Now:
		return " " + today + ": even at the pace of the faster quarter no other KSB gets as far as its target by then."
	}
	return " " + today + ": at half the usual pace no other KSB gets as far as its target by then."
}

// measure gives the pace of each KSB that two rounds rated, the slowest first, and notes the rounds and the days.
func (f *Forecast) measure(r *gap.Report, p profile.Profile) []pace {
	rated := func(x profile.Round) bool { return x.Rated(profile.Self)+x.Rated(profile.Agreed) > 0 }
	f.Rounds = lists.Count(p.Rounds, rated)
	var out []pace
	for _, row := range r.Rows {
		first, last, ok := ends(p, row.KSB.ID)
		if !ok || first.Level >= row.Target {
			continue // one that began at its target had nothing left to rise
		}
		days := p.LearningDays(first.On, last.On)
		if days < apart {
			continue
		}
		out = append(out, pace{max(int(last.Level)-int(first.Level), 0), days})
		if f.From.IsZero() || first.On.Before(f.From) {
			f.From = first.On
		}
		if last.On.After(f.To) {
			f.To = last.On
		}
	}
	sorting.By(out, func(a, b pace) int { return cmp.Compare(a.rise*b.days, b.rise*a.days) })
	return out
}

// ends are the first and the newest level of a KSB from two different rounds: of each round the agreed one, else the
// learner's own.
func ends(p profile.Profile, id string) (first, last profile.Rating, ok bool) {
	n := 0
	for _, r := range p.Rounds {
		x, rated := r.Ratings[profile.Agreed][id]
		if !rated {
			x, rated = r.Ratings[profile.Self][id]
		}
		if !rated || x.Level < 0 {
			continue
		}
		if n++; n == 1 {
			first = x
		}
		last = x
	}
	return first, last, n >= enoughRounds
}

// reached counts the KSBs that are at target after so many days at a pace.
func reached(r *gap.Report, at pace, days int) int {
	return lists.Count(r.Rows, func(x gap.Row) bool {
		return x.Rated && !x.Opportunity() && at.rise*days >= x.Gap()*at.days
	})
}

func unknown(r *gap.Report) []string {
	var out []string
	if n := len(r.Unrated()); n > 0 {
		out = append(out, fmt.Sprintf("where you stand on the %s not rated yet; none of them is counted",
			words.Count(n, "KSB", "KSBs")))
	}
	if n := len(r.Opportunities()); n > 0 {
		out = append(out, fmt.Sprintf("whether a chance will come for the %s without opportunity",
			words.Count(n, "KSB", "KSBs")))
	}
	return append(out, "whether the next levels take longer than the first ones; they often do",
		"which rotations, teaching and leave lie ahead", "what an assessor will decide: your ratings are no assessment")
}
