package archtest

import (
	"bytes"
	"go/ast"
	"go/printer"
	"go/token"
	"strconv"
	"strings"
)

// changesLive are the folders that may define a profile.Change: only there is it decided what may become of a profile.
var changesLive = []string{"internal/profile"}

// changesAreOfTheRecord finds changes that are defined elsewhere, by their method Apply with two parameters.
func changesAreOfTheRecord(house tree) (found []finding) {
	for _, f := range house.product() {
		if within(f.dir, changesLive) {
			continue
		}
		for _, d := range f.ast.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if ok && fn.Recv != nil && fn.Name.Name == "Apply" && fn.Type.Params.NumFields() == 2 {
				found = append(found, f.finding(fn, "what a record may become is decided in "+strings.Join(changesLive, ", ")+
					": define the change there, and have the command or the screen send it to the session"))
			}
		}
	}
	return found
}

// minSentence is how long, in bytes, a string with a blank must be to count as a sentence. Shorter ones may be labels.
const minSentence = 20

// minFunction is how long, in bytes, the body of a function must be to count as a rule.
const minFunction = 60

// rulesHaveOneFrontEnd finds sentences and functions that are the same in two of cli, tui and lines.
func rulesHaveOneFrontEnd(house tree) (found []finding) {
	first := map[string]*file{}
	for _, f := range house.product() {
		if f.layer() != cli && f.layer() != tui && f.layer() != lines {
			continue
		}
		compare := func(n ast.Node, what, words string) {
			other, seen := first[words]
			if !seen {
				first[words] = f
			} else if other.layer() != f.layer() {
				found = append(found, f.finding(n, "this "+what+" is in "+other.path+" too: put it once where both can reach it, in the domain"))
			}
		}
		for _, d := range f.ast.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
				if body := text(fn.Body); len(body) >= minFunction {
					compare(fn, "function", body)
				}
			}
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				says, err := strconv.Unquote(lit.Value)
				if err == nil && len(says) >= minSentence && strings.Contains(says, " ") {
					compare(lit, "sentence", says)
				}
			}
			return true
		})
	}
	return found
}

// text is a piece of code as text, without its layout.
func text(n ast.Node) string {
	var b bytes.Buffer
	if err := printer.Fprint(&b, token.NewFileSet(), n); err != nil {
		return ""
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
