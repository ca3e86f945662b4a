package lines

import (
	"errors"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// A field is one question of a form.
type field struct {
	ID   string
	Ask  string // the question
	Says string // what helps to answer it, or ""
	Was  safetext.Text
	Need bool // it may not stay empty
	Skip bool // skip leaves it as it is
	Long bool // it may take several lines
	Day  *day // it is a day
	May  func(text string) error
	Read func(text string) (string, error) // what an answer means, for which it may ask; back asks this one again
}

// A day says whether a date is past or to come, and which days may be.
type day struct {
	Tense calendar.Tense
	May   func(calendar.Date) error
	Was   calendar.Date // what Enter takes
	Far   bool          // it is years ahead
}

// answers are what was typed into a form. Texts holds no field that was left as it was.
type answers struct {
	fields []field
	texts  map[string]string
	days   map[string]calendar.Date
}

// text is what was typed, or what was there before.
func (a answers) text(id string) safetext.Text {
	if typed, ok := a.texts[id]; ok {
		return safetext.New(typed)
	}
	for _, x := range a.fields {
		if x.ID == id {
			return x.Was
		}
	}
	return safetext.Text{}
}

// line asks one question by itself.
func (t *talk) line(f field) (safetext.Text, error) {
	a := answers{[]field{f}, map[string]string{}, nil}
	err := t.ask1(f, &a)
	return a.text(f.ID), err
}

// keep asks one question, and makes the change that its answer leads to.
func (t *talk) keep(f field, says string, change func(said safetext.Text) profile.Change) error {
	said, err := t.line(f)
	if err == nil {
		t.do(change(said), says)
	}
	return err
}

// edit asks the questions of a form, and makes the change that the answers lead to.
func (t *talk) edit(key string, fields []field, says string, change func(answers) profile.Change) error {
	a, err := t.fill(key, fields)
	if err == nil {
		t.do(change(a), says)
	}
	return err
}

// fill asks the questions of a form one after the other. back goes to the one before, and from the first out of it.
// What was typed into a form that was left in the middle is kept under its key and offered the next time; "" keeps
// none.
func (t *talk) fill(key string, fields []field) (answers, error) {
	a := answers{fields, map[string]string{}, map[string]calendar.Date{}}
	kept := false
	for i := range fields {
		if draft := t.draft(key, fields[i].ID); draft != "" && fields[i].Day == nil {
			fields[i].Was, kept = safetext.New(draft), true
		}
	}
	if kept {
		t.tell("What you typed here before and did not finish is offered again.")
	}
	at := 0
	err := inOrder(len(fields), func(i int) error {
		at = i
		err := t.ask1(fields[i], &a)
		if typed, ok := a.texts[fields[i].ID]; ok && err == nil {
			t.keepDraft(key, fields[i].ID, typed)
		}
		return err
	})
	if err != nil {
		if at > 0 && key != "" {
			t.tell("What you typed for this is kept, and offered again the next time.")
		}
		return a, err
	}
	for _, f := range fields {
		t.keepDraft(key, f.ID, "")
	}
	return a, nil
}

// draft is what was typed into a field of a form that was not finished.
func (t *talk) draft(key, field string) string {
	if key == "" {
		return ""
	}
	return t.s.Draft("lines:" + key + "/" + field)
}

// keepDraft keeps it, on disk too, or forgets it for "".
func (t *talk) keepDraft(key, field, text string) {
	if key == "" || t.draft(key, field) == text {
		return
	}
	t.s.SetDraft("lines:"+key+"/"+field, text)
	if t.s.ReadOnly() == nil {
		t.s.SaveState()
	}
}

// ask1 asks one question of a form until its answer may be.
func (t *talk) ask1(f field, a *answers) error {
	q := question{Free: true, Part: true, Long: f.Long, More: f.Says, Ask: "Type it"}
	if f.Day != nil {
		q.More += " A day may be written as 12 Dec, 12/12/2026, tomorrow, Friday, in 2 weeks or end of November."
	}
	was := f.Was.Line()
	if f.Day != nil {
		was = f.Day.Was.Full()
		if f.Day.Was.IsZero() {
			was = ""
		}
		such := t.o.Day().AddDays(14).Long()
		switch {
		case f.Day.Far:
			such = t.o.Day().AddMonths(24).Long()
		case f.Day.Tense == calendar.Past:
			such = t.o.Day().Long()
		}
		q.Ask = "Type a day, such as " + such
		if f.Day.Was == t.o.Day() {
			was = "today, " + was
		}
	}
	switch {
	case was != "" && f.Need:
		q.Ask += ", Enter to keep it"
	case was != "":
		q.Ask += ", Enter to keep it, none"
	case !f.Need:
		q.Ask += ", Enter for none"
	}
	if f.Skip {
		q.Ask += ", skip"
	}
	q.Ask += ", back, quit, or ?"
	q.Says = func() { t.tell("%s", strings.TrimSpace(f.Ask+" "+f.Says+" "+now(was))) }
	for {
		said, err := t.ask(q)
		if err != nil {
			return err
		}
		switch refused, err := t.take(f, said, was, a); {
		case errors.Is(err, errBack): // from what it was asked which is meant
		case err != nil || refused == "":
			return err
		default:
			t.tell("%s", refused)
			q.Says = nil
		}
	}
}

func now(was string) string {
	if was == "" {
		return ""
	}
	return "It is: " + sentence(was)
}

// take takes an answer, or says why not.
func (t *talk) take(f field, said, was string, a *answers) (refused string, err error) {
	switch {
	case said == "" && was != "", f.Skip && strings.EqualFold(said, "skip"):
		delete(a.texts, f.ID)
		if f.Day != nil {
			a.days[f.ID] = f.Day.Was
		}
		return "", nil
	case f.Need && (said == "" || strings.EqualFold(said, "none")):
		return "An answer is needed here: " + f.Ask, nil
	case said == "" || strings.EqualFold(said, "none"):
		a.texts[f.ID] = ""
		delete(a.days, f.ID)
		return "", nil
	}
	if f.Day != nil {
		d, err := calendar.Meant(said, t.o.Day(), f.Day.Tense)
		if err == nil && f.Day.May != nil {
			err = f.Day.May(d)
		}
		if err != nil {
			return "Not taken: " + wrong(err), nil
		}
		a.days[f.ID] = d
		t.tell("That is %s.", d.Full())
		return "", nil
	}
	if f.Read != nil {
		if said, err = f.Read(said); err != nil {
			return "", err
		}
	}
	if f.May != nil {
		if err := f.May(said); err != nil {
			return "Not taken: " + wrong(err), nil
		}
	}
	a.texts[f.ID] = said
	return "", nil
}

func (t *talk) codesOf(ksbs []string) string {
	title := t.s.Titles()
	return strings.Join(lists.Each(ksbs, func(id string) string { return id + " " + title(id) }), "; ")
}
