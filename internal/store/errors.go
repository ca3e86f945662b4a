package store

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"

	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// The causes of an Error, for errors.Is.
var (
	// ErrChanged: the file is no longer what was read. It was rewritten, deleted, moved, or is not a file any more.
	ErrChanged = errors.New("it was changed elsewhere since it was read")
	// ErrExists: there is a file where a new one was to be made.
	ErrExists = fs.ErrExist
	// ErrNotExist: there is no such file.
	ErrNotExist = fs.ErrNotExist
	// ErrDangling: the path is a link to a file that is not there. It does not match ErrNotExist, so that a profile on
	// a drive that is not plugged in is never taken for a new learner.
	ErrDangling = errors.New("it is a link to a file that is not there")
	// ErrNotRegular: a folder, FIFO, device or socket, or links that go round in a circle.
	ErrNotRegular = errors.New("it is not a plain file")
	// ErrReadOnly: the file may not be written by this user.
	ErrReadOnly = errors.New("it is read-only")
	// ErrTooLarge: more bytes than the limit allows.
	ErrTooLarge = errors.New("it is too large")
	// ErrLocked: another ksbcoach holds the lock.
	ErrLocked = errors.New("another ksbcoach has it open")
	// ErrNotKept: the disk reported success, but reading back gave something else.
	ErrNotKept = errors.New("the disk did not keep what was written")
	// ErrBadName: Windows cannot have a file under this name.
	ErrBadName = errors.New("windows cannot have a file under this name")
	// ErrNoLocks: the file system of the state folder has no locks. Some network shares are like that.
	ErrNoLocks = errors.New("this drive does not support file locks")
	// ErrNoReplace: the file system does not let one file replace another. Some network shares are like that.
	ErrNoReplace = errors.New("this folder does not let a new version take the place of the old one")
	// ErrUnsynced: the new content is whole and in its place, but might not survive a power cut.
	ErrUnsynced = errors.New("a power cut might still undo it")
)

var errBusy = errors.New("another program is using it")

// Error says which operation failed on which file and why, in words for a learner.
type Error struct {
	Op   string // what was tried, a verb such as "save"
	Path string // the file as the learner named it, uncleaned; Error cleans it
	Err  error  // the cause
	hint string
}

// Error is one line in lower case that says which file and what happened. It is safe to print.
func (e *Error) Error() string { return e.message(e.Path) }

// Short is Error with only the name of the file, for places where a long path would push the reason out of sight.
func (e *Error) Short() string { return e.message(filepath.Base(e.Path)) }

