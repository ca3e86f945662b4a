package main

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

// The page in docs is up to date, and it has every command with --json.
func TestThePageIsFresh(t *testing.T) {
	got, err := os.ReadFile(output)
	if err != nil {
		t.Fatal(err)
	}
	want, err := page()
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/json.md is stale: run go generate ./internal/gen/contract")
	}
}

// Lists are described by their elements and objects with the same keys once; a key that never held anything is listed.
func TestRows(t *testing.T) {
	defer func(before map[string]string) { meanings = before }(meanings)
	meanings = map[string]string{
		"level": aLevel + "how far", "on": "when", "names": "who", "by": "whose", "CODE": "a KSB", "x": "so",
		"gaps: list": "all", "list.x": "in full", "more": "the rest", "id": "its id",
	}
	var v value
	for _, text := range []string{
		`{"level":2,"on":null,"names":[],"by":{"K7":{"x":true}}}`,
		`{"level":"none","on":"2026-11-22","names":["a"],"by":{"S9":{"x":false}},` +
			`"list":[{"id":null,"x":true}],"more":[{"id":null,"x":1}]}`,
	} {
		if err := v.read([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	tab := table{known: map[string]*value{}, shapes: map[string]*value{}, where: map[string]string{}}
	v.learn(tab.known)
	tab.gather(&v)
	tab.rows(&v, "", "gaps")
	want := "| `level` | level | how far |\n| `on` | day or null | when |\n| `names` | list of text | who |\n" +
		"| `by` | object | whose |\n| `by.CODE` | object | a KSB |\n| `by.CODE.x` | true or false | so |\n" +
		"| `list` | list of object | all |\n| `list[].x` | number or true or false | in full |\n" +
		"| `more` | list of object, as `list[]` of gaps | the rest |\n"
	if got := tab.b.String(); got != want || !slices.Equal(tab.empty, []string{"gaps list[].id"}) {
		t.Errorf("%q,\n%s", tab.empty, got)
	}
}

// A key without a meaning and a meaning without a key are each an error, so that none is forgotten.
func TestEveryKeyHasAMeaning(t *testing.T) {
	defer func(before map[string]string) { meanings = before }(meanings)
	meanings = maps.Clone(meanings)
	delete(meanings, "goals_in_flight")
	if _, err := page(); err == nil || !strings.Contains(err.Error(), "status goals_in_flight") {
		t.Errorf("without a meaning: %v", err)
	}
	meanings["goals_in_flight"], meanings["gone"] = "how many", "nothing"
	if _, err := page(); err == nil || !strings.Contains(err.Error(), "gone") {
		t.Errorf("without a key: %v", err)
	}
}
