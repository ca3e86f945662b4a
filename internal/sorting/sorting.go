// Package sorting sorts lists of any type with one copy of the sorting code. The compiler makes a copy of
// slices.SortStableFunc for each type that is sorted, about 12 kB in the program each time, and there were some thirty.
package sorting

import "slices"

// By sorts a list, smallest first; what compares as equal keeps its order.
func By[T any](list []T, compare func(a, b T) int) {
	from := make([]int, len(list))
	for i := range from {
		from[i] = i
	}
	slices.SortStableFunc(from, func(i, j int) int { return compare(list[i], list[j]) })
	sorted := make([]T, len(list))
	for i, j := range from {
		sorted[i] = list[j]
	}
	copy(list, sorted)
}
