package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/naughty"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

// How much these tests try. The texts and files take turns, so that each is used somewhere.
const (
	perPlace   = 1 // texts in each place for one
	records    = 1 // records, with other texts in other fields
	everyOther = 8 // commands pass a broken profile by, and broken files the fact cards
	perAnswer  = 2 // questions of the lines that each text is an answer to
)

// A call is a command line from the examples in the help, made to fit the sample learner. Its places are the arguments
// and flags that a text can be put into.
type call struct {
	cmd    *cobra.Command
	args   []string
	places []place
}

type place struct {
	at   int    // the argument to replace, or -1
	flag string // the flag to add instead
	file bool   // it names a file
}

// calls are the examples of all commands, so that new commands are tried too.
func calls() (list []call) {
	var look func(cmd *cobra.Command)
	look = func(cmd *cobra.Command) {
		for _, sub := range cmd.Commands() {
			look(sub)
		}
		if cmd.HasParent() && cmd.Name() != "completion" && cmd.Parent().Name() != "completion" && cmd.Example != "" {
			for line := range strings.Lines(cmd.Example) {
				list = append(list, callOf(cmd, strings.TrimSpace(line)))
			}
		}
	}
	look(Commands())
	return list
}

// some picks the calls that a test with this name tries: one in sixteen, or all of them in CI.
func some(test string, list []call) []call {
	return slices.DeleteFunc(list, func(c call) bool { return !testneed.Tries(test+strings.Join(c.args, " "), 16) })
}

var (
	shellWord = regexp.MustCompile(`(?:[^\s"]|"[^"]*")+`)
	ownIDs    = strings.NewReplacer("g-2mq9", "g-k8tq", "a-91xd", "a-6jqt", `"`, "")
	fileName  = regexp.MustCompile(`^[\w/-]+\.(toml|xlsx|txt|csv|md|html)$|^/tmp/`)
)

func callOf(cmd *cobra.Command, example string) call {
	c := call{cmd: cmd}
	depth := strings.Count(cmd.CommandPath(), " ")
	for i, word := range shellWord.FindAllString(example, -1)[1:] {
		word = ownIDs.Replace(word)
		c.args = append(c.args, word)
		if i >= depth && !strings.HasPrefix(word, "-") {
			c.places = append(c.places, place{at: i, file: fileName.MatchString(word)})
		}
	}
	flag := func(f *pflag.Flag) {
		if f.NoOptDefVal == "" {
			c.places = append(c.places, place{-1, f.Name, f.Value.Type() == "FILE" || f.Name == "profile" || f.Name == "output"})
		}
	}
	cmd.LocalFlags().VisitAll(flag)
	cmd.InheritedFlags().VisitAll(flag)
	return c
}

// in gives the arguments of the call, with its files in this folder.
func (c call) in(folder string) []string {
	args := slices.Clone(c.args)
	for i, word := range args {
		if fileName.MatchString(word) {
			args[i] = filepath.Join(folder, filepath.Base(word))
		}
	}
	return args
}

// with gives the arguments of the call, with a text in this place.
func (c call) with(p place, text, folder string) []string {
	args := c.in(folder)
	if p.file {
		text = filepath.Join(folder, strings.ReplaceAll(text, "/", "_"))
	}
	if p.at < 0 {
		return append(args, "--"+p.flag+"="+text)
	}
	args[p.at] = text
	return args
}

// mustBear runs a command and checks that it exits properly, writes nothing that a terminal obeys, and changes no file
// if it fails.
func (w *world) mustBear(args []string) (code int, stdout string) {
	w.Helper()
	before := w.besideState()
	code, stdout, stderr := w.run(args...)
	if bad := obeyed(stdout + stderr); bad != "" {
		w.Errorf("%.300q: %s is written:\n%.2000q", args, bad, stdout+stderr)
	}
	switch {
	case code < 0 || code > 3:
		w.Errorf("%.300q: exit %d", args, code)
	case code != 0 && stderr == "" && stdout == "":
		w.Errorf("%.300q: exit %d without a word", args, code)
	case code != 0 && !maps.Equal(before, w.besideState()):
		w.Errorf("%.300q: refused with %.500q, and a file is not as it was", args, stderr)
	case code == 0 && slices.Contains(args, "--json") && !json.Valid([]byte(stdout)):
		w.Errorf("%.300q: no JSON: %.500q", args, stdout)
	}
	return code, stdout
}

