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

// do makes a change, saves it and says done. It reports whether the change was made. A refusal is said with what to
// try, and is no error, so the same question comes again.
func (t *talk) do(c profile.Change, done string) bool {
	return t.doSaying(c, func() string { return done })
}

// doSaying is do with words that depend on the changed record.
func (t *talk) doSaying(c profile.Change, done func() string) bool {
	if !t.mayChange() {
		return false
	}
	before := t.s.Profile()
	if err := t.s.Do(c); err != nil {
		t.tell("Not done: %s", errorText(err))
		return false
	}
	t.guardSince(before)
	said := done()
	t.tell("%s", strings.TrimSpace(sentence(said)+" "+t.save()))
	return true
}

// errorText is an error with its hint, as a sentence.
func errorText(err error) string {
	var hint interface{ Hint() string }
	if errors.As(err, &hint) && hint.Hint() != "" {
		return sentence(err.Error() + ": " + hint.Hint())
	}
	return sentence(err.Error())
}

// mayChange says whether the record can be changed, and tells the user why not. If another window had it open and is
// closed now, this one takes over; if that window changed the record, the question must be asked again first.
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

// save saves the record and says how that went. If the file was changed elsewhere meanwhile, the changes made here are
// put on top of it.
func (t *talk) save() string {
	err := t.s.Save()
	if session.Changed(err) {
		return t.reload()
	}
	if err != nil {
		return "Not saved yet: " + sentence(t.covered(err).Error()) + " It is still here; the next change tries again."
	}
	return "Saved."
}

// reload takes in a file that was changed elsewhere. If the same place was changed here too, settleConflict
// asks about it before the next question. A file that cannot be read, or is no version of this record, is left alone,
// and ours is saved under a new name.
func (t *talk) reload() string {
	reload, err := t.s.PrepareReload()
	switch {
	case err != nil:
		return t.keepBoth("The file was changed elsewhere, and cannot be read now: " +
			sentence(t.covered(err).Error()))
	case reload.Foreign:
		return t.keepBoth("The file was changed elsewhere, and is not a version of your record any more.")
	case len(reload.Clashes) > 0:
		t.conflict = reload
		return "Not saved yet: the file was changed elsewhere in the same place."
	}
	return t.finishReload(reload, nil)
}

// finishReload goes on with the file and the changes made here on top of it. mine holds the clashes in which ours
// counts.
func (t *talk) finishReload(reload *session.Reload, mine map[string]bool) string {
	err := t.s.Reload(reload, func(key string) bool { return mine[key] })
	if err == nil {
		err = t.s.Save()
	}
	switch {
	case err != nil:
		return t.keepBoth("What was done elsewhere could not be taken in: " + sentence(t.covered(err).Error()))
	case t.blind || len(mine) > 0:
		return "Saved. The file was changed elsewhere too; both are in it now."
	}
	return "Saved. " + reload.Says()
}

// keepBoth saves the record as it is here in a new file, and says why.
func (t *talk) keepBoth(why string) string {
	path, err := t.s.SaveBeside()
	if err != nil {
		return "Not saved yet: " + sentence(t.covered(err).Error())
	}
	return why + " Yours is in a new file, which is used from now on: " + path
}

// settleConflict asks which version counts in each place that was changed here and in the file. back keeps both files.
func (t *talk) settleConflict() error {
	conflict := t.conflict
	if conflict == nil {
		return nil
	}
	t.conflict = nil // or the questions below would lead here again
	// The patient guard waits until this is settled: its changes would make one more version of the record.
	unguarded := t.unguarded
	t.unguarded = nil
	mine, err := t.chooseSides(conflict.Clashes, "file", t.blind)
	if unguarded != nil {
		t.unguarded = unguarded
	}
	switch {
	case err == nil:
		t.tell("%s", t.finishReload(conflict, mine))
	case errors.Is(err, errBack):
		t.tell("%s", t.keepBoth("Both are kept."))
		err = nil
	}
	return err
}

// chooseSides asks for each clash which version counts, and gives the keys for which it is ours. With hide it does not
// say what the versions are.
func (t *talk) chooseSides(clashes []file.Clash, other string, hide bool) (map[string]bool, error) {
	mine := map[string]bool{}
	for i, c := range clashes {
		ours, theirs := "Yours: "+c.Ours, "The "+other+"'s: "+c.Theirs
		if c.Covered || hide {
			ours, theirs = "The one given here", "The one in the "+other
		}
		ask := fmt.Sprintf("%d of %d, changed here and in the %s: %s. Which one should count? The other one is kept "+
			"in a backup.", i+1, len(clashes), other, c.What)
		side := func(ours bool) func() error { return func() error { mine[c.Key] = ours; return nil } }
		err := t.choose(ask, []option{{Text: ours, Do: side(true)}, {Text: theirs, Do: side(false)}}, 1)
		if err != nil {
			return nil, err
		}
	}
	return mine, nil
}

