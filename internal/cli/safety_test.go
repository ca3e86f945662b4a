package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/testneed"
)

// readers are commands that only show something; each has --json too.
var readers = []string{
	"status", "next", "gaps", "gaps --duty 2 --kind k --behind", "plan", "plan --ksb k8", "evidence list", "evidence list --ksb b1",
	"standard", "standard show", "standard list", "standard coach k7", "standard facts", "standard facts --stale", "reflect", "reflect --models", "check",
	"evidence list --stale", "evidence list --without", "evidence list --claims", "evidence list --cover", "opportunity", "compare", "compare --open", "round", "round due",
	"review", "review show", "review show --private", "review prepare", "review agenda", "review rehearse", "review rehearse --notes", "review record", "review settings",
	"progress", "progress --ksb k7,s6", "report", "report --for mentor --include notes,reflections", "report --redacted", "find k7", "find clipboard",
}

// hostile does what text in a file must never do to a terminal: set the clipboard, clear the screen, turn the text
// around, start a sequence with an 8-bit control, hide behind a broken byte, and break out of its line.
const hostile = "a\x1b]52;c;aGk=\x07b\x1b[2Jc\u202ed\u009be\x00f\u2028g\u200bh\rI\x7fj\nk\U000E0041l\u0085m"

// raw finds a character that a terminal would obey. Line breaks are the program's own: those in a field became blanks.
func raw(s string) string {
	for _, r := range s {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029') {
			return fmt.Sprintf("%U", r)
		}
	}
	return ""
}

// hostileProfile has the hostile text in every field that takes text.
func hostileProfile() profile.Profile {
	lib := library.New()
	p := lib.Demo(calendar.Of(2026, 11, 22))
	bad := safetext.New(hostile)
	p.Learner.Name, p.Learner.Role = bad, bad
	for _, round := range p.Rounds {
		for _, ratings := range round.Ratings {
			for id, r := range ratings {
				r.Note, r.By, r.Reason = bad, bad, bad
				ratings[id] = r
			}
		}
		for id, d := range round.Differ {
			d.Note = bad
			round.Differ[id] = d
		}
	}
	for i := range p.Evidence {
		e := &p.Evidence[i]
		e.Title, e.Where, e.Witness = bad, bad, bad
	}
	for i := range p.Reflections {
		for j := range p.Reflections[i].Answers {
			p.Reflections[i].Answers[j].Text = bad
		}
	}
	for i := range p.Reviews {
		r := &p.Reviews[i]
		r.Agreed, r.Wellbeing, r.Workload, r.Support, r.With = bad, bad, bad, bad, []safetext.Text{bad, bad}
		r.Share, r.Hash = profile.Shares, ""
		for j := range r.Checked {
			r.Checked[j].Reason = bad
		}
	}
	for i := range p.Goals {
		g := &p.Goals[i]
		g.Text, g.Why, g.Note = bad, bad, bad
		for j := range g.Actions {
			a := &g.Actions[j]
			a.Text, a.Who, a.Shows, a.Note = bad, bad, bad, bad
		}
	}
	return p
}

func TestHostileTextNeverReachesTheTerminal(t *testing.T) {
	t.Parallel()
	text, err := file.New(hostileProfile())
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	w.write(append(text, "\n[\"mine\\u001b[2J\\u202e\"]\n\"\\u009bkey\" = \"\\u0007\"\n"...))
	commands := append([]string{"rate k21 2", "goal edit g-k8tq --due 2027-01-01", "goal close g-k8tq --actions open", "action close a-6jqt", "evidence add --ksb k1 --title x"}, readers...)
	for _, command := range commands {
		args := append(strings.Fields(command), "--as-of", asOf)
		code, stdout, stderr := w.run(args...)
		if bad := raw(stdout + stderr); code != 0 || bad != "" {
			t.Errorf("%s: exit %d, %s, stderr %q", command, code, bad, stderr)
		}
	}
	for _, command := range readers {
		out := w.must(append(strings.Fields(command), "--json", "--as-of", asOf)...)
		if bad := raw(out); bad != "" || !json.Valid([]byte(out)) {
			t.Errorf("%s --json: %s, valid %t", command, bad, json.Valid([]byte(out)))
		}
	}
	var status struct{ Learner string }
	if err := json.Unmarshal([]byte(w.must("status", "--json")), &status); err != nil || status.Learner != hostile {
		t.Errorf("the JSON holds %q", status.Learner)
	}
}

