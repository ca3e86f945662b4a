package main

import (
	"os"
	"slices"
	"testing"
)

// The page in docs is the one that the commands make, and it has every command that has --json.
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

// Lists are described by what is in them, objects with the same keys once, and what nobody knows is given.
func TestRows(t *testing.T) {
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
	want := "| `level` | number or text |\n| `on` | day or null |\n| `names` | list of text |\n" +
		"| `by` | object |\n| `by.CODE` | object |\n| `by.CODE.x` | true or false |\n| `list` | list of object |\n" +
		"| `list[].x` | number or true or false |\n| `more` | list of object, as `list[]` of gaps |\n"
	if got := tab.b.String(); got != want || !slices.Equal(tab.empty, []string{"gaps list[].id"}) {
		t.Errorf("%q,\n%s", tab.empty, got)
	}
}
