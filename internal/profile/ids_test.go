package profile_test

import (
	"os"
	"slices"
	"testing"

	"github.com/BurntSushi/toml"
)

// IDs knows every id that is written to the file, so that no new thing can take it.
func TestIDsKnowsEveryWrittenID(t *testing.T) {
	src, err := os.ReadFile("testdata/new-all.toml")
	if err != nil {
		t.Fatal(err)
	}
	p := decode(t, string(src)).Profile
	var written []string
	var look func(v any)
	look = func(v any) {
		switch v := v.(type) {
		case []map[string]any:
			for _, x := range v {
				if id, ok := x["id"].(string); ok {
					written = append(written, id)
				}
				look(x)
			}
		case map[string]any:
			for _, x := range v {
				look(x)
			}
		}
	}
	m := map[string]any{}
	if _, err := toml.Decode(string(src), &m); err != nil {
		t.Fatal(err)
	}
	look(m)
	var known []string
	p.EachID(func(id string) { known = append(known, id) })
	slices.Sort(written)
	slices.Sort(known)
	if !slices.Equal(written, known) || len(known) < 5 {
		t.Errorf("known %v, written %v", known, written)
	}
}
