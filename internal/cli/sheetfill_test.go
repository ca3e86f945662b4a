package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

// What is rated on the screen goes into the sheet at once, beside what somebody else writes into it meanwhile; undone, it
// is as it was.
func TestFillingASheetOnTheScreen(t *testing.T) {
	const asSent = "sheet = 1\r\nstandard = \"ST0413\"\r\nlearner = \"Asha\"\r\n[rating.K7]\r\n# level =\r\n# note = \"\"\r\n[rating.S6]\r\nlevel = 1\r\n"
	path := filepath.Join(t.TempDir(), "s.toml")
	write := func(s string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	read := func() string {
		t.Helper()
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	write(asSent)
	today := calendar.Of(2026, 11, 22)
	k := &kit{library: library.New(), asOf: today}
	file, sheet, err := k.readSheet(path)
	if err != nil {
		t.Fatal(err)
	}
	f := &sheetFilling{kit: k, path: path, opened: sheet, file: file, src: file.Bytes()}
	before := sheet.Profile(today)
	note := text("seen twice")
	after, err := profile.Rate{KSB: "K7", By: profile.Mentor, Level: 3, On: today, Who: text("J. Ode"), Note: &note}.Apply(before, k.library.Standard(library.Default))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.save(after); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"level = 3\r\n", "note = \"seen twice\"\r\n", "by = \"J. Ode\"\r\n", "on = 2026-11-22\r\n", "level = 1\r\n"} {
		if got := read(); !strings.Contains(got, want) || strings.Contains(got, "# level") || strings.Contains(strings.ReplaceAll(got, "\r\n", ""), "\n") {
			t.Errorf("%q is not in %q", want, got)
		}
	}
	if err := f.save(before); err != nil || read() != asSent {
		t.Errorf("undone: %v\n%s", err, read())
	}
	write(strings.Replace(asSent, "level = 1", "level = 4", 1))
	if err := f.save(after); err != nil {
		t.Fatal(err)
	}
	if got := read(); !strings.Contains(got, "level = 4") || !strings.Contains(got, "level = 3") {
		t.Errorf("one of the two was lost: %q", got)
	}
	write("sheet = 1\nlevel")
	if err := f.save(sheet.Profile(today.AddDays(1))); err == nil || !strings.Contains(err.Error(), path+": line 2") || read() != "sheet = 1\nlevel" {
		t.Errorf("a sheet that is broken now: %v", err)
	}
	later, err := profile.Rate{KSB: "K7", By: profile.Mentor, Level: 2, On: today}.Apply(after, k.library.Standard(library.Default))
	if err != nil {
		t.Fatal(err)
	}
	write(strings.Replace(asSent, "level = 1", "level = 4", 1))
	if err := f.save(later); err != nil || !strings.Contains(read(), "level = 2") || !strings.Contains(read(), "level = 4") {
		t.Errorf("the sheet is whole again: %v\n%s", err, read())
	}
	write(strings.Replace(read(), "level = 4", "level = 0", 1))
	if err := f.save(before); err != nil || strings.Contains(read(), "level = 2") || strings.Contains(read(), "seen twice") || !strings.Contains(read(), "level = 0") {
		t.Errorf("undone beside a change from elsewhere: %v\n%s", err, read())
	}
	other := note
	over, err := profile.Rate{KSB: "S6", By: profile.Mentor, Level: 2, On: today, Who: text("J. Ode"), Note: &other}.Apply(before, k.library.Standard(library.Default))
	if err != nil {
		t.Fatal(err)
	}
	write(asSent)
	if err := f.save(over); err != nil || !strings.Contains(read(), "level = 2") {
		t.Errorf("over what the sheet said: %v\n%s", err, read())
	}
	write(read() + "# seen\r\n")
	if err := f.save(before); err != nil || !strings.Contains(read(), "level = 1") || strings.Contains(read(), "seen twice") || !strings.Contains(read(), "# seen") {
		t.Errorf("what the sheet said before is back: %v\n%s", err, read())
	}
}

// Beside an open program a profile without an id cannot get one; the sheet is made all the same and says so.
func TestSheetBesideAnOpenProgram(t *testing.T) {
	w := newWorld(t).demo()
	b, err := os.ReadFile(w.profile())
	if err != nil {
		t.Fatal(err)
	}
	before := strings.Replace(string(b), "id = \"l-ashapate\"\n", "", 1)
	w.write([]byte(before))
	holder, err := session.Open(session.Options{
		Path: w.profile(), Ops: store.OS(), Library: library.New(), Today: calendar.Of(2026, 11, 22),
		Places: store.Places{Profile: w.profile(), State: filepath.Join(w.home, ".local/state/ksbcoach"), Config: filepath.Join(w.home, ".config/ksbcoach")},
	})
	if err != nil || holder.ReadOnly() != nil {
		t.Fatal(err, holder.ReadOnly())
	}
	path := filepath.Join(w.home, "s.toml")
	out := w.must("sheet", "make", "-o", path, "--as-of", asOf)
	if !strings.Contains(out, "the sheet goes by your name") {
		t.Errorf("not said: %s", out)
	}
	if b, _ := os.ReadFile(w.profile()); string(b) != before {
		t.Error("the profile was changed beside the open program")
	}
	if err := holder.Close(); err != nil {
		t.Fatal(err)
	}
	w.must("sheet", "fill", path, "K7", "2", "--by", "J. Ode", "--as-of", asOf)
	if out := w.must("sheet", "take", path, "--as-of", asOf); !strings.Contains(out, "1 rating by J. Ode taken") {
		t.Errorf("a sheet without an id: %s", out)
	}
	again := filepath.Join(w.home, "s2.toml")
	if out := w.must("sheet", "make", "-o", again, "--as-of", asOf); strings.Contains(out, "by your name") {
		t.Errorf("with the profile free: %s", out)
	}
}
