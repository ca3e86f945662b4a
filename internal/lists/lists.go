// Package lists has what package slices lacks: map, filter, count and find, none of which changes the list it is given.
// They are not inlined, since the compiler would put a copy, with a long symbol name, into the program for each call,
// where one for each type will do.
package lists

// Pick is first if the condition holds, and second if not. Unlike with an if, both are always evaluated.
func Pick[T any](condition bool, first, second T) T {
	if condition {
		return first
	}
	return second
}

// Each calls f for each item and returns the results.
//
//go:noinline
func Each[T, U any](list []T, f func(T) U) []U {
	out := make([]U, len(list))
	for i, x := range list {
		out[i] = f(x)
	}
	return out
}

// Where returns the items that match, in a new list; nil if none does.
//
//go:noinline
func Where[T any](list []T, match func(T) bool) []T {
	var out []T
	for _, x := range list {
		if match(x) {
			out = append(out, x)
		}
	}
	return out
}

// Count returns how many items match.
//
//go:noinline
func Count[T any](list []T, match func(T) bool) int {
	n := 0
	for _, x := range list {
		if match(x) {
			n++
		}
	}
	return n
}

// First returns the first item that matches, and false if none does.
//
//go:noinline
func First[T any](list []T, match func(T) bool) (T, bool) {
	for _, x := range list {
		if match(x) {
			return x, true
		}
	}
	var none T
	return none, false
}
