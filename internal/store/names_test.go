package store

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestNamesThatWindowsDoesNotTake(t *testing.T) {
	for _, path := range []string{
		`C:\Users\Sam\profile.toml`, `c:/work/my file.toml`, `C:profile.toml`, `\\ward\share\p.toml`, `..\p.toml`, `.\p.toml`, "p.toml", `C:\`,
		`C:\console\com.toml`, "com10.toml", "comet.txt", "null.toml", "auxiliary.csv", "lpt.txt", "Ärztin.toml", `\\?\C:\con`, `COM\LPT\x`, "a.b.c",
	} {
		if why := windowsRefuses(path); why != "" {
			t.Errorf("%s: %s", path, why)
		}
	}
	for path, want := range map[string]string{
		"CON": "a device", "con.toml": "a device", `C:\Nul`: "a device", "aux.tar.gz": "a device", "COM1": "a device", "lpt9.txt": "a device",
		"COM¹": "a device", `C:\prn\p.toml`: "a device", "nul .txt": "a device", "CONOUT$": "a device",
		"profile.": "a dot or a space", "p.toml ": "a dot or a space", `C:\folder.\p.toml`: "a dot or a space", "...": "a dot or a space",
		"ab:c.toml": "may not contain", `C:\what?.toml`: "may not contain", "a*b": "may not contain", `a"b`: "may not contain", "a|b": "may not contain",
		"a\x07b": "control character", "a\nb": "control character",
	} {
		if why := windowsRefuses(path); !strings.Contains(why, want) {
			t.Errorf("%q: %q, want %s", path, why, want)
		}
	}
}

// On Windows a new file under such a name is refused before anything is written; elsewhere it is a name like any other.
func TestANameIsRefusedWhereItIsNone(t *testing.T) {
	for _, name := range []string{"con.toml", "report.", "COM1"} {
		dir := realDir(t)
		_, err := Create(OS(), filepath.Join(dir, name), oldText)
		forced := Write(OS(), filepath.Join(dir, name), newText, true)
		if runtime.GOOS != "windows" {
			if err != nil || forced != nil {
				t.Errorf("%s: %v, %v", name, err, forced)
			}
			continue
		}
		if !errors.Is(err, ErrBadName) || !errors.Is(forced, ErrBadName) {
			t.Errorf("%s: %v, %v", name, err, forced)
		}
		if left, _ := os.ReadDir(dir); len(left) > 0 {
			t.Errorf("%s: left %v", name, left)
		}
	}
}

// TestSavingOverAFileThatIsOpen: a save succeeds in the end although another program, such as a second ksbcoach, is
// reading the file; if that never lets go, the error says so. Only Windows locks open files like this.
func TestSavingOverAFileThatIsOpen(t *testing.T) {
	dir := realDir(t)
	mustWrite(t, profileIn(dir), oldText)
	f := mustLoad(t, OS(), profileIn(dir))
	held, err := os.Open(profileIn(dir))
	if err != nil {
		t.Fatal(err)
	}
	if err = f.Save(newText); runtime.GOOS == "windows" {
		var told *Error
		if !isBusy(err) || !errors.As(err, &told) || !strings.Contains(told.Hint(), "OneDrive") {
			t.Errorf("while it is held: %v", err)
		}
		wantFile(t, profileIn(dir), oldText)
	} else if err != nil {
		t.Error(err)
	}
	if left := temps(t, dir); len(left) > 0 {
		t.Errorf("left %v", left)
	}
	time.AfterFunc(20*time.Millisecond, func() { _ = held.Close() })
	if err := f.Save(newText); err != nil {
		t.Errorf("let go while it was saved: %v", err)
	}
	wantFile(t, profileIn(dir), newText)
}

// TestTheLockIsOfTheFile: however a path is written, it is one file and one lock.
func TestTheLockIsOfTheFile(t *testing.T) {
	dir := realDir(t)
	mustWrite(t, profileIn(dir), oldText)
	l, err := TryLock(dir, mustLoad(t, OS(), profileIn(dir)).Resolved())
	if err != nil {
		t.Fatal(err)
	}
	defer l.Unlock()
	others := []string{dir + "/./profile.toml", dir + "/../" + filepath.Base(dir) + "/profile.toml", dir + "//profile.toml"}
	if runtime.GOOS == "windows" {
		others = append(others, strings.ToUpper(profileIn(dir)), strings.ReplaceAll(profileIn(dir), `\`, "/"))
	}
	for _, path := range others {
		if _, err := TryLock(dir, mustLoad(t, OS(), path).Resolved()); !errors.Is(err, ErrLocked) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