// Every document of a hostile profile is safe in every format, and its tables have a cell for every column.
func TestDocumentsAreSafeFromHostileText(t *testing.T) {
	t.Parallel()
	text, err := file.New(hostileProfile())
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	w.write(text)
	k := &kit{env: w.env(io.Discard, io.Discard), library: library.New(), profilePath: w.profile(), asOf: calendar.Of(2026, 11, 22)}
	s, err := k.openToRead()
	if err != nil {
		t.Fatal(err)
	}
	p, r, title := s.Profile(), s.Report(), s.Titles()
	moments := appraisal.Timeline(p, s.Standard(), k.library.Scale(), s.Today())
	docs := map[string]doc.Doc{
		"pack": s.PackDoc(true), "requests": s.RequestsDoc(), "gaps": r.Doc(k.library.Scale(), title, func(gap.Row) bool { return true }),
		"progress": appraisal.ProgressDoc(r, p, moments, nil, title, s.DutyTitle), "levels": appraisal.ProgressDoc(r, p, moments, []string{"K7"}, title, s.DutyTitle),
		"evidence": appraisal.EvidenceDoc(p.Evidence, nil, 12, false, s.Today()), "unsupported": appraisal.UnsupportedDoc(r, p, title),
		"plan": plan.Doc(p, p.Goals, s.GoalPath, title, s.Today()),
	}
	for _, review := range p.Reviews {
		docs["record "+review.ID] = appraisal.CodedRecord(p, s.Standard(), review)
	}
	for _, audience := range handout.Audiences {
		docs["report for "+string(audience)] = s.ReportDoc(handout.Options{For: audience, Include: handout.Parts})
	}
	for name, d := range docs {
		if len(d.Blocks) == 0 {
			t.Errorf("%s is empty", name)
		}
		for _, b := range d.Blocks {
			if table, ok := b.(doc.Table); ok && slices.ContainsFunc(table.Rows, func(r doc.Row) bool { return len(r.Cells) != len(table.Columns) }) {
				t.Errorf("%s: a row of %v has too many or too few cells", name, table.Columns)
			}
		}
		for _, f := range export.Formats {
			if f.Tables() {
				continue // only a report is written in it, of tables
			}
			out, err := f.Write(d)
			if bad := raw(string(out)); err != nil || !f.Binary && bad != "" {
				t.Errorf("%s as %s: %s, %v", name, f.Name, bad, err)
			}
		}
	}
}

