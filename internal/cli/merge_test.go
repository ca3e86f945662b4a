package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

// As a merge driver of git, ksbcoach merges two branches with different ratings and notes, and leaves a conflict if both
// rated the same KSB.
func TestGitMergesProfiles(t *testing.T) {
	t.Parallel()
	git := testneed.Program(t, "git", "git")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	bin := filepath.Join(dir, "ksbcoach") // called by this name, the test binary acts as the program
	if err := os.Symlink(self, bin); err != nil {
		testneed.Missing(t, "the right to make symbolic links")
	}
	repo := filepath.Join(dir, "repo")
	run := func(args ...string) (string, error) {
		cmd := exec.Command(git, append([]string{"-C", repo, "-c", "user.name=Asha", "-c", "user.email=asha@example.org"}, args...)...)
		cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_STATE_HOME=", "XDG_DATA_HOME=", "XDG_CONFIG_HOME=", "KSBCOACH_PROFILE=", "GIT_CONFIG_NOSYSTEM=1")
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	must := func(args ...string) {
		t.Helper()
		if out, err := run(args...); err != nil {
			t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	file := filepath.Join(repo, "profile.toml")
	const head = "# mine\nformat = 1\nstandard = \"ST0413\"\n[learner]\nname = \"Asha\"\n[[round]]\nid = \"baseline\"\nopened = 2026-11-01\n[round.self]\n"
	commit := func(rows ...string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(head+strings.Join(rows, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		must("add", ".")
		must("commit", "-q", "-m", "rated")
	}
	if err := os.MkdirAll(repo, 0o700); err != nil {
		t.Fatal(err)
	}
	must("init", "-q", "-b", "main")
	must("config", "merge.ksbcoach.driver", "'"+bin+"' merge %A %B --base %O -o %A --force")
	if err := os.WriteFile(filepath.Join(repo, ".gitattributes"), []byte("profile.toml merge=ksbcoach\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const k7, k8, k9 = "K7 = { level = 1, on = 2026-11-01 }", "K8 = { level = 2, on = 2026-11-05 }", "K9 = { level = 3, on = 2026-11-06 }"
	commit(k7)
	must("checkout", "-q", "-b", "laptop")
	commit(k7, k9)
	must("checkout", "-q", "main")
	commit(k7+" # first", k8)
	must("merge", "-q", "-m", "both", "laptop")
	if got := read(t, file); got != head+k7+" # first\n"+k8+"\n"+k9+"\n" {
		t.Errorf("merged:\n%s", got)
	}
	must("checkout", "-q", "-b", "ward")
	commit(strings.Replace(k7, "1,", "2,", 1), k8, k9)
	must("checkout", "-q", "main")
	commit(strings.Replace(k7, "1,", "3,", 1), k8, k9)
	out, err := run("merge", "-m", "both", "ward")
	if err == nil || !strings.Contains(out, "1 question is open") || !strings.Contains(out, "CONFLICT") {
		t.Errorf("two levels for K7: %v\n%s", err, out)
	}
	if got := read(t, file); !strings.Contains(got, "K7 = { level = 3") {
		t.Errorf("the conflict leaves:\n%s", got)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
