// Package snapshot holds a record that was read from a profile file in a form that opens at once, for a file that has not
// changed since. Reading three years of records as TOML costs more than all the rest of the start together; this costs a
// hash of the file and a pass over its texts.
//
// A snapshot is comfort and never a source: it is bound to the very bytes of the file and to the build of the program that
// made it, so it can say nothing that reading the file would not, and whatever is odd about it means that the file is read
// as ever. It opens no files itself.
package snapshot

import (
	"bytes"
	"crypto/sha256"
	"reflect"

	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// Key binds a snapshot to the bytes of a file and to a build.
type Key [sha256.Size]byte

// KeyOf is the key for the SHA-256 sum of a profile file and one build of the program. A build is any text that another
// build does not share.
func KeyOf(file [sha256.Size]byte, build string) Key {
	h := sha256.New()
	h.Write(file[:])
	h.Write([]byte(build))
	return Key(h.Sum(nil))
}

// Record is what reading a file gives.
type Record struct {
	Profile profile.Profile
	Notes   []profile.Problem
}

// Make is the snapshot of a record that was read from the file of the key.
func Make(r Record, key Key) []byte {
	w := &writer{out: make([]byte, sha256.Size, 1<<14)}
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
	in := &reader{in: string(body)}
	in.value(reflect.ValueOf(&r).Elem())
	if in.bad || in.in != "" {
		return Record{}, false
	}
	return r, true
}

func seal(key Key, body []byte) [sha256.Size]byte {
	h := sha256.New()
	h.Write(key[:])
	h.Write(body)
	return [sha256.Size]byte(h.Sum(nil))
}
