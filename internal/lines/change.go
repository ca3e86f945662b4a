package lines

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/privacy"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// do makes a change and saves it, and says so. A refusal is said with what to try, and is no error: the question comes
// again. It says whether the change was made.
func (t *talk) do(c profile.Change, says string) bool {
	return t.doSaying(c, func() string { return says })
}

// doSaying is do, where what is said depends on the record with the change.
func (t *talk) doSaying(c profile.Change, says func() string) bool {
	if !t.mayChange() {
		return false
	}
	before := t.s.Profile()
	if err := t.s.Do(c); err != nil {
		t.tell("Not done: %s", wrong(err))
		return false
	}
	t.entered(before)
	made := says()
	t.tell("%s", strings.TrimSpace(sentence(made)+" "+t.save()))
	return true
}

// wrong is an error with its hint, as a sentence.
func wrong(err error) string {
	var hint interface{ Hint() string }
	if errors.As(err, &hint) && hint.Hint() != "" {
		return sentence(err.Error() + ": " + hint.Hint())
	}
	return sentence(err.Error())
}

// mayChange says whether the record can be changed. Where another ksbcoach had it open and has left, it is taken over;
// if it was changed there, the question is asked again first.
func (t *talk) mayChange() bool {
	err := t.s.ReadOnly()
	if err == nil {
		return true
	}
	rev := t.s.Rev()
	switch {
	case t.s.BecomeWriter() && t.s.Rev() == rev:
		t.tell("The other window has been closed, so you can change things here now.")
		return true
	case t.s.ReadOnly() == nil:
		t.tell("The other window has been closed. It changed the record, so nothing is done yet: answer again.")
	case session.OpenElsewhere(err):
		t.tell("Not done: %s.", session.AlreadyOpen)
	default:
		t.tell("Not done: %s.", err)
	}
	return false
}

// save writes what was changed, and says how that went. Where the file was changed elsewhere meanwhile, what was done
// here is put on top of that.
func (t *talk) save() string {
	err := t.s.Save()
	if session.Changed(err) {
		return t.meet()
	}
	if err != nil {
		return "Not saved yet: " + sentence(t.unseen(err).Error()) + " It is still here; the next change tries again."
	}
	return "Saved."
}

// meet takes in a file that was changed elsewhere. Where both changed the same place it is asked which counts, before
// anything else; what is no version of this record, or cannot be read, stays as it is beside a new file.
func (t *talk) meet() string {
	m, err := t.s.PrepareReload()
	switch {
	case err != nil:
		return t.sideBySide("The file was changed elsewhere, and cannot be read now: " +
			sentence(t.unseen(err).Error()))
	case m.Foreign:
		return t.sideBySide("The file was changed elsewhere, and is no version of your record any more.")
	case len(m.Clashes) > 0:
		t.met = m
		return "Not saved yet: the file was changed elsewhere in the same place."
	}
	return t.took(m, nil)
}

// took goes on with the file and what was done here on top of it.
func (t *talk) took(m *session.Reload, mine map[string]bool) string {
	err := t.s.Reload(m, func(key string) bool { return mine[key] })
	if err == nil {
		err = t.s.Save()
	}
	switch {
	case err != nil:
		return t.sideBySide("What was done elsewhere could not be taken in: " + sentence(t.unseen(err).Error()))
	case t.front || len(mine) > 0:
		return "Saved. The file was changed elsewhere too; both are in it now."
	}
	return "Saved. " + m.Says()
}

// sideBySide keeps what was done here in a new file, and says why.
func (t *talk) sideBySide(why string) string {
	path, err := t.s.SaveBeside()
	if err != nil {
		return "Not saved yet: " + sentence(t.unseen(err).Error())
	}
	return why + " Yours is in a new file, which is used from now on: " + path
}

