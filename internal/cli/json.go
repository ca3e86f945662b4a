package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// writeJSON is the one way in which JSON leaves the program: indented, with a line end, and with every character that
// must not reach a terminal as an escape, so that it can be looked at in one.
func (k *kit) writeJSON(v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := k.out.Write(escapeControls(b.Bytes()))
	return err
}

// An object is a thing as JSON shows it: its members in the order in which they are written. What is missing has one
// form in all our JSON: an empty text and a day that is not known are null, and a list is never null.
type object []member

type member struct {
	key   string
	value any
}

// MarshalJSON writes the members.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for i, m := range o {
		fmt.Fprintf(&b, "%c%q:", "{,"[min(i, 1)], m.key)
		if err := enc.Encode(orNull(m.value)); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// orNull is a value, or null or an empty list if it is missing.
func orNull(v any) any {
	switch x := reflect.ValueOf(v); {
	case x.Kind() == reflect.String && x.Len() == 0, v == calendar.Date{}, v == safetext.Text{}:
		return nil
	case x.Kind() == reflect.Slice && x.IsNil():
		return []any{}
	case x.Kind() == reflect.Pointer && !x.IsNil():
		return orNull(x.Elem().Interface())
	}
	return v
}

// escapeControls escapes characters inside strings only: outside them our JSON is ASCII, and the line breaks of its
// indentation are left.
func escapeControls(src []byte) []byte {
	out := make([]byte, 0, len(src)+64)
	for len(src) > 0 {
		r, n := utf8.DecodeRune(src)
		switch {
		case r == '\n' || r < utf8.RuneSelf && r != 0x7f, !hidden(r):
			out = append(out, src[:n]...)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		src = src[n:]
	}
	return out
}

func hidden(r rune) bool { return safetext.Forbidden(r) || unicode.Is(unicode.Cf, r) }

// listOf turns one list into another that is never null.
func listOf[T, U any](in []T, turn func(T) U) []U {
	out := make([]U, len(in))
	for i, x := range in {
		out[i] = turn(x)
	}
	return out
}

// known is the value when it is known, else nil.
func known[T any](v T, ok bool) *T {
	if !ok {
		return nil
	}
	return &v
}
