package snapshot_test

import (
	"bytes"
	"crypto/sha256"
	"reflect"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/longrecord"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/snapshot"
)

var lib = library.New()

func keyOf(file, build string) snapshot.Key {
	return snapshot.KeyOf(sha256.Sum256([]byte(file)), build)
}

func long() profile.Profile {
	return longrecord.Make(lib.Standard(library.Default), calendar.Of(2026, 11, 25))
}

// Reading the file and reading its snapshot give the same value, down to what is nil and what is empty.
func TestASnapshotIsWhatWasRead(t *testing.T) {
	text, err := file.New(long())
	if err != nil {
		t.Fatal(err)
	}
	text = append(text, "\n[expected]\ncurve = [[0, 0], [18, 50], [36, 100]]\n[mine]\ncolour = \"blue\"\n[odd]\nkey = 1\n"...)
	read, err := file.Decode(text, lib.Standard)
	if err != nil {
		t.Fatal(err)
	}
	if len(read.Notes) == 0 || read.Profile.Curve.IsZero() {
		t.Fatal("the record has nothing odd in it, or no curve")
	}
	want := snapshot.Record{Profile: read.Profile, Notes: read.Notes}
	key := keyOf(string(text), "one")
	got, ok := snapshot.Read(snapshot.Make(want, key), key)
	if !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("read %v, and not the same", ok)
	}
}

// fill sets everything below a value to something that is not its zero.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Type() {
	case reflect.TypeFor[safetext.Text]():
		v.Set(reflect.ValueOf(safetext.New("say\x1b[2J\u202e ä")))
		return
	case reflect.TypeFor[level.Curve]():
		c, err := level.NewCurve(36, [][2]int{{0, 0}, {36, 100}})
		if err != nil {
			panic(err)
		}
		v.Set(reflect.ValueOf(c))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("word")
	case reflect.Int, reflect.Int8:
		v.SetInt(int64(*n%100) - 50)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), n)
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		k, x := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(k, n)
		fill(x, n)
		v.SetMapIndex(k, x)
	default:
		panic("a kind of value that a snapshot cannot keep: " + v.Type().String())
	}
}

// A field that is added to the record later is kept without any change to this package.
func TestEveryFieldIsKept(t *testing.T) {
	var want snapshot.Record
	n := 0
	fill(reflect.ValueOf(&want).Elem(), &n)
	key := keyOf("", "")
	got, ok := snapshot.Read(snapshot.Make(want, key), key)
	if !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("%v\n got %+v\nwant %+v", ok, got, want)
	}
}

func TestAnotherFileOrBuildHasAnotherKey(t *testing.T) {
	key := keyOf("file", "build")
	b := snapshot.Make(snapshot.Record{Profile: long()}, key)
	for _, other := range []snapshot.Key{
		keyOf("File", "build"), keyOf("file", "Build"), keyOf("dfile", "buil"), {},
	} {
		if _, ok := snapshot.Read(b, other); ok {
			t.Error("a snapshot was read with another key")
		}
	}
}

// Two builds of the same name with different fields do not read each other's snapshots.
func TestAnotherRecordHasAnotherShape(t *testing.T) {
	type name string
	shapes := map[string]reflect.Type{}
	for _, record := range []any{
		snapshot.Record{},
		struct{ Profile profile.Profile }{},
		struct{ A, B string }{},
		struct{ B, A string }{},
		struct{ A, B name }{},
		struct{ A, B []string }{},
		struct{ A, B [2]string }{},
		struct{ A, B [3]string }{},
		struct{ A, B map[name]string }{},
		struct{ A, B map[string]int }{},
		struct{ A, B safetext.Text }{},
		struct{ A struct{ B string } }{},
	} {
		is := reflect.TypeOf(record)
		shape := snapshot.ShapeOf(is)
		if is == reflect.TypeOf(struct{ A, B name }{}) {
			if shape != snapshot.ShapeOf(reflect.TypeOf(struct{ A, B string }{})) {
				t.Error("a name for a kind of text makes no other form")
			}
			continue
		}
		if other := shapes[shape]; other != nil {
			t.Errorf("%v and %v have one shape", is, other)
		}
		shapes[shape] = is
	}
	key := keyOf("file", "build")
	if string(key[:]) == string(unshaped("file", "build")) {
		t.Error("the shape is not in the key")
	}
}

// unshaped is the key of a file and a build alone.
func unshaped(file, build string) []byte {
	sum := sha256.Sum256([]byte(file))
	all := sha256.Sum256(append(sum[:], build...))
	return all[:]
}

func TestDamageIsNoticed(t *testing.T) {
	key := keyOf("file", "build")
	b := snapshot.Make(snapshot.Record{Profile: long()}, key)
	for _, cut := range []int{0, 1, 31, 32, 33, len(b) / 2, len(b) - 1} {
		if _, ok := snapshot.Read(b[:cut], key); ok {
			t.Errorf("%d of %d bytes were read", cut, len(b))
		}
	}
	for at := 0; at < len(b); at += 97 {
		bad := bytes.Clone(b)
		bad[at] ^= 0x10
		if _, ok := snapshot.Read(bad, key); ok {
			t.Errorf("a wrong bit in byte %d went unnoticed", at)
		}
	}
}

// Bytes with the right seal that are not a snapshot do no harm.
func FuzzRead(f *testing.F) {
	key := keyOf("", "")
	small := profile.Profile{Standard: "ST0413", Evidence: long().Evidence[:2], Goals: long().Goals[:1]}
	f.Add(snapshot.Make(snapshot.Record{Profile: small}, key)[32:])
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, body []byte) {
		r, ok := snapshot.Read(snapshot.Sealed(body, key), key)
		if !ok && !reflect.DeepEqual(r, snapshot.Record{}) {
			t.Error("something was given of what could not be read")
		}
	})
}

func BenchmarkRead(b *testing.B) {
	text, err := file.New(long())
	if err != nil {
		b.Fatal(err)
	}
	b.Run("toml", func(b *testing.B) {
		for b.Loop() {
			if _, err := file.Decode(text, lib.Standard); err != nil {
				b.Fatal(err)
			}
		}
	})
	snap := snapshot.Make(snapshot.Record{Profile: long()}, keyOf(string(text), ""))
	b.Run("snapshot", func(b *testing.B) {
		for b.Loop() {
			if _, ok := snapshot.Read(snap, keyOf(string(text), "")); !ok {
				b.Fatal("not read")
			}
		}
	})
}
