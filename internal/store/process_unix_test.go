//go:build unix

package store

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

// The test binary is its own helper: with this variable set it does one of the jobs below instead of the tests.
const jobVariable = "KSBCOACH_STORE_TEST_JOB"

var jobs = map[string]func(args []string) error{
	"save for ever": saveForEver,
	"save limited":  saveLimited,
	"count":         countUp,
	"hold lock":     holdLock,
	"no rights":     noRights,
}

func TestMain(m *testing.M) {
	job, ok := jobs[os.Getenv(jobVariable)]
	if !ok {
		os.Exit(m.Run())
	}
	if err := job(os.Args[1:]); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	os.Exit(0)
}

func helper(t *testing.T, job string, args ...string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	check(t, err)
	// The limit only keeps a hanging helper from hanging the tests.
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, exe, args...)
	cmd.Env = append(os.Environ(), jobVariable+"="+job)
	return cmd
}

// numbered is a text of varying length that shows whether it is whole.
func numbered(n int) []byte {
	line := fmt.Sprintf("version %d\n", n)
	return []byte(strings.Repeat(line, 200+n%700) + "end\n")
}

func numberOf(data []byte) (int, error) {
	first, _, _ := strings.Cut(string(data), "\n")
	n, err := strconv.Atoi(strings.TrimPrefix(first, "version "))
	if err == nil && !bytes.Equal(data, numbered(n)) {
		err = fmt.Errorf("version %d is torn: %d bytes", n, len(data))
	}
	return n, err
}

// saveForEver says each number once its save has succeeded.
func saveForEver(args []string) error {
	f, err := Load(OS(), args[0], testLimit)
	if err != nil {
		return err
	}
	n, err := numberOf(f.Bytes())
	for err == nil {
		n++
		if err = f.Save(numbered(n)); err == nil {
			fmt.Println(n)
		}
	}
	return err
}

// TestKill kills a process that saves for ever at 50 random moments (K2): the file is never torn, and never older than
// the last save that was reported.
func TestKill(t *testing.T) {
	dir := realDir(t)
	mustWrite(t, profileIn(dir), numbered(0))
	saves := 0
	for range 50 {
		cmd := helper(t, "save for ever", profileIn(dir))
		out, err := cmd.StdoutPipe()
		check(t, err)
		check(t, cmd.Start())
		lines := bufio.NewReader(out)
		first, err := lines.ReadString('\n')
		check(t, err)
		time.Sleep(time.Duration(rand.IntN(8000)) * time.Microsecond)
		check(t, cmd.Process.Kill())
		rest, err := io.ReadAll(lines)
		check(t, err)
		if err := cmd.Wait(); cmd.ProcessState.ExitCode() != -1 {
			t.Fatalf("the helper was not killed: %v, %s", err, rest)
		}
		reported := lastNumber(t, first+string(rest))
		data, err := os.ReadFile(profileIn(dir))
		check(t, err)
		n, err := numberOf(data)
		if err != nil || n < reported || n > reported+1 {
			t.Fatalf("version %d, reported %d, %v", n, reported, err)
		}
		saves = n
	}
	sweepBeside(OS(), profileIn(dir), time.Now().Add(2*time.Hour))
	if left := temps(t, dir); len(left) > 0 {
		t.Errorf("not swept: %v", left)
	}
	t.Logf("%d saves", saves)
}

func lastNumber(t *testing.T, out string) int {
	t.Helper()
	fields := strings.Fields(out)
	n, err := strconv.Atoi(fields[len(fields)-1])
	check(t, err)
	return n
}

// saveLimited runs one writer under a limit on file size, which cuts a write in the middle as a full disk does.
func saveLimited(args []string) error {
	limit, err := strconv.ParseUint(args[2], 10, 64)
	if err != nil {
		return err
	}
	w, err := writerNamed(args[0])
	if err != nil {
		return err
	}
	if err := setFileLimit(limit); err != nil {
		return err
	}
	return w.act(OS(), args[1])
}

