package sorting_test

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/sorting"
)

type thing struct {
	rank  int
	place int
}

func TestByIsAStableSort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ranks := rapid.SliceOf(rapid.IntRange(0, 9)).Draw(t, "ranks")
		var list []thing
		for i, r := range ranks {
			list = append(list, thing{r, i})
		}
		byRank := func(a, b thing) int { return cmp.Compare(a.rank, b.rank) }
		want := slices.Clone(list)
		slices.SortStableFunc(want, byRank)
		if sorting.By(list, byRank); !slices.Equal(list, want) {
			t.Fatalf("%v\nand not\n%v", list, want)
		}
	})
}
