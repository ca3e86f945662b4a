package gap

import (
	"cmp"

	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
)

// rank compares two rows by the one rule of order, which RankRule says in words. Without a start date nothing counts as
// behind.
func rank(a, b Row) int {
	behindA, _ := a.Behind()
	behindB, _ := b.Behind()
	return cmp.Or(
		cmp.Compare(behindB, behindA),
		cmp.Compare(b.Gap(), a.Gap()),
		cmp.Compare(min(a.Evidence, 1), min(b.Evidence, 1)),
		cmp.Compare(len(b.KSB.Duties), len(a.KSB.Duties)),
		cmp.Compare(a.Place, b.Place))
}

// RankRule says in words how gaps are ranked.
const RankRule = "most behind for the month first, then the largest gap to target, then no evidence, then in more " +
	"duties, then duty order"

func (r *Report) where(keep func(Row) bool) []Row {
	// Rows are large, so their indexes are collected first: appending rows would copy them again each time the list
	// grows, on every key of the Gaps screen.
	var kept []int
	for i, row := range r.Rows {
		if keep(row) {
			kept = append(kept, i)
		}
	}
	return lists.Each(kept, func(i int) Row { return r.Rows[i] })
}

// Gaps are the rated KSBs below target, in rank order.
func (r *Report) Gaps() []Row {
	out := r.where(func(x Row) bool { return x.Gap() > 0 })
	sorting.By(out, rank)
	return out
}

// NoOpportunity are the KSBs that the post gives no chance to try, in walk order.
func (r *Report) NoOpportunity() []Row { return r.where(Row.NoOpportunity) }

// Aged are the KSBs that the learner has rated differently since a level was agreed, in walk order.
func (r *Report) Aged() []Row { return r.where(func(x Row) bool { return x.Aged != nil }) }

// Unsupported are the claims of 3 or 4 without a recent example, in walk order.
func (r *Report) Unsupported() []Row { return r.where(Row.Unsupported) }

// Strengths are the KSBs at or above target, the highest and best supported first.
func (r *Report) Strengths() []Row {
	out := r.where(Row.Strength)
	sorting.By(out, func(a, b Row) int {
		return cmp.Or(cmp.Compare(b.Level-b.Target, a.Level-a.Target), cmp.Compare(b.Level, a.Level),
			cmp.Compare(min(b.Evidence, 1), min(a.Evidence, 1)))
	})
	return out
}

// FirstUnrated is the first of the given KSBs, such as those of a duty, that is not rated. If all are rated it is the
// first of them. The list must not be empty.
func (r *Report) FirstUnrated(ksbs []string) string {
	for _, id := range ksbs {
		if row, _ := r.Row(id); !row.Rated {
			return id
		}
	}
	return ksbs[0]
}

// Unrated are the KSBs without a rating that counts, in walk order.
func (r *Report) Unrated() []Row { return r.where(func(x Row) bool { return !x.Rated }) }
