// Package lists makes of a list another one or a number: each turned into something, those of which something is so,
// how many they are; and of two things it picks one. What walks a list is not put in line where it is called: the
// compiler would make a copy for each call, with a long name in the program, where one for each type will do.
package lists

// Pick is the first of two things where something is so, and else the second. Both are worked out.
func Pick[T any](so bool, first, second T) T {
	if so {
		return first
	}
	return second
}

// Each turns one list into another.
//
//go:noinline
func Each[T, U any](list []T, turn func(T) U) []U {
	out := make([]U, len(list))
	for i, x := range list {
		out[i] = turn(x)
	}
	return out
}

// Where is the part of a list of which something is so; nil for none. The list itself stays as it is.
//
//go:noinline
func Where[T any](list []T, so func(T) bool) []T {
	var out []T
	for _, x := range list {
		if so(x) {
			out = append(out, x)
		}
	}
	return out
}

// Count is of how many something is so.
//
//go:noinline
func Count[T any](list []T, so func(T) bool) int {
	n := 0
	for _, x := range list {
		if so(x) {
			n++
		}
	}
	return n
}

// First is the first of which something is so, and false where there is none.
//
//go:noinline
func First[T any](list []T, so func(T) bool) (T, bool) {
	for _, x := range list {
		if so(x) {
			return x, true
		}
	}
	var none T
	return none, false
}
