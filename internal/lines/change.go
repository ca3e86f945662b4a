package lines

import (
	"errors"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

// do makes a change and saves it, and says so. A refusal is said with what to try, and is no error: the question comes
// again. It says whether the change was made.
func (t *talk) do(c profile.Change, says func() string) bool {
	if !t.mayChange() {
		return false
	}
	before := t.s.Profile()
	if err := t.s.Do(c); err != nil {
		t.say.Para(0, "Not done: %s", wrong(err))
		return false
	}
	t.entered(before)
	made := says()
	t.say.Para(0, "%s", strings.TrimSpace(sentence(made)+" "+t.save()))
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
		t.say.Para(0, "The other window has been closed, so you can change things here now.")
		return true
	case t.s.ReadOnly() == nil:
		t.say.Para(0, "The other window has been closed. It changed the record, so nothing is done yet: answer again.")
	case session.OpenElsewhere(err):
		t.say.Para(0, "Not done: %s.", session.Elsewhere)
	default:
		t.say.Para(0, "Not done: %s.", err)
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

// meet takes in a file that was changed elsewhere. Where both changed the same place, the two files are kept side by
// side: which of them counts is better chosen on the screen, where both can be seen.
func (t *talk) meet() string {
	m, err := t.s.Meet()
	if err == nil && len(m.Clashes) == 0 {
		if err = t.s.Take(m, nil); err == nil {
			err = t.s.Save()
		}
		if err == nil {
			says := "Saved. The file was changed elsewhere too; both are in it now."
			if len(m.Said) > 0 && !t.front {
				says += " " + strings.Join(m.Said, " ")
			}
			return says
		}
	}
	path, err := t.s.SaveBeside()
	if err != nil {
		return "Not saved yet: " + sentence(t.unseen(err).Error())
	}
	return "The file was changed elsewhere in the same place. Yours is in a new file, which is used from now on: " + path
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
		t.say.Para(0, "There is nothing to take back.")
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
	t.say.Para(0, "Taken back: %s. %s", label, t.save())
	return errUndone
}