// Errors, which repeat parts of the file, its name and the command line, are safe too.
func TestHostileErrors(t *testing.T) {
	t.Parallel()
	w := newWorld(t).demo()
	name := strings.NewReplacer("\x00", "", "/", "").Replace(hostile)
	if runtime.GOOS == "windows" {
		name = "hostile" // it lets no control character into a name
	}
	path := filepath.Join(w.home, name+".toml")
	for _, text := range []string{
		"format = 1\nstandard = \"\x1b[2J\"\n", "format = 1\nstandard = \"\\u001b[2J\u202e\"\n[learner]\nname=\"x\"\n", "\x1b]52;c;x\x07 = 1\n",
		"format = 1\nstandard = \"ST0413\"\n[learner]\nname = \"x\"\n[target]\n\"\\u001b\\u202eK99\" = 3\n", "\xff\xfe\x1b", "format = \"\\u009b\"\n",
		"format = 1\nstandard = \"ST0413\"\n[learner]\nname = \"x\"\nstart = \"\\u001b[2J\"\n[[goal]]\nid = \"\\u001b\"\nksbs = [\"\\u001bK\"]\ntext = 7\nstatus = \"\\u202e\"\n",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"status", "--profile", path}, {"check", path}, {"check", "--json", path}, {"standard", "check", path}} {
			code, stdout, stderr := w.run(args...)
			if bad := raw(stdout + stderr); code != 1 || bad != "" {
				t.Errorf("%q %q: exit %d, %s\n%s", args, text, code, bad, stderr)
			}
		}
	}
	for _, args := range [][]string{
		{hostile},
		{"rate", hostile, "2"},
		{"rate", "K1", hostile},
		{"rate", "K1", "1", "--as", hostile},
		{"--" + hostile},
		{"gaps", "--as-of", hostile},
		{"goal", "edit", hostile, "--text", "x"},
		{"goal", hostile},
		{"goal", "add", "--ksb", hostile, "--text", "x"},
		{"goal", "add", "--ksb", "k1", "--theory", hostile, "--text", "x"},
		{"action", "close", hostile},
		{"action", "close", "a-6jqt", "--status", hostile},
		{"action", "add", hostile, "--text", "x", "--sort", hostile},
		{"reflect", "--model", hostile},
		{"reflect", "--goal", hostile, "--answer", "what=x"},
		{"reflect", "--ksb", "k1", "--answer", hostile},
		{"evidence", "add", "--ksb", "k1", "--title", "x", "--kind", hostile},
		{"target", "k1", hostile},
		{"pause", hostile, hostile},
		{"standard", "show", hostile},
		{"standard", "coach", hostile},
		{"init", "--name", "x", "--standard", hostile},
		{"status", "--profile", path + "?"},
		{"gaps", "--kind", hostile},
		{"standard", "facts", "--ksb", hostile},
		{"next", "one", hostile},
		{"compare", "agree", "k8", hostile, "--reason", "x"},
		{"compare", "differ", hostile, "--note", "x"},
		{"round", "open", "--id", hostile},
		{"review", "start", "--kind", hostile},
		{"review", "show", hostile},
		{"review", "record", hostile},
		{"review", "check", hostile, "--outcome", "done"},
		{"review", "note", "--share", hostile},
		{"sheet", "take", path},
		{"sheet", "show", path},
		{"sheet", "fill", path, hostile, "2", "--by", hostile},
		{"progress", "--ksb", hostile},
		{"init", "--name", hostile, "--profile", path},
	} {
		code, stdout, stderr := w.run(args...)
		if bad := raw(stdout + stderr); code == 0 || bad != "" || strings.Count(stderr, "\n") != 2 {
			t.Errorf("%q: exit %d, %s\n%s", args, code, bad, stderr)
		}
	}
}

func TestHostileInputIsKeptAndShownClean(t *testing.T) {
	t.Parallel()
	w := newWorld(t).demo()
	for _, args := range [][]string{
		{"rate", "K1", "2", "--note", hostile},
		{"goal", "add", "--ksb", "K1", "--text", hostile, "--why", "\xff\x1b[2J"},
		{"evidence", "add", "--ksb", "K1", "--title", hostile, "--where", hostile},
		{"reflect", "--ksb", "K1", "--answer", "what=" + hostile},
		{"action", "add", "g-k8tq", "--text", hostile, "--who", hostile},
		{"compare", "agree", "K8", "1", "--reason", hostile, "--by", hostile},
		{"compare", "differ", "S6", "--note", hostile},
		{"review", "start", "--with", hostile},
		{"review", "note", "--agreed", hostile, "--wellbeing", hostile, "--share", "wellbeing"},
		{"review", "record"},
	} {
		if bad := raw(w.must(args...)); bad != "" {
			t.Errorf("%q: %s", args, bad)
		}
	}
	w.must("check")
}

// Commands that only read change no file, not even in the state folder, and wait for no lock.
func TestReadersChangeNothingAndNeedNoLock(t *testing.T) {
	t.Parallel()
	w := newWorld(t).demo()
	o := session.Options{
		Path: w.profile(), Ops: store.OS(), Library: library.New(), Today: calendar.Of(2026, 11, 22),
		Places: store.Places{Profile: w.profile(), State: filepath.Join(w.home, ".local/state/ksbcoach"), Config: filepath.Join(w.home, ".config/ksbcoach")},
	}
	holder, err := session.Open(o)
	if err != nil || holder.ReadOnly() != nil {
		t.Fatal(err, holder.ReadOnly())
	}
	before := w.snapshot()
	for _, command := range readers {
		w.must(append(strings.Fields(command), "--as-of", asOf)...)
		w.must(append(strings.Fields(command), "--as-of", asOf, "--json")...)
	}
	if after := w.snapshot(); !maps.Equal(before, after) {
		t.Error("a reading command changed something")
	}
	code, _, stderr := w.run("rate", "K21", "2")
	if code != 1 || !strings.Contains(stderr, "another ksbcoach has it open") || !strings.Contains(stderr, "hint: ") {
		t.Errorf("a second writer: exit %d, %s", code, stderr)
	}
	if err := holder.Close(); err != nil {
		t.Fatal(err)
	}
	w.must("rate", "K21", "2")
}