func writerNamed(name string) (writer, error) {
	for _, w := range writers() {
		if w.name == name {
			return w, nil
		}
	}
	return writer{}, errors.New("no writer " + name)
}

// TestFullDisk is F1.
func TestFullDisk(t *testing.T) {
	size := len(newText)
	for _, w := range writers() {
		for _, limit := range []int{0, 1, 100, 512, size / 2, size - 1, size} {
			dir := realDir(t)
			check(t, w.prepare(OS(), dir))
			out, err := helper(t, "save limited", w.name, dir, strconv.Itoa(limit)).Output()
			got, readErr := w.got(OS(), dir)
			if readErr != nil && !errors.Is(readErr, ErrNotExist) {
				t.Fatal(readErr)
			}
			if limit == size {
				if err != nil || !bytes.Equal(got, w.new) {
					t.Errorf("%s, room enough: %v, %s", w.name, err, out)
				}
				continue
			}
			if err == nil || !strings.Contains(string(out), "file too large") || !strings.Contains(string(out), `"/`) {
				t.Errorf("%s, limit %d: %v, %q", w.name, limit, err, out)
			}
			if !bytes.Equal(got, w.old) {
				t.Errorf("%s, limit %d: the old file is gone: %.40q", w.name, limit, got)
			}
			if left := temps(t, dir); len(left) > 0 {
				t.Errorf("%s, limit %d: left %v", w.name, limit, left)
			}
		}
	}
}

// countUp adds one to a number in a file, again and again, under the lock.
func countUp(args []string) error {
	for range 50 {
		l, err := LockWithin(context.Background(), args[0], args[1])
		if err != nil {
			return err
		}
		f, err := Load(OS(), args[1], testLimit)
		if err != nil {
			return err
		}
		n, err := strconv.Atoi(string(f.Bytes()))
		if err != nil {
			return err
		}
		if err := f.Save([]byte(strconv.Itoa(n + 1))); err != nil {
			return err
		}
		if err := l.Unlock(); err != nil {
			return err
		}
	}
	return nil
}

// TestLockFight: no edit of two processes is lost (C1).
func TestLockFight(t *testing.T) {
	dir := realDir(t)
	mustWrite(t, profileIn(dir), []byte("0"))
	var cmds []*exec.Cmd
	for range 2 {
		cmd := helper(t, "count", filepath.Join(dir, "state"), profileIn(dir))
		cmd.Stdout = &bytes.Buffer{}
		check(t, cmd.Start())
		cmds = append(cmds, cmd)
	}
	for _, cmd := range cmds {
		if err := cmd.Wait(); err != nil {
			t.Errorf("%v: %s", err, cmd.Stdout)
		}
	}
	wantFile(t, profileIn(dir), []byte("100"))
}

func holdLock(args []string) error {
	if _, err := TryLock(args[0], args[1]); err != nil {
		return err
	}
	fmt.Println("held")
	_, err := io.Copy(io.Discard, os.Stdin)
	return err
}

// TestLockOfAnother: the message names the process, and a killed holder holds nothing.
func TestLockOfAnother(t *testing.T) {
	state := filepath.Join(realDir(t), "state")
	cmd := helper(t, "hold lock", state, "/x/profile.toml")
	stdin, err := cmd.StdinPipe()
	check(t, err)
	defer stdin.Close()
	out, err := cmd.StdoutPipe()
	check(t, err)
	check(t, cmd.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	if line != "held\n" {
		t.Fatalf("%q, %v", line, err)
	}
	_, err = TryLock(state, "/x/profile.toml")
	if !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), strconv.Itoa(cmd.Process.Pid)) {
		t.Errorf("got %v", err)
	}
	check(t, cmd.Process.Kill())
	_ = cmd.Wait()
	l, err := LockWithin(t.Context(), state, "/x/profile.toml")
	check(t, err)
	check(t, l.Unlock())
}

