// Command licences writes docs/third-party-licences.md: the modules that are linked into ksbcoach on any of the systems
// it is released for, each with its version and the full text of its licences. It is run by go generate.
package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

//go:generate go run .

const (
	root    = "../../.."
	program = "./cmd/ksbcoach"
	output  = root + "/docs/third-party-licences.md"
)

// systems are what .goreleaser.yaml builds for.
var systems = []string{"darwin/amd64", "darwin/arm64", "linux/amd64", "linux/arm64", "windows/amd64", "windows/arm64"}

const head = `# Third-party licences

ksbcoach itself is under the MIT licence, see LICENSE. The released programs also contain the modules below, each under
its own licence, and the text of the occupational standard, which is Crown copyright and used under the
[Open Government Licence v3.0](https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/).

<!-- Made by go generate ./internal/gen/licences. Do not edit by hand. -->
`

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run() error {
	if _, err := os.Stat(filepath.Join(root, program)); err != nil {
		return fmt.Errorf("%s cannot be read, so nobody knows what is linked into it: %w", program, err)
	}
	linked := map[string]*module{}
	for _, system := range systems {
		if err := list(system, linked); err != nil {
			return fmt.Errorf("listing what %s links on %s: %w", program, system, err)
		}
	}
	modules := slices.SortedFunc(maps.Values(linked), func(a, b *module) int { return cmp.Compare(a.Path, b.Path) })
	page, err := write(modules)
	if err != nil {
		return err
	}
	return os.WriteFile(output, page, 0o644)
}

// A module is linked into the program. Its exported fields are those of go list.
type module struct {
	Path, Version, Dir string

	Main    bool
	Replace *module
	folders map[string]bool // of its packages that are linked
}

// goToolchain is for the standard library and the runtime, which are linked too. It has no version here, or else the
// page would differ from one machine to the next.
const goToolchain = "Go standard library and runtime"

// list adds to linked the modules of the program on one system, such as "linux/amd64".
func list(system string, linked map[string]*module) error {
	goos, goarch, _ := strings.Cut(system, "/")
	cmd := exec.Command("go", "list", "-deps", "-json=Dir,Standard,Module,Root", program)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=0")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%w\n%s", err, strings.TrimSpace(stderr.String()))
	}
	decoder := json.NewDecoder(bytes.NewReader(out))
	for decoder.More() {
		var pkg struct {
			Dir, Root string
			Standard  bool
			Module    *module
		}
		if err := decoder.Decode(&pkg); err != nil {
			return err
		}
		switch m := pkg.Module; {
		case pkg.Standard:
			add(linked, &module{Path: goToolchain, Dir: pkg.Root}, pkg.Root)
		case m != nil && !m.Main:
			if m.Replace != nil {
				m.Dir = cmp.Or(m.Replace.Dir, m.Dir)
			}
			add(linked, m, pkg.Dir)
		}
	}
	return nil
}

func add(linked map[string]*module, m *module, folder string) {
	if linked[m.Path] == nil {
		m.folders = map[string]bool{}
		linked[m.Path] = m
	}
	linked[m.Path].folders[folder] = true
}

func write(modules []*module) ([]byte, error) {
	page := bytes.NewBufferString(head)
	for _, m := range modules {
		texts, err := licences(m)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(page, "\n## %s\n", strings.TrimSpace(m.Path+" "+m.Version))
		for _, t := range texts {
			fence := "```"
			for strings.Contains(t.text, fence) {
				fence += "`"
			}
			fmt.Fprintf(page, "\n%s\n\n%stext\n%s\n%s\n", t.name, fence, t.text, fence)
		}
	}
	return page.Bytes(), nil
}

// A licence is one licence file: its path in the module, and its text.
type licence struct{ name, text string }

var licenceName = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|unlicen[cs]e)([-._].*)?$`)

// licences reads the licence files in the top folder of a module and in each folder from there down to a linked
// package.
func licences(m *module) ([]licence, error) {
	if m.Dir == "" {
		return nil, fmt.Errorf("module %s %s is not in the module cache; run go mod download", m.Path, m.Version)
	}
	folders := map[string]bool{m.Dir: true}
	for folder := range m.folders {
		for folder != m.Dir && strings.HasPrefix(folder, m.Dir+string(filepath.Separator)) {
			folders[folder] = true
			folder = filepath.Dir(folder)
		}
	}
	var found []licence
	for _, folder := range slices.Sorted(maps.Keys(folders)) {
		more, err := licencesIn(m.Dir, folder)
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("module %s %s has no licence file in %s: it may not be shipped; ask its authors, or "+
			"do without it", m.Path, m.Version, m.Dir)
	}
	return found, nil
}

func licencesIn(top, folder string) (found []licence, err error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.IsDir() || !licenceName.MatchString(e.Name()) || filepath.Ext(e.Name()) == ".go" {
			continue
		}
		file := filepath.Join(folder, e.Name())
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		name, err := filepath.Rel(top, file)
		if err != nil {
			return nil, err
		}
		found = append(found, licence{filepath.ToSlash(name), tidy(string(text))})
	}
	return found, nil
}

// tidy removes what differs between systems or cannot be seen: line ends, and white space at the end of lines.
func tidy(text string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\r\f")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}
