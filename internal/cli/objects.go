package cli

import (
	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

func actionObject(a profile.Action) object {
	return object{
		{"id", a.ID},
		{"text", a.Text},
		{"sort", a.Sort},
		{"who", a.Who},
		{"due", a.Due},
		{"shows", a.Shows},
		{"if_then", a.IfThen},
		{"status", a.Status},
		{"note", a.Note},
		{"minutes", known(a.Minutes, a.Minutes > 0)},
		{"offjob", a.OffJob},
	}
}

// agedObject is an agreement that the learner has rated otherwise since.
func agedObject(a profile.Aged, title plan.Titles, today calendar.Date) object {
	return object{
		{"ksb", a.KSB},
		{"title", title(a.KSB)},
		{"agreed", object{{"level", a.Agreed.Level}, {"on", a.Agreed.On}, {"by", a.Agreed.By}}},
		{"self", object{{"level", a.Self.Level}, {"on", a.Since}, {"by", nil}}},
		{"words", a.Words(today)},
	}
}

// agedObjects are all of them.
func agedObjects(s *session.Session) []object {
	return listOf(s.Report().Aged(), func(x gap.Row) object { return agedObject(*x.Aged, s.Titles(), s.Today()) })
}

// agedRow is the agreement behind a row that the learner has rated otherwise since, or nil.
func agedRow(x gap.Row, title plan.Titles, today calendar.Date) any {
	if x.Aged == nil {
		return nil
	}
	return agedObject(*x.Aged, title, today)
}

// requestObject has null for planned where nothing is, and for the next step where no action is open.
func requestObject(q appraisal.Request) object {
	var planned *object
	if goal := q.Plan.Goal; q.Plan.Known() {
		planned = &object{
			{"goal", goal.ID},
			{"status", goal.Status},
			{"since", goal.Set},
			{"action", q.Plan.Action.ID},
			{"due", q.Plan.Action.Due},
		}
	}
	return object{
		{"duty", q.Duty},
		{"ksb", q.KSB},
		{"title", q.Title},
		{"exposure", q.Exposure},
		{"ask", q.Ask},
		{"words", q.Words},
		{"text", q.Text},
		{"since", q.Since},
		{"want", q.Want},
		{"ways", q.Ways},
		{"planned", planned},
	}
}

func nextObject(s plan.NextStep) object {
	return object{{"kind", s.Kind}, {"text", s.Text}, {"ksb", s.KSB}}
}

// writeSheet writes what is on a sheet as JSON.
func (k *kit) writeSheet(sheet profile.Profile) error {
	r, _ := sheet.Open()
	return k.writeJSON(object{
		{"id", r.ID},
		{"standard", sheet.Standard},
		{"learner", sheet.Learner.Name},
		{"learner_id", sheet.Learner.ID},
		{"made", r.Opened},
		{"by", sheet.SheetMentor()},
		{"on", sheet.SheetDay()},
		{"filled", sheet.Filled()},
		{"total", len(sheet.Asked)},
		{"ratings", listOf(sheet.Asked, func(id string) object {
			x, rated := r.Ratings[profile.Mentor][id]
			title := k.library.Title(sheet.Standard, id)
			return object{{"ksb", id}, {"title", title}, {"level", known(x.Level, rated)}, {"note", x.Note}}
		})},
	})
}

func readingObject(r coaching.Reading) object {
	return object{
		{"cite", r.Cite},
		{"url", r.URL},
		{"minutes", r.Minutes},
		{"question", r.Question},
		{"theories", r.Theories},
	}
}
