//go:build unix

package store

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

// TestPoorFileSystems: a save succeeds, with a warning, even if the file system lacks something (R4).
func TestPoorFileSystems(t *testing.T) {
	cases := []struct {
		op      string
		err     error
		warning string
	}{
		{"chmod temp", syscall.EPERM, warnPerm},
		{"chown temp", syscall.EPERM, warnOwner},
		{"sync temp", syscall.ENOTSUP, warnSync},
		{"sync temp", syscall.EINVAL, warnSync},
		{"syncdir", syscall.ENOTSUP, warnSync},
		{"syncdir", syscall.EINVAL, warnSync},
	}
	for _, c := range cases {
		dir := realDir(t)
		mustWrite(t, profileIn(dir), oldText)
		if err := os.Chmod(profileIn(dir), 0o640); err != nil {
			t.Fatal(err)
		}
		r := newRig(OS(), nil)
		f := mustLoad(t, r, profileIn(dir))
		r.always = map[string]error{c.op: c.err}
		if err := f.Save(newText); err != nil {
			t.Errorf("%s failing with %v: %v", c.op, c.err, err)
		}
		wantFile(t, profileIn(dir), newText)
		if c.warning == warnOwner {
			// The group is another one now, and must not be let in.
			wantMode(t, profileIn(dir), 0o600)
		}
		if f.Warning() != c.warning {
			t.Errorf("%s failing with %v: warning %q", c.op, c.err, f.Warning())
		}
		if !slices.Contains(r.log, c.op) {
			t.Errorf("%s never came", c.op)
		}
		r.always = nil
		if err := f.Save(oldText); err != nil || f.Warning() != "" {
			t.Errorf("a good save after it: %v, %q", err, f.Warning())
		}
	}
}