// settle asks which side counts where the file and what was done here changed the same place. back keeps both.
func (t *talk) settle() error {
	m := t.met
	if m == nil {
		return nil
	}
	t.met = nil // these questions are asked like any other
	unguarded := t.unguarded
	t.unguarded = nil // but the guard's come after them: what it does would be one more version of the record
	mine, err := t.sides(m.Clashes, "file", t.front)
	if unguarded != nil {
		t.unguarded = unguarded
	}
	switch {
	case err == nil:
		t.tell("%s", t.took(m, mine))
	case errors.Is(err, errBack):
		t.tell("%s", t.sideBySide("Both are kept."))
		err = nil
	}
	return err
}

// sides asks which counts where what is here and what is in the other file were both changed, place by place.
func (t *talk) sides(clashes []file.Clash, other string, covered bool) (map[string]bool, error) {
	mine := map[string]bool{}
	for i, c := range clashes {
		here, there := "Yours: "+c.Ours, "The "+other+"'s: "+c.Theirs
		if c.Covered || covered {
			here, there = "The one given here", "The one in the "+other
		}
		side := func(ours bool) func() error { return func() error { mine[c.Key] = ours; return nil } }
		err := t.choose(fmt.Sprintf("%d of %d, changed here and in the %s: %s. Which one should count? The other one "+
			"is kept in a backup.", i+1,
			len(clashes), other, c.What), []option{{Text: here, Do: side(true)}, {Text: there, Do: side(false)}}, 1)
		if err != nil {
			return nil, err
		}
	}
	return mine, nil
}

// unseen is an error in the learner's file as a mentor who rates blind may read it: what stands there is not said.
func (t *talk) unseen(err error) error {
	var faults file.Faults
	if t.front && errors.As(err, &faults) {
		return errors.New("a line of the file cannot be read; the learner can mend it")
	}
	return err
}

// undo takes back the newest change. What more hangs on is asked about first.
func (t *talk) undo() error {
	change, ok := t.s.Newest()
	if !ok {
		t.tell("There is nothing to take back.")
		return nil
	}
	label := profile.LabelOf(change, t.s.Profile())
	if x, ok := change.(profile.Weighty); ok {
		yes, err := t.sure("Take back the " + label + "? " + sentence(x.Undoing()))
		if err != nil || !yes {
			return err
		}
	}
	t.undone, _ = t.s.Undo()
	t.last = ""
	t.tell("Taken back: %s. %s", label, t.save())
	return errUndone
}

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

func (t *talk) guardAll() error {
	if !t.mayChange() {
		return nil
	}
	if len(t.s.GuardRecord()) == 0 {
		t.tell("Nothing in your profile looks as if it named a patient. %s", privacy.Limits)
		return nil
	}
	rev := t.s.Rev()
	err := t.lookThrough(t.s.GuardRecord)
	if err == nil && t.s.Rev() != rev && t.s.KeepsOlder() {
		t.tell("Older versions of your profile still hold what was taken out; ksbcoach restore lists them.")
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
		options := ways(q.Ways(t.s.Profile().Sheet), func(is privacy.Answer) error {
			done, err := t.decided(q, is)
			if done {
				round.Answered(q, is)
			}
			return err
		})
		err := t.choose(q.Title()+" "+q.Says(), options, 1)
		if errors.Is(err, errBack) {
			t.tell("The rest stays as it is. %q, at the first question, comes back to it.", privacy.Comeback)
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
		return t.do(q.TakenOut(), "Taken out"), nil
	case privacy.NoPatient:
		return t.do(profile.Clear{Marks: []string{q.Mark}}, "Not asked about again"), nil
	case privacy.Rewrite:
		err = t.once(func() error {
			f := field{
				ID: "text", Ask: "How is it to read? Type all of it anew.", Says: "Without it: " + q.Whole(),
				Need: true, Long: true,
			}
			a, err := t.fill("", []field{f})
			if err == nil {
				done = t.do(q.Rewritten(a.texts["text"]), "Changed")
			}
			return err
		})
		return done, err
	}
	return true, nil
}

// mayLeave asks about what names a patient in a document, nil for a file without words of the learner's, and in the
// name of its file, before it is written. back asks for another file.
func (t *talk) mayLeave(file string, d func() doc.Doc) error {
	named := t.s.GuardFile(file)
	for _, says := range privacy.Warnings(named) {
		t.tell("%s", sentence(words.Capital(says)))
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
