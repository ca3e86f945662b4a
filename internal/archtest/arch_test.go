package archtest

import (
	"fmt"
	"slices"
	"testing"
)

// A layer is a group of packages. Imports go from upper layers to lower ones only; mayImport says which.
type layer int

const (
	unknown  layer = iota
	domain         // pure values and functions: no file, no clock, no terminal
	services       // files, the open profile, the embedded content, exports
	cli            // the commands, and the wiring
	tui            // the full screen
	lines          // the same line by line, without a screen
	seeds          // the embedded bytes
	command        // cmd/...
	tools          // generators and tests; nothing of the product imports them
)

// layerOf is the layer of each folder under internal. It holds for the folders below too, unless they are listed.
var layerOf = map[string]layer{
	"calendar":  domain,
	"safetext":  domain,
	"doc":       domain,
	"words":     domain,
	"sorting":   domain,
	"lists":     domain,
	"lazy":      domain,
	"standard":  domain,
	"level":     domain,
	"tomledit":  domain,
	"profile":   domain,
	"coaching":  domain,
	"gap":       domain,
	"plan":      domain,
	"appraisal": domain,
	"handout":   domain,
	"intake":    domain,
	"privacy":   domain,
	"snapshot":  domain,
	"search":    domain,
	"xlsx":      domain,

	"library": services,
	"store":   services,
	"session": services,
	"export":  services,
	"sheet":   services,

	"cli":   cli,
	"tui":   tui,
	"lines": lines,

	"gen":        tools,
	"archtest":   tools,
	"naughty":    tools,
	"testneed":   tools,
	"longrecord": tools,
	"tui/uitest": tools,
}

// mayImport says which of our packages the files of a layer, other than tests, may import. An entry is a folder with
// everything below it.
var mayImport = map[layer][]string{
	domain: foldersOf(domain),
	services: append(foldersOf(domain, services),
		"seeds"),
	cli: append(foldersOf(domain, services),
		"internal/cli", "internal/tui", "internal/lines"), // the last two in one file, see onlyOneFileOpensTheScreen
	tui: append(foldersOf(domain),
		"internal/tui", "internal/session", "internal/library", "internal/export", "internal/sheet"),
	lines: append(foldersOf(domain),
		"internal/lines", "internal/session", "internal/library", "internal/export", "internal/sheet"),
	seeds:   {},
	command: {"internal/cli"},
	tools:   append(foldersOf(domain, services, cli, tui, lines, tools), "seeds"),
}

// domainThirdParty is what the domain may import from outside the standard library.
var domainThirdParty = []string{"github.com/BurntSushi/toml"}

// impurePackages are the packages of the standard library, each with those below it, that reach files, processes, the
// network, the system or random numbers. The domain may not import them.
var impurePackages = []string{
	"crypto/rand", "embed", "io/fs", "io/ioutil", "log", "math/rand", "net", "os", "path/filepath", "plugin", "syscall",
}

// clockNames are the names in package time that read or wait for the clock, or read the system's time zones.
var clockNames = []string{
	"Now", "Since", "Until", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker", "Sleep", "LoadLocation",
}

// screenPackages draw on the terminal. Services may not import them.
var screenPackages = []string{"charm.land", "github.com/charmbracelet"}

// measuringPackage is the exception, for export: plain text is aligned in cells, and only this package counts them
// correctly.
const measuringPackage = "github.com/charmbracelet/x/ansi"

// vagueNames are package names that do not say what is inside.
var vagueNames = []string{"base", "common", "helper", "helpers", "lib", "misc", "shared", "util", "utils"}

// rawReaders are the folders and files that may use the raw form of a safetext.Text, because they write files or change
// text. A screen may use it only to fill a field: ui.Field{Value: note.Raw()}. All other code shows text to people, and
// must show the cleaned form.
var rawReaders = []string{
	"internal/profile",
	"internal/privacy",
	"internal/snapshot",
	"internal/appraisal/sheet.go",
	"internal/intake/propose.go",
	"internal/intake/take.go",
}

