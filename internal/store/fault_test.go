package store

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// mostOps is far above what one write takes; a loop that gets there does not end.
const mostOps = 500

// tolerated operations may fail without the whole failing.
var tolerated = []string{"evalsymlinks", "chown temp", "chmod temp", "close", "readdir", "remove"}

// TestEveryFault makes the 1st, 2nd, 3rd ... operation of every writer fail, once or from there on, until a run has
// fewer operations than that. With an error the file must be the old one, without an error the new one.
func TestEveryFault(t *testing.T) {
	modes := map[string]func(at, n int, op string) verdict{
		"once":     func(at, n int, _ string) verdict { return verdictIf(n == at, breakIt) },
		"for ever": func(at, n int, _ string) verdict { return verdictIf(n >= at, breakIt) },
		"half a write": func(at, n int, op string) verdict {
			if n == at && op == "write temp" {
				return half
			}
			return verdictIf(n == at, breakIt)
		},
	}
	for mode, judge := range modes {
		for _, w := range writers() {
			t.Run(mode+"/"+w.name, func(t *testing.T) {
				at := 1
				for ; at < mostOps; at++ {
					r := newRig(OS(), func(n int, op string) verdict { return judge(at, n, op) })
					if !faultOnce(t, w, r, at, mode != "for ever") {
						break
					}
				}
				if at < 6 || at == mostOps {
					t.Errorf("%d operations were failed: the loop does not reach what it should", at-1)
				}
			})
		}
	}
}

// faultOnce says whether the run was long enough to meet its fault.
func faultOnce(t *testing.T, w writer, r *rig, at int, removes bool) bool {
	t.Helper()
	dir := realDir(t)
	if err := w.prepare(OS(), dir); err != nil {
		t.Fatal(err)
	}
	err := w.act(r, dir)
	met := len(r.log) >= at
	failed := "nothing"
	if met {
		failed = r.log[at-1]
	}
	got, readErr := w.got(OS(), dir)
	if readErr != nil && !errors.Is(readErr, ErrNotExist) {
		t.Fatalf("after a failed %s: %v", failed, readErr)
	}
	switch {
	case err == nil || errors.Is(err, ErrUnsynced):
		if !bytes.Equal(got, w.new) {
			t.Errorf("failed %s: reported %v, but holds %.40q", failed, err, got)
		}
	case !bytes.Equal(got, w.old):
		t.Errorf("failed %s: %v, and the old file is not there: %.40q", failed, err, got)
	}
	if met && err == nil && !slices.Contains(tolerated, failed) && !slices.Contains(w.tolerates, failed) {
		t.Errorf("failed %s: no error", failed)
	}
	if !met && err != nil {
		t.Errorf("no fault: %v", err)
	}
	if left := temps(t, dir); removes && len(left) > 0 {
		t.Errorf("failed %s: left %v", failed, left)
	}
	return met
}

func verdictIf(is bool, v verdict) verdict {
	if is {
		return v
	}
	return proceed
}

// TestCrashEverywhere ends the process before every operation, and in the middle of every write.
func TestCrashEverywhere(t *testing.T) {
	for _, w := range writers() {
		for _, how := range []verdict{crash, tear} {
			t.Run(w.name, func(t *testing.T) {
				crashes := 0
				for at := 1; at < mostOps; at++ {
					dir := realDir(t)
					if err := w.prepare(OS(), dir); err != nil {
						t.Fatal(err)
					}
					r := newRig(OS(), func(n int, op string) verdict {
						return verdictIf(n == at && (how == crash || op == "write temp"), how)
					})
					_, fell := runCrashing(func() error { return w.act(r, dir) })
					got, err := w.got(OS(), dir)
					if err != nil && !errors.Is(err, ErrNotExist) {
						t.Fatal(err)
					}
					if !oneOf(got, w.old, w.new) {
						t.Errorf("crash before operation %d: a mix, %.40q", at, got)
					}
					if fell {
						crashes++
						afterCrash(t, w, dir)
					} else if len(r.log) < at {
						break
					}
				}
				if crashes == 0 {
					t.Error("no crash took place")
				}
			})
		}
	}
}