// special is a table of what may lie where a profile is looked for (L1). Each makes path in dir.
var special = []struct {
	name string
	make func(t *testing.T, dir, path string)
	want error
	// create is what Create says; nil in the table means ErrExists.
	create error
}{
	{"folder", func(t *testing.T, dir, path string) { check(t, os.Mkdir(path, 0o700)) }, ErrNotRegular, ErrNotRegular},
	{"fifo", func(t *testing.T, dir, path string) { check(t, syscall.Mkfifo(path, 0o600)) }, ErrNotRegular, ErrNotRegular},
	{"link to a fifo", func(t *testing.T, dir, path string) {
		check(t, syscall.Mkfifo(filepath.Join(dir, "f"), 0o600))
		check(t, os.Symlink("f", path))
	}, ErrNotRegular, ErrNotRegular},
	{"socket", func(t *testing.T, dir, path string) {
		l, err := net.Listen("unix", path)
		check(t, err)
		t.Cleanup(func() { l.Close() })
	}, ErrNotRegular, ErrNotRegular},
	{"device", func(t *testing.T, dir, path string) { ownDevice(t, path) }, ErrNotRegular, ErrNotRegular},
	{"link to a device", func(t *testing.T, dir, path string) {
		ownDevice(t, filepath.Join(dir, "d"))
		check(t, os.Symlink("d", path))
	}, ErrNotRegular, ErrNotRegular},
	{"link to a folder", func(t *testing.T, dir, path string) {
		check(t, os.Mkdir(filepath.Join(dir, "d"), 0o700))
		check(t, os.Symlink("d", path))
	}, ErrNotRegular, ErrNotRegular},
	{"dangling link", func(t *testing.T, dir, path string) { check(t, os.Symlink("nowhere", path)) }, ErrDangling, ErrDangling},
	{"dangling chain", func(t *testing.T, dir, path string) {
		check(t, os.Symlink("nowhere", filepath.Join(dir, "b")))
		check(t, os.Symlink("b", path))
	}, ErrDangling, ErrDangling},
	{"loop", func(t *testing.T, dir, path string) {
		check(t, os.Symlink("b", path))
		check(t, os.Symlink(filepath.Base(path), filepath.Join(dir, "b")))
	}, ErrNotRegular, ErrNotRegular},
	{"nothing", func(t *testing.T, dir, path string) {}, ErrNotExist, nil},
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// ownDevice makes a /dev/null of our own. No test may lead to the system's: run by the administrator, a fault in this
// package would replace it for everyone.
func ownDevice(t *testing.T, path string) {
	t.Helper()
	const nullDevice = 1<<8 | 3
	if err := syscall.Mknod(path, syscall.S_IFCHR|0o600, nullDevice); err != nil {
		testneed.Missing(t, "the right to make a device: "+err.Error())
	}
}

func listing(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	check(t, err)
	var all []string
	for _, e := range entries {
		all = append(all, fmt.Sprint(e.Type(), e.Name()))
	}
	return all
}

func TestSpecialFiles(t *testing.T) {
	for _, c := range special {
		t.Run(c.name, func(t *testing.T) {
			dir := shortDir(t)
			path := profileIn(dir)
			c.make(t, dir, path)
			before := listing(t, dir)
			if _, err := Load(OS(), path, testLimit); !errors.Is(err, c.want) {
				t.Errorf("load: %v", err)
			} else if text := err.Error(); !strings.Contains(text, path) || err.(*Error).Hint() == "" {
				t.Errorf("load: %q, hint %q", text, err.(*Error).Hint())
			}
			if c.want == ErrNotExist {
				return
			}
			if _, err := Create(OS(), path, newText); !errors.Is(err, c.create) {
				t.Errorf("create: %v", err)
			}
			if err := Write(OS(), path, newText, false); !errors.Is(err, c.create) {
				t.Errorf("write: %v", err)
			}
			if err := Write(OS(), path, newText, true); !errors.Is(err, c.want) {
				t.Errorf("write by force: %v", err)
			}
			if after := listing(t, dir); !slices.Equal(before, after) {
				t.Errorf("was %q, is %q", before, after)
			}
		})
	}
}

// shortDir is a temporary folder whose path leaves room for a socket's, which may have 100 bytes only.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "k")
	check(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	dir, err = filepath.EvalSymlinks(dir)
	check(t, err)
	return dir
}

// TestLinksStay: a save goes to the file behind a chain of three links, into another folder, and no link is replaced.
func TestLinksStay(t *testing.T) {
	dir := realDir(t)
	real := filepath.Join(dir, "dotfiles", "p.toml")
	check(t, os.Mkdir(filepath.Dir(real), 0o700))
	mustWrite(t, real, oldText)
	path := profileIn(dir)
	check(t, os.Symlink("b", path))
	check(t, os.Symlink(filepath.Join(dir, "c"), filepath.Join(dir, "b")))
	check(t, os.Symlink("dotfiles/p.toml", filepath.Join(dir, "c")))
	before := listing(t, dir)
	f := mustLoad(t, OS(), path)
	if f.Resolved() != real || f.path != path {
		t.Errorf("resolved %s, path %s", f.Resolved(), f.path)
	}
	check(t, f.Save(newText))
	wantFile(t, real, newText)
	check(t, Write(OS(), path, oldText, true))
	wantFile(t, real, oldText)
	if after := listing(t, dir); !slices.Equal(before, after) {
		t.Errorf("was %q, is %q", before, after)
	}
	if n := len(listing(t, filepath.Dir(real))); n != 1 {
		t.Errorf("%d files beside the real one", n)
	}
}

// TestCreateBehindLink: a file made in a folder behind a link has the same resolved path as when it is loaded.
func TestCreateBehindLink(t *testing.T) {
	dir := realDir(t)
	check(t, os.Mkdir(filepath.Join(dir, "real"), 0o700))
	check(t, os.Symlink("real", filepath.Join(dir, "link")))
	path := profileIn(filepath.Join(dir, "link"))
	f, err := Create(OS(), path, oldText)
	check(t, err)
	if want := mustLoad(t, OS(), path).Resolved(); f.Resolved() != want {
		t.Errorf("made at %q, loaded from %q", f.Resolved(), want)
	}
	check(t, f.Save(newText))
}

// TestBecomesFIFO: the file turns into a pipe between the look at it and the opening, which must not wait for a writer.
func TestBecomesFIFO(t *testing.T) {
	dir := realDir(t)
	mustWrite(t, profileIn(dir), oldText)
	r := newRig(OS(), func(_ int, op string) verdict {
		if op == "open" {
			check(t, os.Remove(profileIn(dir)))
			check(t, syscall.Mkfifo(profileIn(dir), 0o600))
		}
		return proceed
	})
	if _, err := Load(r, profileIn(dir), testLimit); !errors.Is(err, ErrNotRegular) {
		t.Errorf("got %v", err)
	}
}

// TestHardLink: as the package comment says, the other name keeps the old content.
func TestHardLink(t *testing.T) {
	dir := realDir(t)
	mustWrite(t, profileIn(dir), oldText)
	other := filepath.Join(dir, "other")
	check(t, os.Link(profileIn(dir), other))
	check(t, mustLoad(t, OS(), profileIn(dir)).Save(newText))
	wantFile(t, profileIn(dir), newText)
	wantFile(t, other, oldText)
}

// TestModes: a save keeps the permission bits, whatever the umask.
func TestModes(t *testing.T) {
	for _, mask := range []int{0, 0o077, 0o777} {
		for _, mode := range []fs.FileMode{0o600, 0o640, 0o644, 0o666, 0o755} {
			dir := realDir(t)
			mustWrite(t, profileIn(dir), oldText)
			check(t, os.Chmod(profileIn(dir), mode))
			withUmask(mask, func() { check(t, mustLoad(t, OS(), profileIn(dir)).Save(newText)) })
			wantMode(t, profileIn(dir), mode)
		}
	}
}

// TestPrivate: with umask 000 everything new is for this user only (S13).
func TestPrivate(t *testing.T) {
	dir := filepath.Join(realDir(t), "data")
	places := Places{State: filepath.Join(dir, "state")}
	withUmask(0, func() {
		_, err := Create(OS(), filepath.Join(dir, "a", "profile.toml"), newText)
		check(t, err)
		check(t, Write(OS(), filepath.Join(dir, "b", "report.md"), newText, false))
		check(t, NewBackups(OS(), places.State, "/x/profile.toml").Keep(newText, someDay))
		check(t, WriteState(OS(), places.StateFile("/x/profile.toml", "draft"), newText))
		l, err := TryLock(places.State, "/x/profile.toml")
		check(t, err)
		defer l.Unlock()
	})
	count := 0
	check(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if count++; d.IsDir() {
			wantMode(t, path, 0o700|fs.ModeDir)
		} else {
			wantMode(t, path, 0o600)
		}
		return err
	}))
	if count < 14 {
		t.Errorf("only %d files and folders were looked at", count)
	}
}

