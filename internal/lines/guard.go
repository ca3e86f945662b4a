package lines

import (
	"errors"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/privacy"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// entered notes the record of before a change, so that the guard for patients looks at what came into it.
func (t *talk) entered(before profile.Profile) {
	if t.unguarded == nil {
		t.unguarded = &before
	}
}

// guard asks about what came into the record since it looked last. It is saved by then.
func (t *talk) guard() error {
	if t.unguarded == nil {
		return nil
	}
	before := *t.unguarded
	t.unguarded = nil
	return t.lookThrough(func() []privacy.Found { return t.s.GuardChange(before) })
}

// guardAll goes through the whole record.
func (t *talk) guardAll() error {
	if !t.mayChange() {
		return nil
	}
	if len(t.s.GuardRecord()) == 0 {
		t.say.Para(0, "Nothing in your profile looks as if it named a patient. %s", privacy.Limits)
		return nil
	}
	rev := t.s.Rev()
	err := t.lookThrough(t.s.GuardRecord)
	if err == nil && t.s.Rev() != rev && t.s.KeepsOlder() {
		t.say.Para(0, "Older versions of your profile still hold what was taken out; ksbcoach restore lists them.")
	}
	return err
}

// lookThrough asks about findings one after the other, each as the record is by then. back leaves those that are left.
func (t *talk) lookThrough(found func() []privacy.Found) error {
	var round privacy.Round
	for {
		q, ok := round.Next(found())
		if !ok {
			return nil
		}
		var options []option
		for _, way := range q.Ways(t.s.Profile().Sheet) {
			options = append(options, option{Text: way.Text, Says: way.Says, Do: func() error {
				done, err := t.decided(q, way.Is)
				if done {
					round.Answered(q, way.Is)
				}
				return err
			}})
		}
		err := t.choose(q.Title()+" "+q.Says(), options, 1)
		if errors.Is(err, errBack) {
			t.say.Para(0, "The rest stays as it is. %q, at the first question, comes back to it.", privacy.Comeback)
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// decided does what was decided about a finding, and says whether that is done.
func (t *talk) decided(q privacy.Question, is privacy.Answer) (done bool, err error) {
	before := t.unguarded
	defer func() { t.unguarded = before }() // it was asked about already
	switch is {
	case privacy.TakeOut:
		return t.do(q.TakenOut(), func() string { return "Taken out" }), nil
	case privacy.NoPatient:
		return t.do(profile.Clear{Marks: []string{q.Mark}}, func() string { return "Not asked about again" }), nil
	case privacy.Rewrite:
		err = t.until(once(func() error {
			f := field{ID: "text", Ask: "How is it to read? Type all of it anew.", Says: "Without it: " + q.Whole(), Need: true, Long: true}
			a, err := t.fill("", []field{f})
			if err == nil {
				done = t.do(q.Rewritten(a.texts["text"]), func() string { return "Changed" })
			}
			return err
		}))
		return done, err
	}
	return true, nil
}

// mayLeave asks about what names a patient in a document, nil for a file without words of the learner's, and in the name
// of its file, before it is written. back asks for another file.
func (t *talk) mayLeave(file string, d func() doc.Doc) error {
	named := t.s.GuardFile(file)
	for _, says := range privacy.Warnings(named) {
		t.say.Para(0, "%s", sentence(words.Capital(says)))
	}
	inIt := func() []privacy.Found {
		if d == nil {
			return nil
		}
		return t.s.GuardDoc("", d())
	}
	says := privacy.InIt(inIt())
	options := []option{{Text: "Write it as it is"}}
	switch {
	case says != "":
		options = append(options, option{Text: "Look at them first", Do: func() error { return t.lookThrough(inIt) }})
	case len(named) > 0:
		says = "The name of the file looks as if it named a patient."
	default:
		return nil
	}
	return t.choose(says+" back asks for another file.", options, 1)
}
