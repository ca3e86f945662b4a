package cli

import (
	"bufio"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

// Archives and images give every build the same time, and two builds may be of the same size.
func TestBuildsOfTheSameSizeAndTimeDiffer(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "ksbcoach")
	day := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	build := func(id string) string {
		if err := errors.Join(os.WriteFile(path, []byte("\x7fELF Go build ID: "+id+strings.Repeat("\x00", 100)), 0o700), os.Chtimes(path, day, day)); err != nil {
			t.Fatal(err)
		}
		return buildOf(path)
	}
	one, two := build("one"), build("two")
	if one == "" || one == two {
		t.Errorf("%q and %q", one, two)
	}
	if again := build("one"); again != one {
		t.Errorf("the same build is %q and %q", one, again)
	}
	if got := buildOf(path + "-gone"); got != "" {
		t.Errorf("a file that is not there is the build %q", got)
	}
}

func TestOneLine(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Permission denied": "permission denied", "K7 is odd": "K7 is odd", "KSB is missing": "KSB is missing", "": "", "A": "A",
		"two\nlines \x1b[2J": "two lines \uFFFD[2J", "ST0413 has no KSB": "ST0413 has no KSB",
	} {
		if got := oneLine(in); got != want {
			t.Errorf("oneLine(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestReport(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		code int
		want string
	}{
		{nil, 0, ""},
		{tea.ErrInterrupted, 130, ""},
		{errors.Join(tea.ErrInterrupted), 130, ""},
		{&usageError{"no", "yes"}, 2, "error: no\nhint: yes\n"},
		{&hinted{errors.New("no"), "yes"}, 1, "error: no\nhint: yes\n"},
		{&hinted{&store.Error{Op: "open", Path: "p", Err: store.ErrReadOnly}, "yes"}, 1, "error: cannot open \"p\": it is read-only\nhint: yes\n"},
		{errors.New("odd"), 1, "error: odd\nhint: ksbcoach check examines the profile, and ksbcoach --help lists the commands\n"},
	} {
		var b bytes.Buffer
		if code := report(&b, 0, new(kit).withProfile, c.err); code != c.code || b.String() != c.want {
			t.Errorf("%v: exit %d, %q", c.err, code, b.String())
		}
	}
}

// A value that would be wrong with any profile is wrong usage; one that only this profile refuses is not.
func TestExitCodes(t *testing.T) {
	t.Parallel()
	w := newWorld(t).demo()
	for args, want := range map[string]int{
		"rate K99 2": 2, "rate K7 7": 2, "rate K7 lots": 2, "rate K7 2 --as boss": 2, "compare agree K99 2 --reason x": 2, "compare differ K99 --note x": 2,
		"evidence add --ksb K99 --title x": 2, "sheet make --ksb K99 -o s.toml": 2, "review start --date soon": 2, "review start --kind tea": 2,
		"pause 2026-03-31 2026-02-01": 2, "pause remove 2026-03-31 2026-02-01": 2, "init --name Sam --standard ST9 --profile new.toml": 2, "details --start 31/02/2027": 2,
		"pause 2026-01-05": 2, "sheet make --ksb , -o s.toml": 2, "evidence list --ksb ,": 2, "pause remove 2026-02-01 2026-02-02": 1, "details --start 1900-01-01": 1,
		"review settings --every 99": 2, "review settings --next 31/02/2027": 2, "review check a-1 gone": 2,
		"compare differ K33 --note x": 1, "review check a-1 done": 1, "review start --date 2026-11-23": 1, "review cancel": 1, "review show r-none": 1,
	} {
		if code, _, stderr := w.run(append(strings.Fields(args), "--as-of", asOf)...); code != want {
			t.Errorf("%s: exit %d, %s", args, code, stderr)
		}
	}
}

func TestEscapeControls(t *testing.T) {
	t.Parallel()
	in := "{\n  \"a\": \"é 漢 \x7f\u0080\u009b\u202e\u200d\u2028\U000E0041\"\n}\n"
	want := "{\n  \"a\": \"é 漢 \\u007f\\u0080\\u009b\\u202e\\u200d\\u2028\\udb40\\udc41\"\n}\n"
	if got := string(escapeControls([]byte(in))); got != want {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

func TestVersion(t *testing.T) {
	t.Parallel()
	info := &debug.BuildInfo{Settings: []debug.BuildSetting{
		{Key: "vcs.revision", Value: "0123456789abcdef0123"}, {Key: "vcs.time", Value: "2026-11-20T10:00:00Z"}, {Key: "vcs.modified", Value: "true"},
	}}
	info.Main.Version = "v0.1.0"
	if got := version(info, true); !strings.HasPrefix(got, "ksbcoach v0.1.0 (revision 0123456789ab of 2026-11-20T10:00:00Z with local changes, go1.") {
		t.Error(got)
	}
	if got := version(&debug.BuildInfo{}, true); !strings.HasPrefix(got, "ksbcoach development build (go1.") {
		t.Error(got)
	}
	if got := version(nil, false); !strings.HasPrefix(got, "ksbcoach, unknown build (go1.") {
		t.Error(got)
	}
}

// Every command has help with an example, at most 80 columns wide.
func TestHelpOfEveryCommand(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var look func(cmd *cobra.Command)
	look = func(cmd *cobra.Command) {
		if cmd.Short == "" || strings.HasSuffix(cmd.Short, ".") {
			t.Errorf("%s: short text %q", cmd.CommandPath(), cmd.Short)
		}
		ours := !strings.Contains(cmd.CommandPath(), "completion")
		if ours && (cmd.Long == "" || !strings.HasPrefix(cmd.Example, cmd.Root().Name()+" "+strings.TrimPrefix(strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()), " "))) {
			t.Errorf("%s: long text %q, example %q", cmd.CommandPath(), cmd.Long, cmd.Example)
		}
		out := w.must(append(strings.Fields(cmd.CommandPath())[1:], "--help")...)
		for line := range strings.Lines(out) {
			if n := ansi.StringWidth(strings.TrimSuffix(line, "\n")); ours && n > export.PlainWidth {
				t.Errorf("%s --help: %d columns: %s", cmd.CommandPath(), n, line)
			}
		}
		for _, sub := range cmd.Commands() {
			look(sub)
		}
	}
	look(newRoot(&kit{env: w.env(nil, nil)}))
}

func TestDumbTerminal(t *testing.T) {
	t.Parallel()
	w := newWorld(t).demo()
	var out, errs bytes.Buffer
	env := w.env(&out, &errs)
	env.IsTerminal = func(any) bool { return true }
	env.Getenv = func(name string) string { return map[string]string{"TERM": "dumb"}[name] }
	for _, args := range [][]string{nil, {"demo"}} {
		out.Reset()
		code := Main(args, env)
		if code != 0 || errs.Len() > 0 || !strings.HasPrefix(out.String(), "ksbcoach, line by line.") {
			t.Errorf("%q: exit %d, %s%s", args, code, out.String(), errs.String())
		}
	}
	if code := Main([]string{"sheet", "fill", "none.toml"}, env); code != 1 {
		t.Errorf("a sheet: exit %d", code)
	}
}

// On a terminal the text is as wide as the window, between 40 and 100 columns.
func TestWidthOfATerminal(t *testing.T) {
	t.Parallel()
	w := newWorld(t).demo()
	for columns, most := range map[int]int{0: 80, 60: 59, 20: 44, 200: 100} {
		var out, errs bytes.Buffer
		env := w.env(&out, &errs)
		env.Columns = func() int { return columns }
		if code := Main([]string{"standard", "coach", "K7"}, env); code != 0 {
			t.Fatal(errs.String())
		}
		widest := 0
		for line := range strings.Lines(out.String()) {
			widest = max(widest, ansi.StringWidth(strings.TrimSuffix(line, "\n")))
		}
		if widest > most {
			t.Errorf("%d columns: a line of %d", columns, widest)
		}
	}
}

// Every command has --json, except those whose output is for the screen or the shell, or is a file.
func TestEveryCommandHasJSON(t *testing.T) {
	t.Parallel()
	others := []string{
		"ksbcoach demo", "ksbcoach help", "ksbcoach completion bash", "ksbcoach completion zsh", "ksbcoach completion fish",
		"ksbcoach completion powershell",
	}
	var look func(cmd *cobra.Command)
	look = func(cmd *cobra.Command) {
		for _, sub := range cmd.Commands() {
			look(sub)
		}
		if cmd.HasSubCommands() {
			return
		}
		if has := cmd.Flags().Lookup("json") != nil; has == slices.Contains(others, cmd.CommandPath()) {
			t.Errorf("%s: --json %v", cmd.CommandPath(), has)
		}
	}
	look(Commands())
}

// On a terminal, messages are wrapped and indented below "error: " and "hint: "; a script gets each on one line.
func TestMessagesAreWrappedOnATerminal(t *testing.T) {
	t.Parallel()
	err := &usageError{strings.Repeat("word ", 12) + "end", "short"}
	var plain, wrapped bytes.Buffer
	report(&plain, 0, new(kit).withProfile, err)
	report(&wrapped, 50, new(kit).withProfile, err)
	if want := "error: " + err.msg + "\nhint: short\n"; plain.String() != want {
		t.Errorf("%q", plain.String())
	}
	if want := "error: word word word word word word word word\n       word word word word end\nhint: short\n"; wrapped.String() != want {
		t.Errorf("%q", wrapped.String())
	}
}

// A message is one line for a script, and wrapped on a terminal.
func TestMessage(t *testing.T) {
	t.Parallel()
	for columns, want := range map[int]int{0: 1, 60: 2} {
		var out bytes.Buffer
		k := &kit{out: bufio.NewWriter(&out), env: Env{Columns: func() int { return columns }}}
		k.page().message("%s", strings.Repeat("word ", 20))
		if err := k.out.Flush(); err != nil || strings.Count(out.String(), "\n") != want {
			t.Errorf("at %d columns: %q", columns, out.String())
		}
	}
}

// The table of commands in the README names every command, and no other.
func TestTheREADMENamesEveryCommand(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(readme), "| command | does |\n")
	table, _, _ = strings.Cut(table, "\n\n")
	named := map[string]bool{}
	root := Commands()
	for row := range strings.Lines(table) {
		cells := strings.Split(row, "|")
		if len(cells) < 3 || strings.HasPrefix(cells[1], "---") {
			continue
		}
		group := ""
		for i, code := range strings.Split(cells[1], "`") {
			words := strings.Fields(code)
			if i%2 == 0 { // between the names
				continue
			}
			if len(words) > 1 || group == "" {
				group = words[0]
			}
			cmd, _, err := root.Find(words[:1])
			if err != nil || cmd == root { // a second word of the group before it, as in `evidence add`, `edit`
				if cmd, _, err = root.Find([]string{group, words[0]}); err != nil || cmd.Name() != words[0] {
					t.Errorf("the README names %q, which is no command", code)
					continue
				}
			}
			named[words[0]] = true
		}
	}
	for _, cmd := range root.Commands() {
		if cmd.IsAvailableCommand() && cmd.Name() != "help" && !named[cmd.Name()] {
			t.Errorf("the table of the README leaves out %s", cmd.Name())
		}
	}
}

// If --profile was given, the commands in hints name it too, so that they can be typed as they are.
func TestCommandsNameTheProfile(t *testing.T) {
	t.Parallel()
	for says, want := range map[string]string{
		"ksbcoach gaps": `ksbcoach --profile "my file.toml" gaps`,
		"ksbcoach status shows; ksbcoach plan, too": `ksbcoach --profile "my file.toml" status shows; ksbcoach plan, too`,
		`ksbcoach merge "my file (1).toml"`:         `ksbcoach --profile "my file.toml" merge "my file (1).toml"`,
		`ksbcoach check "other.toml" says more`:     `ksbcoach check "other.toml" says more`,
		"ksbcoach sheet fill FILE":                  "ksbcoach sheet fill FILE",
		"ksbcoach --help lists them":                "ksbcoach --help lists them",
		"ksbcoach status --profile FILE":            "ksbcoach status --profile FILE",
		"close ksbcoach":                            "close ksbcoach",
	} {
		if got := (&kit{profilePath: "my file.toml"}).withProfile(says); got != want {
			t.Errorf("%q becomes %q, want %q", says, got, want)
		}
		if got := new(kit).withProfile(says); got != says {
			t.Errorf("without --profile %q becomes %q", says, got)
		}
	}
}
