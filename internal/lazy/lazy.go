// Package lazy makes package-level values when they are first needed and not at the start of the program: the keys of a
// screen that is not shown yet, the words of a form that nobody has opened.
package lazy

import "sync"

// Value is a value that is made when it is first asked for. It does what sync.OnceValue does, but a package-level
// variable of this type is plain data, so no code runs for it at the start. That matters because the system loads a
// program in pieces of 64 kB, and one line of code that runs brings its whole piece into memory. Without such lines in
// the screens and forms, the program took a thirtieth less memory to start (November 2026).
type Value[T any] struct {
	Make func() T // called once

	once sync.Once
	made T
}

// Get returns the value, which all callers share: do not change what it points to.
func (v *Value[T]) Get() T {
	v.once.Do(func() { v.made = v.Make() })
	return v.made
}
