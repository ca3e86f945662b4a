// Package lazy is for what a package needs and a start of the program does not: keys of a screen that is not shown,
// words of a form that nobody opened.
package lazy

import "sync"

// Value is a value that is made when it is first asked for. Unlike what sync.OnceValue gives, a variable of a package
// that is one is data: nothing runs for it at the start. That counts because the system reads a program in by pieces of
// 64 kB, and one line of code that runs in a package brings a piece of it into memory. Without such lines in the
// screens and forms a start took a thirtieth less memory (November 2026).
type Value[T any] struct {
	Make func() T // called once

	once sync.Once
	made T
}

// Get is the value. What it leads to is everybody's, and nobody may change it.
func (v *Value[T]) Get() T {
	v.once.Do(func() { v.made = v.Make() })
	return v.made
}
