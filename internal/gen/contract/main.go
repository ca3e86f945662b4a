// Command contract writes docs/json.md: every key that --json gives, for each command that has it. It runs the
// commands on made-up learners and looks at what they write. It is run by go generate.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/cli"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/seeds"
)

//go:generate go run .

const output = "../../../docs/json.md"

const head = `# What --json gives

<!-- Made by go generate ./internal/gen/contract. Do not edit by hand. -->

Each command below writes one JSON object to standard output when it is given --json, and nothing else. The names of the
keys are a promise: none is removed, and none changes its meaning, without a line in the changelog. New ones may be
added, so ignore those you do not know. The exit code is the same as without --json: 0 for done, 1 for what failed, 2
for wrong usage, with "error:" and "hint:" lines on standard error.

- What is missing is null, never an empty text. A list may be empty and is never null. The tables say "null" where it
  was met on the learners that this page is made with; be ready for it wherever a text, a day or a number may be
  unknown.
- A day is a text such as "2026-11-22".
- A level is a number from 0 to 4, or the text "none" where the post gives no opportunity to try.
- "ksb" is a code such as "K7". Where the keys themselves are codes, the tables have CODE.
- "words" say in a sentence or less what the numbers beside them say, and may be worded better at any time.
- "gap" is target minus level, and "behind" is expected minus level, for the month of the day that --as-of sets.
- "self", "mentor" and "agreed" say by whom a level was given. What is "aged" was agreed, and the learner has rated
  it differently since.
- What the learner keeps private is null, but for review show --private and review prepare --private, and for parts
  that they share.
- Texts that people typed are whole, with their line breaks. Characters that could steer a terminal are escaped.

In the tables, goals[].id is the key "id" of each object in the list "goals".

## Commands that show something
`

const changed = `
## Commands that change the record

%s give what was changed; import with --dry-run what it would change, and restore what it brought back, see above. So do details, pause, reflect and review settings where they are told to change something;
sheet make and sheet fill give the sheet, as sheet show does. What was changed has these keys, then those of its kind
in [the profile](profile.md):

| key | what it holds |
|---|---|
| ` + "`type`" + ` | what it is, such as "rating", "goal" or "review"; null where nothing changed |
| ` + "`change`" + ` | "added", "changed" or "removed"; "none" where all was so already |
| ` + "`id`" + ` | its id, or the code that a rating or a target is for; null for what has none |

and at the end ` + "`also`" + `: a list of what else changed with it, each in the same form.
`

