package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gofrs/flock"
)

func TestState(t *testing.T) {
	p := Places{State: filepath.Join(realDir(t), "state")}
	file := p.StateFile("/x/profile.toml", "position")
	if data, err := ReadState(OS(), file); data != nil || err != nil {
		t.Errorf("missing: %q, %v", data, err)
	}
	for _, text := range []string{"one", "", "a longer one"} {
		if err := WriteState(OS(), file, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if data, err := ReadState(OS(), file); string(data) != text || err != nil {
			t.Errorf("got %q, %v", data, err)
		}
	}
	if err := WriteState(OS(), file, make([]byte, StateLimit+1)); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too much to write: %v", err)
	}
	if data, err := ReadState(OS(), file); string(data) != "a longer one" || err != nil {
		t.Errorf("got %q, %v", data, err)
	}
	mustWrite(t, file, make([]byte, StateLimit+1))
	if _, err := ReadState(OS(), file); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too much to read: %v", err)
	}
	mustWrite(t, file, make([]byte, StateLimit))
	if data, err := ReadState(OS(), file); len(data) != StateLimit || err != nil {
		t.Errorf("just enough: %v", err)
	}
	if left := temps(t, p.State); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}

func TestStateFile(t *testing.T) {
	p := Places{State: "state"}
	base := filepath.Join("state", "profiles")
	seen := map[string]string{}
	for _, profile := range []string{"/a/profile.toml", "/b/profile.toml"} {
		for _, name := range []string{"position", "draft"} {
			seen[p.StateFile(profile, name)] = name
		}
	}
	if len(seen) != 4 {
		t.Errorf("two files share a place: %v", seen)
	}
	for _, name := range []string{"../../../etc/passwd", "..", "", `..\..\x`, "a/b", "/abs", strings.Repeat("long", 100), "\x00\x1b]"} {
		file := p.StateFile("/a/profile.toml", name)
		if filepath.Dir(filepath.Dir(file)) != base || strings.HasPrefix(filepath.Base(file), ".") || len(filepath.Base(file)) > 40 {
			t.Errorf("%q lies in %q", name, file)
		}
	}
}

func TestLock(t *testing.T) {
	state := filepath.Join(realDir(t), "state")
	l, err := TryLock(state, "/x/profile.toml")
	if err != nil {
		t.Fatal(err)
	}
	_, err = TryLock(state, "/x/profile.toml")
	var e *Error
	if !errors.Is(err, ErrLocked) || !errors.As(err, &e) || e.Hint() == "" || !strings.Contains(err.Error(), "profile.toml") {
		t.Errorf("a second time: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*lockPoll)
	defer cancel()
	if _, err := LockWithin(ctx, state, "/x/profile.toml"); !errors.Is(err, ErrLocked) {
		t.Errorf("waiting in vain: %v", err)
	}
	other, err := TryLock(state, "/y/profile.toml")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(other.Unlock(), l.Unlock(), l.Unlock()); err != nil {
		t.Error(err)
	}
	if l, err = TryLock(state, "/x/profile.toml"); err != nil {
		t.Fatal(err)
	}
	freed := make(chan error)
	go func() {
		time.Sleep(lockPoll)
		freed <- l.Unlock()
	}()
	again, err := LockWithin(t.Context(), state, "/x/profile.toml")
	if err := errors.Join(err, <-freed); err != nil {
		t.Fatal(err)
	}
	if err := again.Unlock(); err != nil {
		t.Error(err)
	}
	if left, _ := filepath.Glob(filepath.Join(state, "locks", "*.pid")); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}

func TestLockNeedsFolder(t *testing.T) {
	dir := realDir(t)
	mustWrite(t, filepath.Join(dir, "state"), oldText)
	var e *Error
	if _, err := TryLock(filepath.Join(dir, "state"), "/x/profile.toml"); !errors.As(err, &e) || errors.Is(err, ErrLocked) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "state")); err != nil {
		t.Error(err)
	}
}

// A share without locks is told apart from a lock that is held, since waiting would be in vain.
func TestAShareWithoutLocks(t *testing.T) {
	for _, refusal := range []error{syscall.ENOLCK, syscall.ENOSYS, syscall.EINVAL, errors.ErrUnsupported} {
		l, err := takeLock(realDir(t), "/x/profile.toml", func(*flock.Flock) (bool, error) { return false, refusal })
		if l != nil || !errors.Is(err, ErrNoLocks) || errors.Is(err, ErrLocked) {
			t.Errorf("%v: %v", refusal, err)
		}
	}
	_, err := takeLock(realDir(t), "/x/profile.toml", func(*flock.Flock) (bool, error) { return false, syscall.EIO })
	if err == nil || errors.Is(err, ErrNoLocks) {
		t.Errorf("got %v", err)
	}
}
