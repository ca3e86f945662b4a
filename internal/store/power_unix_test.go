//go:build unix

package store

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"maps"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// memFS is a file system in memory that knows what a power cut may take: content that was not synced, and names in a
// folder that was not synced.
type memFS struct{ now, safe map[string]*memNode }

type memNode struct {
	dir        bool
	perm       fs.FileMode
	data, safe []byte
}

func newMemFS() *memFS {
	root := &memNode{dir: true, perm: folderPerm}
	return &memFS{now: map[string]*memNode{"/": root}, safe: map[string]*memNode{"/": root}}
}

func (m *memFS) EvalSymlinks(path string) (string, error) { return path, m.need(path) }
func (m *memFS) Writable(path string) error               { return m.need(path) }
func (m *memFS) Sleep(time.Duration)                      {}

func (m *memFS) need(path string) error {
	if m.now[path] == nil {
		return syscall.ENOENT
	}
	return nil
}

func (m *memFS) Stat(path string) (fs.FileInfo, error) {
	n := m.now[path]
	if n == nil {
		return nil, syscall.ENOENT
	}
	return memInfo{n, filepath.Base(path)}, nil
}

func (m *memFS) Lstat(path string) (fs.FileInfo, error) { return m.Stat(path) }

func (m *memFS) Open(path string) (Handle, error) {
	if err := m.need(path); err != nil {
		return nil, err
	}
	return &memHandle{n: m.now[path]}, nil
}

func (m *memFS) Create(path string, perm fs.FileMode) (Handle, error) {
	if err := m.add(path, &memNode{perm: perm}); err != nil {
		return nil, err
	}
	return &memHandle{n: m.now[path]}, nil
}

func (m *memFS) add(path string, n *memNode) error {
	if m.now[path] != nil {
		return syscall.EEXIST
	}
	if err := m.need(filepath.Dir(path)); err != nil {
		return err
	}
	m.now[path] = n
	return nil
}

func (m *memFS) Rename(from, to string) error {
	if err := m.need(from); err != nil {
		return err
	}
	m.now[to] = m.now[from]
	delete(m.now, from)
	return nil
}

func (m *memFS) RenameNew(from, to string) error {
	if m.now[to] != nil {
		return syscall.EEXIST
	}
	return m.Rename(from, to)
}

func (m *memFS) Remove(path string) error {
	err := m.need(path)
	delete(m.now, path)
	return err
}

func (m *memFS) Mkdir(path string, perm fs.FileMode) error {
	return m.add(path, &memNode{dir: true, perm: perm})
}

func (m *memFS) ReadDir(dir string) ([]fs.DirEntry, error) {
	if err := m.need(dir); err != nil {
		return nil, err
	}
	var all []fs.DirEntry
	for path, n := range m.now {
		if filepath.Dir(path) == dir && path != dir {
			all = append(all, fs.FileInfoToDirEntry(memInfo{n, filepath.Base(path)}))
		}
	}
	return all, nil
}

func (m *memFS) SyncDir(dir string) error {
	for path := range m.safe {
		if filepath.Dir(path) == dir && path != dir {
			delete(m.safe, path)
		}
	}
	for path, n := range m.now {
		if filepath.Dir(path) == dir {
			m.safe[path] = n
		}
	}
	return nil
}

// mostPending bounds how many names that were not synced are lost one by one; of more, all or none are.
const mostPending = 6

// namings are the names that may be found after a power cut: each one that was not synced is the old one or the new one, whatever
// became of the others.
func (m *memFS) namings() []map[string]*memNode {
	var pending []string
	for path := range m.now {
		if m.now[path] != m.safe[path] {
			pending = append(pending, path)
		}
	}
	for path := range m.safe {
		if m.now[path] == nil {
			pending = append(pending, path)
		}
	}
	if len(pending) > mostPending {
		return []map[string]*memNode{m.now, m.safe}
	}
	var all []map[string]*memNode
	for kept := range 1 << len(pending) {
		names := maps.Clone(m.safe)
		for i, path := range pending {
			if kept&(1<<i) == 0 {
				continue
			}
			if n := m.now[path]; n != nil {
				names[path] = n
			} else {
				delete(names, path)
			}
		}
		all = append(all, names)
	}
	return all
}

// afterPowerCut gives every file system that may be found at the next start: names that were not synced are there or
// not, content that was not synced is lost, half there, or zeros of the right length.
func (m *memFS) afterPowerCut() []*memFS {
	var all []*memFS
	for _, names := range m.namings() {
		for _, lost := range []func(n *memNode) []byte{
			func(n *memNode) []byte { return n.safe },
			func(n *memNode) []byte { return n.data },
			func(n *memNode) []byte { return n.data[:len(n.data)/2] },
			func(n *memNode) []byte { return make([]byte, len(n.data)) },
		} {
			after := newMemFS()
			for path, n := range names {
				if !reachable(names, path) {
					continue
				}
				data := n.safe
				if !bytes.Equal(n.data, n.safe) {
					data = lost(n)
				}
				after.now[path] = &memNode{dir: n.dir, perm: n.perm, data: data, safe: data}
			}
			all = append(all, after)
		}
	}
	return all
}

func reachable(names map[string]*memNode, path string) bool {
	for ; path != "/"; path = filepath.Dir(path) {
		if names[path] == nil {
			return false
		}
	}
	return true
}

