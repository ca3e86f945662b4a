package store

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestErrorWords(t *testing.T) {
	cases := []struct {
		err        error
		text, hint string
	}{
		{opError("save", "p.toml", ErrChanged), `cannot save "p.toml": it was changed elsewhere since it was read`, "reload"},
		{
			opError("open", "p.toml", &fs.PathError{Op: "open", Path: "\x1bp", Err: syscall.ENOENT}),
			`cannot open "p.toml": there is no such file or folder`, "check the name",
		},
		{
			opError("save", "p.toml", &fs.PathError{Op: "write", Path: "\x1bp", Err: errors.New("Access is denied.")}),
			`cannot save "p.toml": access is denied`, "try again",
		},
		{opError("save", "p.toml", because("its folder is full", syscall.ENOSPC)), `cannot save "p.toml": its folder is full`, "make room"},
		{opError("create", "p.toml", ErrExists), `cannot create "p.toml": it exists already`, "another name"},
		{opError("open", "a\x1b]52;c;x\x07\u202e\u009b\nb", ErrTooLarge), "cannot open \"a\uFFFD]52;c;x\uFFFD\uFFFD\uFFFD b\": it is too large", "right file"},
		{opError("open", "p.toml", tooLarge(1<<20)), `cannot open "p.toml": it is larger than 1024 kB`, "right file"},
		{opError("lock", "p.toml", ErrLocked), `cannot change "p.toml": another ksbcoach has it open`, "close"},
	}
	for _, c := range cases {
		var e *Error
		if !errors.As(c.err, &e) {
			t.Fatal(c.err)
		}
		if got := c.err.Error(); got != c.text {
			t.Errorf("got  %q\nwant %q", got, c.text)
		}
		if !strings.Contains(e.Hint(), c.hint) {
			t.Errorf("%s: hint %q", c.text, e.Hint())
		}
	}
	if opError("save", "p", nil) != nil {
		t.Error("an error out of nothing")
	}
}

func TestUnsyncedWords(t *testing.T) {
	r := newRig(OS(), nil)
	dir := realDir(t)
	mustWrite(t, profileIn(dir), oldText)
	f := mustLoad(t, r, profileIn(dir))
	r.always = map[string]error{"syncdir": os.ErrPermission}
	want := `saved "` + profileIn(dir) + `", but a power cut might still undo it: permission denied`
	if err := f.Save(newText); err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
}

// TestHints: every hint is one line in lower case without a full stop, and can be reached.
func TestHints(t *testing.T) {
	for _, h := range hints {
		if h.cause != ErrNotExist && errors.Is(h.cause, ErrNotExist) {
			continue // on Windows, which has one number for no such folder and for a file in the place of a folder
		}
		e := &Error{Op: "save", Path: "p", Err: h.cause}
		first, _ := utf8.DecodeRuneInString(h.hint)
		if e.Hint() != h.hint || !unicode.IsLower(first) || strings.ContainsAny(h.hint, "\n") || strings.HasSuffix(h.hint, ".") {
			t.Errorf("%v: %q", h.cause, e.Hint())
		}
		text := reason(h.cause)
		if first, _ = utf8.DecodeRuneInString(text); unicode.IsUpper(first) || strings.HasSuffix(text, ".") {
			t.Errorf("reason %q", text)
		}
	}
}

// Windows has numbers of its own for what the hints are about; on another system they mean something else.
func TestHintsByTheNumbersOfWindows(t *testing.T) {
	for code, want := range map[syscall.Errno]string{
		112: "make room on the disk", 39: "make room on the disk", 1295: "make room in your quota", 19: "a disk that can be written",
		206: "choose a shorter name",
	} {
		err := &fs.PathError{Op: "write", Path: `C:\p.toml`, Err: code}
		found := false
		for _, h := range hints {
			found = found || matches(err, h.cause, true) && strings.Contains(h.hint, want)
			if matches(err, h.cause, false) && strings.Contains(h.hint, want) {
				t.Errorf("%d means %q everywhere", code, h.hint)
			}
		}
		if !found {
			t.Errorf("%d: no hint", code)
		}
	}
	if err := error(syscall.Errno(87)); !matches(err, syscall.EINVAL, true) || matches(nil, syscall.EINVAL, true) {
		t.Error("a share that refuses to sync is not told from one that fails")
	}
}

// A path is shown as it was typed, and a command is only given with it where it can be pasted.
func TestPathsAreQuotedAsTheyAreTyped(t *testing.T) {
	for path, want := range map[string]string{
		`C:\Users\Sam\p.toml`: `"C:\Users\Sam\p.toml"`, `\\ward\share\my file.toml`: `"\\ward\share\my file.toml"`, "a/b é.toml": `"a/b é.toml"`,
		`C:\`: `"FILE"`, `a"b`: `"FILE"`, "$HOME": `"FILE"`, "a\x1bb": `"FILE"`, "a\nb": `"FILE"`,
	} {
		if got := Argument(path); got != want {
			t.Errorf("%s for %q, want %s", got, path, want)
		}
		e := &Error{Op: "save", Path: path, Err: ErrReadOnly}
		if strings.Contains(path, `C:\Users`) && !strings.Contains(e.Error(), want) {
			t.Errorf("%v", e)
		}
	}
}

func TestUnsupported(t *testing.T) {
	if err := unsupported(syscall.EINVAL, syscall.EINVAL); !errors.Is(err, errors.ErrUnsupported) || !errors.Is(err, syscall.EINVAL) {
		t.Errorf("got %v", err)
	}
	if err := unsupported(syscall.EIO, syscall.EINVAL); errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("got %v", err)
	}
	if err := unsupported(nil, syscall.EINVAL); err != nil {
		t.Errorf("got %v", err)
	}
}
