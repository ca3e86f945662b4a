package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"sync"
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
	_, err := k.out.Write(missing().ReplaceAll(escapeControls(b.Bytes()), []byte("${1}null${2}")))
	return err
}

// missing finds the texts of objects that are empty. A text that is missing is null in all our JSON: what is not there
// has one form. A line of ours holds one key with its value, and no line break is inside a string, so a line tells.
var missing = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?m)^(\s*"(?:[^"\\]|\\.)*": )""(,?)$`) })

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

// list makes sure that an array is never null.
func list[T any](in []T) []T {
	if in == nil {
		return []T{}
	}
	return in
}

// listOf turns one list into another that is never null.
func listOf[T, U any](in []T, turn func(T) U) []U {
	out := make([]U, len(in))
	for i, x := range in {
		out[i] = turn(x)
	}
	return out
}

// known is the value when it is known, else null.
func known[T any](v T, ok bool) *T {
	if !ok {
		return nil
	}
	return &v
}

// knownDate is the date, or null for none.
func knownDate(d calendar.Date) *calendar.Date { return known(d, !d.IsZero()) }