// afterCrash checks that what a crash left is in nobody's way, and is swept after an hour and not before.
func afterCrash(t *testing.T, w writer, dir string) {
	t.Helper()
	for _, temp := range temps(t, dir) {
		if n := sweepBeside(OS(), filepath.Join(filepath.Dir(temp), "profile.toml"), time.Now()); n != 0 {
			t.Errorf("a fresh temporary file was swept")
		}
	}
	got, _ := w.got(OS(), dir)
	if err := w.act(OS(), dir); err != nil && !(errors.Is(err, ErrExists) && bytes.Equal(got, w.new)) {
		t.Errorf("writing again after a crash: %v", err)
	}
	for _, temp := range temps(t, dir) {
		sweepBeside(OS(), filepath.Join(filepath.Dir(temp), "profile.toml"), time.Now().Add(2*time.Hour))
	}
	if left := temps(t, dir); len(left) > 0 {
		t.Errorf("not swept: %v", left)
	}
	if got, err := w.got(OS(), dir); err != nil || !bytes.Equal(got, w.new) {
		t.Errorf("after writing again: %v, %.40q", err, got)
	}
}

// TestLyingDisk: every write reports success and only half is there. Only reading back finds this.
func TestLyingDisk(t *testing.T) {
	for _, w := range writers() {
		if w.volatile {
			continue
		}
		t.Run(w.name, func(t *testing.T) {
			dir := realDir(t)
			if err := w.prepare(OS(), dir); err != nil {
				t.Fatal(err)
			}
			r := newRig(OS(), func(_ int, op string) verdict { return verdictIf(op == "write temp", lie) })
			if err := w.act(r, dir); !errors.Is(err, ErrNotKept) {
				t.Errorf("got %v, want ErrNotKept", err)
			}
			if got, _ := w.got(OS(), dir); !bytes.Equal(got, w.old) {
				t.Errorf("the old file is gone: %.40q", got)
			}
			if left := temps(t, dir); len(left) > 0 {
				t.Errorf("left %v", left)
			}
		})
	}
}

// TestOrder checks the order of operations, on which surviving a power cut depends (D2).
func TestOrder(t *testing.T) {
	for _, w := range writers() {
		if w.volatile {
			continue
		}
		dir := realDir(t)
		if err := w.prepare(OS(), dir); err != nil {
			t.Fatal(err)
		}
		r := newRig(OS(), nil)
		if err := w.act(r, dir); err != nil {
			t.Fatal(err)
		}
		start := slices.Index(r.log, "create temp")
		var got []string
		for _, op := range r.log[start:] {
			switch op {
			case "create temp", "write temp", "sync temp", "readback temp", "close temp", "rename", "syncdir":
				got = append(got, op)
			case "renamenew":
				got = append(got, "rename")
			}
		}
		want := []string{"create temp", "write temp", "sync temp", "readback temp", "close temp", "rename", "syncdir"}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", w.name, got, want)
		}
	}
}

// TestReadingNeverWrites: loading, checking and saving what is there already touch nothing (C2, N1).
func TestReadingNeverWrites(t *testing.T) {
	dir := realDir(t)
	mustWrite(t, profileIn(dir), oldText)
	before, _ := os.Stat(profileIn(dir))
	r := newRig(OS(), nil)
	f := mustLoad(t, r, profileIn(dir))
	if err := f.Check(); err != nil {
		t.Fatal(err)
	}
	if err := f.Save(bytes.Clone(oldText)); err != nil {
		t.Fatal(err)
	}
	for _, op := range r.log {
		if !slices.Contains([]string{"lstat", "evalsymlinks", "stat", "open", "fstat", "read", "close", "readdir"}, op) {
			t.Errorf("reading did a %s", op)
		}
	}
	after, _ := os.Stat(profileIn(dir))
	if !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
		t.Error("the file was touched")
	}
}

// TestUnsyncedFolder: the new content is there, the error says so, and the next save writes again even if the bytes are
// the same.
func TestUnsyncedFolder(t *testing.T) {
	dir := realDir(t)
	mustWrite(t, profileIn(dir), oldText)
	r := newRig(OS(), nil)
	f := mustLoad(t, r, profileIn(dir))
	r.always = map[string]error{"syncdir": syscall.EIO}
	err := f.Save(newText)
	if !errors.Is(err, ErrUnsynced) || !errors.Is(err, syscall.EIO) {
		t.Fatalf("got %v", err)
	}
	wantFile(t, profileIn(dir), newText)
	r.always = map[string]error{"write temp": syscall.ENOSPC}
	if err := f.Save(newText); !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("equal bytes that are not safe yet were not written: %v", err)
	}
	r.always, r.log = nil, nil
	if err := f.Save(newText); err != nil || !slices.Contains(r.log, "syncdir") {
		t.Fatalf("got %v after %q", err, r.log)
	}
	r.log = nil
	if err := f.Save(newText); err != nil || len(r.log) > 0 {
		t.Fatalf("got %v after %q", err, r.log)
	}
}

