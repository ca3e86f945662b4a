package cli

import (
	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

type actionJSON struct {
	ID     string               `json:"id"`
	Text   safetext.Text        `json:"text"`
	Sort   profile.Sort         `json:"sort"`
	Who    safetext.Text        `json:"who"`
	Due    *calendar.Date       `json:"due"`
	Shows  safetext.Text        `json:"shows"`
	IfThen safetext.Text        `json:"if_then"`
	Status profile.ActionStatus `json:"status"`
	Note   safetext.Text        `json:"note"`

	Minutes *int            `json:"minutes"`
	OffJob  *profile.OffJob `json:"offjob"`
}

func actionObject(a profile.Action) actionJSON {
	return actionJSON{a.ID, a.Text, a.Sort, a.Who, knownDate(a.Due), a.Shows, a.IfThen, a.Status, a.Note, known(a.Minutes, a.Minutes > 0), known(a.OffJob, a.OffJob != "")}
}

// levelOnJSON is a level with its day and the name of the person who gave it or agreed it.
type levelOnJSON struct {
	Level level.Level   `json:"level"`
	On    calendar.Date `json:"on"`
	By    safetext.Text `json:"by"`
}

// agedJSON is an agreement that the learner has rated otherwise since.
type agedJSON struct {
	KSB    string      `json:"ksb"`
	Title  string      `json:"title"`
	Agreed levelOnJSON `json:"agreed"`
	Self   levelOnJSON `json:"self"`
	Words  string      `json:"words"`
}

func agedOf(a profile.Aged, title plan.Titles, today calendar.Date) agedJSON {
	return agedJSON{a.KSB, title(a.KSB), levelOnJSON{a.Agreed.Level, a.Agreed.On, a.Agreed.By}, levelOnJSON{Level: a.Self.Level, On: a.Since}, a.Words(today)}
}

// agedObjects are the agreements that the learner has rated otherwise since.
func agedObjects(s *session.Session) []agedJSON {
	return listOf(s.Report().Aged(), func(x gap.Row) agedJSON { return agedOf(*x.Aged, s.Titles(), s.Today()) })
}

// agedRow is the agreement behind a row that the learner has rated otherwise since, or nil.
func agedRow(x gap.Row, title plan.Titles, today calendar.Date) *agedJSON {
	if x.Aged == nil {
		return nil
	}
	out := agedOf(*x.Aged, title, today)
	return &out
}

type requestJSON struct {
	Duty     int      `json:"duty"`
	KSB      string   `json:"ksb"`
	Title    string   `json:"title"`
	Exposure []string `json:"exposure"`
	Ask      []string `json:"ask"`
	Words    string   `json:"words"`

	Text  string        `json:"text"`
	Since calendar.Date `json:"since"`
	Want  string        `json:"want"`
	Ways  []string      `json:"ways"`

	Planned *plannedJSON `json:"planned"`
}

// plannedJSON is null where nothing is planned; the next step is null where no action is open.
type plannedJSON struct {
	Goal   string         `json:"goal"`
	Status string         `json:"status"`
	Since  calendar.Date  `json:"since"`
	Action *string        `json:"action"`
	Due    *calendar.Date `json:"due"`
}

func plannedObject(x appraisal.Planned) *plannedJSON {
	if !x.Known() {
		return nil
	}
	out := &plannedJSON{Goal: x.Goal.ID, Status: string(x.Goal.Status), Since: x.Goal.Set, Due: knownDate(x.Action.Due)}
	if x.Action.ID != "" {
		out.Action = &x.Action.ID
	}
	return out
}

func requestObject(q appraisal.Request) requestJSON {
	return requestJSON{q.Duty, q.KSB, q.Title, list(q.Exposure), list(q.Ask), q.Words, q.Text, q.Since, q.Want, list(q.Ways), plannedObject(q.Plan)}
}

type nextJSON struct {
	Kind plan.NextKind `json:"kind"`
	Text string        `json:"text"`
	KSB  *string       `json:"ksb"`
}

func nextObject(s plan.NextStep) nextJSON { return nextJSON{s.Kind, s.Text, known(s.KSB, s.KSB != "")} }

type sheetRowJSON struct {
	KSB   string        `json:"ksb"`
	Title string        `json:"title"`
	Level *level.Level  `json:"level"`
	Note  safetext.Text `json:"note"`
}

// writeSheet writes what is on a sheet as JSON.
func (k *kit) writeSheet(sheet profile.Profile) error {
	r, _ := sheet.Open()
	return k.writeJSON(struct {
		ID        string         `json:"id"`
		Standard  string         `json:"standard"`
		Learner   safetext.Text  `json:"learner"`
		LearnerID *string        `json:"learner_id"`
		Made      *calendar.Date `json:"made"`
		By        safetext.Text  `json:"by"`
		On        *calendar.Date `json:"on"`
		Filled    int            `json:"filled"`
		Total     int            `json:"total"`
		Ratings   []sheetRowJSON `json:"ratings"`
	}{
		r.ID, sheet.Standard, sheet.Learner.Name, known(sheet.Learner.ID, sheet.Learner.ID != ""), knownDate(r.Opened), sheet.SheetMentor(),
		knownDate(sheet.SheetDay()), sheet.Filled(), len(sheet.Asked), listOf(sheet.Asked, func(id string) sheetRowJSON {
			x, rated := r.Ratings[profile.Mentor][id]
			return sheetRowJSON{id, k.library.Title(sheet.Standard, id), known(x.Level, rated), x.Note}
		}),
	})
}

type coachReading struct {
	Cite     string   `json:"cite"`
	URL      string   `json:"url"`
	Minutes  int      `json:"minutes"`
	Question string   `json:"question"`
	Theories []string `json:"theories"`
}

func readingObject(r coaching.Reading) coachReading {
	return coachReading{r.Cite, r.URL, r.Minutes, r.Question, list(r.Theories)}
}
