package archtest

import (
	"go/ast"
	"maps"
	"slices"
)

// askedFor are methods that interfaces outside the module ask for, so that nobody need call them by name.
var askedFor = []string{"Error", "Is", "MarshalJSON", "MarshalText", "String", "UnmarshalJSON", "UnmarshalText", "Unwrap"}

// forTests may be exported though only tests of other packages use them, each with the reason.
var forTests = map[string]string{
	"internal/coaching Statuses":     "the linter of the seeds names them to their authors",
	"internal/library From":          "the start of the program is tried with content that says which of its files were opened",
	"internal/profile/file MapTexts": "screens are drawn with hostile text in every place that can hold some",
	"internal/tui/theme New":         "screens are drawn for their golden frames with colours, whatever terminal the test runs on",
}

// exportedNamesHaveUsers finds what is exported for nobody. It goes by names, so a method passes when another package calls
// any method of that name. Left out are struct fields, methods that an interface asks for, what tools export for tests, a
// type in an exported declaration of its package (its users need not name it) or with a method Error (it is returned as an
// error), and a name of a block of constants or variables of which another name has a user: such a block is one list.
func exportedNamesHaveUsers(house tree) (found []finding) {
	u := usersOf(house)
	unmet := maps.Clone(forTests)
	for _, f := range house.product() {
		if f.layer() == tools {
			continue
		}
		for _, e := range f.exports() {
			key := f.dir + " " + e.name.Name
			if !u.know(f.dir, e) {
				if _, listed := forTests[key]; listed {
					delete(unmet, key)
					continue
				}
				found = append(found, f.finding(e.name, e.name.Name+" is exported, and no other package uses it: "+
					"begin it with a small letter, or delete it with its tests when its own package does not use it either"))
			}
		}
	}
	for key := range unmet {
		found = append(found, finding{key, 0, "listed in forTests, but gone or used by now: take it off the list"})
	}
	return found
}

// An export is a name that a package offers, beside the others of its block of constants or variables.
type export struct {
	name   *ast.Ident
	method bool
	block  []*ast.Ident
}

func (f *file) exports() (list []export) {
	for _, d := range f.ast.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil || isExported(d.Recv.List[0].Type) {
				list = append(list, export{name: d.Name, method: d.Recv != nil})
			}
		case *ast.GenDecl:
			var block []*ast.Ident
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					list = append(list, export{name: spec.Name})
				case *ast.ValueSpec:
					block = append(block, spec.Names...)
				}
			}
			for _, name := range block {
				list = append(list, export{name: name, block: block})
			}
		}
	}
	return slices.DeleteFunc(list, func(e export) bool { return !e.name.IsExported() })
}

// isExported says whether a receiver is of an exported type.
func isExported(receiver ast.Expr) bool {
	exported := false
	ast.Inspect(receiver, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		exported = exported || ok && id.IsExported()
		return !ok
	})
	return exported
}

// users say which names are used, and where.
type users struct {
	of      map[string]map[string]bool // by folder: the names that other packages use, and the types of its exported declarations
	methods map[string][]string        // by name: the folders that call such a method
	asked   []string                   // the methods of all interfaces
}

func (u users) know(dir string, e export) bool {
	if e.method {
		elsewhere := func(user string) bool { return user != dir }
		return slices.Contains(u.asked, e.name.Name) || slices.ContainsFunc(u.methods[e.name.Name], elsewhere)
	}
	used := func(name *ast.Ident) bool { return u.of[dir][name.Name] }
	return used(e.name) || slices.ContainsFunc(e.block, used)
}

// usersOf gathers them from all that is built into the program or generates a part of the repository.
func usersOf(house tree) users {
	u := users{of: map[string]map[string]bool{}, methods: map[string][]string{}, asked: slices.Clone(askedFor)}
	use := func(dir, name string) {
		if u.of[dir] == nil {
			u.of[dir] = map[string]bool{}
		}
		u.of[dir][name] = true
	}
	for _, f := range house.product() {
		if f.layer() == tools && !within(f.dir, []string{"internal/gen"}) {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if dir, ours := f.folderOf(n.X); ours {
					use(dir, n.Sel.Name)
				} else {
					u.methods[n.Sel.Name] = append(u.methods[n.Sel.Name], f.dir)
				}
			case *ast.InterfaceType:
				for _, m := range n.Methods.List {
					for _, name := range m.Names {
						u.asked = append(u.asked, name.Name)
					}
				}
			}
			return true
		})
		for _, name := range f.offered() {
			use(f.dir, name)
		}
	}
	return u
}

// offered are the types within the exported declarations of a file: signatures, fields, and the types of variables.
func (f *file) offered() (names []string) {
	var types func(ast.Node) bool
	types = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field: // not its name
			ast.Inspect(n.Type, types)
			return false
		case *ast.SelectorExpr: // another package's
			return false
		case *ast.Ident:
			names = append(names, n.Name)
		}
		return true
	}
	within := func(n ast.Node) { ast.Inspect(n, types) }
	for _, d := range f.ast.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Name.IsExported() && (d.Recv == nil || isExported(d.Recv.List[0].Type)) {
				within(d.Type)
			}
			if d.Recv != nil && d.Name.Name == "Error" {
				within(d.Recv)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					if spec.Name.IsExported() {
						within(spec.Type)
					}
				case *ast.ValueSpec:
					if !spec.Names[0].IsExported() {
						continue
					}
					if spec.Type != nil {
						within(spec.Type)
					}
					for _, value := range spec.Values {
						if lit, ok := value.(*ast.CompositeLit); ok {
							within(lit.Type)
						}
					}
				}
			}
		}
	}
	return names
}
