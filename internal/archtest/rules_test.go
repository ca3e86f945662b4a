package archtest

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

func everyPackageHasALayer(house tree) (found []finding) {
	seen := map[string]bool{}
	for _, f := range house {
		if f.layer() != unknown || seen[f.dir] {
			continue
		}
		seen[f.dir] = true
		say := "Go code belongs in cmd, internal or seeds: move it there"
		if strings.HasPrefix(f.dir, "internal/") {
			say = "this package has no layer: say in layerOf (internal/archtest/arch_test.go) which layer it belongs to"
		}
		found = append(found, finding{f.dir, 0, say})
	}
	return found
}

func importsPointOneWay(house tree) (found []finding) {
	for _, f := range house.product() {
		if f.layer() == unknown {
			continue // everyPackageHasALayer says so
		}
		for _, im := range f.imports {
			rel, ours := strings.CutPrefix(im.path, module+"/")
			toTools := layerAt(rel) == tools && f.layer() != tools
			if !ours || within(rel, mayImport[f.layer()]) && !toTools {
				continue
			}
			found = append(found, finding{f.path, im.line, fmt.Sprintf("%s may not import %s: %s", f.dir, rel, remedy(f.layer(), rel))})
		}
	}
	return found
}

// remedy says what to do about an import that points the wrong way.
func remedy(from layer, target string) string {
	switch to := layerAt(target); {
	case to == command:
		return "nothing imports a command; move what you need into internal"
	case to == tools:
		return "generators and test tools are not part of the product; move what you need to the package it is about"
	case from == domain:
		return "the domain imports the domain only; have the caller pass the value in"
	case (from == tui || from == lines) && target == "internal/store":
		return "screens and lines reach files through session, which is the one writer"
	case from == tui || from == lines:
		return "a front end knows domain, session, library, export and sheet; have the wiring hand in the rest"
	case from == services:
		return "services know neither commands nor screens; return a value or an error and let them show it"
	case from == command:
		return "main only calls cli.Main; wire it there"
	default:
		return "it points upwards; see the layers in CONTRIBUTING.md"
	}
}

func domainIsPure(house tree) (found []finding) {
	for _, f := range house.product() {
		if f.layer() != domain {
			continue
		}
		for _, im := range f.imports {
			switch {
			case within(im.path, impurePackages):
				found = append(found, finding{f.path, im.line, "the domain does not import " + im.path +
					": take bytes, dates or identifiers as arguments and leave the system to a service"})
			case !inStandardLibrary(im.path) && !strings.HasPrefix(im.path, module+"/") && !within(im.path, domainThirdParty):
				found = append(found, finding{f.path, im.line, "the domain does not import " + im.path +
					": use the standard library, or do this in a service"})
			}
		}
		for _, sel := range f.uses("time", clockNames...) {
			found = append(found, f.finding(sel, "the domain has no clock: take the date as an argument instead of time."+sel.Sel.Name))
		}
	}
	return found
}

// inStandardLibrary follows the rule of the go command: the first element of any other import path has a dot.
func inStandardLibrary(importPath string) bool {
	first, _, _ := strings.Cut(importPath, "/")
	return !strings.Contains(first, ".")
}

func servicesKnowNoScreen(house tree) (found []finding) {
	for _, f := range house.product() {
		if f.layer() != services {
			continue
		}
		for _, im := range f.imports {
			if within(im.path, screenPackages) && !(f.dir == "internal/export" && im.path == measuringPackage) {
				found = append(found, finding{f.path, im.line, "a service does not import " + im.path +
					": it returns plain values, and cli or tui draw them"})
			}
		}
	}
	return found
}

func onlyOneFileOpensTheScreen(house tree) (found []finding) {
	var wiring string // the path of that one file
	for _, f := range house.product() {
		if f.layer() != cli {
			continue
		}
		for _, im := range f.imports {
			if !within(im.path, []string{module + "/internal/tui", module + "/internal/lines"}) {
				continue
			}
			wiring = cmp.Or(wiring, f.path)
			if wiring == f.path {
				continue
			}
			found = append(found, finding{f.path, im.line, "the screen and the lines are opened in one file of cli, and that is " + wiring + ": call what is there"})
		}
	}
	return found
}

