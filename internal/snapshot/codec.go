package snapshot

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"reflect"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
)

// The form: numbers are varints; a text is its length and its bytes; a list or a map is its length plus one, or 0 for none
// at all, and its elements, those of a map after their keys and in the order of these; a struct is its fields. Two types
// keep their fields to themselves and go through what makes them.
var (
	textType  = reflect.TypeFor[safetext.Text]()
	curveType = reflect.TypeFor[level.Curve]()
)

type writer struct{ out []byte }

func (w *writer) count(n int) { w.out = binary.AppendUvarint(w.out, uint64(n)) }

func (w *writer) text(s string) {
	w.count(len(s))
	w.out = append(w.out, s...)
}

func (w *writer) value(v reflect.Value) {
	switch v.Type() {
	case textType:
		w.text(v.Interface().(safetext.Text).Raw())
		return
	case curveType:
		c := v.Interface().(level.Curve)
		w.count(c.Months())
		w.value(reflect.ValueOf(c.Points()))
		return
	}
	switch v.Kind() {
	case reflect.String:
		w.text(v.String())
	case reflect.Int, reflect.Int8:
		w.out = binary.AppendVarint(w.out, v.Int())
	case reflect.Bool:
		w.out = append(w.out, map[bool]byte{true: 1}[v.Bool()])
	case reflect.Struct:
		for i := range v.NumField() {
			w.value(v.Field(i))
		}
	case reflect.Array:
		w.elements(v)
	case reflect.Slice:
		if w.some(v) {
			w.elements(v)
		}
	case reflect.Map:
		if w.some(v) {
			w.pairs(v)
		}
	default:
		panic(fmt.Sprintf("snapshot: a %s cannot be kept", v.Type()))
	}
}

// some writes how many there are of something that may be nil, and says whether there is anything to write of them.
func (w *writer) some(v reflect.Value) bool {
	if v.IsNil() {
		w.count(0)
		return false
	}
	w.count(v.Len() + 1)
	return true
}

func (w *writer) elements(v reflect.Value) {
	for i := range v.Len() {
		w.value(v.Index(i))
	}
}

func (w *writer) pairs(v reflect.Value) {
	keys := v.MapKeys()
	sorting.By(keys, func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) })
	for _, k := range keys {
		w.value(k)
		w.value(v.MapIndex(k))
	}
}

// reader takes a form apart. Its texts share the memory of what it reads. After the first thing that does not fit it is
// bad, and everything it gives from then on is zero.
type reader struct {
	in  string
	bad bool
}

func (r *reader) fail() {
	r.in, r.bad = "", true
}

func (r *reader) uvarint() uint64 {
	n := uint64(0)
	for shift := 0; shift < 64 && r.in != ""; shift += 7 {
		b := r.in[0]
		r.in = r.in[1:]
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
	r.fail()
	return 0
}

// count is a number of things of a type that are still to come. There cannot be more than there are bytes for, so that no
// number makes memory of nothing.
func (r *reader) count(t reflect.Type) int {
	n := r.uvarint()
	if n > uint64(len(r.in)/least(t))+1 {
		r.fail()
		return 0
	}
	return int(n)
}

// least is the number of bytes that a value of a type takes at least.
func least(t reflect.Type) int {
	n := 0
	switch t.Kind() {
	case reflect.Struct:
		if t == textType || t == curveType {
			return 1
		}
		for i := range t.NumField() {
			n += least(t.Field(i).Type)
		}
	case reflect.Array:
		n = t.Len() * least(t.Elem())
	default:
		n = 1
	}
	return max(n, 1)
}

func (r *reader) int() int64 {
	u := r.uvarint()
	return int64(u>>1) ^ -int64(u&1)
}

func (r *reader) text() string {
	n := r.uvarint()
	if n > uint64(len(r.in)) {
		r.fail()
		return ""
	}
	s := r.in[:n]
	r.in = r.in[n:]
	return s
}

func (r *reader) value(v reflect.Value) {
	switch v.Type() {
	case textType:
		*v.Addr().Interface().(*safetext.Text) = safetext.New(r.text())
		return
	case curveType:
		r.curve(v)
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(r.text())
	case reflect.Int, reflect.Int8:
		v.SetInt(r.int())
	case reflect.Bool:
		v.SetBool(r.uvarint() == 1)
	case reflect.Struct:
		for i := range v.NumField() {
			r.value(v.Field(i))
		}
	case reflect.Array:
		r.elements(v)
	case reflect.Slice:
		if n := r.count(v.Type().Elem()); n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n-1, n-1))
			r.elements(v)
		}
	case reflect.Map:
		if n := r.count(v.Type().Elem()); n > 0 {
			v.Set(reflect.MakeMapWithSize(v.Type(), n-1))
			r.pairs(v, n-1)
		}
	default:
		panic(fmt.Sprintf("snapshot: a %s cannot be kept", v.Type()))
	}
}

func (r *reader) elements(v reflect.Value) {
	for i := range v.Len() {
		r.value(v.Index(i))
	}
}

func (r *reader) pairs(v reflect.Value, n int) {
	key, elem := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
	for range n {
		r.value(key)
		elem.SetZero()
		r.value(elem)
		v.SetMapIndex(key, elem)
	}
}

func (r *reader) curve(v reflect.Value) {
	months := int(r.uvarint())
	var points [][2]int
	r.value(reflect.ValueOf(&points).Elem())
	if points == nil {
		return // the zero curve
	}
	c, err := level.NewCurve(months, points)
	if err != nil {
		r.fail()
	}
	v.Set(reflect.ValueOf(c))
}
