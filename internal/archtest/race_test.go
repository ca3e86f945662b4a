package archtest

import (
	"go/ast"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The packages in which goroutines may run are those that .ci/run tests with the race detector, and no others.
func TestWhatRunsAtOnceIsRaced(t *testing.T) {
	src, err := os.ReadFile(filepath.Join(moduleRoot(t), ".ci", "raced"))
	if err != nil {
		t.Fatal(err)
	}
	raced := strings.Fields(string(src))
	at := map[string]string{}
	for _, f := range readModule(t).product() {
		dir, inside := strings.CutPrefix(f.dir, "internal/")
		if inside && f.layer() != tools && isConcurrent(f) {
			at[dir] = f.path
		}
	}
	for dir, path := range at {
		if !slices.Contains(raced, dir) {
			t.Errorf("%s starts a goroutine or guards against one: name %s in .ci/raced", path, dir)
		}
	}
	for _, dir := range raced {
		if at[dir] == "" {
			t.Errorf(".ci/raced names %s, where nothing runs at once any more", dir)
		}
	}
}

func isConcurrent(f *file) bool {
	found := slices.ContainsFunc(f.imports, func(x imported) bool { return x.path == "sync" || x.path == "sync/atomic" })
	ast.Inspect(f.ast, func(n ast.Node) bool {
		_, starts := n.(*ast.GoStmt)
		found = found || starts
		return !found
	})
	return found
}
