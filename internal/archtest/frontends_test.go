package archtest

import (
	"bytes"
	"go/ast"
	"go/printer"
	"go/token"
	"strconv"
	"strings"
)

// changesLive are the folders that may define a profile.Change, which is to say: decide what a record may become.
var changesLive = []string{"internal/profile"}

// changesAreOfTheRecord finds changes that are defined elsewhere, by their two methods.
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

// leastSentence is how many bytes with a blank among them make a sentence: anything shorter may well be a label.
const leastSentence = 20

// leastRule is how many bytes of body a function needs to be called the same rule as another.
const leastRule = 60

// rulesHaveOneFrontEnd finds what one of cli, tui and lines says or works out and another says or works out again in the
// same words.
func rulesHaveOneFrontEnd(house tree) (found []finding) {
	first := map[string]*file{}
	for _, f := range house.product() {
		if f.layer() != cli && f.layer() != tui && f.layer() != lines {
			continue
		}
		meet := func(n ast.Node, what, words string) {
			other, met := first[words]
			if !met {
				first[words] = f
			} else if other.layer() != f.layer() {
				found = append(found, f.finding(n, "this "+what+" is in "+other.path+" too: put it once where both can reach it, in the domain"))
			}
		}
		for _, d := range f.ast.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
				if body := text(fn.Body); len(body) >= leastRule {
					meet(fn, "function", body)
				}
			}
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				says, err := strconv.Unquote(lit.Value)
				if err == nil && len(says) >= leastSentence && strings.Contains(says, " ") {
					meet(lit, "sentence", says)
				}
			}
			return true
		})
	}
	return found
}

// text is a piece of code without its layout.
func text(n ast.Node) string {
	var b bytes.Buffer
	if err := printer.Fprint(&b, token.NewFileSet(), n); err != nil {
		return ""
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
