package archtest

import (
	"go/ast"
	"maps"
	"slices"
)

// requiredMethods are needed for interfaces of other modules, so nothing here need call them by name.
var requiredMethods = []string{"Error", "Is", "MarshalJSON", "MarshalText", "String", "UnmarshalJSON", "UnmarshalText", "Unwrap"}

// forTests are the names that may be exported although only tests of other packages use them, each with the reason.
var forTests = map[string]string{
	"internal/coaching Statuses":     "the linter of the seeds names them to their authors",
	"internal/library From":          "the start of the program is tried with content that says which of its files were opened",
	"internal/profile/file MapTexts": "screens are drawn with hostile text in every place that can hold some",
	"internal/tui/theme New":         "screens are drawn for their golden frames with colours, whatever terminal the test runs on",
}

// exportedNamesHaveUsers finds exported names that no other package uses. It compares names, not types: a method passes
// if another package calls any method of that name. It does not look at
//   - struct fields;
//   - methods that an interface has;
//   - what tools export for tests;
//   - types in an exported declaration of their package, since users need not name them, and types with a method Error;
//   - constants and variables in a block of which another name is used: such a block is one list.
func exportedNamesHaveUsers(house tree) (found []finding) {
	u := usersOf(house)
	unneeded := maps.Clone(forTests)
	for _, f := range house.product() {
		if f.layer() == tools {
			continue
		}
		for _, e := range f.exports() {
			key := f.dir + " " + e.name.Name
			if u.has(f.dir, e) {
				continue
			}
			if _, listed := forTests[key]; listed {
				delete(unneeded, key)
				continue
			}
			found = append(found, f.finding(e.name, e.name.Name+" is exported, and no other package uses it: "+
				"begin it with a small letter, or delete it with its tests when its own package does not use it either"))
		}
	}
	for key := range unneeded {
		found = append(found, finding{key, 0, "listed in forTests, but gone or used by now: take it off the list"})
	}
	return found
}

// An export is an exported name of a package.
type export struct {
	name   *ast.Ident
	method bool
	block  []*ast.Ident // the names in the same block of constants or variables
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

// isExported says whether the type of a receiver is exported.
func isExported(receiver ast.Expr) bool {
	exported := false
	ast.Inspect(receiver, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		exported = exported || ok && id.IsExported()
		return !ok
	})
	return exported
}

// users says which names are used, and where.
type users struct {
	names    map[string]map[string]bool // by folder: the names that other packages use, and the types of its exported declarations
	methods  map[string][]string        // by name: the folders that call such a method
	required []string                   // the methods of all interfaces
}

func (u users) has(dir string, e export) bool {
	if e.method {
		elsewhere := func(user string) bool { return user != dir }
		return slices.Contains(u.required, e.name.Name) || slices.ContainsFunc(u.methods[e.name.Name], elsewhere)
	}
	used := func(name *ast.Ident) bool { return u.names[dir][name.Name] }
	return used(e.name) || slices.ContainsFunc(e.block, used)
}

// usersOf looks through the files of the program and of the generators.
func usersOf(house tree) users {
	u := users{names: map[string]map[string]bool{}, methods: map[string][]string{}, required: slices.Clone(requiredMethods)}
	use := func(dir, name string) {
		if u.names[dir] == nil {
			u.names[dir] = map[string]bool{}
		}
		u.names[dir][name] = true
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
						u.required = append(u.required, name.Name)
					}
				}
			}
			return true
		})
		for _, name := range f.typesInExports() {
			use(f.dir, name)
		}
	}
	return u
}

// typesInExports are the names of the types in the exported declarations of a file: in signatures and fields, and of
// variables.
func (f *file) typesInExports() (names []string) {
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