// covered is an error as a mentor who rates blind may hear it: an error in the file would quote from it.
func (t *talk) covered(err error) error {
	var faults file.Faults
	if t.blind && errors.As(err, &faults) {
		return errors.New("a line of the file cannot be read; the learner can put it right")
	}
	return err
}

// undo takes back the newest change. It asks first if that would take back more than the change shows.
func (t *talk) undo() error {
	change, ok := t.s.Newest()
	if !ok {
		t.tell("There is nothing to take back.")
		return nil
	}
	label := profile.LabelOf(change, t.s.Profile())
	if x, ok := change.(profile.Weighty); ok {
		yes, err := t.confirm("Take back the " + label + "? " + sentence(x.Undoing()))
		if err != nil || !yes {
			return err
		}
	}
	t.lastUndone, _ = t.s.Undo()
	t.lastRated = ""
	t.tell("Taken back: %s. %s", label, t.save())
	return errUndone
}

// guardSince notes the record before a change, so that askGuard looks at what has been entered since.
func (t *talk) guardSince(before profile.Profile) {
	if t.unguarded == nil {
		t.unguarded = &before
	}
}

// askGuard asks about anything that looks like a patient in what has been entered, and saved, since it last looked.
func (t *talk) askGuard() error {
	if t.unguarded == nil {
		return nil
	}
	before := *t.unguarded
	t.unguarded = nil
	return t.askAbout(func() []privacy.Found { return t.s.GuardChange(before) })
}

func (t *talk) guardRecord() error {
	if !t.mayChange() {
		return nil
	}
	if len(t.s.GuardRecord()) == 0 {
		t.tell("Nothing in your profile looks as if it named a patient. %s", privacy.Limits)
		return nil
	}
	rev := t.s.Rev()
	err := t.askAbout(t.s.GuardRecord)
	if err == nil && t.s.Rev() != rev && t.s.KeepsOlder() {
		t.tell("Older versions of your profile still hold what was taken out; ksbcoach restore lists them.")
	}
	return err
}

// askAbout asks about one finding after the other. It looks for them again each time, since each answer may change the
// record. back leaves the rest.
func (t *talk) askAbout(found func() []privacy.Found) error {
	var round privacy.Round
	for {
		q, ok := round.Next(found())
		if !ok {
			return nil
		}
		options := wayOptions(q.Ways(t.s.Profile().Sheet), func(is privacy.Answer) error {
			done, err := t.carryOut(q, is)
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

// carryOut does what was answered about a finding. done is false where that was refused or given up.
func (t *talk) carryOut(q privacy.Question, answer privacy.Answer) (done bool, err error) {
	before := t.unguarded
	defer func() { t.unguarded = before }() // do not ask about this change again
	switch answer {
	case privacy.TakeOut:
		return t.do(q.TakenOut(), "Taken out"), nil
	case privacy.NoPatient:
		return t.do(profile.Clear{Marks: []string{q.Mark}}, "Not asked about again"), nil
	case privacy.Rewrite:
		err = t.once(func() error {
			f := field{
				ID: "text", Ask: "How should it read? Type all of it again.", Help: "Without it: " + q.Whole(),
				Required: true, Multiline: true,
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

// guardFile asks, before a document is written, about anything in it or in the name of its file that looks like a
// patient. makeDoc is nil for a file without the learner's own words. errBack means that another file name is wanted.
func (t *talk) guardFile(file string, makeDoc func() doc.Doc) error {
	inName := t.s.GuardFile(file)
	for _, warning := range privacy.Warnings(inName) {
		t.tell("%s", sentence(words.Capital(warning)))
	}
	inDoc := func() []privacy.Found {
		if makeDoc == nil {
			return nil
		}
		return t.s.GuardDoc("", makeDoc())
	}
	ask := privacy.InIt(inDoc())
	options := []option{{Text: "Write it as it is"}}
	switch {
	case ask != "":
		options = append(options, option{Text: "Look at them first", Do: func() error { return t.askAbout(inDoc) }})
	case len(inName) > 0:
		ask = "The name of the file looks as if it named a patient."
	default:
		return nil
	}
	return t.choose(ask+" back asks for another file.", options, 1)
}
