// Package snapshot holds a record that was read from a profile file in a form that opens at once, for a file that has not
// changed since. Reading three years of records as TOML costs more than all the rest of the start together; this costs a
// hash of the file and a pass over its texts. With it all of ours between exec and the first frame takes a quarter of the
// time and an eighth of the memory for three years of records, and two fifths of the time for the sample learner
// (BenchmarkStart, weighed in November 2026).
//
// A snapshot is comfort and never a source: it is bound to the very bytes of the file, to the build of the program that
// made it and to the fields of that program's record, so it can say nothing that reading the file would not, and whatever
// is odd about it means that the file is read as ever. It opens no files itself.
package snapshot

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"reflect"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
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

// shapeOfRecord is part of the key, because the form has no names of fields in it: should another build ever share the name
// of this one, a snapshot of other fields must still not be read as one of these.
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

// Pack is any value of plain fields in the form that opens at once, such as content that the program brings along. Nothing seals
// it: whoever packs sees to it that it is read as the same type.
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
