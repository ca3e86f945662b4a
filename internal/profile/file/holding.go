package file

import (
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// Holding counts things of a record, and holds none of its words.
type Holding struct {
	Ratings, Evidence, Reflections, Goals, Actions, Reviews, Rounds int
	Other                                                           int      // of all other kinds, such as a target
	KSBs                                                            []string // of the ratings, each code once
}

// Compared counts how one record differs from another.
type Compared struct {
	Gone, Added Holding // what only the one holds, and what only the other does
	Unlike      Holding // what both have but not alike
}

// A Laid record is one as its file reads, to be compared with others; nil for one that cannot be written.
type Laid map[string]any

// Lay lays a record out.
func Lay(p profile.Profile) Laid {
	m, err := tree(p)
	if err != nil {
		return nil
	}
	return m
}

// Apart compares two records; nil where one of them cannot be laid out.
func Apart(one, other Laid) *Compared {
	if one == nil || other == nil {
		return nil
	}
	c := &Compared{}
	for _, d := range between(one, other) {
		switch d.Change {
		case "added":
			c.Added.add(d)
		case "changed":
			c.Unlike.add(d)
		}
	}
	// The other way round, since what goes with a thing that is removed is not listed, as that is which comes with one.
	for _, d := range between(other, one) {
		if d.Change == "added" {
			c.Gone.add(d)
		}
	}
	return c
}

// Things is how many there are of all kinds.
func (h Holding) Things() int {
	return h.Ratings + h.Evidence + h.Reflections + h.Goals + h.Actions + h.Reviews + h.Rounds + h.Other
}

// Count counts things of a record.
func Count(things []Difference) Holding {
	var h Holding
	for _, d := range things {
		h.add(d)
	}
	return h
}

func (h *Holding) add(d Difference) {
	switch d.Type {
	case "rating", "ratings":
		h.Ratings++
		if ksb, ok := d.Keys["ksb"].(string); ok && !slices.Contains(h.KSBs, ksb) {
			h.KSBs = append(h.KSBs, ksb)
			sorting.By(h.KSBs, standard.Compare)
		}
	case "evidence":
		h.Evidence++
	case "reflection":
		h.Reflections++
	case "goal":
		h.Goals++
	case "action":
		h.Actions++
	case "review":
		h.Reviews++
	case "round":
		h.Rounds++
	default:
		h.Other++
	}
}
