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

// A tree is the Go files of the module, for all systems, tests included.
type tree []*file

// A file is one parsed Go file.
type file struct {
	path    string // relative to the root of the module, with slashes
	dir     string
	test    bool
	lines   int
	text    string
	set     *token.FileSet
	ast     *ast.File
	imports []imported
}

// An imported is one import of a file, with the name that the file uses for it.
type imported struct {
	path, name string
	line       int
}

// readModule parses the module that this test belongs to.
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

// skipped says whether a folder of this name holds no code of the module: the go command ignores it, or a build made it.
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

// product is the files that are not tests.
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

// foldersOf lists the folders of these layers.
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

// within says whether a path is one of these folders or files, or below one of them.
func within(at string, folders []string) bool {
	return slices.ContainsFunc(folders, func(folder string) bool {
		return at == folder || strings.HasPrefix(at, folder+"/")
	})
}

// uses finds where a file uses one of these names from a package.
func (f *file) uses(importPath string, names ...string) (found []*ast.SelectorExpr) {
	known := f.importedAs(importPath)
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

// importedAs is the name that the file uses for a package, or "" if it does not import it.
func (f *file) importedAs(importPath string) string {
	for _, im := range f.imports {
		if im.path == importPath {
			return im.name
		}
	}
	return ""
}

// folderOf is the folder of the package that an expression names; ours says whether it is one of this module.
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
