package profile_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

func day(t testing.TB, s string) calendar.Date {
	t.Helper()
	if s == "" {
		return calendar.Date{}
	}
	d, err := calendar.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestMonth(t *testing.T) {
	type pause [2]string
	for _, c := range []struct {
		name   string
		start  string
		pauses []pause
		on     string
		want   int
	}{
		{"first day", "2025-09-15", nil, "2025-09-15", 0},
		{"before the start", "2025-09-15", nil, "2025-01-01", 0},
		{"a day short of a month", "2025-09-15", nil, "2025-10-14", 0},
		{"a month", "2025-09-15", nil, "2025-10-15", 1},
		{"fourteen months", "2025-09-15", nil, "2026-11-22", 14},
		{"from a 31st, in April", "2025-01-31", nil, "2025-04-30", 3},
		{"from a 31st, in February", "2025-01-31", nil, "2025-02-28", 1},
		{"from a 31st, a day before", "2025-01-31", nil, "2025-02-27", 0},
		{"from 29 February, a year on", "2024-02-29", nil, "2025-02-28", 12},
		{"from 29 February, four years on", "2024-02-29", nil, "2028-02-29", 48},
		{"from 29 February, a day short", "2024-02-29", nil, "2028-02-28", 47},

		{"two months away", "2025-09-15", []pause{{"2026-02-01", "2026-03-31"}}, "2026-11-22", 12},
		{"on the last day before", "2025-09-15", []pause{{"2026-02-01", "2026-03-31"}}, "2026-01-31", 4},
		{"on the first day away", "2025-09-15", []pause{{"2026-02-01", "2026-03-31"}}, "2026-02-01", 4},
		{"in the middle", "2025-09-15", []pause{{"2026-02-01", "2026-03-31"}}, "2026-03-20", 4},
		{"on the last day away", "2025-09-15", []pause{{"2026-02-01", "2026-03-31"}}, "2026-03-31", 4},
		{"back again", "2025-09-15", []pause{{"2026-02-01", "2026-03-31"}}, "2026-04-01", 4},
		{"the fifth month comes two months late", "2025-09-15", []pause{{"2026-02-01", "2026-03-31"}}, "2026-04-15", 5},
		{"still to come", "2025-09-15", []pause{{"2027-02-01", "2027-03-31"}}, "2026-11-22", 14},
		{"over before the start", "2025-09-15", []pause{{"2025-01-01", "2025-03-31"}}, "2026-11-22", 14},
		{"away at the start", "2025-09-15", []pause{{"2025-08-01", "2025-10-14"}}, "2025-11-15", 1},
		{"away at the start, on a day of it", "2025-09-15", []pause{{"2025-08-01", "2025-10-14"}}, "2025-10-01", 0},
		{"a single day", "2025-09-15", []pause{{"2025-10-01", "2025-10-01"}}, "2025-10-15", 0},
		{"a single day, the day after", "2025-09-15", []pause{{"2025-10-01", "2025-10-01"}}, "2025-10-16", 1},

		{"overlapping", "2025-09-15", []pause{{"2026-02-01", "2026-03-15"}, {"2026-03-01", "2026-03-31"}}, "2026-11-22", 12},
		{"one within the other", "2025-09-15", []pause{{"2026-02-01", "2026-03-31"}, {"2026-02-10", "2026-02-12"}}, "2026-11-22", 12},
		{"touching, in any order", "2025-09-15", []pause{{"2026-03-01", "2026-03-31"}, {"2026-02-01", "2026-02-28"}}, "2026-11-22", 12},
		{"two apart", "2025-09-15", []pause{{"2026-06-01", "2026-06-30"}, {"2026-02-01", "2026-02-28"}}, "2026-11-22", 12},
		{"one over and one going on", "2025-09-15", []pause{{"2026-02-01", "2026-02-28"}, {"2026-10-20", "2027-01-31"}}, "2026-12-25", 12},
		{"one over and one to come", "2025-09-15", []pause{{"2026-02-01", "2026-02-28"}, {"2027-01-01", "2027-01-31"}}, "2026-12-25", 14},
		{"29 February away", "2023-09-15", []pause{{"2024-02-01", "2024-02-29"}}, "2024-04-15", 6},
		{"29 February away, a day short", "2023-09-15", []pause{{"2024-02-01", "2024-02-29"}}, "2024-04-14", 5},
		{"the month does not go back on return", "2025-01-31", []pause{{"2025-04-30", "2025-06-04"}}, "2025-06-05", 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := profile.Profile{Learner: profile.Learner{Start: day(t, c.start)}}
			for _, q := range c.pauses {
				p.Pauses = append(p.Pauses, profile.Pause{From: day(t, q[0]), To: day(t, q[1])})
			}
			before := deep(p.Pauses)
			got, ok := p.Month(day(t, c.on))
			if !ok || got != c.want {
				t.Errorf("month %d (%v), want %d", got, ok, c.want)
			}
			for i := range before {
				if p.Pauses[i] != before[i] {
					t.Error("the pauses were changed")
				}
			}
		})
	}
	if n, ok := (profile.Profile{}).Month(today); ok || n != 0 {
		t.Errorf("without a start: %d, %v", n, ok)
	}
}

// Whatever the pauses, the month never falls, grows by at most one a day, does not change during a pause, and is never
// more than it would be without pauses.
func TestMonthNeverFalls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := calendar.Of(2024, 1, 1).AddDays(rapid.IntRange(0, 800).Draw(t, "start"))
		free := profile.Profile{Learner: profile.Learner{Start: start}}
		p := free
		for range rapid.IntRange(0, 4).Draw(t, "pauses") {
			from := start.AddDays(rapid.IntRange(-60, 500).Draw(t, "from"))
			p.Pauses = append(p.Pauses, profile.Pause{From: from, To: from.AddDays(rapid.IntRange(0, 120).Draw(t, "days"))})
		}
		last, _ := p.Month(start)
		for d := start.AddDays(1); d.Before(start.AddDays(700)); d = d.AddDays(1) {
			m, _ := p.Month(d)
			without, _ := free.Month(d)
			away := false
			for _, q := range p.Pauses {
				away = away || !d.Before(q.From.AddDays(1)) && !d.After(q.To)
			}
			if m < last || m > last+1 || m > without || away && m != last {
				t.Fatalf("start %s, pauses %v, on %s: month %d after %d (away %v, without pauses %d)", start, p.Pauses, d, m, last, away, without)
			}
			last = m
		}
	})
}

func TestLengthAndGateway(t *testing.T) {
	for _, c := range []struct {
		start, gateway, want string
		length               int
		known                bool
	}{
		{"2025-09-15", "", "2028-09-15", 36, true},
		{"2025-09-15", "2028-09-15", "2028-09-15", 36, true},
		{"2025-09-15", "2028-09-14", "2028-09-14", 36, true},
		{"2025-09-15", "2028-09-13", "2028-09-13", 35, true},
		{"2025-09-15", "2031-03-15", "2031-03-15", 66, true},
		{"2025-09-15", "2025-09-20", "2025-09-20", 1, true},
		{"2024-02-29", "", "2027-02-28", 36, true},
		{"", "2028-09-15", "2028-09-15", 0, false},
		{"", "", "", 0, false},
	} {
		p := profile.Profile{Learner: profile.Learner{Start: day(t, c.start), Gateway: day(t, c.gateway)}}
		length, known := p.Length()
		if got := p.GatewayDate().String(); got != c.want || length != c.length || known != c.known {
			t.Errorf("start %q, gateway %q: %s, %d months (%v)", c.start, c.gateway, got, length, known)
		}
	}
}
