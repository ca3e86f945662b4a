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

// A codec writes values or, where it is reading, sets them: the form stands here once for both ways. What it reads shares
// the memory of what it is read from. After the first thing that does not fit it is bad, and everything it gives from then
// on is zero.
type codec struct {
	out     []byte // what is written
	in      string // what is still to be read
	reading bool
	bad     bool
}

func (c *codec) fail() { c.in, c.bad = "", true }

// number gives the number that it was handed or, reading, the one that it finds.
func (c *codec) number(n uint64) uint64 {
	if !c.reading {
		c.out = binary.AppendUvarint(c.out, n)
		return n
	}
	n = 0
	for shift := 0; shift < 64 && c.in != ""; shift += 7 {
		b := c.in[0]
		c.in = c.in[1:]
		n |= uint64(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
	c.fail()
	return 0
}

// text gives the text that it was handed or, reading, the one that it finds.
func (c *codec) text(s string) string {
	n := c.number(uint64(len(s)))
	switch {
	case !c.reading:
		c.out = append(c.out, s...)
	case n > uint64(len(c.in)):
		c.fail()
	default:
		s, c.in = c.in[:n], c.in[n:]
	}
	return s
}

// some is how many elements a list or a map has, and false for none at all. Reading, there cannot be more than there are
// bytes for, so that no number makes memory of nothing.
func (c *codec) some(v reflect.Value) (int, bool) {
	n := uint64(0)
	if !v.IsNil() {
		n = uint64(v.Len()) + 1
	}
	n = c.number(n)
	if c.reading && n > uint64(len(c.in)/least(v.Type().Elem()))+1 {
		c.fail()
		n = 0
	}
	return int(n) - 1, n > 0
}

// least is the number of bytes that a value of a type takes at least.
func least(t reflect.Type) int {
	n := 0
	switch {
	case t.Kind() == reflect.Struct && t != textType && t != curveType:
		for i := range t.NumField() {
			n += least(t.Field(i).Type)
		}
	case t.Kind() == reflect.Array:
		n = t.Len() * least(t.Elem())
	}
	return max(n, 1)
}

func (c *codec) value(v reflect.Value) {
	switch v.Type() {
	case textType:
		if c.reading {
			*v.Addr().Interface().(*safetext.Text) = safetext.New(c.text(""))
		} else {
			c.text(v.Interface().(safetext.Text).Raw())
		}
		return
	case curveType:
		c.curve(v)
		return
	}
	switch v.Kind() {
	case reflect.String:
		if c.reading {
			v.SetString(c.text(""))
		} else {
			c.text(v.String())
		}
	case reflect.Int, reflect.Int8:
		n := v.Int()
		if u := c.number(uint64(n<<1 ^ n>>63)); c.reading {
			v.SetInt(int64(u>>1) ^ -int64(u&1))
		}
	case reflect.Bool:
		n := uint64(0)
		if v.Bool() {
			n = 1
		}
		if n = c.number(n); c.reading {
			v.SetBool(n == 1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			c.value(v.Field(i))
		}
	case reflect.Array:
		c.elements(v)
	case reflect.Slice:
		n, ok := c.some(v)
		if ok && c.reading {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
		}
		c.elements(v)
	case reflect.Map:
		if n, ok := c.some(v); ok {
			c.pairs(v, n)
		}
	default:
		panic(fmt.Sprintf("snapshot: a %s cannot be kept", v.Type()))
	}
}

func (c *codec) elements(v reflect.Value) {
	for i := range v.Len() {
		c.value(v.Index(i))
	}
}

func (c *codec) pairs(v reflect.Value, n int) {
	if !c.reading {
		keys := v.MapKeys()
		sorting.By(keys, func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) })
		for _, k := range keys {
			c.value(k)
			c.value(v.MapIndex(k))
		}
		return
	}
	v.Set(reflect.MakeMapWithSize(v.Type(), n))
	key, elem := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
	for range n {
		c.value(key)
		elem.SetZero()
		c.value(elem)
		v.SetMapIndex(key, elem)
	}
}

func (c *codec) curve(v reflect.Value) {
	was := v.Interface().(level.Curve)
	months, points := int(c.number(uint64(was.Months()))), was.Points()
	c.value(reflect.ValueOf(&points).Elem())
	if !c.reading || points == nil {
		return // the zero curve has none
	}
	curve, err := level.NewCurve(months, points)
	if err != nil {
		c.fail()
	}
	v.Set(reflect.ValueOf(curve))
}