// colourMakers are the folders that may name a colour or write an escape sequence.
var colourMakers = []string{"internal/tui/theme"}

// mayExit are the folders that may end the process.
var mayExit = []string{"cmd", "internal/gen"}

const (
	maxFileLines     = 600
	maxFunctionLines = 90
	maxColumns       = 120 // a tab counts as four
)

// rules lists all rules. Each has cases in TestRulesCanFail.
var rules = []struct {
	name  string
	check func(tree) []finding
}{
	{"every package has a layer", everyPackageHasALayer},
	{"imports point one way", importsPointOneWay},
	{"the domain is pure", domainIsPure},
	{"services know no screen", servicesKnowNoScreen},
	{"only one file of cli opens the screen", onlyOneFileOpensTheScreen},
	{"names say something", namesSaySomething},
	{"no package name is used twice", noNameTwice},
	{"an exported name has a user in another package", exportedNamesHaveUsers},
	{"what a record may become is decided in the record", changesAreOfTheRecord},
	{"no rule is in two front ends", rulesHaveOneFrontEnd},
	{"every package has a comment", everyPackageHasAComment},
	{"a comment names what it is on", commentsNameTheirFunction},
	{"nothing runs by itself", nothingRunsByItself},
	{"colours live in the theme", coloursLiveInTheTheme},
	{"only main exits", onlyMainExits},
	{"raw text stays where it is needed", rawTextStays},
	{"files and functions stay short", filesStayShort},
	{"lines stay short", linesStayShort},
}

func TestArchitecture(t *testing.T) {
	house := readModule(t)
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			for _, f := range r.check(house) {
				t.Error(f)
			}
		})
	}
}

// TestExceptionsAreUsed finds entries in the lists above that nothing needs any more, so that they go.
func TestExceptionsAreUsed(t *testing.T) {
	house := readModule(t)
	product := house.product()
	any := func(*file) bool { return true }
	edits := func(f *file) bool { return len(f.rawText()) > 0 }
	exits := func(f *file) bool { return len(f.uses("os", "Exit")) > 0 }
	colours := func(f *file) bool { return len(f.uses("charm.land/lipgloss/v2", lipglossColours...)) > 0 }
	for _, f := range slices.Concat(
		unusedEntries(product, "layerOf", foldersOf(domain, services, cli, tui, lines), any), unusedEntries(house, "layerOf", foldersOf(tools), any),
		unusedEntries(product, "rawReaders", rawReaders, edits), unusedEntries(product, "colourMakers", colourMakers, colours),
		unusedEntries(product, "mayExit", mayExit, exits), unusedEntries(product, "changesLive", changesLive, any),
	) {
		t.Error(f)
	}
	small := sources{"internal/gap/g.go": "package gap\nvar f = name.Raw()", "internal/plan/p.go": "package plan"}.tree(t)
	if got := unusedEntries(small, "a list", []string{"internal/gap", "internal/plan", "internal/gone"}, edits); len(got) != 2 ||
		got[0].path != "internal/plan" || got[1].path != "internal/gone" {
		t.Errorf("of three folders of which one needs it, %v are found", got)
	}
}

// unusedEntries finds the entries of a list that no file below them needs.
func unusedEntries(house tree, list string, entries []string, needs func(*file) bool) (found []finding) {
	for _, entry := range entries {
		if !slices.ContainsFunc(house, func(f *file) bool { return within(f.path, []string{entry}) && needs(f) }) {
			found = append(found, finding{entry, 0, "listed in " + list + ", but nothing there needs it: take it off the list"})
		}
	}
	return found
}

// A finding is one place that breaks a rule, with what to do about it.
type finding struct {
	path    string
	line    int // 0 if it is about the file or folder as a whole
	message string
}

func (f finding) String() string {
	if f.line == 0 {
		return f.path + ": " + f.message
	}
	return fmt.Sprintf("%s:%d: %s", f.path, f.line, f.message)
}
