package snapshot

import (
	"reflect"
	"strings"
)

// ShapeOf is what the key holds of a type.
func ShapeOf(t reflect.Type) string {
	var b strings.Builder
	shape(&b, t)
	return b.String()
}

// Sealed is any body with the seal of a key.
func Sealed(body []byte, key Key) []byte {
	sum := seal(key, body)
	return append(sum[:], body...)
}