func namesSaySomething(house tree) (found []finding) {
	seen := map[string]bool{}
	for _, f := range house {
		name := strings.TrimSuffix(f.ast.Name.Name, "_test")
		for _, part := range append(strings.Split(f.dir, "/"), name) {
			if slices.Contains(vagueNames, part) && !seen[f.dir] {
				seen[f.dir] = true
				found = append(found, finding{f.path, 0, "\"" + part + "\" says nothing about what is inside: name the package for the thing it is about"})
			}
		}
	}
	return found
}

func noNameTwice(house tree) (found []finding) {
	first := map[string]string{"main": ""} // by name: the folder
	for _, f := range house.product() {
		name := f.ast.Name.Name
		switch dir, taken := first[name]; {
		case !taken:
			first[name] = f.dir
		case name != "main" && dir != f.dir && !slices.ContainsFunc(found, func(x finding) bool { return x.path == f.dir }):
			found = append(found, finding{f.dir, 0, dir + " is called " + name + " too: give one of them a name that says how it differs"})
		}
	}
	return found
}

func everyPackageHasAComment(house tree) (found []finding) {
	said := map[string]string{} // by folder: the comment found so far
	var dirs []string
	for _, f := range house.product() {
		if _, ok := said[f.dir]; !ok {
			dirs = append(dirs, f.dir)
		}
		said[f.dir] += f.ast.Doc.Text()
	}
	for _, f := range house.product() {
		want := "Package " + f.ast.Name.Name + " "
		if f.ast.Name.Name == "main" {
			want = "Command " + path.Base(f.dir) + " "
		}
		if !slices.Contains(dirs, f.dir) || strings.HasPrefix(said[f.dir], want) {
			continue
		}
		dirs = slices.DeleteFunc(dirs, func(dir string) bool { return dir == f.dir })
		found = append(found, finding{f.dir, 0, "no comment that begins \"" + want +
			"...\" stands above the package clause: say what the package is responsible for and what it is not, in one file of it"})
	}
	return found
}

// commentsNameTheirFunction finds comments that kept the old name of a function. A comment may also begin with another
// kind of word, such as a capital one.
func commentsNameTheirFunction(house tree) (found []finding) {
	begins := regexp.MustCompile(`^[a-z]\w*\b`)
	for _, f := range house {
		for _, d := range f.ast.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || strings.HasPrefix(fn.Name.Name, "Test") { // the comment on a test says what it shows
				continue
			}
			if name := begins.FindString(fn.Doc.Text()); name != "" && name != fn.Name.Name {
				found = append(found, f.finding(fn, "the comment on "+fn.Name.Name+" begins with "+name+": has one of them an old name?"))
			}
		}
	}
	return found
}

func nothingRunsByItself(house tree) (found []finding) {
	for _, f := range house.product() {
		for _, d := range f.ast.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				found = append(found, f.finding(fn, "no func init: list things explicitly, and compute what costs time when it is first asked for"))
			}
		}
	}
	return found
}

// lipglossColours are the names of lip gloss that make or are a colour.
var lipglossColours = []string{
	"Color", "ANSIColor", "RGBColor", "Black", "Red", "Green", "Yellow", "Blue", "Magenta", "Cyan", "White",
	"BrightBlack", "BrightRed", "BrightGreen", "BrightYellow", "BrightBlue", "BrightMagenta", "BrightCyan", "BrightWhite",
}

var hexColour = regexp.MustCompile(`#[0-9A-Fa-f]{6}\b|^#[0-9A-Fa-f]{3}$`)

func coloursLiveInTheTheme(house tree) (found []finding) {
	for _, f := range house.product() {
		if within(f.dir, colourMakers) || f.layer() == tools { // a picture of a frame has its colours
			continue
		}
		for _, sel := range f.uses("charm.land/lipgloss/v2", lipglossColours...) {
			found = append(found, f.finding(sel, "colours live in internal/tui/theme: use a role of the theme, or add one there"))
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(lit.Value)
			switch {
			case err != nil:
			case hexColour.MatchString(text):
				found = append(found, f.finding(lit, "a colour is written here: colours live in internal/tui/theme, as roles"))
			case strings.Contains(text, "\x1b["):
				found = append(found, f.finding(lit, "an escape sequence is written here: use a style of internal/tui/theme"))
			}
			return true
		})
	}
	return found
}

