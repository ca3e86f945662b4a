package seeds_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// A problem is what the linter says to an author: which file, which key, what is wrong, and what to do about it.
type problem struct {
	file, key, wrong, remedy string
}

func (p problem) String() string {
	return fmt.Sprintf("%s: %s: %s; %s", p.file, p.key, p.wrong, p.remedy)
}

// problems gathers what the checks of one piece of content find.
type problems []problem

func (ps *problems) add(f field, remedy, wrong string, args ...any) {
	*ps = append(*ps, problem{f.file, f.key, fmt.Sprintf(wrong, args...), remedy})
}

// of are the problems of a file, and those of other files that name it: what two share is the business of both.
func (ps problems) of(file string) problems {
	var out problems
	for _, p := range ps {
		if p.file == file || strings.Contains(p.wrong, file) {
			out = append(out, p)
		}
	}
	return out
}

// A field is one text of the content. Key says where it stands ("action 2 text"), kind what it is ("action text").
type field struct {
	file, key, kind, text string
}

// at is a field without a text, for a problem that concerns a whole file or a list in it.
func at(file, key string) field { return field{file: file, key: key} }

// report fails the test with every problem, in the order of files and keys.
func report(t *testing.T, ps problems) {
	t.Helper()
	slices.SortStableFunc(ps, func(a, b problem) int { return strings.Compare(a.file, b.file) })
	for _, p := range ps {
		t.Error(p)
	}
}
