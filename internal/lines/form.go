package lines

import (
	"errors"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// A field is one question of a form.
type field struct {
	ID        string
	Ask       string        // the question
	Help      string        // what helps to answer it, or ""
	Was       safetext.Text // what Enter keeps
	Required  bool          // an answer is needed
	MaySkip   bool          // skip leaves it as it is
	Multiline bool          // several lines may be pasted
	Day       *day          // the answer is a day; nil for a text
	Check     func(text string) error
	// Interpret gives what the answer means, and may ask for that; errBack then asks for this field again. May be nil,
	// as Check.
	Interpret func(text string) (string, error)
}

// A day says which days are allowed, and helps to understand what is typed.
type day struct {
	Tense   calendar.Tense
	Check   func(calendar.Date) error
	Offered calendar.Date // what Enter takes; zero for nothing
	Far     bool          // it is probably years ahead, so the example is too
}

// answers is what was typed into a form. texts has no entry for a field that was left as it was.
type answers struct {
	fields []field
	texts  map[string]string
	days   map[string]calendar.Date
}

// text is what was typed into a field, or else what was there before.
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

// askText asks a single question.
func (t *talk) askText(f field) (safetext.Text, error) {
	a := answers{[]field{f}, map[string]string{}, nil}
	err := t.askField(f, &a)
	return a.text(f.ID), err
}

// keep asks a single question and makes the change that the answer calls for.
func (t *talk) keep(f field, done string, change func(said safetext.Text) profile.Change) error {
	said, err := t.askText(f)
	if err == nil {
		t.do(change(said), done)
	}
	return err
}

// edit asks the questions of a form and makes the change that the answers call for.
func (t *talk) edit(key string, fields []field, done string, change func(answers) profile.Change) error {
	a, err := t.fill(key, fields)
	if err == nil {
		t.do(change(a), done)
	}
	return err
}

// fill asks the questions of a form one after the other. back goes to the previous one, and from the first out of the
// form. If the form is left halfway, what was typed is kept under its key and offered the next time; with key ""
// nothing is kept.
func (t *talk) fill(key string, fields []field) (answers, error) {
	a := answers{fields, map[string]string{}, map[string]calendar.Date{}}
	kept := false
	for i := range fields {
		if draft := t.draft(key, fields[i].ID); draft != "" && fields[i].Day == nil {
			fields[i].Was, kept = safetext.New(draft), true
		}
	}
	if kept {
		t.tell("What you typed here before is offered again.")
	}
	reached := 0
	err := inOrder(len(fields), func(i int) error {
		reached = i
		err := t.askField(fields[i], &a)
		if typed, ok := a.texts[fields[i].ID]; ok && err == nil {
			t.keepDraft(key, fields[i].ID, typed)
		}
		return err
	})
	if err != nil {
		if reached > 0 && key != "" {
			t.tell("What you typed for this is kept, and offered again the next time.")
		}
		return a, err
	}
	for _, f := range fields {
		t.keepDraft(key, f.ID, "")
	}
	return a, nil
}

// draft is what was typed into a field of a form that was left halfway, or "".
func (t *talk) draft(key, field string) string {
	if key == "" {
		return ""
	}
	return t.s.Draft("lines:" + key + "/" + field)
}

// keepDraft keeps what was typed, on disk too; "" forgets it.
func (t *talk) keepDraft(key, field, text string) {
	if key == "" || t.draft(key, field) == text {
		return
	}
	t.s.SetDraft("lines:"+key+"/"+field, text)
	if t.s.ReadOnly() == nil {
		t.s.SaveState()
	}
}

// askField asks for one field until the answer is allowed.
func (t *talk) askField(f field, a *answers) error {
	offered := t.offered(f)
	q := question{FreeText: true, InForm: true, Multiline: f.Multiline, Help: f.Help, Prompt: t.prompt(f, offered)}
	if f.Day != nil {
		q.Help += " A day may be written as 12 Dec, 12/12/2026, tomorrow, Friday, in 2 weeks or end of November."
	}
	is := words.After("It is: ", sentence(offered))
	q.ReadOut = func() { t.tell("%s", strings.TrimSpace(f.Ask+" "+f.Help+" "+is)) }
	for {
		said, err := t.ask(q)
		if err != nil {
			return err
		}
		switch refused, err := t.takeAnswer(f, said, offered, a); {
		case errors.Is(err, errBack): // from a question of f.Interpret
		case err != nil || refused == "":
			return err
		default:
			t.tell("%s", refused)
			q.ReadOut = nil
		}
	}
}

// offered is what Enter takes, in words; "" for nothing.
func (t *talk) offered(f field) string {
	switch {
	case f.Day == nil:
		return f.Was.Line()
	case f.Day.Offered.IsZero():
		return ""
	case f.Day.Offered == t.o.Day():
		return "today, " + f.Day.Offered.Full()
	}
	return f.Day.Offered.Full()
}

// prompt says what can be typed for a field.
func (t *talk) prompt(f field, offered string) string {
	prompt := "Type it"
	if f.Day != nil {
		example := t.o.Day().AddDays(14)
		switch {
		case f.Day.Far:
			example = t.o.Day().AddMonths(24)
		case f.Day.Tense == calendar.Past:
			example = t.o.Day()
		}
		prompt = "Type a day, such as " + example.Long()
	}
	switch {
	case offered != "" && f.Required:
		prompt += ", Enter to keep it"
	case offered != "":
		prompt += ", Enter to keep it, none"
	case !f.Required:
		prompt += ", Enter for none"
	}
	if f.MaySkip {
		prompt += ", skip"
	}
	return prompt + ", back, quit, or ?"
}

// takeAnswer enters an answer into a, or says why it is refused.
func (t *talk) takeAnswer(f field, said, offered string, a *answers) (refused string, err error) {
	switch {
	case said == "" && offered != "", f.MaySkip && strings.EqualFold(said, "skip"):
		delete(a.texts, f.ID)
		if f.Day != nil {
			a.days[f.ID] = f.Day.Offered
		}
		return "", nil
	case f.Required && (said == "" || strings.EqualFold(said, "none")):
		return "An answer is needed here: " + f.Ask, nil
	case said == "" || strings.EqualFold(said, "none"):
		a.texts[f.ID] = ""
		delete(a.days, f.ID)
		return "", nil
	}
	if f.Day != nil {
		d, err := calendar.Meant(said, t.o.Day(), f.Day.Tense)
		if err == nil && f.Day.Check != nil {
			err = f.Day.Check(d)
		}
		if err != nil {
			return "Not taken: " + errorText(err), nil
		}
		a.days[f.ID] = d
		t.tell("That is %s.", d.Full())
		return "", nil
	}
	if f.Interpret != nil {
		said, err = f.Interpret(said)
		if err != nil {
			return "", err
		}
	}
	if f.Check != nil {
		if err := f.Check(said); err != nil {
			return "Not taken: " + errorText(err), nil
		}
	}
	a.texts[f.ID] = said
	return "", nil
}

// titled names some KSBs, each with its title.
func (t *talk) titled(ksbs []string) string {
	title := t.s.Titles()
	return strings.Join(lists.Each(ksbs, func(ksb string) string { return ksb + " " + title(ksb) }), "; ")
}
