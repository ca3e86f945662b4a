package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A value is all that was seen at one place in the JSON of a command, over all runs.
type value struct {
	kinds  []string // such as "number" or "text", each once; objects, lists and null are told by the other fields
	null   bool
	list   *value   // the elements of a list, all in one; nil if it was never a list
	keys   []string // of an object, in their order
	fields map[string]*value
}

var (
	day  = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)
	code = regexp.MustCompile(`^[KSB][0-9]+$`)
)

// read adds what one JSON text holds.
func (v *value) read(text []byte) error {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	return v.next(dec)
}

// next adds the next value of the decoder.
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

// inside adds the rest of an object or a list, after its opening bracket.
func (v *value) inside(dec *json.Decoder, open json.Delim) error {
	if open == '[' && v.list == nil {
		v.list = &value{}
	}
	if open == '{' && v.fields == nil {
		v.fields = map[string]*value{}
	}
	for dec.More() {
		element := v.list
		if open == '{' {
			token, err := dec.Token()
			if err != nil {
				return err
			}
			element = v.field(token.(string))
		}
		if err := element.next(dec); err != nil {
			return err
		}
	}
	_, err := dec.Token()
	return err
}

// field is the value of a key of an object. Keys that are codes of KSBs count as one, CODE.
func (v *value) field(name string) *value {
	if code.MatchString(name) {
		name = "CODE"
	}
	if v.fields[name] == nil {
		v.fields[name] = &value{}
		v.keys = append(v.keys, name)
	}
	return v.fields[name]
}

// learn adds the value of each key, at any depth, to what is known about keys of the same name.
func (v *value) learn(known map[string]*value) {
	for key, x := range v.fields {
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

// join adds all that was seen in another value.
func (v *value) join(x *value) {
	v.null = v.null || x.null
	for _, kind := range x.kinds {
		v.add(kind)
	}
	if x.list != nil && x.list.words() != "" {
		if v.list == nil {
			v.list = &value{}
		}
		v.list.join(x.list)
	}
	for _, key := range x.keys {
		if v.fields == nil {
			v.fields = map[string]*value{}
		}
		v.field(key).join(x.fields[key])
	}
}

// A table writes the rows of the page. Objects with the same keys are described once, with all that any of them held.
// The shape of an object is its keys, joined by blanks.
type table struct {
	b      strings.Builder
	known  map[string]*value // by key: what all keys of that name hold
	shapes map[string]*value // by shape: what all objects of that shape hold
	where  map[string]string // by shape: where such an object is described
	empty  []string          // the keys that never held anything, anywhere

	unclear []string          // the keys that meanings does not explain
	unused  map[string]string // the meanings that no key has had so far
}

// gather joins all objects of the same shape.
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
		t.gather(v.fields[key])
	}
	t.shapes[shape].join(&value{keys: v.keys, fields: v.fields})
}

// rows writes a row for each key of an object and of the objects in it. Of a key that held nothing in any object of the
// shape, it is assumed to hold what keys of the same name hold elsewhere.
func (t *table) rows(v *value, path, command string) {
	shape := strings.Join(v.keys, " ")
	for _, key := range v.keys {
		x, name := t.shapes[shape].fields[key], path+key
		if x.words() == "" {
			elsewhere := &value{list: x.list}
			elsewhere.join(t.known[key])
			elsewhere.null = x.null
			x = elsewhere
		}
		if x.words() == "" {
			t.empty = append(t.empty, command+" "+name)
			continue
		}
		inner, below := x, name
		for inner.list != nil {
			inner, below = inner.list, below+"[]"
		}
		same := "" // where an object of this shape has been described already
		if len(inner.keys) > 1 {
			inside := strings.Join(inner.keys, " ")
			if at, described := t.where[inside]; described {
				same = ", as " + at
			} else {
				t.where[inside] = fmt.Sprintf("`%s` of %s", below, command)
			}
		}
		holds, means := x.words(), t.meaning(command, name)
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

// words says what a value holds, such as "number or null", or is "" if it never held anything.
func (v *value) words() string {
	kinds := slices.Clone(v.kinds)
	if v.list != nil {
		elements := v.list.words()
		if elements == "" {
			return ""
		}
		kinds = append(kinds, "list of "+elements)
	}
	if v.fields != nil {
		kinds = append(kinds, "object")
	}
	if len(kinds) == 0 {
		return ""
	}
	if v.null {
		kinds = append(kinds, "null")
	}
	return strings.Join(kinds, " or ")
}

// meaning finds in meanings what a key means. The command is as the page shows it, with its arguments.
func (t *table) meaning(command, name string) string {
	path := strings.ReplaceAll(name, "[]", "")
	parts := strings.Split(path, ".")
	words := strings.Fields(command)
	var tries []string
	for n := len(words); n > 0; n-- {
		tries = append(tries, strings.Join(words[:n], " ")+": "+path)
	}
	for _, key := range append(tries, path, strings.Join(parts[max(len(parts)-2, 0):], "."), parts[len(parts)-1]) {
		if means := meanings[key]; means != "" {
			delete(t.unused, key)
			return means
		}
	}
	t.unclear = append(t.unclear, command+" "+name)
	return ""
}