func TestAsOfMakesOutputRepeatable(t *testing.T) {
	t.Parallel()
	w := newWorld(t).demo()
	for _, command := range readers {
		for _, form := range []string{"", " --json"} {
			args := append(strings.Fields(command+form), "--as-of", "2027-03-01")
			if !testneed.Tries(command+form, 5) {
				continue
			}
			if a, b := w.must(args...), w.must(args...); a != b {
				t.Errorf("%q differs from run to run", args)
			}
		}
	}
	if a, b := w.must("gaps", "--as-of", "2026-11-22"), w.must("gaps", "--as-of", "2028-11-22"); a == b {
		t.Error("the day makes no difference")
	}
}

// Eight processes rate at once: every rating that a process reported as saved is in the file, and one that gave up said
// so.
func TestManyProcessesRatingAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must("init", "--name", "Sam", "--start", "2026-09-14")
	walk := library.New().Standard(library.Default).Walk()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	const processes, each = 8, 9 // 72 in all
	acknowledged := make([]bool, len(walk))
	var wg sync.WaitGroup
	for n := range processes {
		wg.Go(func() {
			for i := n * each; i < (n+1)*each; i++ {
				cmd := exec.CommandContext(t.Context(), exe, "rate", walk[i], "0", "--note", walk[i], "--as-of", asOf)
				cmd.Args[0] = "ksbcoach"
				cmd.Env = []string{"HOME=" + w.home}
				for name, folder := range xdg {
					cmd.Env = append(cmd.Env, name+"="+filepath.Join(w.home, folder))
				}
				out, err := cmd.CombinedOutput()
				acknowledged[i] = err == nil
				if err != nil && !strings.Contains(string(out), "another ksbcoach has it open") {
					t.Errorf("%s: %v\n%s", walk[i], err, out)
				}
			}
		})
	}
	wg.Wait()
	_, gaps := gapsOf(t, w)
	present := map[string]bool{}
	for _, g := range gaps {
		present[g.KSB] = true
	}
	for i, id := range walk {
		if acknowledged[i] != present[id] {
			t.Errorf("%s: acknowledged %t, in the file %t", id, acknowledged[i], present[id])
		}
	}
	if len(present) < each {
		t.Errorf("only %d of %d ratings got through", len(present), len(walk))
	}
}

// If its output cannot be written, a command says that its change was made, so that nobody makes it twice.
func TestOutputErrorSaysThatTheChangeWasMade(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		testneed.Missing(t, "/dev/full, which every Linux has")
	}
	defer full.Close()
	t.Chdir(t.TempDir())
	for _, args := range [][]string{
		{"rate", "K7", "2"}, {"evidence", "add", "--title", "An audit", "--ksb", "S7"}, {"init", "--name", "Sam"}, {"sheet", "make", "-o", "sheet.toml"}, {"demo", "--print", "demo"},
	} {
		w := newWorld(t)
		if args[0] != "init" {
			w.demo()
		}
		var errs strings.Builder
		code := Main(args, w.env(full, &errs))
		if code != 1 || !strings.HasPrefix(errs.String(), "error: the change is made and saved, but") || !strings.Contains(errs.String(), "do not run the command again") {
			t.Errorf("%v: exit %d, %q", args, code, errs.String())
		}
	}
}

// A full disk behind stdout is reported as an error.
func TestOutputThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		testneed.Missing(t, "/dev/full, which every Linux has")
	}
	defer full.Close()
	w := newWorld(t).demo()
	var errs strings.Builder
	if code := Main([]string{"gaps", "--json"}, w.env(full, &errs)); code != 1 || !strings.HasPrefix(errs.String(), "error: ") {
		t.Errorf("exit %d, %q", code, errs.String())
	}
}
