package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A value is what was seen at one place of the JSON, over all runs.
type value struct {
	kinds []string // of what is no object or list, each once
	null  bool
	list  *value
	keys  []string // of an object, in their order
	at    map[string]*value
}

var (
	day  = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)
	code = regexp.MustCompile(`^[KSB][0-9]+$`)
)

// read adds one text of JSON.
func (v *value) read(text []byte) error {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	return v.next(dec)
}

func (v *value) next(dec *json.Decoder) error {
	token, err := dec.Token()
	if err != nil {
		return err
	}
	switch x := token.(type) {
	case json.Delim:
		return v.inside(dec, x)
	case nil:
		v.null = true
	case bool:
		v.add("true or false")
	case json.Number:
		v.add("number")
	case string:
		if day.MatchString(x) {
			v.add("day")
		} else {
			v.add("text")
		}
	}
	return nil
}

func (v *value) add(kind string) {
	if !slices.Contains(v.kinds, kind) {
		v.kinds = append(v.kinds, kind)
		slices.Sort(v.kinds)
	}
}

func (v *value) inside(dec *json.Decoder, open json.Delim) error {
	if open == '[' && v.list == nil {
		v.list = &value{}
	}
	if open == '{' && v.at == nil {
		v.at = map[string]*value{}
	}
	for dec.More() {
		of := v.list
		if open == '{' {
			token, err := dec.Token()
			if err != nil {
				return err
			}
			of = v.key(token.(string))
		}
		if err := of.next(dec); err != nil {
			return err
		}
	}
	_, err := dec.Token()
	return err
}

// key is the value under a key of an object. All codes are one key.
func (v *value) key(name string) *value {
	if code.MatchString(name) {
		name = "CODE"
	}
	if v.at[name] == nil {
		v.at[name] = &value{}
		v.keys = append(v.keys, name)
	}
	return v.at[name]
}

// learn adds what is under each key to what is known of keys of that name anywhere.
func (v *value) learn(known map[string]*value) {
	for key, x := range v.at {
		if known[key] == nil {
			known[key] = &value{}
		}
		known[key].join(x)
		x.learn(known)
	}
	if v.list != nil {
		v.list.learn(known)
	}
}

// join adds what another value was seen to hold.
func (v *value) join(x *value) {
	v.null = v.null || x.null
	for _, kind := range x.kinds {
		v.add(kind)
	}
	if x.list != nil && x.list.says() != "" {
		if v.list == nil {
			v.list = &value{}
		}
		v.list.join(x.list)
	}
	for _, key := range x.keys {
		if v.at == nil {
			v.at = map[string]*value{}
		}
		v.key(key).join(x.at[key])
	}
}

// A table writes the rows of the page. Objects with the same keys are described once, with all that any of them held.
type table struct {
	b      strings.Builder
	known  map[string]*value // by key: what keys of that name hold anywhere
	shapes map[string]*value // by keys: what objects with these keys hold anywhere
	where  map[string]string // by keys: where such an object is described
	empty  []string          // the places of which nobody knows what they hold

	unclear []string          // the places that have no meaning
	unsaid  map[string]string // the meanings that no place had yet
}

// gather joins all objects with the same keys.
func (t *table) gather(v *value) {
	if v.list != nil {
		t.gather(v.list)
	}
	if len(v.keys) == 0 {
		return
	}
	shape := strings.Join(v.keys, " ")
	if t.shapes[shape] == nil {
		t.shapes[shape] = &value{}
	}
	for _, key := range v.keys {
		t.gather(v.at[key])
	}
	t.shapes[shape].join(&value{keys: v.keys, at: v.at})
}

// rows writes a line for each key of an object and of those inside it. A key that held nothing is taken for what keys
// of its name hold elsewhere.
func (t *table) rows(v *value, path, command string) {
	shape := strings.Join(v.keys, " ")
	for _, key := range v.keys {
		x, name := t.shapes[shape].at[key], path+key
		if x.says() == "" {
			null, list := x.null, x.list
			x = &value{list: list}
			x.join(t.known[key])
			x.null = null
		}
		if x.says() == "" {
			t.empty = append(t.empty, command+" "+name)
			continue
		}
		inner, below := x, name
		for inner.list != nil {
			inner, below = inner.list, below+"[]"
		}
		same := ""
		if inside := strings.Join(inner.keys, " "); len(inner.keys) > 1 && !slices.Equal(inner.keys, []string{"CODE"}) {
			if at, described := t.where[inside]; described {
				same = ", as " + at
			} else {
				t.where[inside] = fmt.Sprintf("`%s` of %s", below, command)
			}
		}
		holds, means := x.says(), t.meaning(command, name)
		if rest, ok := strings.CutPrefix(means, aLevel); ok {
			holds, means = "level", rest
			if x.null {
				holds += " or null"
			}
		}
		fmt.Fprintf(&t.b, "| `%s` | %s%s | %s |\n", name, holds, same, means)
		if same == "" {
			t.rows(inner, below+".", command)
		}
	}
}

// says is what a value holds, in words, or "" where that is not known.
func (v *value) says() string {
	says := slices.Clone(v.kinds)
	if v.list != nil {
		of := v.list.says()
		if of == "" {
			return ""
		}
		says = append(says, "list of "+of)
	}
	if v.at != nil {
		says = append(says, "object")
	}
	if len(says) == 0 {
		return ""
	}
	if v.null {
		says = append(says, "null")
	}
	return strings.Join(says, " or ")
}

// meaning finds what a key means; command is as the page has it, with its arguments.
func (t *table) meaning(command, name string) string {
	path := strings.ReplaceAll(name, "[]", "")
	parts := strings.Split(path, ".")
	words := strings.Fields(command)
	var tries []string
	for n := len(words); n > 0; n-- {
		tries = append(tries, strings.Join(words[:n], " ")+": "+path)
	}
	for _, at := range append(tries, path, strings.Join(parts[max(len(parts)-2, 0):], "."), parts[len(parts)-1]) {
		if means := meanings[at]; means != "" {
			delete(t.unsaid, at)
			return means
		}
	}
	t.unclear = append(t.unclear, command+" "+name)
	return ""
}
