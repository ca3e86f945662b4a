package tomledit

import (
	"fmt"
	"math"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// The model is what BurntSushi/toml decodes, with every literal as the text that
// the constructors of Value would give it, so that models compare with ==.

func decode(text string) (m map[string]any, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the decoder panicked: %v", r)
		}
	}()
	if _, err := toml.Decode(text, &m); err != nil {
		return nil, err
	}
	return normal(m).(map[string]any), nil
}

func normal(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, val := range v {
			out[key] = normal(val)
		}
		return out
	case []map[string]any:
		out := make([]any, len(v))
		for i, val := range v {
			out[i] = normal(val)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, val := range v {
			out[i] = normal(val)
		}
		return out
	case string:
		return quoteText(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		if math.IsNaN(v) {
			return "nan"
		}
		return floatText(v)
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		if v.Location().String() == "date-local" {
			return v.Format(time.DateOnly)
		}
		return "time"
	}
	panic(fmt.Sprintf("unknown type %T", v))
}

// model is what v stands for, read back by the decoder.
func model(v Value) any {
	m, err := decode("v = " + inlineText(v) + "\n")
	if err != nil {
		panic(fmt.Sprintf("%s: %v", inlineText(v), err))
	}
	return m["v"]
}

// indexed is the model as the index has it.
func indexed(ix *index, n *node) any {
	switch n.kind {
	case tableKind:
		out := map[string]any{}
		for _, kid := range n.kids {
			out[kid.key] = indexed(ix, kid)
		}
		return out
	case arrayKind:
		out := []any{}
		for _, kid := range n.kids {
			out = append(out, indexed(ix, kid))
		}
		return out
	}
	raw := ix.src[n.val.start:n.val.end]
	if isDateTime(raw) && !isDate(raw) {
		return "time"
	}
	return canonical(raw)
}

// leaves lists the paths and values of a model, empty tables and lists included.
func leaves(v any) []string {
	var out []string
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, val := range v {
				walk(path+"."+strconv.Quote(key), val)
			}
			if len(v) == 0 {
				out = append(out, path+" {}")
			}
		case []any:
			for i, val := range v {
				walk(fmt.Sprintf("%s[%d]", path, i), val)
			}
			if len(v) == 0 {
				out = append(out, path+" []")
			}
		default:
			out = append(out, fmt.Sprintf("%s = %v", path, v))
		}
	}
	walk("", v)
	sort.Strings(out)
	return out
}

// differ describes the difference of two models, empty if there is none.
func differ(want, got any) string {
	if reflect.DeepEqual(want, got) {
		return ""
	}
	w, g := leaves(want), leaves(got)
	return fmt.Sprintf("want only: %s\ngot only:  %s", strings.Join(without(w, g), "\n           "), strings.Join(without(g, w), "\n           "))
}

// without is the multiset a less the multiset b.
func without(a, b []string) []string {
	count := map[string]int{}
	for _, s := range b {
		count[s]++
	}
	var out []string
	for _, s := range a {
		if count[s]--; count[s] < 0 {
			out = append(out, s)
		}
	}
	return out
}

// modelMerge sets old to v as Set does; ok is false where Set must refuse.
func modelMerge(old, v any) (out any, ok bool) {
	switch v := v.(type) {
	case map[string]any:
		t, isTable := old.(map[string]any)
		if !isTable {
			return nil, false
		}
		return modelMergeTable(t, v)
	case []any:
		if l, isList := old.([]any); isList {
			return modelMergeList(l, v)
		}
		if modelHasTables(v) {
			return nil, false
		}
	}
	if _, isTable := old.(map[string]any); isTable || modelHasTables(old) {
		return nil, false
	}
	return v, true
}

func modelMergeTable(old, v map[string]any) (any, bool) {
	out := map[string]any{}
	for key, val := range old {
		out[key] = val
	}
	for key, val := range v {
		if was, has := out[key]; has {
			var ok bool
			if val, ok = modelMerge(was, val); !ok {
				return nil, false
			}
		}
		out[key] = val
	}
	return out, true
}

func modelMergeList(old, v []any) (any, bool) {
	head, tail, short := 0, 0, min(len(old), len(v))
	for head < short && modelSame(old[head], v[head]) {
		head++
	}
	for tail < short-head && modelSame(old[len(old)-1-tail], v[len(v)-1-tail]) {
		tail++
	}
	out := append([]any{}, old[:head]...)
	for i := head; i < len(v)-tail; i++ {
		val := v[i]
		if i < short-tail {
			var ok bool
			if val, ok = modelMerge(old[i], val); !ok {
				return nil, false
			}
		}
		out = append(out, val)
	}
	return append(out, old[len(old)-tail:]...), true
}

func modelSame(old, v any) bool {
	switch v := v.(type) {
	case map[string]any:
		t, ok := old.(map[string]any)
		for key, val := range v {
			was, has := t[key]
			ok = ok && has && modelSame(was, val)
		}
		return ok
	case []any:
		l, ok := old.([]any)
		if !ok || len(l) != len(v) {
			return false
		}
		for i := range v {
			ok = ok && modelSame(l[i], v[i])
		}
		return ok
	}
	return reflect.DeepEqual(old, v)
}

func modelHasTables(v any) bool {
	l, _ := v.([]any)
	for _, elem := range l {
		if _, ok := elem.(map[string]any); ok {
			return true
		}
	}
	return false
}

// modelSet is Set on models; ok is false where Set must refuse.
func modelSet(m any, path []any, v any) (out any, ok bool) {
	if len(path) == 0 {
		if m == nil {
			return v, true
		}
		return modelMerge(m, v)
	}
	switch elem := path[0].(type) {
	case string:
		t, isTable := m.(map[string]any)
		if m != nil && !isTable || elem == "" {
			return nil, false
		}
		copied := map[string]any{}
		for key, val := range t {
			copied[key] = val
		}
		copied[elem], ok = modelSet(t[elem], path[1:], v)
		return copied, ok
	case int:
		l, isList := m.([]any)
		if m != nil && !isList || elem < 0 || elem > len(l) {
			return nil, false
		}
		var old any
		copied := append([]any{}, l...)
		if elem < len(l) {
			old = l[elem]
		} else {
			copied = append(copied, nil)
		}
		copied[elem], ok = modelSet(old, path[1:], v)
		return copied, ok
	}
	return nil, false
}

// modelDelete takes the node at path out of a model that has it.
func modelDelete(m any, path []any) any {
	switch elem := path[0].(type) {
	case string:
		out := map[string]any{}
		for key, val := range m.(map[string]any) {
			out[key] = val
		}
		if len(path) == 1 {
			delete(out, elem)
		} else {
			out[elem] = modelDelete(out[elem], path[1:])
		}
		return out
	case int:
		out := append([]any{}, m.([]any)...)
		if len(path) == 1 {
			return append(out[:elem], out[elem+1:]...)
		}
		out[elem] = modelDelete(out[elem], path[1:])
		return out
	}
	panic("unreachable")
}
