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

// What an Error may be asked for with errors.Is.
var (
	// ErrChanged: the file is no longer what was read: rewritten, deleted, moved, or something else than a file.
	ErrChanged = errors.New("it was changed elsewhere since it was read")
	// ErrExists: a new file was asked for where there is one.
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
	// ErrNotKept: the disk reported success and does not hold what was written.
	ErrNotKept = errors.New("the disk did not keep what was written")
	// ErrBadName: Windows keeps no file under this name.
	ErrBadName = errors.New("windows keeps no file under this name")
	// ErrNoLocks: the file system of the state folder knows no locks, as some network shares.
	ErrNoLocks = errors.New("this drive knows no locks")
	// ErrNoReplace: the file system lets no file take the place of another, as some network shares.
	ErrNoReplace = errors.New("this folder does not let a new version take the place of the old one")
	// ErrUnsynced: the new content stands whole under its name, but might not survive a power cut.
	ErrUnsynced = errors.New("its folder could not be synced to the disk")
)

var errBusy = errors.New("another program is using it")

// Error says which operation failed on which file and why, in words for a learner.
type Error struct {
	Op   string // what was tried, a verb such as "save"
	Path string // the file as the learner named it. It is raw; Error shows it cleaned
	Err  error  // the cause
	hint string
}

// Error is one line in lower case that names the file and what happened. It is safe to print.
func (e *Error) Error() string { return e.says(e.Path) }

// Short is Error with the file's name alone, for where a path of many folders would push the reason out of sight.
func (e *Error) Short() string { return e.says(filepath.Base(e.Path)) }

func (e *Error) says(name string) string {
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

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Hint says what to try, in one line; it is never empty.
func (e *Error) Hint() string {
	if e.hint != "" {
		return e.hint
	}
	for _, h := range hints {
		if is(e.Err, h.cause, runtime.GOOS == "windows") {
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
	{ErrUnsynced, "save once more; if this comes again, keep a copy on another disk"},
	{ErrChanged, "reload it to see the other version, or keep yours under another name"},
	{ErrDangling, "put the file back, plug in the drive it is on, or repair the link"},
	{ErrBadName, "choose another name"},
	{ErrNotRegular, "name a plain file"},
	{ErrReadOnly, "make the file writable, or keep your version under another name"},
	{ErrTooLarge, "check that it is the right file"},
	{ErrLocked, "close the other ksbcoach first; commands that only read work beside it"},
	{ErrNotKept, "keep a copy on another disk now: this one may be failing"},
	{ErrExists, "choose another name"},
	{ErrNotExist, "check the name and the folder"},
	{errBusy, "wait for the virus scanner, OneDrive or the other program to finish, then try again"},
	{syscall.ENOSPC, "make room on the disk, or use a file on another one"},
	{syscall.EDQUOT, "make room in your quota, or use a file on another disk"},
	{syscall.EFBIG, "a limit on file size is set here: raise it, or use a file on another disk"},
	{syscall.EROFS, "use a file on a disk that can be written"},
	{syscall.ENAMETOOLONG, "choose a shorter name"},
	{syscall.ENOTDIR, "a part of this path is a file, not a folder: check the path"},
	{fs.ErrPermission, "ask for the right to use this file and its folder, or choose another place"},
}

// is says whether an error has a cause, by the numbers of Windows too where that is the system.
func is(err, cause error, onWindows bool) bool {
	if errors.Is(err, cause) {
		return true
	}
	var code syscall.Errno
	return onWindows && errors.As(err, &code) && errors.Is(windowsMeans(code), cause)
}

// windowsMeans is the cause that a number of Windows stands for. Go does not take one for the other.
func windowsMeans(code syscall.Errno) error {
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
	case 1, 87: // what a share says that has no such operation
		return syscall.EINVAL
	}
	return nil
}

// cause is a reason in plain words that also matches the general errors it stands for.
type cause struct {
	text  string
	kinds []error
}

func (c *cause) Error() string   { return c.text }
func (c *cause) Unwrap() []error { return c.kinds }

func because(text string, kinds ...error) error { return &cause{text, kinds} }

// fail makes the Error of an operation, or nil.
func fail(op, path string, err error) error {
	if err == nil {
		return nil
	}
	return &Error{Op: op, Path: path, Err: err}
}

// reason is the cause without the system call and path that the standard library puts in front: the path is already
// named, and raw.
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

// sentencePart takes the capital and the full stop off a system's message.
func sentencePart(s string) string {
	s = strings.TrimRight(safetext.Line(s), ". ")
	first, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(first)) + s[n:]
}

// Argument is a path as it can be pasted into a command, in any shell; FILE where no quotation marks do for it
// everywhere.
func Argument(path string) string {
	if !safetext.Plain(path) || strings.ContainsAny(path, "\n\t\"$`!") || strings.HasSuffix(path, `\`) {
		path = "FILE"
	}
	return `"` + path + `"`
}

// isBusy says whether a step failed because another program holds the file for a moment.
func isBusy(err error) bool { return errors.Is(err, errBusy) }

// sharingViolation tells the two Windows error codes that pass by themselves, access denied and sharing violation:
// virus scanners and sync programs cause them. The numbers mean other things on other systems.
func sharingViolation(code syscall.Errno) bool { return code == 5 || code == 32 }

// cannotSync says whether an error of a sync means that the file system has no such operation: no other save would do
// better there.
func cannotSync(err error) bool {
	return errors.Is(err, errors.ErrUnsupported) || is(err, syscall.EINVAL, runtime.GOOS == "windows")
}

// cannotLock says whether an error of a lock means that the file system has none: waiting would not help.
func cannotLock(err error) bool { return cannotSync(err) || errors.Is(err, syscall.ENOLCK) }

// cannotReplace says whether an error of a rename means that the file system refuses it although both files may be
// written.
func cannotReplace(err error) bool {
	if errors.Is(err, fs.ErrExist) || errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EXDEV) {
		return !isBusy(err)
	}
	return cannotSync(err)
}

// unsupported makes the given error codes match errors.ErrUnsupported.
func unsupported(err error, codes ...syscall.Errno) error {
	var errno syscall.Errno
	if errors.As(err, &errno) && slices.Contains(codes, errno) {
		return fmt.Errorf("%w: %w", errors.ErrUnsupported, err)
	}
	return err
}