// A folder of files is written whole or not at all; if its names cannot be synced, all the files are there nonetheless.
func TestAFolderOfFilesIsWrittenWhole(t *testing.T) {
	files := map[string][]byte{"a.csv": []byte("a"), "b.csv": []byte("b"), "c.csv": []byte("c")}
	held := func(folder string) (all string) {
		for name := range files {
			if data, err := os.ReadFile(filepath.Join(folder, name)); err == nil && string(data) == string(files[name]) {
				all += string(data)
			}
		}
		return all
	}
	unsynced := newRig(OS(), nil)
	unsynced.always = map[string]error{"syncdir": syscall.EIO}
	folder := t.TempDir()
	if err := WriteFolder(unsynced, folder, files, false); !errors.Is(err, ErrUnsynced) || len(held(folder)) != 3 {
		t.Errorf("unsynced: %v, and there is %q", err, held(folder))
	}
	taken := t.TempDir()
	if err := os.WriteFile(filepath.Join(taken, "c.csv"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := WriteFolder(OS(), taken, files, false); !errors.Is(err, ErrExists) || held(taken) != "" {
		t.Errorf("beside a file of that name: %v, and there is %q", err, held(taken))
	}
	if err := WriteFolder(OS(), taken, files, true); err != nil || len(held(taken)) != 3 {
		t.Errorf("with force: %v, and there is %q", err, held(taken))
	}
}

// Some network shares do not let one file replace another. The old version stays, no temporary file is left, and the
// hint says what to do; a new file can still be made there.
func TestAShareWithoutRenameOver(t *testing.T) {
	for _, refusal := range []error{syscall.EEXIST, syscall.EPERM, syscall.EACCES, syscall.EXDEV, syscall.EINVAL, syscall.ENOSYS} {
		dir := realDir(t)
		mustWrite(t, profileIn(dir), oldText)
		r := newRig(OS(), nil)
		r.always = map[string]error{"rename": refusal}
		f := mustLoad(t, r, profileIn(dir))
		err := f.Save(newText)
		var told *Error
		if !errors.Is(err, ErrNoReplace) || !errors.As(err, &told) || !strings.Contains(told.Hint(), "this computer's own disk") {
			t.Errorf("%v: %v", refusal, err)
		}
		wantFile(t, profileIn(dir), oldText)
		if left := temps(t, dir); len(left) > 0 {
			t.Errorf("%v: left %v", refusal, left)
		}
		if err := put(r, filepath.Join(dir, "new.toml"), newText); err != nil {
			t.Errorf("%v: a new file: %v", refusal, err)
		}
		r.always = nil
		if err := f.Save(newText); err != nil {
			t.Errorf("%v: once it can be replaced: %v", refusal, err)
		}
	}
	// A failing disk is something else than a share of this kind.
	dir := realDir(t)
	mustWrite(t, profileIn(dir), oldText)
	r := newRig(OS(), nil)
	r.always = map[string]error{"rename": syscall.EIO}
	if err := mustLoad(t, r, profileIn(dir)).Save(newText); err == nil || errors.Is(err, ErrNoReplace) {
		t.Errorf("got %v", err)
	}
}

// As on FAT: neither hard links nor a rename that refuses to replace.
func TestCreateWithoutLinks(t *testing.T) {
	for at := 0; at < 40; at++ {
		dir := realDir(t)
		r := newRig(OS(), func(n int, _ string) verdict { return verdictIf(n == at, crash) })
		r.always = map[string]error{"renamenew": errors.ErrUnsupported}
		err, fell := runCrashing(func() error { return put(r, profileIn(dir), newText) })
		got, readErr := os.ReadFile(profileIn(dir))
		switch {
		case fell && readErr != nil && !errors.Is(readErr, fs.ErrNotExist), fell && !oneOf(got, nil, newText):
			t.Errorf("crash at %d: %v, %.40q", at, readErr, got)
		case !fell && (err != nil || !bytes.Equal(got, newText)):
			t.Errorf("no crash: %v, %.40q", err, got)
		}
	}
	dir := realDir(t)
	r := newRig(OS(), nil)
	r.always = map[string]error{"renamenew": errors.ErrUnsupported, "rename": syscall.EIO}
	if err := put(r, profileIn(dir), newText); !errors.Is(err, syscall.EIO) {
		t.Errorf("got %v", err)
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}