func (e *Error) message(name string) string {
	if e.Path == "" {
		name = ""
	} else {
		name = " " + safetext.Quote(name)
	}
	switch {
	case errors.Is(e.Err, ErrUnsynced):
		return "saved" + name + ", but " + reason(e.Err)
	case errors.Is(e.Err, ErrLocked):
		return "cannot change" + name + ": " + reason(e.Err)
	}
	return "cannot " + e.Op + name + ": " + reason(e.Err)
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// Hint says what to try, in one line; it is never empty.
func (e *Error) Hint() string {
	if e.hint != "" {
		return e.hint
	}
	for _, h := range hints {
		if matches(e.Err, h.cause, runtime.GOOS == "windows") {
			return h.hint
		}
	}
	return "try again, or use a file in another folder"
}

var hints = []struct {
	cause error
	hint  string
}{
	{ErrNoReplace, "nothing of the old version is lost; keep the profile in a folder on this computer's own disk"},
	{ErrUnsynced, "save once more; if this happens again, keep a copy on another disk"},
	{ErrChanged, "reload it to see the other version, or keep yours under another name"},
	{ErrDangling, "put the file back, plug in the drive it is on, or repair the link"},
	{ErrBadName, "choose another name"},
	{ErrNotRegular, "name a plain file"},
	{ErrReadOnly, "make the file writable, or keep your version under another name"},
	{ErrTooLarge, "check that it is the right file"},
	{ErrLocked, "close the other ksbcoach first; commands that only read can still be used"},
	{ErrNotKept, "keep a copy on another disk now: this one may be failing"},
	{ErrExists, "choose another name"},
	{ErrNotExist, "check the name and the folder"},
	{errBusy, "wait for the virus scanner, OneDrive or the other program to finish, then try again"},
	{syscall.ENOSPC, "make room on the disk, or use a file on another one"},
	{syscall.EDQUOT, "make room in your quota, or use a file on another disk"},
	{syscall.EFBIG, "a limit on file size is set here: raise it, or use a file on another disk"},
	{syscall.EROFS, "use a file on a disk that can be written to"},
	{syscall.ENAMETOOLONG, "choose a shorter name"},
	{syscall.ENOTDIR, "a part of this path is a file, not a folder: check the path"},
	{fs.ErrPermission, "ask for the right to use this file and its folder, or choose another place"},
}

// matches is errors.Is, which on Windows also understands the error codes of Windows.
func matches(err, cause error, onWindows bool) bool {
	if errors.Is(err, cause) {
		return true
	}
	var code syscall.Errno
	return onWindows && errors.As(err, &code) && errors.Is(windowsCause(code), cause)
}

// windowsCause translates an error code of Windows, which Go does not do for these.
func windowsCause(code syscall.Errno) error {
	switch code {
	case 39, 112:
		return syscall.ENOSPC
	case 1295:
		return syscall.EDQUOT
	case 223:
		return syscall.EFBIG
	case 19:
		return syscall.EROFS
	case 111, 206:
		return syscall.ENAMETOOLONG
	case 1, 87: // from a network share that does not have the operation
		return syscall.EINVAL
	}
	return nil
}

// cause is a reason in plain words that also matches more general errors.
type cause struct {
	text  string
	kinds []error // what errors.Is finds in it
}

func (c *cause) Error() string   { return c.text }
func (c *cause) Unwrap() []error { return c.kinds }

func because(text string, kinds ...error) error { return &cause{text, kinds} }

// opError is an Error for an operation that failed with err; nil if err is nil.
func opError(op, path string, err error) error {
	if err == nil {
		return nil
	}
	return &Error{Op: op, Path: path, Err: err}
}

// reason is the cause in words, without the system call and the path that the standard library puts in front: our own
// message has the path already, and cleaned.
func reason(err error) string {
	if c, ok := errors.AsType[*cause](err); ok {
		return safetext.Line(c.text)
	}
	var errno syscall.Errno
	switch {
	case errors.Is(err, errBusy):
		return errBusy.Error()
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file or folder"
	case errors.Is(err, fs.ErrExist):
		return "it exists already"
	case errors.As(err, &errno):
		return sentencePart(errno.Error())
	}
	if path, ok := errors.AsType[*fs.PathError](err); ok {
		err = path.Err
	}
	return sentencePart(err.Error())
}

// sentencePart makes a message of the system fit after a colon: without the capital and the full stop.
func sentencePart(s string) string {
	s = strings.TrimRight(safetext.Line(s), ". ")
	first, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(first)) + s[n:]
}

// Argument is a path in quotation marks, to be pasted into a command in any shell; FILE if it has characters that no
// quotation marks protect everywhere.
func Argument(path string) string {
	if !safetext.Plain(path) || strings.ContainsAny(path, "\n\t\"$`!") || strings.HasSuffix(path, `\`) {
		path = "FILE"
	}
	return `"` + path + `"`
}

// isBusy says whether an operation failed because another program was using the file.
func isBusy(err error) bool { return errors.Is(err, errBusy) }

// sharingViolation recognises the two error codes of Windows that virus scanners and sync programs cause and that soon
// pass: access denied and sharing violation. The numbers mean other things on other systems.
func sharingViolation(code syscall.Errno) bool { return code == 5 || code == 32 }

// cannotSync says whether a sync failed because the file system does not have that operation, so that trying again
// would not help.
func cannotSync(err error) bool {
	return errors.Is(err, errors.ErrUnsupported) || matches(err, syscall.EINVAL, runtime.GOOS == "windows")
}

// cannotLock says whether a lock failed because the file system has no locks, so that waiting would not help.
func cannotLock(err error) bool { return cannotSync(err) || errors.Is(err, syscall.ENOLCK) }

// cannotReplace says whether a rename failed because the file system does not let one file replace another.
func cannotReplace(err error) bool {
	if errors.Is(err, fs.ErrExist) || errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EXDEV) {
		return !isBusy(err)
	}
	return cannotSync(err)
}

// unsupported makes err match errors.ErrUnsupported if it is one of the codes.
func unsupported(err error, codes ...syscall.Errno) error {
	var errno syscall.Errno
	if errors.As(err, &errno) && slices.Contains(codes, errno) {
		return fmt.Errorf("%w: %w", errors.ErrUnsupported, err)
	}
	return err
}
