package seeds_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// How long a word of the field may be, how many there are at least, and of how many KSBs it may be the name.
const (
	longestAlias = 40
	leastAliases = 150
	mostMeant    = 4
)

// checkAliases holds the words of the field to KSBs that exist, each word in one place, and to serving every KSB.
func checkAliases(aliases []coaching.Alias, std *standard.Standard) problems {
	var ps problems
	first, served := map[string]string{}, map[string]bool{}
	for _, a := range aliases {
		if len(a.Names) == 0 {
			ps.add(at(aliasesFile, "names"), "give the words that people use", "none for %v", a.KSBs)
			continue
		}
		key := at(aliasesFile, "alias "+a.Names[0])
		if n := len(a.KSBs); n < 1 || n > mostMeant {
			ps.add(key, "name one to four, the one that fits best first", "%d KSBs", n)
		}
		for i, id := range a.KSBs {
			if _, ok := std.KSB(id); !ok || slices.Contains(a.KSBs[:i], id) {
				ps.add(key, "name KSBs of the standard, each once", "%q", id)
			}
			served[id] = true
		}
		for _, name := range a.Names {
			n := strings.ToLower(name)
			_, _, code := standard.SplitCode(standard.Code(name))
			switch {
			case n != strings.Join(strings.Fields(n), " ") || n == "" || utf8.RuneCountInString(n) > longestAlias:
				ps.add(key, "write it in 40 characters at most, with single blanks", "%q", name)
			case code:
				ps.add(key, "leave it out: codes are found as they are", "%q is a code", name)
			case first[n] != "":
				ps.add(key, "leave it in one place", "%q stands under %q too", name, first[n])
			}
			first[n] = a.Names[0]
		}
	}
	if len(first) < leastAliases {
		ps.add(at(aliasesFile, "alias"), "write 150 or more", "%d words", len(first))
	}
	for _, id := range std.Walk() {
		if !served[id] {
			ps.add(at(aliasesFile, "alias"), "add a word by which people would look for it", "nothing leads to %s", id)
		}
	}
	return ps
}

func TestAliases(t *testing.T) {
	c := real(t)
	report(t, checkAliases(c.aliases, c.standard))
}

func TestLinterAliases(t *testing.T) {
	c := real(t)
	for _, tt := range []struct {
		name   string
		broken func(list []coaching.Alias) []coaching.Alias
		want   string
	}{
		{"sound", func(l []coaching.Alias) []coaching.Alias { return l }, ""},
		{"a KSB that is not there", func(l []coaching.Alias) []coaching.Alias { l[0].KSBs = []string{"K1", "K99"}; return l }, `"K99"; name KSBs`},
		{"a KSB twice", func(l []coaching.Alias) []coaching.Alias { l[0].KSBs = []string{"K1", "K1"}; return l }, `"K1"; name KSBs`},
		{"five KSBs", func(l []coaching.Alias) []coaching.Alias {
			l[0].KSBs = []string{"K1", "K2", "K3", "K4", "K5"}
			return l
		}, "5 KSBs; name one to four"},
		{"a word twice", func(l []coaching.Alias) []coaching.Alias {
			l[1].Names = append(l[1].Names, strings.ToLower(l[0].Names[0]))
			return l
		}, "leave it in one place"},
		{"a code", func(l []coaching.Alias) []coaching.Alias { l[0].Names = append(l[0].Names, "k 07"); return l }, "is a code"},
		{"no word", func(l []coaching.Alias) []coaching.Alias { return append(l, coaching.Alias{KSBs: []string{"K1"}}) }, "give the words"},
		{"too long", func(l []coaching.Alias) []coaching.Alias {
			l[0].Names = append(l[0].Names, strings.Repeat("a", 41))
			return l
		}, "40 characters"},
		{"a KSB without", func(l []coaching.Alias) []coaching.Alias {
			for i := range l {
				l[i].KSBs = slices.DeleteFunc(slices.Clone(l[i].KSBs), func(id string) bool { return id == "B1" })
			}
			return l
		}, "nothing leads to B1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			list := slices.Clone(c.aliases)
			for i := range list {
				list[i].Names = slices.Clip(slices.Clone(list[i].Names))
			}
			expect(t, checkAliases(tt.broken(list), c.standard), tt.want)
		})
	}
}
