package session

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// maxCompared is how many conflict copies, the newest ones, are read and compared.
const maxCompared = 5

// CopyState says how much is known of a conflict copy.
type CopyState string

// The states of a conflict copy.
const (
	copyCompared   CopyState = "compared"
	copyUnreadable CopyState = "unreadable"
	copyNotRead    CopyState = "not compared" // there are newer ones, the time was up, or your own cannot be read
)

// Copy is another version of the profile that a sync program seems to have left next to it. It says what differs by
// counts and KSBs, and quotes no text of the learner's.
type Copy struct {
	Path     string // untrusted text
	On       calendar.Date
	State    CopyState
	Compared *file.Comparison // the profile and it; nil unless they were compared
}

// LookForCopies returns a function that looks for conflict copies of the profile; it may run on any goroutine.
func (s *Session) LookForCopies() func() []Copy {
	ops, path, ours, find := s.opts.Ops, s.opts.Path, s.current, file.Find(s.opts.Library.Standard)
	return func() []Copy { return CopiesOf(ops, path, &ours, find) }
}

// CopiesOf looks for conflict copies of the profile at path, newest first, for at most lookWait. What it has not
// compared by then it lists as not compared. If ours is nil, because the profile cannot be read, it compares nothing. A
// rating sheet, or somebody else's profile, does not count as a copy.
func CopiesOf(ops store.Ops, path string, ours *profile.Profile, find file.Find) []Copy {
	if ours != nil && ours.Sheet {
		return nil
	}
	var known atomic.Pointer[[]Copy]
	done := make(chan struct{})
	go func() {
		defer close(done)
		var list []Copy
		for _, c := range store.ConflictCopies(ops, path) {
			list = append(list, Copy{Path: c.Path, On: calendar.FromTime(c.Changed), State: copyNotRead})
		}
		known.Store(&list)
		if ours == nil || len(list) == 0 {
			return // nearly always there is none, and this runs right after the first frame: do no more work
		}
		laid := file.TablesOf(*ours)
		var seen []Copy
		for i, c := range list[:min(len(list), maxCompared)] {
			if c, ok := compareCopy(ops, c, ours.Learner, laid, find); ok {
				seen = append(seen, c)
			}
			known.Store(new(slices.Concat(seen, list[i+1:])))
		}
	}()
	select {
	case <-done:
	case <-time.After(lookWait):
	}
	if list := known.Load(); list != nil {
		return *list
	}
	return nil
}

// compareCopy reads and compares one copy. It is false for a file that is no copy of this record.
func compareCopy(ops store.Ops, c Copy, learner profile.Learner, ours file.Tables, find file.Find) (Copy, bool) {
	c.State = copyUnreadable
	onDisk, err := store.Load(ops, c.Path, int64(tomledit.ProfileLimits.Size))
	if err != nil {
		return c, true
	}
	read, err := file.Decode(onDisk.Bytes(), find)
	if err != nil {
		return c, true
	}
	theirs := read.Profile
	if theirs.Sheet || !samePerson(learner, theirs.Learner) {
		return c, false
	}
	if c.Compared = file.Compare(ours, file.TablesOf(theirs)); c.Compared != nil {
		c.State = copyCompared
	}
	return c, true
}

// CopiesSay tells the learner about conflict copies, and names the newest; "" for none.
func CopiesSay(copies []Copy, today calendar.Date) string {
	if len(copies) == 0 {
		return ""
	}
	newest := copies[0]
	name := safetext.Line(filepath.Base(newest.Path)) + ", " + newest.On.Near(today)
	if len(copies) == 1 {
		return "A sync program seems to have left a copy of your profile next to it: " + name + ". " + newest.Holds()
	}
	return fmt.Sprintf("A sync program seems to have left %d copies of your profile next to it, the newest of them: "+
		"%s. %s", len(copies), name, newest.Holds())
}

// LookForNext returns NextCopy for the record as it is now, to run on any goroutine.
func (s *Session) LookForNext() func() (*Merge, error) {
	asNow := *s
	return asNow.NextCopy
}

// NextCopy prepares a merge with the oldest conflict copy that can be read; nil if there is none. With the oldest
// first, each of the newer ones then asks fewer questions.
func (s *Session) NextCopy() (*Merge, error) {
	var failed error
	for _, c := range slices.Backward(store.ConflictCopies(s.opts.Ops, s.opts.Path)) {
		m, err := s.PrepareMerge(c.Path, "")
		if err == nil {
			return m, nil
		}
		failed = err
	}
	return nil, failed
}

// What to say about taking in a copy.
const (
	NoCopy   = "There is no copy next to your profile."
	CopyGoes = "You lose nothing, and the copy is moved to the backups."
)

// CopyTaken says where a copy is now that it is taken in; moved is the result of PutAway.
func CopyTaken(moved bool) string {
	if moved {
		return "The copy has been taken in and is now in the backups."
	}
	return "It has been taken in. The copy was changed meanwhile, so it is still there."
}

// HasCopies says whether any file next to the profile has the name of a conflict copy. None is opened.
func (s *Session) HasCopies() bool { return len(store.ConflictCopies(s.opts.Ops, s.opts.Path)) > 0 }

// CopiesMerge is the command that takes in the oldest of some copies that can be read, as NextCopy does; "" for none.
func CopiesMerge(copies []Copy) string {
	for _, c := range slices.Backward(copies) {
		if c.State != copyUnreadable {
			return "ksbcoach merge " + store.Argument(c.Path)
		}
	}
	return ""
}

// CopiesNext is the command that shows the newest of some copies and changes nothing.
func CopiesNext(copies []Copy) string {
	command := "ksbcoach report --profile "
	if copies[0].State == copyUnreadable {
		command = "ksbcoach check "
	}
	return command + store.Argument(copies[0].Path)
}

// Holds says in a sentence what a copy has that the profile does not.
func (c Copy) Holds() string {
	if c.Compared == nil {
		if c.State == copyUnreadable {
			return "It cannot be read."
		}
		return "It was not compared with yours."
	}
	only, unlike := tallyWords(c.Compared.Added), tallyWords(c.Compared.Different)
	switch {
	case only == "" && unlike == "":
		return "Everything in it is in yours too."
	case only == "":
		return "It differs from yours in " + unlike + "."
	case unlike == "":
		return "It has " + only + " that yours does not."
	}
	return "It has " + only + " that yours does not, and differs in " + unlike + "."
}

// maxCodes is how many codes a sentence lists before it says "and N more".
const maxCodes = 5

// tallyWords says how many things there are, such as "3 ratings (K7, K8, S6) and 1 goal"; "" for none.
func tallyWords(h file.Tally) string {
	var out []string
	for i, k := range file.Kinds {
		if n := h.Of[i]; n > 0 {
			out = append(out, words.Count(n, k.One, k.Many))
		}
	}
	if n := len(h.KSBs); n > maxCodes {
		out[0] += fmt.Sprintf(" (%s and %d more)", strings.Join(h.KSBs[:maxCodes], ", "), n-maxCodes)
	} else if n > 0 {
		out[0] += " (" + strings.Join(h.KSBs, ", ") + ")"
	}
	return words.List(out)
}