type memInfo struct {
	n    *memNode
	name string
}

func (i memInfo) Name() string       { return i.name }
func (i memInfo) Size() int64        { return int64(len(i.n.data)) }
func (i memInfo) ModTime() time.Time { return someDay }
func (i memInfo) IsDir() bool        { return i.n.dir }
func (i memInfo) Sys() any           { return nil }
func (i memInfo) Mode() fs.FileMode {
	if i.n.dir {
		return i.n.perm | fs.ModeDir
	}
	return i.n.perm
}

type memHandle struct {
	n  *memNode
	at int
}

func (h *memHandle) Read(p []byte) (int, error) {
	n, err := h.ReadAt(p, int64(h.at))
	h.at += n
	return n, err
}

func (h *memHandle) ReadAt(p []byte, off int64) (int, error) {
	n := copy(p, h.n.data[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (h *memHandle) Write(p []byte) (int, error) {
	h.n.data = append(h.n.data, p...)
	return len(p), nil
}

func (h *memHandle) Stat() (fs.FileInfo, error) { return memInfo{h.n, ""}, nil }

func (h *memHandle) Sync() error {
	h.n.safe = bytes.Clone(h.n.data)
	return nil
}

func (h *memHandle) Chmod(mode fs.FileMode) error {
	h.n.perm = mode
	return nil
}

func (h *memHandle) ChownLike(fs.FileInfo) (bool, error) { return true, nil }
func (h *memHandle) Close() error                        { return nil }

// powerCut runs a writer until the crash (at 0: to its end) and says what may be found after a power cut: whether
// everywhere the new file, and whether anywhere a mix.
func powerCut(t *testing.T, w writer, at int, judge func(op string) verdict) (alwaysNew, mix, fell bool) {
	t.Helper()
	disk := newMemFS()
	if err := w.prepare(disk, "/"); err != nil {
		t.Fatal(err)
	}
	r := newRig(disk, func(n int, op string) verdict {
		if n == at {
			return crash
		}
		return judge(op)
	})
	err, fell := runCrashing(func() error { return w.act(r, "/") })
	if !fell && err != nil {
		t.Fatal(err)
	}
	alwaysNew = true
	for _, after := range disk.afterPowerCut() {
		got, err := w.got(after, "/")
		if err != nil && !errors.Is(err, ErrNotExist) {
			t.Fatal(err)
		}
		alwaysNew = alwaysNew && bytes.Equal(got, w.new)
		mix = mix || !oneOf(got, w.old, w.new)
	}
	return alwaysNew, mix, fell
}

func allow(string) verdict { return proceed }

// TestPowerCut cuts the power before every operation and after the last one (D1, in a model).
func TestPowerCut(t *testing.T) {
	for _, w := range writers() {
		if w.volatile {
			continue
		}
		t.Run(w.name, func(t *testing.T) {
			if alwaysNew, mix, _ := powerCut(t, w, 0, allow); !alwaysNew || mix {
				t.Error("a power cut after the save takes it back")
			}
			for at := 1; ; at++ {
				_, mix, fell := powerCut(t, w, at, allow)
				if mix {
					t.Errorf("a power cut before operation %d leaves a mix", at)
				}
				if !fell {
					if at < 12 {
						t.Errorf("only %d operations", at-1)
					}
					return
				}
			}
		})
	}
}

// TestPowerCutModel: the model finds the faults that real programs had, so that TestPowerCut can fail.
func TestPowerCutModel(t *testing.T) {
	for _, w := range writers() {
		if w.volatile {
			continue
		}
		noFolder := func(op string) verdict { return verdictIf(op == "syncdir", skip) }
		if alwaysNew, _, _ := powerCut(t, w, 0, noFolder); alwaysNew {
			t.Errorf("%s: a folder that was not synced makes no difference", w.name)
		}
		noFile := func(op string) verdict { return verdictIf(strings.HasPrefix(op, "sync "), skip) }
		if _, mix, _ := powerCut(t, w, 0, noFile); !mix {
			t.Errorf("%s: a file that was not synced makes no difference", w.name)
		}
	}
}

// TestCompoundFaults fails every operation of a sweep and a save that come after every crash of another save (Z1).
func TestCompoundFaults(t *testing.T) {
	w := writers()[0]
	for first := 1; ; first++ {
		fell := true
		for second := 1; fell; second++ {
			disk := newMemFS()
			check(t, w.prepare(disk, "/"))
			_, fell = runCrashing(func() error {
				return w.act(newRig(disk, func(n int, _ string) verdict { return verdictIf(n == first, crash) }), "/")
			})
			r := newRig(disk, func(n int, _ string) verdict { return verdictIf(n == second, breakIt) })
			sweepBeside(r, "/profile.toml", someDay.Add(2*time.Hour))
			err := w.act(r, "/")
			got, readErr := w.got(disk, "/")
			if readErr != nil || !oneOf(got, w.old, w.new) || err == nil && !bytes.Equal(got, w.new) {
				t.Fatalf("crash at %d, fault at %d: %v, %v, %.40q", first, second, err, readErr, got)
			}
			if len(r.log) < second {
				break
			}
		}
		if !fell {
			if first < 20 {
				t.Errorf("only %d crashes", first-1)
			}
			return
		}
	}
}
