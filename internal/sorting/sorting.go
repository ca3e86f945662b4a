// Package sorting sorts lists of any type with one copy of the sorting code. The compiler makes a copy of
// slices.SortStableFunc for each type that is sorted. Each takes about 12 kB in the program, and there were some
// thirty.
package sorting

import "slices"

// By sorts a list in place, smallest first. Items that compare as equal keep their order.
func By[T any](list []T, compare func(a, b T) int) {
	order := make([]int, len(list)) // indices into list: these are what the one copy sorts
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return compare(list[i], list[j]) })
	sorted := make([]T, len(list))
	for i, from := range order {
		sorted[i] = list[from]
	}
	copy(list, sorted)
}
