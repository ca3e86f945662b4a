package store

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"
)

// verdict is what the rig does with one operation.
type verdict int

const (
	proceed verdict = iota
	breakIt         // fails without having done anything
	half            // a write: does half, then fails
	lie             // a write: reports success, having done half
	skip            // reports success, having done nothing
	crash           // the process ends before the operation
	tear            // a write: does half, then the process ends
)

// crashed is what a rig panics with to simulate the end of the process.
type crashed struct{}

// rig passes operations on to Ops and records them. For each one it asks judge, which gets its number (from 1), what to
// do with it.
type rig struct {
	Ops
	judge  func(n int, op string) verdict
	log    []string
	slept  []time.Duration
	err    error
	always map[string]error
	opened []Handle
}

func newRig(ops Ops, judge func(n int, op string) verdict) *rig {
	return &rig{Ops: ops, judge: judge, err: syscall.EIO}
}

// ask records an operation and decides about it. The log says "temp" for a temporary file, so that one can tell what
// happened to which.
func (r *rig) ask(op, path string) (verdict, error) {
	if isTemp(filepath.Base(path)) {
		op += " temp"
	}
	r.log = append(r.log, op)
	if err := r.always[op]; err != nil {
		return breakIt, err
	}
	v := proceed
	if r.judge != nil {
		v = r.judge(len(r.log), op)
	}
	switch v {
	case crash:
		r.crash()
	case breakIt:
		return v, r.err
	}
	return v, nil
}

// crash ends the process, as far as the operations can tell: the system closes its files.
func (r *rig) crash() {
	for _, h := range r.opened {
		_ = h.Close() // some are closed already
	}
	panic(crashed{})
}

func (r *rig) EvalSymlinks(path string) (string, error) {
	if _, err := r.ask("evalsymlinks", path); err != nil {
		return "", err
	}
	return r.Ops.EvalSymlinks(path)
}

func (r *rig) Lstat(path string) (fs.FileInfo, error) {
	if _, err := r.ask("lstat", path); err != nil {
		return nil, err
	}
	return r.Ops.Lstat(path)
}

func (r *rig) Stat(path string) (fs.FileInfo, error) {
	if _, err := r.ask("stat", path); err != nil {
		return nil, err
	}
	return r.Ops.Stat(path)
}

func (r *rig) Writable(path string) error {
	if _, err := r.ask("writable", path); err != nil {
		return err
	}
	return r.Ops.Writable(path)
}

func (r *rig) Open(path string) (Handle, error) {
	if _, err := r.ask("open", path); err != nil {
		return nil, err
	}
	h, err := r.Ops.Open(path)
	if err == nil {
		r.opened = append(r.opened, h)
	}
	return &rigHandle{h, r, path}, err
}

func (r *rig) Create(path string, perm fs.FileMode) (Handle, error) {
	if _, err := r.ask("create", path); err != nil {
		return nil, err
	}
	h, err := r.Ops.Create(path, perm)
	if err != nil {
		return nil, err
	}
	r.opened = append(r.opened, h)
	return &rigHandle{h, r, path}, nil
}

func (r *rig) Rename(from, to string) error {
	if _, err := r.ask("rename", to); err != nil {
		return err
	}
	return r.Ops.Rename(from, to)
}

func (r *rig) RenameNew(from, to string) error {
	if _, err := r.ask("renamenew", to); err != nil {
		return err
	}
	return r.Ops.RenameNew(from, to)
}

func (r *rig) Remove(path string) error {
	if _, err := r.ask("remove", path); err != nil {
		return err
	}
	return r.Ops.Remove(path)
}

func (r *rig) Mkdir(path string, perm fs.FileMode) error {
	if _, err := r.ask("mkdir", path); err != nil {
		return err
	}
	return r.Ops.Mkdir(path, perm)
}

func (r *rig) ReadDir(path string) ([]fs.DirEntry, error) {
	if _, err := r.ask("readdir", path); err != nil {
		return nil, err
	}
	return r.Ops.ReadDir(path)
}

func (r *rig) SyncDir(path string) error {
	v, err := r.ask("syncdir", path)
	if err != nil || v == skip {
		return err
	}
	return r.Ops.SyncDir(path)
}

func (r *rig) Sleep(d time.Duration) { r.slept = append(r.slept, d) }

type rigHandle struct {
	Handle
	rig  *rig
	path string
}

func (h *rigHandle) Read(p []byte) (int, error) {
	if _, err := h.rig.ask("read", h.path); err != nil {
		return 0, err
	}
	return h.Handle.Read(p)
}

func (h *rigHandle) ReadAt(p []byte, off int64) (int, error) {
	if _, err := h.rig.ask("readback", h.path); err != nil {
		return 0, err
	}
	return h.Handle.ReadAt(p, off)
}

func (h *rigHandle) Write(p []byte) (int, error) {
	v, err := h.rig.ask("write", h.path)
	if err != nil {
		return 0, err
	}
	if v == proceed {
		return h.Handle.Write(p)
	}
	n, err := h.Handle.Write(p[:len(p)/2])
	switch {
	case err != nil:
		return n, err
	case v == lie:
		return len(p), nil
	case v == tear:
		h.rig.crash()
	}
	return n, h.rig.err
}

