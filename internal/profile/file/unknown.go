package file

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// Unknown lists the keys in the text of a profile that are the learner's own, dotted, with what each says. The id of an
// entry stands behind its key.
func Unknown(text string) map[string]string {
	m := map[string]any{}
	if _, err := toml.Decode(text, &m); err != nil {
		return nil
	}
	u := &unknown{kinds: map[string]string{"": ""}, found: map[string]string{}}
	for _, k := range Keys() {
		u.kinds[k.Where] = k.Kind
	}
	u.table("", "", m)
	return u.found
}

type unknown struct {
	kinds map[string]string // of the keys that we know
	found map[string]string
}

// table looks at one table; at is where it is in the list of keys, and said what it is called.
func (u *unknown) table(at, said string, m map[string]any) {
	for _, key := range slices.Sorted(maps.Keys(m)) {
		where, name := strings.TrimPrefix(at+"."+key, "."), strings.TrimPrefix(said+"."+key, ".")
		kind, known := u.kinds[where]
		if !known {
			u.found[name] = fmt.Sprint(m[key])
			continue
		}
		for _, x := range tablesIn(m[key]) {
			id := ""
			if s := idOf(x); s != "" {
				id = " " + s
			}
			if strings.HasPrefix(kind, "lines") {
				u.lines(where, name, x)
			} else if u.known(where) {
				u.table(where, name+id, x)
			}
		}
	}
}

// lines looks at a table with a line for each KSB or id, which are listed under the code of an example.
func (u *unknown) lines(where, name string, m map[string]any) {
	for _, example := range []string{"K7", "a-91xd"} {
		if !u.known(where + "." + example) {
			continue
		}
		for code, row := range m {
			for _, x := range tablesIn(row) {
				u.table(where+"."+example, name+"."+code, x)
			}
		}
	}
}

// known says whether keys below a key are listed; the steps of a reflection, for one, are not.
func (u *unknown) known(where string) bool {
	for k := range u.kinds {
		if strings.HasPrefix(k, where+".") {
			return true
		}
	}
	return false
}

func tablesIn(v any) []map[string]any {
	switch v := v.(type) {
	case map[string]any:
		return []map[string]any{v}
	case []map[string]any:
		return v
	}
	return nil
}
