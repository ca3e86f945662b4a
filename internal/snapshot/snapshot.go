// Package snapshot stores a record that was read from a profile file in a binary form that loads fast, for as long as
// the file does not change. Reading three years of records as TOML costs more than all the rest of the start together;
// a snapshot costs a hash of the file and a pass over its texts. With it, our part of the time from exec to the first
// frame is a quarter, and the memory an eighth, for three years of records; for the sample learner it takes two fifths
// of the time (BenchmarkStart, November 2026).
//
// A snapshot is a cache and never a source. Its key covers the exact bytes of the file, the build of the program and
// the fields of that program's record, so it can say nothing that reading the file would not. If anything about it is
// wrong, the file is read as usual. The package opens no files itself.
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
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
)

// Key binds a snapshot to the bytes of a file, to a build and to the shape of the record.
type Key [sha256.Size]byte

// KeyOf is the key for the SHA-256 sum of a profile file and a build of the program. Build is any text that is
// different for each build.
func KeyOf(file [sha256.Size]byte, build string) Key {
	h := sha256.New()
	h.Write(file[:])
	h.Write([]byte(build))
	h.Write([]byte(shapeOfRecord.Get()))
	return Key(h.Sum(nil))
}

// shapeOfRecord is part of the key because a snapshot does not store the names of fields. If two builds with different
// fields ever had the same name, they would still not read each other's snapshots.
var shapeOfRecord = lazy.Value[string]{Make: func() string {
	var b strings.Builder
	shape(&b, reflect.TypeFor[Record]())
	return b.String()
}}

// shape writes everything about a type that its binary form depends on: kinds, and the fields of structs by name, in
// order.
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

// Record is the result of reading a profile file.
type Record struct {
	Profile profile.Profile
	Notes   []file.Problem
}

// Make makes the snapshot of a record that was read from the file that key is for.
func Make(r Record, key Key) []byte {
	w := &codec{out: make([]byte, sha256.Size, 1<<14)}
	w.value(reflect.ValueOf(r))
	sum := seal(key, w.out[sha256.Size:])
	copy(w.out, sum[:])
	return w.out
}

// Read is the record in a snapshot. It is false if the snapshot is for another file or build, or is damaged.
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
	if in.failed || in.in != "" {
		return Record{}, false
	}
	return r, true
}

// Pack is any value in the binary form, without a key, such as content that is built into the program. It must be
// unpacked as the same type. Pack panics on pointers, functions and other things that are not plain data.
func Pack(x any) []byte {
	w := &codec{}
	w.value(reflect.ValueOf(x))
	return w.out
}

// Unpack is the value that was packed; false if the bytes do not fit its type.
func Unpack[T any](packed string) (x T, ok bool) {
	in := &codec{in: packed, reading: true}
	in.value(reflect.ValueOf(&x).Elem())
	return x, !in.failed && in.in == ""
}

// seal is a checksum at the start of a snapshot, over its key and all that follows.
func seal(key Key, body []byte) [sha256.Size]byte {
	h := sha256.New()
	h.Write(key[:])
	h.Write(body)
	return [sha256.Size]byte(h.Sum(nil))
}

// The binary form: a number is a varint; a text is its length and its bytes; a list or a map is its length plus one, or
// 0 for nil, followed by the elements, which in a map come after their keys and sorted by these; a struct is its fields
// in order. Two types have unexported fields and are written through their constructors and accessors.
var (
	textType  = reflect.TypeFor[safetext.Text]()
	curveType = reflect.TypeFor[level.Curve]()
)

// A codec writes values or, if reading, sets them, so that the form is described only once. The texts that it reads
// share the memory of in. Once something does not fit it has failed, and everything it reads from then on is zero.
type codec struct {
	out     []byte // what has been written
	in      string // what is still to be read
	reading bool
	failed  bool
}

func (c *codec) fail() { c.in, c.failed = "", true }

// number writes n, or reads a number, and returns it.
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

// text writes s, or reads a text, and returns it.
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

// length writes or reads the length of a list or a map; it is false for nil. When reading it fails if the rest of the
// input is too short for so many elements, so that damaged input cannot make it allocate a lot of memory.
func (c *codec) length(v reflect.Value) (int, bool) {
	n := uint64(0)
	if !v.IsNil() {
		n = uint64(v.Len()) + 1
	}
	n = c.number(n)
	if c.reading && n > uint64(len(c.in)/minSize(v.Type().Elem()))+1 {
		c.fail()
		n = 0
	}
	return int(n) - 1, n > 0
}

// minSize is the fewest bytes that a value of a type can take.
func minSize(t reflect.Type) int {
	n := 0
	switch {
	case t.Kind() == reflect.Struct && t != textType && t != curveType:
		for i := range t.NumField() {
			n += minSize(t.Field(i).Type)
		}
	case t.Kind() == reflect.Array:
		n = t.Len() * minSize(t.Elem())
	}
	return max(n, 1)
}

// value writes v, or reads into it.
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
		zigzag := c.number(uint64(n<<1 ^ n>>63)) // so that small negative numbers are short too
		if c.reading {
			v.SetInt(int64(zigzag>>1) ^ -int64(zigzag&1))
		}
	case reflect.Bool:
		n := c.number(lists.Pick[uint64](v.Bool(), 1, 0))
		if c.reading {
			v.SetBool(n == 1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			c.value(v.Field(i))
		}
	case reflect.Array:
		c.elements(v)
	case reflect.Slice:
		n, ok := c.length(v)
		if ok && c.reading {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
		}
		c.elements(v)
	case reflect.Map:
		if n, ok := c.length(v); ok {
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
	months := int(c.number(uint64(was.Months())))
	points := was.Points()
	c.value(reflect.ValueOf(&points).Elem())
	if !c.reading || points == nil { // the zero curve has no points
		return
	}
	curve, err := level.NewCurve(months, points)
	if err != nil {
		c.fail()
	}
	v.Set(reflect.ValueOf(curve))
}