// obeyed finds characters that a terminal would obey, or that would look like something else.
func obeyed(s string) string {
	at := strings.IndexFunc(s, func(r rune) bool { return r != '\n' && safetext.Forbidden(r) })
	if at < 0 {
		return ""
	}
	return fmt.Sprintf("%q", s[at:min(at+8, len(s))])
}

// besideState is every file below home except the state folder, which holds locks.
func (w *world) besideState() map[string]string {
	all := w.snapshot()
	maps.DeleteFunc(all, func(path, _ string) bool {
		rest, _ := filepath.Rel(w.home, path)
		return rest == "." || rest == ".local" || strings.HasPrefix(rest, filepath.Join(".local", "state"))
	})
	return all
}

// turn returns a function that gives the next n of the texts, starting again after the last.
func turn(texts []string) func(n int) []string {
	at := 0
	return func(n int) (some []string) {
		for range min(n, len(texts)) {
			some, at = append(some, texts[at%len(texts)]), at+1
		}
		return some
	}
}

// Every command takes or refuses every text, in every argument and flag.
func TestNaughtyArguments(t *testing.T) {
	t.Chdir(t.TempDir()) // a text may be taken for the name of a file or a folder
	next, tried, taken := turn(naughty.Texts), 0, 0
	for _, c := range some("arguments", calls()) {
		w := newWorld(t).demo()
		whole, err := os.ReadFile(w.profile())
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range c.places {
			for i, text := range next(perPlace) {
				args := c.with(p, text, w.home)
				if i%2 == 1 && c.cmd.Flags().Lookup("json") != nil && !slices.Contains(args, "--") {
					args = append(args, "--json")
				}
				tried++
				if code, _ := w.mustBear(args); code == 0 {
					taken++
					w.write(whole)
				}
			}
		}
	}
	t.Logf("%d commands, %d taken", tried, taken)
	if taken < tried/10 {
		t.Errorf("only %d of %d commands were taken: the test has lost its sense", taken, tried)
	}
}