func main() {
	text, err := page()
	if err == nil {
		err = os.WriteFile(output, []byte(text), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

// today is the day on which the commands run.
var today = calendar.Of(2026, 11, 22)

// A state is a profile, given by the commands that lead to it. The word demo stands for the sample learner; a _ in an
// argument is a blank.
type state []string

// states are a learner who has just begun, the sample learner, and the sample learner in a review. In at least one of
// them each key of the JSON has a value.
var states = []state{
	{
		"init --name Sam", "rate K8 3", "rate S9 none",
		"evidence add --ksb K8 --date 2024-01-05 --kind example --title Old --where Here --witness Ode --duty 1",
		"rate K1 0 --note Mrs_Example", "rate B6 0", "rate S32 0", "rate K21 0", "rate K4 1", "rate K7 1", "rate S1 1",
		"rate S3 1", "rate S4 1", "rate S6 1", "rate S7 1", "rate B1 1", "sheet make -o sheet.toml",
	},
	{
		"demo", "review rehearse --answer 1=said", "sheet make -o sheet.toml --ksb K7,K8",
		"sheet fill sheet.toml K7 2 --by Ode --note seen",
		"review note --wellbeing tired --workload much --support hours --adjustments quiet", "rate K7 4",
		"goal add --ksb S24 --suggested", "goal add --ksb S30 --text Try",
		"action edit a-9bns --if-then If_ill_then_later",
	},
	{
		"demo", "pause 2026-01-05 2026-02-06", "rate K22 3 --as mentor --by Patel",
		"rate K22 2 --as agreed --reason seen", "compare reveal", "rate K8 1",
		"rate K8 2 --as mentor --by R._Lindqvist", "rate S7 2 --as mentor --by R._Lindqvist",
		"rate S7 1 --as mentor --by J._Ode",
		"goal add --ksb K7 --suggested", "review start --with Ode",
		"review check a-9bns changed --reason later --due 2026-12-20",
		"review note --wellbeing tired --share wellbeing --agreed well --talked well",
	},
}

// fuller lists, for a command that would leave a key without a value, other forms of it to run as well.
var fuller = map[string][]string{
	"check":                                 {"check broken.toml", "check odd.toml", "check --privacy"},
	"report":                                {"report --include notes"},
	"import scan.csv --scale 1-9 --dry-run": {"import scan.json --scale 1-9 --dry-run"},
	"merge ours.toml theirs.toml --base base.toml -o both.toml --force": {
		"merge ours.toml theirs.toml --base base.toml -o both.toml --force --prefer ours",
	},
	"standard coach K7": {"standard coach K31", "standard coach K32"},
}

// neverHeld are the keys that no run gives a value, with what they hold: they are for other standards or for workbooks.
var neverHeld = map[string]string{"family": "text", "cell": "text"}

// showing are the commands to describe, in each form that gives other keys. They change nothing, but for restore and
// merge, which come last.
var showing = []string{
	"gaps", "plan", "plan --bundles", "next", "status", "progress --ksb K7", "report", "details", "reflect --models",
	"pause", "round", "round due", "compare", "opportunity", "check", "review", "review show", "review show --private",
	"review prepare", "review prepare --private", "review rehearse", "review rehearse --notes", "review agenda",
	"review record", "review settings", "evidence list", "evidence list --claims", "evidence list --without",
	"evidence list --cover", "evidence index", "find k7 log", "import scan.csv --scale 1-9 --dry-run",
	"sheet show sheet.toml", "standard", "standard show", "standard list", "standard coach K7", "standard facts",
	"standard check standard.toml", "standard export", "restore", "restore b-1 --yes",
	"merge ours.toml theirs.toml --base base.toml -o both.toml --force",
}

// seen is what the commands show in all states, by command. It takes seconds to find out, so it is done once.
var seen = sync.OnceValues(func() (map[string]*value, error) {
	shown := map[string]*value{}
	for _, st := range states {
		if err := st.look(shown); err != nil {
			return nil, err
		}
	}
	return shown, nil
})

func page() (string, error) {
	shown, err := seen()
	if err != nil {
		return "", err
	}
	t := table{
		known: map[string]*value{}, shapes: map[string]*value{}, where: map[string]string{},
		unused: maps.Clone(meanings),
	}
	for key, kind := range neverHeld {
		t.known[key] = &value{kinds: []string{kind}, null: true}
	}
	for _, v := range shown {
		v.learn(t.known)
		t.gather(v)
	}
	t.b.WriteString(head)
	for _, command := range showing {
		v := shown[command]
		if v == nil {
			return "", fmt.Errorf("%s --json works in no state", command)
		}
		says := strings.NewReplacer("sheet.toml", "FILE", "standard.toml", "FILE", "scan.csv", "FILE",
			"ours.toml theirs.toml --base base.toml -o both.toml --force", "OURS THEIRS").Replace(command)
		fmt.Fprintf(&t.b, "\n### %s\n\n", says)
		if at, described := t.where[strings.Join(v.keys, " ")]; described {
			fmt.Fprintf(&t.b, "The same keys as %s.\n", at)
			continue
		}
		t.where[strings.Join(v.keys, " ")] = says
		t.b.WriteString("| key | what it holds | what it means |\n|---|---|---|\n")
		t.rows(v, "", says)
	}
	if len(t.empty) > 0 {
		return "", fmt.Errorf("empty in every state, so nobody knows what they hold: %s", strings.Join(t.empty, "; "))
	}
	if len(t.unclear) > 0 {
		return "", fmt.Errorf("say in meanings.go what these mean: %s", strings.Join(t.unclear, "; "))
	}
	if len(t.unused) > 0 {
		return "", fmt.Errorf("no key has these meanings, so take them off meanings.go: %s",
			strings.Join(slices.Sorted(maps.Keys(t.unused)), "; "))
	}
	var changing []string
	for path, changes := range withJSON(cli.Commands(), "") {
		named := func(command string) bool { return command == path || strings.HasPrefix(command, path+" ") }
		switch {
		case changes:
			changing = append(changing, "`"+path+"`")
		case !slices.ContainsFunc(showing, named):
			return "", fmt.Errorf("%s has --json and changes nothing: add it to showing", path)
		}
	}
	slices.Sort(changing)
	fmt.Fprintf(&t.b, changed, strings.Join(changing, ", "))
	return t.b.String(), nil
}

// withJSON has the commands with --json, by their path without the name of the program. The value says whether the
// JSON is about what was changed.
func withJSON(cmd *cobra.Command, path string) map[string]bool {
	all := map[string]bool{}
	if f := cmd.Flags().Lookup("json"); f != nil {
		all[path] = strings.Contains(f.Usage, "changed")
	}
	for _, sub := range cmd.Commands() {
		maps.Copy(all, withJSON(sub, strings.TrimSpace(path+" "+sub.Name())))
	}
	return all
}

// look makes a profile in this state and adds what each command shows for it. A command that only fails is left out.
func (st state) look(shown map[string]*value) error {
	home, err := os.MkdirTemp("", "contract")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(home) }() // it is in the folder for temporary files
	text, err := seeds.FS.ReadFile("st0413/standard.toml")
	if err != nil {
		return err
	}
	const scan = "KSB,Self,Comments,Mentor,Date,Mentor name\nK7,7,Seen,6,,J. Ode\nK2,5,,,\n" +
		"\"K9, K10\",5,,,\nK8,3,,,2026-11-01\nK3,5,,,2020-01-01\nK99,5,,,\n"
	const least = "format = 1\nstandard = \"ST0413\"\ncolour = 1\n[learner]\nname = "
	version := func(rows string) string {
		return "format = 1\nstandard = \"ST0413\"\n[learner]\nname = \"Sam\"\n[[round]]\n" +
			"id = \"baseline\"\nopened = 2026-11-01\n[round.self]\n" + rows
	}
	const k7 = "K7 = { level = 1, on = 2026-11-01 }\n"
	files := map[string]string{
		"standard.toml": string(text), "odd.toml": least + "\"Sam\"\n", "broken.toml": least + "1\n", "scan.csv": scan,
		"scan.json": `{"ratings": [{"ksb": "K7", "self": 5}]}`,
		"base.toml": version(k7 + "K8 = { level = 2, on = 2026-11-01 }\n"),
		"ours.toml": version("K7 = { level = 2, on = 2026-11-02 }\nS1 = { level = 1, on = 2026-11-02 }\n"),
		"theirs.toml": version("K7 = { level = 3, on = 2026-11-03 }\nK8 = { level = 3, on = 2026-11-03 }\n" +
			"[mine]\nx = 1\n"),
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(home, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	for _, command := range st {
		if command == "demo" {
			err = demo(home)
		} else {
			_, err = run(home, command)
		}
		if err != nil {
			return err
		}
	}
	for _, command := range showing {
		for _, form := range append(fuller[command], command) {
			out, err := run(home, form+" --json")
			if err != nil && len(out) == 0 {
				continue
			}
			if shown[command] == nil {
				shown[command] = &value{}
			}
			if err := shown[command].read(out); err != nil {
				return fmt.Errorf("%s: %w", form, err)
			}
		}
	}
	return nil
}

func profileIn(home string) string { return filepath.Join(home, "profile.toml") }

func demo(home string) error {
	lib := library.New()
	sample := lib.Demo(today)
	text, err := file.New(sample)
	if err != nil {
		return err
	}
	// Beside it are two copies left by a sync program: one with a rating of its own, and one that is cut off.
	rated := profile.Rate{KSB: "S33", By: profile.Self, Level: 2, On: today}
	sample, err = rated.Apply(sample, lib.Standard(library.Default))
	if err != nil {
		return err
	}
	other, err := file.New(sample)
	if err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(filepath.Join(home, "profile (1).toml"), other, 0o600),
		os.WriteFile(filepath.Join(home, "profile (2).toml"), other[:len(other)/2], 0o600),
		os.WriteFile(profileIn(home), text, 0o600),
	)
}

// run runs one command with its files in the folder home. It gives the output even if the command fails.
func run(home, command string) ([]byte, error) {
	args := strings.Fields(command)
	for i, arg := range args {
		args[i] = strings.ReplaceAll(arg, "_", " ")
		if (strings.HasSuffix(arg, ".toml") || strings.HasPrefix(arg, "scan.")) && !filepath.IsAbs(arg) {
			args[i] = filepath.Join(home, arg)
		}
	}
	args = append(args, "--as-of", today.String(), "--profile", profileIn(home))
	var out, errs bytes.Buffer
	env := cli.Host()
	env.Stdin, env.Stdout, env.Stderr = new(bytes.Buffer), &out, &errs
	env.Getenv = func(string) string { return "" }
	env.Now = func() time.Time { return time.Date(today.Year, today.Month, today.Day, 12, 0, 0, 0, time.UTC) }
	env.Places = store.Env{GOOS: "linux", Home: home, Getenv: env.Getenv}
	if code := cli.Main(args, env); code != 0 {
		return out.Bytes(), fmt.Errorf("%s: exit code %d: %s", command, code, errs.String())
	}
	return out.Bytes(), nil
}
