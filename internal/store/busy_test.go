package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"syscall"
	"testing"
	"time"
)

// TestSharingViolation: the two codes that pass by themselves on Windows (W1).
func TestSharingViolation(t *testing.T) {
	for code := range syscall.Errno(200) {
		if got, want := sharingViolation(code), code == 5 || code == 32; got != want {
			t.Errorf("code %d: %v", code, got)
		}
	}
}

// busyFor fails an operation as Windows does while another program holds the file, the first n times.
func busyFor(op string, n int) func(int, string) verdict {
	return func(_ int, got string) verdict {
		if got != op || n == 0 {
			return proceed
		}
		n--
		return breakIt
	}
}

func TestBusyFile(t *testing.T) {
	for _, op := range []string{"rename", "open", "renamenew"} {
		for times := range 7 {
			t.Run(fmt.Sprintf("%s, %d times", op, times), func(t *testing.T) { busyFile(t, op, times) })
		}
	}
}

func busyFile(t *testing.T, op string, times int) {
	ms := time.Millisecond
	retryPauses := []time.Duration{10 * ms, 25 * ms, 50 * ms, 100 * ms}
	dir := realDir(t)
	r := newRig(OS(), busyFor(op, times))
	r.err = fmt.Errorf("%w: %w", errBusy, syscall.Errno(32))
	var before []byte
	act := func() error { return put(r, profileIn(dir), newText) }
	if op != "renamenew" {
		before = oldText
		mustWrite(t, profileIn(dir), before)
		act = func() error {
			f, err := Load(r, profileIn(dir), testLimit)
			if err != nil {
				return err
			}
			return f.Save(newText)
		}
	}
	err := act()
	got, _ := os.ReadFile(profileIn(dir))
	if times <= len(retryPauses) {
		if err != nil || !bytes.Equal(got, newText) {
			t.Errorf("got %v, %.40q", err, got)
		}
	} else if !errors.Is(err, errBusy) || !errors.Is(err, syscall.Errno(32)) || !bytes.Equal(got, before) {
		t.Errorf("busy for ever: got %v, %.40q", err, got)
	}
	if left := temps(t, dir); len(left) > 0 {
		t.Errorf("left %v", left)
	}
	if want := retryPauses[:min(times, len(retryPauses))]; !slices.Equal(r.slept, want) {
		t.Errorf("slept %v, want %v", r.slept, want)
	}
}

// TestOtherErrorsAreNotRetried: the same codes mean other things on other systems (EIO, EPIPE).
func TestOtherErrorsAreNotRetried(t *testing.T) {
	dir := realDir(t)
	mustWrite(t, profileIn(dir), oldText)
	r := newRig(OS(), nil)
	f := mustLoad(t, r, profileIn(dir))
	r.always = map[string]error{"rename": syscall.Errno(5)}
	if err := f.Save(newText); err == nil || len(r.slept) > 0 {
		t.Errorf("got %v after %v", err, r.slept)
	}
	wantFile(t, profileIn(dir), oldText)
}

// TestChangeWhileBusy: the sync program that held the file wrote a new version to it; the retry has to see that.
func TestChangeWhileBusy(t *testing.T) {
	dir := realDir(t)
	mustWrite(t, profileIn(dir), oldText)
	theirs := []byte("theirs\n")
	r := newRig(OS(), nil)
	f := mustLoad(t, r, profileIn(dir))
	r.err = errBusy
	r.judge = func(_ int, op string) verdict {
		if op == "rename" {
			mustWrite(t, profileIn(dir), theirs)
			return breakIt
		}
		return proceed
	}
	if err := f.Save(newText); !errors.Is(err, ErrChanged) {
		t.Errorf("got %v", err)
	}
	wantFile(t, profileIn(dir), theirs)
	if left := temps(t, dir); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}