// naughtyRecord is the sample learner with naughty texts in all fields, starting with another one in each round.
func naughtyRecord(t *testing.T, round int) []byte {
	t.Helper()
	n := round * 17
	p := file.MapTexts(library.New().Demo(calendar.Of(2026, 11, 22)), func(where string, _ safetext.Text) safetext.Text {
		n++
		text := strings.ToValidUTF8(naughty.Texts[n%len(naughty.Texts)], "\ufffd")
		if strings.TrimSpace(text) == "" || strings.HasPrefix(where, "round.others.") {
			text += fmt.Sprint("x", n) // a name may not be empty, and mentors of one KSB are told apart by theirs
		}
		return safetext.New(text)
	})
	src, err := file.New(p)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// Every command can show a profile with such texts in all its fields, and a report on it is complete in every format.
func TestNaughtyRecords(t *testing.T) {
	t.Chdir(t.TempDir()) // a text may be taken for the name of a file or a folder
	tags := regexp.MustCompile(`<[!/]?[a-zA-Z]+`)
	set := func(page string) []string {
		list := tags.FindAllString(page, -1)
		slices.Sort(list)
		return slices.Compact(list)
	}
	clean := newWorld(t).demo()
	ours := set(clean.must("report", "--format", "html", "--include", "notes,reflections"))
	for round := range records {
		w := newWorld(t)
		src := naughtyRecord(t, round)
		w.write(src)
		w.must("check")
		for _, c := range some("records", calls()) {
			for _, form := range [][]string{nil, {"--json"}} {
				if form != nil && c.cmd.Flags().Lookup("json") == nil {
					continue
				}
				if code, _ := w.mustBear(append(c.in(t.TempDir()), form...)); code == 0 {
					w.write(src)
				}
			}
		}
		for _, f := range export.Formats {
			out := filepath.Join(t.TempDir(), "report")
			if code, _ := w.mustBear([]string{"report", "--format", f.Word, "-o", out, "--include", "notes,reflections"}); code != 0 {
				t.Errorf("no report as %s", f.Name)
			}
			for name, data := range written(t, out) {
				if bad := obeyed(strings.NewReplacer("\r\n", "\n", "\ufeff", "").Replace(data)); !f.Binary && bad != "" {
					t.Errorf("%s %s holds %s", f.Name, name, bad)
				}
				if f.Word == "html" {
					if theirs := set(data); !slices.Equal(theirs, ours) {
						t.Errorf("the page has the tags %v and not %v", theirs, ours)
					}
				}
			}
		}
	}
}

// written reads the file of an export, or all files if it is a folder.
func written(t *testing.T, out string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(out, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		files[path] = string(data)
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	return files
}

// A file that is not a profile, a sheet or the like is refused by every command that reads one, and no file changes.
func TestNaughtyFiles(t *testing.T) {
	t.Chdir(t.TempDir()) // a text may be taken for the name of a file or a folder
	all := calls()
	readFile := slices.DeleteFunc(calls(), func(c call) bool {
		last := len(c.args) - 1
		return last < 1 || c.args[last-1] == "-o" || !slices.Contains(c.places, place{at: last, file: true})
	})
	readFile = append(
		readFile,
		callOf(find(t, "check"), "ksbcoach check sheet.toml"), callOf(find(t, "sheet fill"), "ksbcoach sheet fill sheet.toml K7 2 --by J"),
	)
	for i, src := range naughty.Files {
		own := newWorld(t)
		own.write([]byte(src))
		for n, c := range all {
			if n%everyOther == i%everyOther && testneed.Tries(fmt.Sprint("files", n, i), 20) {
				own.mustBear(c.in(own.home))
			}
		}
		reads := "status"
		if strings.HasPrefix(src, "format = 2") {
			reads = "check" // what a later ksbcoach wrote is shown, and then read only
		}
		if code, _ := own.mustBear([]string{reads}); code != 1 {
			t.Errorf("%.80q is taken for a profile: exit %d", src, code)
		}
		w := newWorld(t).demo()
		for n, c := range readFile {
			if !testneed.Tries(fmt.Sprint("read", n, i), 20) {
				continue
			}
			args := c.in(w.home)
			for _, word := range args {
				if strings.HasPrefix(word, w.home) {
					if err := os.WriteFile(word, []byte(src), 0o600); err != nil {
						t.Fatal(err)
					}
				}
			}
			if code, said := w.mustBear(args); code == 0 {
				t.Errorf("%q takes %.80q: %s", args, src, said)
			}
		}
		if i%everyOther != 0 {
			continue
		}
		config := filepath.Join(w.home, ".config", "ksbcoach")
		if err := os.MkdirAll(config, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(config, overlayFile), []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, command := range []string{"standard facts", "standard coach K7", "report", "find lone"} {
			w.mustBear(strings.Fields(command))
		}
	}
}

func find(t *testing.T, path string) *cobra.Command {
	t.Helper()
	cmd, _, err := Commands().Find(strings.Fields(path))
	if err != nil {
		t.Fatal(err)
	}
	return cmd
}

// The line-by-line mode, too, never repeats anything that a terminal obeys.
func TestNaughtyLines(t *testing.T) {
	t.Chdir(t.TempDir()) // a text may be taken for the name of a file or a folder
	w := newWorld(t).demo()
	for begin := 0; begin < len(naughty.Texts); begin += 8 {
		some := naughty.Texts[begin:min(begin+8, len(naughty.Texts))]
		for _, way := range []string{"1\n", "find ", "2\n", "3\n1\n", "5\n"}[:perAnswer] {
			if !testneed.Tries(fmt.Sprint(way, begin), 6) {
				continue
			}
			w.typed = way + strings.Join(some, "\n"+way) + "\nmenu\nquit\n"
			w.mustBear([]string{"--lines"})
		}
	}
	w.typed = ""
	if src, err := os.ReadFile(w.profile()); err != nil || bytes.ContainsAny(src, "\x1b\x00") {
		t.Errorf("%v, or a control character lies raw in the file", err)
	}
	w.must("check")
}
