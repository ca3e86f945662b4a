// Package snapshot holds a record that was read from a profile file in a form that opens at once, for a file that has
// not changed since. Reading three years of records as TOML costs more than all the rest of the start together; this
// costs a hash of the file and a pass over its texts. With it all of ours between exec and the first frame takes a
// quarter of the time and an eighth of the memory for three years of records, and two fifths of the time for the sample
// learner (BenchmarkStart, weighed in November 2026).
//
// A snapshot is comfort and never a source: it is bound to the very bytes of the file, to the build of the program that
// made it and to the fields of that program's record, so it can say nothing that reading the file would not, and
// whatever is odd about it means that the file is read as ever. It opens no files itself.
package snapshot

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"reflect"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
)

// Key binds a snapshot to the bytes of a file, to a build and to the shape of the record.
type Key [sha256.Size]byte

// KeyOf is the key for the SHA-256 sum of a profile file and one build of the program. A build is any text that another
// build does not share.
func KeyOf(file [sha256.Size]byte, build string) Key {
	h := sha256.New()
	h.Write(file[:])
	h.Write([]byte(build))
	h.Write([]byte(shapeOfRecord.Get()))
	return Key(h.Sum(nil))
}

// shapeOfRecord is part of the key, because the form has no names of fields in it: should another build ever share the
// name of this one, a snapshot of other fields must still not be read as one of these.
var shapeOfRecord = lazy.Value[string]{Make: func() string {
	var b strings.Builder
	shape(&b, reflect.TypeFor[Record]())
	return b.String()
}}

// shape writes all that the form of a type depends on: kinds, and the fields of structs with their names, in order.
func shape(b *strings.Builder, t reflect.Type) {
	b.WriteString(t.Kind().String())
	switch {
	case t == textType || t == curveType:
		b.WriteString(t.String())
	case t.Kind() == reflect.Struct:
		b.WriteByte('{')
		for i := range t.NumField() {
			b.WriteString(t.Field(i).Name + " ")
			shape(b, t.Field(i).Type)
			b.WriteByte(';')
		}
		b.WriteByte('}')
	case t.Kind() == reflect.Map:
		b.WriteByte('[')
		shape(b, t.Key())
		b.WriteByte(']')
		shape(b, t.Elem())
	case t.Kind() == reflect.Array, t.Kind() == reflect.Slice:
		if t.Kind() == reflect.Array {
			fmt.Fprint(b, t.Len())
		}
		shape(b, t.Elem())
	}
}

// Record is what reading a file gives.
type Record struct {
	Profile profile.Profile
	Notes   []file.Problem
}

// Make is the snapshot of a record that was read from the file of the key.
func Make(r Record, key Key) []byte {
	w := &codec{out: make([]byte, sha256.Size, 1<<14)}
	w.value(reflect.ValueOf(r))
	sum := seal(key, w.out[sha256.Size:])
	copy(w.out, sum[:])
	return w.out
}

// Read is the record that a snapshot holds, and false for one that was made of another file or by another build, was
// damaged, or is none at all.
func Read(b []byte, key Key) (r Record, ok bool) {
	if len(b) < sha256.Size {
		return r, false
	}
	body := b[sha256.Size:]
	if sum := seal(key, body); !bytes.Equal(sum[:], b[:sha256.Size]) {
		return r, false
	}
	in := &codec{in: string(body), reading: true}
	in.value(reflect.ValueOf(&r).Elem())
	if in.bad || in.in != "" {
		return Record{}, false
	}
	return r, true
}

// Pack is any value of plain fields in the form that opens at once, such as content that the program brings along.
// Nothing seals it: whoever packs sees to it that it is read as the same type.
func Pack(x any) []byte {
	w := &codec{}
	w.value(reflect.ValueOf(x))
	return w.out
}

// Unpack is the value that Pack was handed, and false where the form does not fit its type.
func Unpack[T any](packed string) (x T, ok bool) {
	in := &codec{in: packed, reading: true}
	in.value(reflect.ValueOf(&x).Elem())
	return x, !in.bad && in.in == ""
}

func seal(key Key, body []byte) [sha256.Size]byte {
	h := sha256.New()
	h.Write(key[:])
	h.Write(body)
	return [sha256.Size]byte(h.Sum(nil))
}

// The form: numbers are varints; a text is its length and its bytes; a list or a map is its length plus one, or 0 for
// none at all, and its elements, those of a map after their keys and in the order of these; a struct is its fields. Two
// types keep their fields to themselves and go through what makes them.
var (
	textType  = reflect.TypeFor[safetext.Text]()
	curveType = reflect.TypeFor[level.Curve]()
)

// A codec writes values or, where it is reading, sets them: the form stands here once for both ways. What it reads
// shares the memory of what it is read from. After the first thing that does not fit it is bad, and everything it gives
// from then on is zero.
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

// some is how many elements a list or a map has, and false for none at all. Reading, there cannot be more than there
// are bytes for, so that no number makes memory of nothing.
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