// withUmask holds for the whole process: no test of this package runs in parallel.
func withUmask(mask int, do func()) {
	old := syscall.Umask(mask)
	defer syscall.Umask(old)
	do()
}

func wantMode(t *testing.T, path string, want fs.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	check(t, err)
	if info.Mode() != want {
		t.Errorf("%s is %v, want %v", path, info.Mode(), want)
	}
}

// TestReadOnly: a file with mode 0400 can be opened but not saved, not even by the administrator (R1).
func TestReadOnly(t *testing.T) {
	dir := realDir(t)
	mustWrite(t, profileIn(dir), oldText)
	check(t, os.Chmod(profileIn(dir), 0o400))
	f := mustLoad(t, OS(), profileIn(dir))
	if err := f.Save(newText); !errors.Is(err, ErrReadOnly) {
		t.Errorf("save: %v", err)
	}
	if err := Write(OS(), profileIn(dir), newText, true); !errors.Is(err, ErrReadOnly) {
		t.Errorf("write by force: %v", err)
	}
	wantFile(t, profileIn(dir), oldText)
	if n := len(listing(t, dir)); n != 1 {
		t.Errorf("%d files", n)
	}
	check(t, os.Chmod(profileIn(dir), 0o600))
	check(t, f.Save(newText))
}

// TestLinkNew: the way of systems without a rename that refuses to replace.
func TestLinkNew(t *testing.T) {
	dir := realDir(t)
	from, to := filepath.Join(dir, "from"), filepath.Join(dir, "to")
	mustWrite(t, from, newText)
	check(t, linkNew(from, to))
	wantFile(t, to, newText)
	mustWrite(t, from, oldText)
	if err := linkNew(from, to); !errors.Is(err, ErrExists) {
		t.Errorf("got %v", err)
	}
	wantFile(t, to, newText)
	wantFile(t, from, oldText)
}

// TestLongName: a file whose name is as long as a name can be can be saved, since the temporary name does not contain it.
func TestLongName(t *testing.T) {
	path := filepath.Join(realDir(t), strings.Repeat("n", 250)+".toml")
	f, err := Create(OS(), path, oldText)
	check(t, err)
	check(t, f.Save(newText))
	check(t, NewBackups(OS(), realDir(t), f.Resolved()).Keep(newText, someDay))
}

// Something that looks like a plain file and lets its reader wait, as /proc/kmsg does, hangs nobody.
func TestAFileThatBlocksIsGivenUp(t *testing.T) {
	path := filepath.Join(realDir(t), "fifo")
	check(t, syscall.Mkfifo(path, 0o600))
	writer, err := os.OpenFile(path, os.O_RDWR, 0) // a writer that says nothing, so that reading waits
	check(t, err)
	defer writer.Close()
	h, err := OS().Open(path)
	check(t, err)
	defer h.Close()
	ended := make(chan error, 1)
	go func() {
		_, err := h.Read(make([]byte, 1))
		ended <- explainTimeout(err)
	}()
	select {
	case err := <-ended:
		if !errors.Is(err, ErrNotRegular) {
			t.Errorf("%v", err)
		}
	case <-time.After(20 * readTimeout):
		t.Fatal("it still waits")
	}
}
