package home

import (
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// details is the form for the learner's details. Fields are those that a role may name; they are read when one is typed.
func details(p profile.Profile, today calendar.Date, fields func() *coaching.Fields) ui.Form {
	return ui.Form{
		Key: "details", Title: "Your details", Says: "Only the name is needed. Dates tell the program what is expected by now; you can add them later.", Send: "keep them",
		Fields: detailFields(p, today, fields), Together: datesInOrder,
	}
}

// Welcome is the form of the first run.
func Welcome(file string, today calendar.Date, fields func() *coaching.Fields) ui.Form {
	return ui.Form{
		Title: "Welcome to ksbcoach", Send: "start with Duty 1",
		Says: "You will rate yourself on every KSB (" + words.KSB + "), duty by duty, see where the gaps are, and make a plan. Everything stays in one " +
			"file on this computer: " + safetext.Line(file) + ". Only the name is needed; Enter goes past the rest.",
		Fields: detailFields(profile.Profile{}, today, fields), Together: datesInOrder,
	}
}

// datesInOrder checks that the gateway comes after the start.
func datesInOrder(v ui.Values) (field, says string) {
	if l := Learner(v); !l.Start.IsZero() && !l.Gateway.IsZero() && !l.Gateway.After(l.Start) {
		return "gateway", "the gateway must come after the start"
	}
	return "", ""
}

func detailFields(p profile.Profile, today calendar.Date, fields func() *coaching.Fields) []ui.Field {
	offer := func(typed string) ui.Offer {
		if strings.TrimSpace(typed) == "" {
			return ui.Offer{}
		}
		meant, names := fields().Offer(typed)
		if meant != "" {
			meant = "understood as " + meant
		}
		return ui.Offer{Meant: meant, Names: names}
	}
	l := p.Learner
	planned := func(d calendar.Date) error { return p.MayPlan(d, today) }
	passed := func(s string) string {
		d, err := calendar.Parse(s)
		says := p.Passed(d, today)
		if err != nil || says == "" {
			return ""
		}
		return says + " Mend it, or press Enter again to keep it."
	}
	span := func(stands calendar.Date) func(string) string {
		return ui.CheckDay(func(d calendar.Date) error {
			if d == stands {
				return nil
			}
			return profile.MaySpan(d, today)
		})
	}
	return []ui.Field{
		{ID: "name", Label: "Your name", Value: l.Name.Raw(), Need: true},
		{ID: "role", Label: "Role or specialism", Says: "such as cardiac physiology, audiology, clinical engineering", Value: l.Role.Raw(), Offer: offer},
		{ID: "start", Label: "Start of the programme", Value: l.Start.String(), Day: ui.PastDay, Check: span(l.Start)},
		{ID: "gateway", Label: "Planned gateway", Means: words.Gateway, Says: "empty means 36 months after the start", Value: l.Gateway.String(), Day: ui.FarDay, Check: span(l.Gateway)},
		{ID: "review", Label: "Next review or appraisal", Value: l.Review.String(), Day: ui.DueDay, Check: ui.CheckDay(planned), Doubt: passed},
	}
}

// Learner reads the details out of a form that was sent off. Dates were checked by the form.
func Learner(v ui.Values) profile.Learner {
	return profile.Learner{
		Name: v.Text("name"), Role: v.Text("role"), Start: v.Day("start"), Gateway: v.Day("gateway"), Review: v.Day("review"),
	}
}