func (h *rigHandle) Stat() (fs.FileInfo, error) {
	if _, err := h.rig.ask("fstat", h.path); err != nil {
		return nil, err
	}
	return h.Handle.Stat()
}

func (h *rigHandle) Sync() error {
	v, err := h.rig.ask("sync", h.path)
	if err != nil || v == skip {
		return err
	}
	return h.Handle.Sync()
}

func (h *rigHandle) Chmod(mode fs.FileMode) error {
	if _, err := h.rig.ask("chmod", h.path); err != nil {
		return err
	}
	return h.Handle.Chmod(mode)
}

func (h *rigHandle) ChownLike(other fs.FileInfo) (bool, error) {
	if _, err := h.rig.ask("chown", h.path); err != nil {
		return false, err
	}
	return h.Handle.ChownLike(other)
}

// Close closes even when it is to fail, as the system does.
func (h *rigHandle) Close() error {
	_, err := h.rig.ask("close", h.path)
	if closing := h.Handle.Close(); err == nil {
		err = closing
	}
	return err
}

// A writer is one way to write a file, run by the fault and crash tests. Old nil: there was no file.
type writer struct {
	name     string
	old, new []byte
	// prepare makes what was there before; act is the whole operation; got is what a reader finds afterwards.
	prepare func(ops Ops, dir string) error
	act     func(ops Ops, dir string) error
	got     func(ops Ops, dir string) ([]byte, error)
	// volatile writers promise nothing about power cuts.
	volatile bool
	// tolerates lists operations that may fail without the whole failing.
	tolerates []string
}

var (
	oldText = bytes.Repeat([]byte("old 0123456789\n"), 40)
	newText = bytes.Repeat([]byte("new 01234567890\n"), 50)
	someDay = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
)

const testLimit = 1 << 20

func profileIn(dir string) string { return filepath.Join(dir, "profile.toml") }

func readPlain(path string) func(Ops, string) ([]byte, error) {
	return func(ops Ops, dir string) ([]byte, error) {
		data, err := readRegular(ops, filepath.Join(dir, path), testLimit)
		return data, err
	}
}

func put(ops Ops, path string, data []byte) error {
	_, err := Create(ops, path, data)
	return err
}

func writers() []writer {
	file := readPlain("profile.toml")
	has := func(ops Ops, dir string) error { return put(ops, profileIn(dir), oldText) }
	none := func(Ops, string) error { return nil }
	keep := func(data []byte) func(Ops, string) error {
		return func(ops Ops, dir string) error { return NewBackups(ops, dir, "/x/profile.toml").Keep(data, someDay) }
	}
	state := func(data []byte) func(Ops, string) error {
		return func(ops Ops, dir string) error { return WriteState(ops, filepath.Join(dir, "s", "draft"), data) }
	}
	return []writer{
		{name: "save", old: oldText, new: newText, prepare: has, got: file, act: func(ops Ops, dir string) error {
			f, err := Load(ops, profileIn(dir), testLimit)
			if err != nil {
				return err
			}
			return f.Save(newText)
		}},
		{name: "create", new: newText, prepare: none, got: readPlain("a/b/profile.toml"), act: func(ops Ops, dir string) error {
			return put(ops, filepath.Join(dir, "a", "b", "profile.toml"), newText)
		}},
		{name: "write", new: newText, prepare: none, got: file, act: func(ops Ops, dir string) error {
			return Write(ops, profileIn(dir), newText, false)
		}},
		{name: "write by force", old: oldText, new: newText, prepare: has, got: file, act: func(ops Ops, dir string) error {
			return Write(ops, profileIn(dir), newText, true)
		}},
		{name: "write by force, new", new: newText, prepare: none, got: file, act: func(ops Ops, dir string) error {
			return Write(ops, profileIn(dir), newText, true)
		}},
		{
			name: "backup", old: oldText, new: newText, prepare: keep(oldText), act: keep(newText),
			// The newest backup is only read to save making an equal one.
			tolerates: []string{"stat", "open", "fstat", "read"},
			got: func(ops Ops, dir string) ([]byte, error) {
				data, _, err := NewBackups(ops, dir, "/x/profile.toml").Newest()
				return data, err
			},
		},
		{
			name: "state", old: oldText, new: newText, prepare: state(oldText), act: state(newText), got: readPlain("s/draft"),
			volatile: true,
		},
	}
}

// realDir is a temporary folder without links in its path.
func realDir(t testing.TB) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// temps lists our temporary files anywhere under dir.
func temps(t testing.TB, dir string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && isTemp(d.Name()) {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func mustWrite(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func mustLoad(t testing.TB, ops Ops, path string) *File {
	t.Helper()
	f, err := Load(ops, path, testLimit)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func wantFile(t testing.TB, path string, want []byte) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s holds %.60q (%v), want %.60q", path, got, err, want)
	}
}

// runCrashing runs act and says whether it ended in a crash.
func runCrashing(act func() error) (err error, fell bool) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(crashed); !ok {
				panic(r)
			}
			fell = true
		}
	}()
	return act(), false
}

func oneOf(got []byte, wants ...[]byte) bool {
	return slices.ContainsFunc(wants, func(w []byte) bool { return bytes.Equal(got, w) })
}
