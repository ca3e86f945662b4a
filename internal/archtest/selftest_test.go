package archtest

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// sources is a small module made for one case: the text of each file.
type sources map[string]string

// TestRulesCanFail tries each rule on small modules that break it and on others that keep it, so that a rule which no
// longer finds anything is noticed.
func TestRulesCanFail(t *testing.T) {
	own := func(pkg string) string { return "import _ \"" + module + "/" + pkg + "\"\n" }
	ui := "import \"" + module + "/internal/tui/ui\"\n"
	late := "func late(d, today Date) bool {\nif d.IsZero() {\nreturn false\n}\nreturn d.Before(today) && !today.IsZero()\n}"
	gap := "import \"" + module + "/internal/gap\"\n"
	defer func(before map[string]string) { forTests = before }(forTests)
	cases := []struct {
		rule  string
		what  string
		files sources
		want  string // part of the one finding; "" when the rule is kept
	}{
		{"every package has a layer", "a new package", sources{"internal/rota/r.go": "package rota"}, "say in layerOf"},
		{"every package has a layer", "code at the top", sources{"tool.go": "package main"}, "cmd, internal or seeds"},
		{"every package has a layer", "below a known one", sources{"internal/tui/screens/home/h.go": "package home", "cmd/ksbcoach/main.go": "package main"}, ""},

		{"imports point one way", "domain to service", sources{"internal/gap/g.go": "package gap\n" + own("internal/store")}, "g.go:2: internal/gap may not import internal/store: the domain"},
		{"imports point one way", "domain to domain", sources{"internal/gap/g.go": "package gap\n" + own("internal/profile")}, ""},
		{"imports point one way", "service to screen", sources{"internal/session/s.go": "package session\n" + own("internal/tui/ui")}, "neither commands nor screens"},
		{"imports point one way", "service to command", sources{"internal/store/s.go": "package store\n" + own("internal/cli")}, "neither commands nor screens"},
		{"imports point one way", "screen to store", sources{"internal/tui/screens/rate/r.go": "package rate\n" + own("internal/store")}, "through session"},
		{"imports point one way", "screen to command", sources{"internal/tui/t.go": "package tui\n" + own("internal/cli")}, "have the wiring hand in"},
		{"imports point one way", "lines to a screen", sources{"internal/lines/l.go": "package lines\n" + own("internal/tui/ui")}, "a front end knows domain"},
		{"imports point one way", "lines to store", sources{"internal/lines/l.go": "package lines\n" + own("internal/store")}, "through session"},
		{"imports point one way", "screen to session", sources{"internal/tui/t.go": "package tui\n" + own("internal/session") + own("internal/tui/ui")}, ""},
		{"imports point one way", "anyone to main", sources{"internal/cli/c.go": "package cli\n" + own("cmd/ksbcoach")}, "nothing imports a command"},
		{"imports point one way", "product to tools", sources{"internal/cli/c.go": "package cli\n" + own("internal/gen/man")}, "not part of the product"},
		{"imports point one way", "product to tools within the screens", sources{"internal/tui/t.go": "package tui\n" + own("internal/tui/uitest")}, "not part of the product"},
		{"imports point one way", "main to store", sources{"cmd/ksbcoach/main.go": "package main\n" + own("internal/store")}, "main only calls"},
		{"imports point one way", "a test may", sources{"internal/gap/g_test.go": "package gap\n" + own("internal/library")}, ""},

		{"the domain is pure", "files", sources{"internal/plan/p.go": "package plan\nimport _ \"os\""}, "does not import os"},
		{"the domain is pure", "a package below", sources{"internal/plan/p.go": "package plan\nimport _ \"net/http\""}, "does not import net/http"},
		{"the domain is pure", "chance", sources{"internal/plan/p.go": "package plan\nimport _ \"math/rand/v2\""}, "does not import math/rand/v2"},
		{"the domain is pure", "third party", sources{"internal/plan/p.go": "package plan\nimport _ \"charm.land/lipgloss/v2\""}, "does not import charm.land"},
		{"the domain is pure", "toml, path and bufio", sources{"internal/plan/p.go": "package plan\nimport (\n_ \"bufio\"\n_ \"path\"\n_ \"github.com/BurntSushi/toml\"\n)"}, ""},
		{"the domain is pure", "the clock", sources{"internal/plan/p.go": "package plan\nimport \"time\"\nvar x = time.Now()"}, "p.go:3: the domain has no clock"},
		{"the domain is pure", "the clock by another name", sources{"internal/plan/p.go": "package plan\nimport t \"time\"\nvar x = t.Since"}, "instead of time.Since"},
		{"the domain is pure", "dates without a clock", sources{"internal/plan/p.go": "package plan\nimport \"time\"\nvar x time.Time"}, ""},
		{"the domain is pure", "a service may", sources{"internal/store/s.go": "package store\nimport \"time\"\nimport _ \"os\"\nvar x = time.Now()"}, ""},

		{"services know no screen", "lip gloss", sources{"internal/export/e.go": "package export\nimport _ \"charm.land/lipgloss/v2\""}, "a service does not import charm.land"},
		{"services know no screen", "export measures", sources{"internal/export/e.go": "package export\nimport _ \"github.com/charmbracelet/x/ansi\""}, ""},
		{"services know no screen", "nobody else does", sources{"internal/store/s.go": "package store\nimport _ \"github.com/charmbracelet/x/ansi\""}, "does not import github.com/charmbracelet/x/ansi"},
		{"services know no screen", "a screen may", sources{"internal/tui/t.go": "package tui\nimport _ \"charm.land/lipgloss/v2\""}, ""},

		{"only one file of cli opens the screen", "two do", sources{"internal/cli/a.go": "package cli\n" + own("internal/tui"), "internal/cli/b.go": "package cli\n" + own("internal/tui/theme")}, "b.go:2: the screen and the lines are opened in one file of cli, and that is internal/cli/a.go"},
		{"only one file of cli opens the screen", "another opens the lines", sources{"internal/cli/a.go": "package cli\n" + own("internal/tui"), "internal/cli/b.go": "package cli\n" + own("internal/lines")}, "that is internal/cli/a.go"},
		{"only one file of cli opens the screen", "one does", sources{"internal/cli/a.go": "package cli\n" + own("internal/tui") + own("internal/tui/theme"), "internal/cli/b.go": "package cli"}, ""},

		{"names say something", "a folder", sources{"internal/tui/util/u.go": "package text"}, "\"util\" says nothing"},
		{"names say something", "a package", sources{"internal/tui/u.go": "package helpers"}, "\"helpers\" says nothing"},
		{"names say something", "a good name", sources{"internal/tui/utility.go": "package tui"}, ""},

		{"a comment names what it is on", "an old name", sources{"internal/plan/p.go": "package plan\n// weigh does it.\nfunc rank() {}"}, "p.go:3: the comment on rank begins with weigh"},
		{"a comment names what it is on", "its name, or a sentence", sources{"internal/plan/p.go": "package plan\n// rank does it.\nfunc rank() {}\n// The same.\nfunc two() {}"}, ""},

		{"no package name is used twice", "two plans", sources{"internal/plan/p.go": "package plan", "internal/tui/screens/plan/p.go": "package plan"}, "internal/tui/screens/plan: internal/plan is called plan too"},
		{"no package name is used twice", "in three files of two folders", sources{"internal/a/p.go": "package plan", "internal/b/p.go": "package plan", "internal/b/q.go": "package plan"}, "internal/b: internal/a"},
		{"no package name is used twice", "two programs, and a package with its tests", sources{"cmd/a/m.go": "package main", "cmd/b/m.go": "package main", "internal/gap/g.go": "package gap", "internal/gap/g_test.go": "package gap_test"}, ""},

		{"an exported name has a user in another package", "a function for nobody", sources{"internal/gap/g.go": "package gap\nfunc F() {}\nvar x = F"}, "g.go:2: F is exported"},
		{"an exported name has a user in another package", "a function for tests", sources{"internal/gap/g.go": "package gap\nfunc F() {}", "internal/plan/p_test.go": "package plan\n" + gap + "var x = gap.F", "internal/tui/uitest/u.go": "package uitest\n" + gap + "var x = gap.F"}, "F is exported"},
		{"an exported name has a user in another package", "another package's function of that name", sources{"internal/gap/g.go": "package gap\nfunc F() {}", "internal/plan/p.go": "package plan\nimport \"other.org/gap\"\nvar x = gap.F"}, "F is exported"},
		{"an exported name has a user in another package", "a method", sources{"internal/gap/g.go": "package gap\ntype t struct{}\ntype T struct{}\nfunc (t) M() {}\nfunc (*T) M() {}\nfunc f(x T) { x.M() }", "internal/plan/p.go": "package plan\n" + gap + "var x gap.T"}, "g.go:5: M is exported"},
		{"an exported name has a user in another package", "a constant", sources{"internal/gap/g.go": "package gap\nconst C = 1"}, "C is exported"},
		{"an exported name has a user in another package", "a type that only unexported functions give", sources{"internal/gap/g.go": "package gap\ntype T struct{}\nfunc f() T { return T{} }"}, "T is exported"},
		{"an exported name has a user in another package", "an exception that is not needed", sources{"internal/gap/g.go": "package gap\nfunc unneeded() {}"}, "Unneeded: listed in forTests"},
		{"an exported name has a user in another package", "all that have one", sources{
			"internal/gap/g.go":      "package gap\nfunc F() T { return T{} }\ntype T struct{ Field U }\ntype U int\nconst (\nA U = iota\nB\n)\nfunc (T) M() {}\nfunc (T) String() string { return \"\" }\nfunc (T) Apply() {}\ntype E struct{}\nfunc (*E) Error() string { return \"\" }",
			"internal/plan/p.go":     "package plan\n" + gap + "type i interface{ Apply() }\nvar x, y = gap.F(), gap.A\nfunc f() { x.M() }",
			"internal/testneed/n.go": "package testneed\nfunc ForTests() {}",
		}, ""},

		{"what a record may become is decided in the record", "a screen's own change", sources{"internal/tui/a.go": "package tui\nfunc (c mine) Apply(p profile.Profile, std *standard.Standard) (profile.Profile, error) {}"}, "define the change there"},
		{"what a record may become is decided in the record", "the record's", sources{"internal/profile/a.go": "package profile\nfunc (c Mine) Apply(p Profile, std *standard.Standard) (Profile, error) {}", "internal/tui/a.go": "package tui\nfunc (s *style) Apply(x string) {}"}, ""},

		{"no rule is in two front ends", "a sentence", sources{"internal/cli/a.go": "package cli\nvar a = \"a level needs an example\"", "internal/tui/b.go": "package tui\nvar b = \"a level needs an example\""}, "b.go:2: this sentence is in internal/cli/a.go too"},
		{"no rule is in two front ends", "a function", sources{"internal/cli/a.go": "package cli\n" + late, "internal/tui/b.go": "package tui\n" + strings.ReplaceAll(late, "\n", "\n\n")}, "this function is in"},
		{"no rule is in two front ends", "a sentence of the screens and the lines", sources{"internal/tui/a.go": "package tui\nvar a = \"a level needs an example\"", "internal/lines/b.go": "package lines\nvar b = \"a level needs an example\""}, "this sentence is in"},
		{"no rule is in two front ends", "twice in one, a label, a test", sources{"internal/cli/a.go": "package cli\n" + late, "internal/cli/b.go": "package cli\nvar x = \"your level\"\n" + late, "internal/tui/a.go": "package tui\nvar x = \"your level\"", "internal/tui/b_test.go": "package tui\n" + late}, ""},

		{"every package has a comment", "none", sources{"internal/gap/a.go": "package gap", "internal/gap/b.go": "package gap"}, "begins \"Package gap ...\""},
		{"every package has a comment", "another's", sources{"internal/gap/a.go": "// Package plan is.\npackage gap"}, "begins \"Package gap ...\""},
		{"every package has a comment", "a command", sources{"cmd/ksbcoach/m.go": "// Main runs.\npackage main"}, "begins \"Command ksbcoach ...\""},
		{"every package has a comment", "in one of two files", sources{"internal/gap/a.go": "package gap", "internal/gap/b.go": "// Package gap ranks.\npackage gap"}, ""},

		{"nothing runs by itself", "init", sources{"internal/cli/a.go": "package cli\nfunc init() {}"}, "no func init"},
		{"nothing runs by itself", "a method and a test", sources{"internal/cli/a.go": "package cli\ntype a int\nfunc (a) init() {}", "internal/cli/a_test.go": "package cli\nfunc init() {}"}, ""},

		{"colours live in the theme", "a call", sources{"internal/tui/v.go": "package tui\nimport \"charm.land/lipgloss/v2\"\nvar c = lipgloss.Color(\"5\")"}, "use a role of the theme"},
		{"colours live in the theme", "a named colour", sources{"internal/tui/v.go": "package tui\nimport gloss \"charm.land/lipgloss/v2\"\nvar c = gloss.Red"}, "use a role of the theme"},
		{"colours live in the theme", "a number", sources{"internal/tui/widget/v.go": "package widget\nvar c = \"#a1b2c3\""}, "a colour is written here"},
		{"colours live in the theme", "a sequence", sources{"internal/cli/v.go": "package cli\nvar c = \"\\x1b[1m\""}, "an escape sequence is written here"},
		{"colours live in the theme", "the theme", sources{"internal/tui/theme/v.go": "package theme\nimport \"charm.land/lipgloss/v2\"\nvar c = lipgloss.Color(\"#a1b2c3\")"}, ""},
		{"colours live in the theme", "a heading and a width", sources{"internal/tui/v.go": "package tui\nimport \"charm.land/lipgloss/v2\"\nvar c, d = \"# Plan, #12\", lipgloss.Width(\"\")"}, ""},

		{"only main exits", "os", sources{"internal/cli/a.go": "package cli\nimport \"os\"\nfunc f() { os.Exit(1) }"}, "only main ends the process"},
		{"only main exits", "log", sources{"internal/store/a.go": "package store\nimport \"log\"\nfunc f() { log.Fatalf(\"\") }"}, "only main ends the process"},
		{"only main exits", "main, a generator, a test", sources{"cmd/ksbcoach/m.go": "package main\nimport \"os\"\nfunc f() { os.Exit(1) }", "internal/gen/x/m.go": "package main\nimport \"os\"\nfunc f() { os.Exit(1) }", "internal/cli/a_test.go": "package cli\nimport \"os\"\nfunc f() { os.Exit(1) }"}, ""},

		{"raw text stays where it is needed", "a screen", sources{"internal/tui/screens/rate/view.go": "package rate\nfunc f(t T) string { return t.note.Raw() }"}, "use String or Line"},
		{"raw text stays where it is needed", "the method as a value", sources{"internal/cli/gaps.go": "package cli\nvar f = name.Raw"}, "use String or Line"},
		{"raw text stays where it is needed", "another file than the listed", sources{"internal/appraisal/sheet.go": "package appraisal\nvar f = name.Raw()", "internal/appraisal/sheetx.go": "package appraisal\nvar f = name.Raw()"}, "sheetx.go"},
		{"raw text stays where it is needed", "the label of a field", sources{"internal/tui/screens/rate/wording.go": "package rate\n" + ui + "var f = ui.Field{Label: note.Raw()}"}, "use String or Line"},
		{"raw text stays where it is needed", "the value of something else", sources{"internal/tui/screens/rate/wording.go": "package rate\n" + ui + "var f = ui.Row{Value: note.Raw()}"}, "use String or Line"},
		{"raw text stays where it is needed", "fields to edit", sources{"internal/tui/screens/rate/wording.go": "package rate\n" + ui + "var f, g = []ui.Field{{Value: note.Raw()}}, ui.Field{Value: who.Raw()}"}, ""},
		{"raw text stays where it is needed", "the file format", sources{"internal/profile/encode.go": "package profile\nvar f = name.Raw()"}, ""},
		{"raw text stays where it is needed", "a function of that name", sources{"internal/tui/a.go": "package tui\nimport tea \"charm.land/bubbletea/v2\"\nvar f = tea.Raw(\"\")"}, ""},

		{"files and functions stay short", "a long file", sources{"internal/gap/g_test.go": "package gap\n" + strings.Repeat("\n", maxFileLines)}, "601 lines"},
		{"files and functions stay short", "a long function", sources{"internal/gap/g.go": "package gap\nfunc f() {\n" + strings.Repeat("\n", maxFunctionLines) + "}"}, "f has 92 lines"},
		{"files and functions stay short", "as long as they may be", sources{"internal/gap/g.go": "package gap\nfunc f() {\n" + strings.Repeat("\n", maxFunctionLines-2) + "}", "internal/gap/g_test.go": "package gap\nfunc f() {\n" + strings.Repeat("\n", maxFunctionLines) + "}"}, ""},
		{"lines stay short", "a long line", sources{"internal/gap/g.go": "package gap\n\n//" + strings.Repeat("x", maxColumns)}, "g.go:3: 122 columns"},
		{"lines stay short", "as long as it may be, a raw text and a test", sources{
			"internal/gap/g.go":      "package gap\n//" + strings.Repeat("x", maxColumns-2) + "\nvar f = `" + strings.Repeat("x", maxColumns) + "`",
			"internal/gap/g_test.go": "package gap\n//" + strings.Repeat("x", maxColumns),
		}, ""},
		{"files and functions stay short", "made by a program", sources{"internal/gap/g.go": "// Code generated by x. DO NOT EDIT.\n\npackage gap\n" + strings.Repeat("\n", maxFileLines)}, ""},
	}
	failed := map[string]bool{}
	for _, c := range cases {
		t.Run(c.rule+"/"+c.what, func(t *testing.T) {
			forTests = map[string]string{}
			if strings.HasPrefix(c.what, "an exception") {
				forTests["internal/gap Unneeded"] = "once it was"
			}
			got := ruleNamed(t, c.rule)(c.files.tree(t))
			switch {
			case c.want == "" && len(got) > 0:
				t.Errorf("nothing is broken, yet the rule says %v", got)
			case c.want != "" && (len(got) != 1 || !strings.Contains(got[0].String(), c.want)):
				t.Errorf("the rule says %v, and should say once %q", got, c.want)
			}
		})
		failed[c.rule] = failed[c.rule] || c.want != ""
	}
	for _, r := range rules {
		if !failed[r.name] {
			t.Errorf("no case shows that the rule %q can fail: add one", r.name)
		}
	}
}

func (s sources) tree(t *testing.T) tree {
	t.Helper()
	var house tree
	for _, name := range slices.Sorted(maps.Keys(s)) {
		house = append(house, parse(t, name, []byte(s[name])))
	}
	return house
}

func ruleNamed(t *testing.T, name string) func(tree) []finding {
	t.Helper()
	for _, r := range rules {
		if r.name == name {
			return r.check
		}
	}
	t.Fatalf("there is no rule %q", name)
	return nil
}