func onlyMainExits(house tree) (found []finding) {
	for _, f := range house.product() {
		if within(f.dir, mayExit) {
			continue
		}
		for _, sel := range slices.Concat(
			f.uses("os", "Exit"), f.uses("syscall", "Exit"),
			f.uses("log", "Fatal", "Fatalf", "Fatalln", "Panic", "Panicf", "Panicln"),
		) {
			found = append(found, f.finding(sel, "only main ends the process: return an error, or the exit code"))
		}
	}
	return found
}

func rawTextStays(house tree) (found []finding) {
	for _, f := range house.product() {
		if within(f.path, rawReaders) {
			continue
		}
		for _, sel := range f.rawText() {
			found = append(found, f.finding(sel, "text that is shown is cleaned: use String or Line. "+
				"A text to be edited goes into ui.Field{Value: ...}; where else the raw text is truly needed, say so in rawReaders (internal/archtest/arch_test.go)"))
		}
	}
	return found
}

// rawText finds where a file uses the raw form of a text for anything but the value of a ui.Field.
func (f *file) rawText() (found []*ast.SelectorExpr) {
	edited := f.fieldTexts()
	ast.Inspect(f.ast, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && sel.Sel.Name == "Raw" && !f.isImport(sel.X) && !edited[sel] {
			found = append(found, sel)
		}
		return true
	})
	return found
}

// fieldTexts finds the functions that give a ui.Field its value, such as x.Raw in ui.Field{Value: x.Raw()}.
func (f *file) fieldTexts() map[ast.Expr]bool {
	isField := func(x ast.Expr) bool {
		sel, ok := x.(*ast.SelectorExpr)
		return ok && sel.Sel.Name == "Field" && f.isImport(sel.X) && f.importedAs(module+"/internal/tui/ui") != ""
	}
	edited := map[ast.Expr]bool{}
	values := func(fields *ast.CompositeLit) {
		for _, element := range fields.Elts {
			if pair, ok := element.(*ast.KeyValueExpr); ok {
				key, named := pair.Key.(*ast.Ident)
				call, called := pair.Value.(*ast.CallExpr)
				if named && called && key.Name == "Value" {
					edited[call.Fun] = true
				}
			}
		}
	}
	ast.Inspect(f.ast, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		if isField(lit.Type) {
			values(lit)
		}
		if list, ok := lit.Type.(*ast.ArrayType); ok && isField(list.Elt) {
			for _, element := range lit.Elts {
				if short, ok := element.(*ast.CompositeLit); ok && short.Type == nil {
					values(short)
				}
			}
		}
		return true
	})
	return edited
}

func filesStayShort(house tree) (found []finding) {
	for _, f := range house {
		if ast.IsGenerated(f.ast) {
			continue
		}
		if f.lines > maxFileLines {
			found = append(found, finding{f.path, 0, fmt.Sprintf("%d lines, at most %d: cut it where the subject changes", f.lines, maxFileLines)})
		}
		for _, d := range f.ast.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || f.test {
				continue
			}
			length := f.set.Position(fn.End()).Line - f.line(fn) + 1
			if length > maxFunctionLines {
				found = append(found, f.finding(fn, fmt.Sprintf("%s has %d lines, at most %d: cut it where the subject changes", fn.Name.Name, length, maxFunctionLines)))
			}
		}
	}
	return found
}

// linesStayShort leaves out raw string literals, which cannot be broken without changing what they say.
func linesStayShort(house tree) (found []finding) {
	for _, f := range house.product() {
		raw := map[int]bool{}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if x, ok := n.(*ast.BasicLit); ok && strings.HasPrefix(x.Value, "`") {
				for at := f.line(x); at <= f.set.Position(x.End()).Line; at++ {
					raw[at] = true
				}
			}
			return true
		})
		at := 0
		for l := range strings.Lines(f.text) {
			at++
			l = strings.ReplaceAll(strings.TrimRight(l, "\n"), "\t", "    ")
			if n := utf8.RuneCountInString(l); n > maxColumns && !raw[at] && !ast.IsGenerated(f.ast) {
				found = append(found, finding{f.path, at, fmt.Sprintf("%d columns, at most %d: break the line", n, maxColumns)})
			}
		}
	}
	return found
}
