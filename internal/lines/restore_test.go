package lines

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAnOlderVersionIsBroughtBackByLines(t *testing.T) {
	t.Parallel()
	r := newRoom(t, lib.Demo(today))
	path := filepath.Join(r.dir, "profile.toml")
	text := func() string {
		t.Helper()
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(src)
	}
	const restore = "9"
	r.says(r.talk(restore, "quit"), "9. Bring back an older version of your profile", "No older version is kept on this computer yet.")
	before := text()
	r.talk("1", "4", "quit") // the first rating of a walk
	ours := text()
	if ours == before {
		t.Fatal("nothing was rated")
	}
	r.says(r.talk(restore, "1", "no", "quit"), "1 older version is kept on this computer.",
		"This afternoon 14:02, 127 ratings, 5 goals, 14 pieces of evidence, before 1 rating was", "What you have now is kept as a backup first.", "Bring it back?")
	if text() != ours {
		t.Error("it was brought back all the same")
	}
	r.says(r.talk(restore, "1", "yes", "quit"), "is back. What was there before is kept as b-2.")
	if text() != before {
		t.Error("another text is on disk")
	}
	r.talk(restore, "1", "yes", "quit")
	if text() != ours {
		t.Error("what was kept does not come back")
	}

	// A change that was made elsewhere is mentioned once.
	if err := os.WriteFile(path, []byte(ours+"# by hand\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const says = "This file was changed on another computer, or by hand,"
	r.says(r.talk("quit"), says)
	if got := r.talk("quit"); strings.Contains(got, says) {
		t.Error("it is said twice")
	}
}
