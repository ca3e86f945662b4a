package file

import (
	"slices"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/sorting"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// Holding counts things of a record, and holds none of its words.
type Holding struct {
	Ratings, Evidence, Reflections, Goals, Actions, Reviews int
	Other                                                   int      // of all other kinds, such as a target
	KSBs                                                    []string // of the ratings, each code once
}

// Beyond counts what a copy of a record holds that the record does not, and what both have but not alike. What is only
// in the record is not counted.
func Beyond(ours, theirs profile.Profile) (only, unlike Holding, err error) {
	all, err := Differences(ours, theirs)
	if err != nil {
		return only, unlike, err
	}
	for _, d := range all {
		switch d.Change {
		case "added":
			only.add(d)
		case "changed":
			unlike.add(d)
		}
	}
	return only, unlike, nil
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
	default:
		h.Other++
	}
}
