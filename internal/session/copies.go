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

// mostCompared is how many conflict copies are read, the newest ones.
const mostCompared = 5

// CopyState says how much is known of a conflict copy.
type CopyState string

// The states of a conflict copy.
const (
	copyCompared   CopyState = "compared"
	copyUnreadable CopyState = "unreadable"
	copyNotRead    CopyState = "not compared" // there are newer ones, the time was up, or your own cannot be read
)

// Copy is another version of the profile that a sync program seems to have left beside it. It holds none of its words.
type Copy struct {
	Path  string // untrusted text
	On    calendar.Date
	State CopyState
	Apart *file.Comparison // the profile and it; nil unless they were compared
}

// LookForCopies returns a function that looks for conflict copies of the profile, for any goroutine.
func (s *Session) LookForCopies() func() []Copy {
	ops, path, ours, find := s.o.Ops, s.o.Path, s.now, file.Find(s.o.Library.Standard)
	return func() []Copy { return CopiesOf(ops, path, &ours, find) }
}

// CopiesOf looks for conflict copies of the profile at path, the newest first, for as long as looking for evidence may
// take; ours is nil where the profile cannot be read, and nothing is compared then. Nothing is written. A file of
// somebody else, and a rating sheet, is no copy of the profile.
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
			return // as nearly always, and right after the first frame
		}
		laid := file.TablesOf(*ours)
		var seen []Copy
		for i, c := range list[:min(len(list), mostCompared)] {
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

// compareCopy reads one copy, and says whether it is one of this record.
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
	if c.Apart = file.Compare(ours, file.TablesOf(theirs)); c.Apart != nil {
		c.State = copyCompared
	}
	return c, true
}

// CopiesSay names conflict copies in words, the newest by its name; "" for none.
func CopiesSay(copies []Copy, today calendar.Date) string {
	if len(copies) == 0 {
		return ""
	}
	newest := copies[0]
	name := safetext.Line(filepath.Base(newest.Path)) + ", " + newest.On.Near(today)
	if len(copies) == 1 {
		return "A sync program seems to have left a copy of your profile beside it: " + name + ". " + newest.Holds()
	}
	return fmt.Sprintf("A sync program seems to have left %d copies of your profile beside it, the newest of them: "+
		"%s. %s", len(copies), name, newest.Holds())
}

// LookForNext gives the work of NextCopy on the record as it is, for any goroutine.
func (s *Session) LookForNext() func() (*Merge, error) {
	is := *s
	return is.NextCopy
}

// NextCopy puts the record and the oldest conflict copy of it together that can be read; nil where there is none.
// Taking the oldest first keeps the newer ones for later, each with fewer questions.
func (s *Session) NextCopy() (*Merge, error) {
	var failed error
	for _, c := range slices.Backward(store.ConflictCopies(s.o.Ops, s.o.Path)) {
		j, err := s.PrepareMerge(c.Path, "")
		if err == nil {
			return j, nil
		}
		failed = err
	}
	return nil, failed
}

// What is said when a copy is taken in.
const (
	NoCopy   = "No copy lies beside your profile."
	CopyGoes = "Nothing of yours goes, and the copy is moved to the backups."
)

// CopyTaken says where a copy that is taken in lies now; moved is what PutAway gave.
func CopyTaken(moved bool) string {
	if moved {
		return "The copy is taken in, and lies in the backups now."
	}
	return "It is taken in. The copy was changed meanwhile, so it is still there."
}

// HasCopies says whether a file beside the profile is named as a conflict copy of it. None is opened.
func (s *Session) HasCopies() bool { return len(store.ConflictCopies(s.o.Ops, s.o.Path)) > 0 }

// CopiesMerge is the command that takes in what is in the oldest of some copies that can be read, as NextCopy does; ""
// for none.
func CopiesMerge(copies []Copy) string {
	for _, c := range slices.Backward(copies) {
		if c.State != copyUnreadable {
			return "ksbcoach merge " + store.Argument(c.Path)
		}
	}
	return ""
}

// CopiesNext is the command that looks into the newest of some copies and changes nothing.
func CopiesNext(copies []Copy) string {
	command := "ksbcoach report --profile "
	if copies[0].State == copyUnreadable {
		command = "ksbcoach check "
	}
	return command + store.Argument(copies[0].Path)
}

// Holds says in a sentence what a copy holds beyond the profile.
func (c Copy) Holds() string {
	if c.Apart == nil {
		if c.State == copyUnreadable {
			return "It cannot be read."
		}
		return "It was not compared with yours."
	}
	only, unlike := holdingWords(c.Apart.Added), holdingWords(c.Apart.Different)
	switch {
	case only == "" && unlike == "":
		return "All that it holds is in yours too."
	case only == "":
		return "It differs from yours in " + unlike + "."
	case unlike == "":
		return "It holds " + only + " that yours does not."
	}
	return "It holds " + only + " that yours does not, and differs in " + unlike + "."
}

// mostCodes is how many codes are named in a sentence.
const mostCodes = 5

// holdingWords are the counts in half a sentence, such as "3 ratings (K7, K8, S6) and 1 goal"; "" for nothing.
func holdingWords(h file.Tally) string {
	var out []string
	for i, k := range file.Kinds {
		if n := h.Of[i]; n > 0 {
			out = append(out, words.Count(n, k.One, k.Many))
		}
	}
	if n := len(h.KSBs); n > mostCodes {
		out[0] += fmt.Sprintf(" (%s and %d more)", strings.Join(h.KSBs[:mostCodes], ", "), n-mostCodes)
	} else if n > 0 {
		out[0] += " (" + strings.Join(h.KSBs, ", ") + ")"
	}
	return words.List(out)
}
