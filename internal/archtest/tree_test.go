package archtest

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/ksbcoach/ksbcoach"

// A tree is every Go file of the module, for every system.
type tree []*file

// A file is one parsed Go file.
type file struct {
	path    string // from the module's root, with slashes
	dir     string
	test    bool
	lines   int
	text    string
	set     *token.FileSet
	ast     *ast.File
	imports []imported
}

// An imported package, under the name that the file knows it by.
type imported struct {
	path, name string
	line       int
}

// readModule parses the module that this test stands in.
func readModule(t *testing.T) tree {
	t.Helper()
	root := moduleRoot(t)
	var house tree
	err := filepath.WalkDir(root, func(at string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if at != root && skipped(entry.Name()) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(at, ".go") {
			return nil
		}
		src, err := os.ReadFile(at)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, at)
		if err != nil {
			return err
		}
		house = append(house, parse(t, filepath.ToSlash(rel), src))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(house) < 10 {
		t.Fatalf("found only %d Go files below %s: the walk has lost its way", len(house), root)
	}
	return house
}

// skipped says whether the go command would not look into a folder of this name, or it holds only what a build made.
func skipped(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata" || name == "dist"
}

func moduleRoot(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil {
			if !bytes.HasPrefix(mod, []byte("module "+module+"\n")) {
				t.Fatalf("%s does not begin with \"module %s\"", filepath.Join(dir, "go.mod"), module)
			}
			return dir
		}
		if filepath.Dir(dir) == dir {
			t.Fatal("no go.mod above this folder")
		}
		dir = filepath.Dir(dir)
	}
}

func parse(t *testing.T, name string, src []byte) *file {
	t.Helper()
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, name, src, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	f := &file{
		path: name, dir: path.Dir(name), test: strings.HasSuffix(name, "_test.go"),
		lines: bytes.Count(src, []byte("\n")), text: string(src), set: set, ast: parsed,
	}
	for _, spec := range parsed.Imports {
		at := strings.Trim(spec.Path.Value, "`\"")
		name := nameOf(at)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		f.imports = append(f.imports, imported{at, name, f.line(spec)})
	}
	return f
}

var majorVersion = regexp.MustCompile(`^v[0-9]+$`)

// nameOf guesses a package's name from its import path.
func nameOf(at string) string {
	if majorVersion.MatchString(path.Base(at)) {
		at = path.Dir(at)
	}
	return path.Base(at)
}

func (f *file) line(n ast.Node) int { return f.set.Position(n.Pos()).Line }

func (f *file) finding(n ast.Node, say string) finding { return finding{f.path, f.line(n), say} }

// product are the files that are built into a program: all but the tests.
func (house tree) product() tree {
	return slices.DeleteFunc(slices.Clone(house), func(f *file) bool { return f.test })
}

// layer is the layer that the file's folder belongs to.
func (f *file) layer() layer { return layerAt(f.dir) }

func layerAt(dir string) layer {
	first, rest, _ := strings.Cut(dir, "/")
	switch first {
	case "cmd":
		return command
	case "seeds":
		return seeds
	case "internal":
		for ; rest != "."; rest = path.Dir(rest) {
			if l, ok := layerOf[rest]; ok {
				return l
			}
		}
	}
	return unknown
}

// foldersOf lists the folders of some layers.
func foldersOf(wanted ...layer) []string {
	var dirs []string
	for name, l := range layerOf {
		if slices.Contains(wanted, l) {
			dirs = append(dirs, "internal/"+name)
		}
	}
	slices.Sort(dirs)
	return dirs
}

// within says whether a path is one of the folders or files, or lies below one of them.
func within(at string, folders []string) bool {
	return slices.ContainsFunc(folders, func(folder string) bool {
		return at == folder || strings.HasPrefix(at, folder+"/")
	})
}

// uses finds where a file takes one of the names from the package of that import path; without names, any.
func (f *file) uses(importPath string, names ...string) []*ast.SelectorExpr {
	known := f.importedAs(importPath)
	var found []*ast.SelectorExpr
	if known == "" {
		return nil
	}
	ast.Inspect(f.ast, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok && x.Name == known && x.Obj == nil && slices.Contains(names, sel.Sel.Name) {
			found = append(found, sel)
		}
		return true
	})
	return found
}

// importedAs is the name that the file knows a package by, "" when it does not import it.
func (f *file) importedAs(importPath string) string {
	for _, im := range f.imports {
		if im.path == importPath {
			return im.name
		}
	}
	return ""
}

// folderOf is the folder of the package of ours that an expression names.
func (f *file) folderOf(x ast.Expr) (dir string, ours bool) {
	id, ok := x.(*ast.Ident)
	if !ok || id.Obj != nil {
		return "", false
	}
	for _, im := range f.imports {
		if im.name == id.Name {
			return strings.CutPrefix(im.path, module+"/")
		}
	}
	return "", false
}

// isImport says whether an expression is the name of an imported package.
func (f *file) isImport(x ast.Expr) bool {
	id, ok := x.(*ast.Ident)
	return ok && id.Obj == nil && slices.ContainsFunc(f.imports, func(im imported) bool { return im.name == id.Name })
}