// noRights does what a user without rights may try; the parent looks at the files afterwards.
func noRights(args []string) error {
	dir := args[0]
	cases := []struct {
		name string
		do   func(path string) error
		want []error
	}{
		{"foreign", saveNew, []error{ErrReadOnly, os.ErrPermission}},
		{"foreign", forceNew, []error{ErrReadOnly, os.ErrPermission}},
		{"secret", saveNew, []error{os.ErrPermission}},
		{"closed/profile.toml", saveNew, []error{os.ErrPermission}},
		{"closed/new.toml", func(path string) error { return put(OS(), path, newText) }, []error{os.ErrPermission}},
		{"closed/new/new.toml", func(path string) error { return put(OS(), path, newText) }, []error{os.ErrPermission}},
		{"mine", saveNew, nil},
	}
	for _, c := range cases {
		err := c.do(filepath.Join(dir, c.name))
		for _, want := range c.want {
			var e *Error
			if !errors.Is(err, want) || !errors.As(err, &e) || e.Hint() == "" {
				return fmt.Errorf("%s: got %v, want %v", c.name, err, want)
			}
		}
		if c.want == nil && err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	return nil
}

func saveNew(path string) error {
	f, err := Load(OS(), path, testLimit)
	if err != nil {
		return err
	}
	return f.Save(newText)
}

func forceNew(path string) error { return Write(OS(), path, newText, true) }

// TestNoRights runs as an ordinary user (R1): files of others in a folder where everyone may rename, a file that may not
// be read, a folder that may not be written.
func TestNoRights(t *testing.T) {
	const nobody = 65534
	if os.Getuid() != 0 {
		testneed.Missing(t, "the administrator, who can make files of another user")
	}
	dir := shortDir(t)
	closed := filepath.Join(dir, "closed")
	check(t, os.Mkdir(closed, 0o755))
	for name, mode := range map[string]os.FileMode{"foreign": 0o644, "secret": 0, "mine": 0o600, "closed/profile.toml": 0o666} {
		mustWrite(t, filepath.Join(dir, name), oldText)
		check(t, os.Chmod(filepath.Join(dir, name), mode))
	}
	check(t, os.Chown(filepath.Join(dir, "mine"), nobody, nobody))
	check(t, os.Chmod(dir, 0o777))
	cmd := helper(t, "no rights", dir)
	// The test binary is in a folder that only we may enter.
	exe, err := os.ReadFile(cmd.Path)
	check(t, err)
	cmd.Path = filepath.Join(dir, "helper")
	check(t, os.WriteFile(cmd.Path, exe, 0o700))
	check(t, os.Chmod(cmd.Path, 0o755))
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	if out, err := cmd.Output(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
	for _, name := range []string{"foreign", "secret", "closed/profile.toml"} {
		wantFile(t, filepath.Join(dir, name), oldText)
	}
	wantFile(t, filepath.Join(dir, "mine"), newText)
	if n := len(listing(t, closed)); n != 1 {
		t.Errorf("%d files in the closed folder", n)
	}
	if left := temps(t, dir); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}

// TestOwnerKept: the administrator's save leaves the learner's file the learner's.
func TestOwnerKept(t *testing.T) {
	if os.Getuid() != 0 {
		testneed.Missing(t, "the administrator, who can keep another user's ownership")
	}
	dir := realDir(t)
	mustWrite(t, profileIn(dir), oldText)
	check(t, os.Chown(profileIn(dir), 12345, 23456))
	f := mustLoad(t, OS(), profileIn(dir))
	check(t, f.Save(newText))
	info, err := os.Stat(profileIn(dir))
	check(t, err)
	stat := info.Sys().(*syscall.Stat_t)
	if stat.Uid != 12345 || stat.Gid != 23456 || info.Mode() != 0o600 || f.Warning() != "" {
		t.Errorf("now of %d:%d, %v, warning %q", stat.Uid, stat.Gid, info.Mode(), f.Warning())
	}
}
