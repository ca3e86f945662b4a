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

// Beyond counts what a copy of a record holds that the record does not, and what both have but not alike. What is only
// in the record is not counted.
func Beyond(ours, theirs profile.Profile) (only, unlike Holding, err error) {
	_, only, unlike, err = Apart(ours, theirs)
	return only, unlike, err
}

// Apart counts what only one of two records holds, what only the other does, and what both have but not alike.
func Apart(one, other profile.Profile) (onlyOne, onlyOther, unlike Holding, err error) {
	was, err := tree(one)
	if err != nil {
		return onlyOne, onlyOther, unlike, err
	}
	is, err := tree(other)
	if err != nil {
		return onlyOne, onlyOther, unlike, err
	}
	for _, d := range between(was, is) {
		switch d.Change {
		case "added":
			onlyOther.add(d)
		case "changed":
			unlike.add(d)
		}
	}
	// The other way round, since what goes with a thing that is removed is not listed, as that is which comes with one.
	for _, d := range between(is, was) {
		if d.Change == "added" {
			onlyOne.add(d)
		}
	}
	return onlyOne, onlyOther, unlike, nil
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
