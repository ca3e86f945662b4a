package file

import (
	"reflect"

	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// Within says whether a later state of a record may have come from an earlier one: all that the earlier one has is in
// it, each thing by its id, its code or its words, and no rating has gone back to an earlier day. What a field says may
// differ.
func Within(earlier, later profile.Profile) bool {
	return earlier.Standard == later.Standard && within(reflect.ValueOf(earlier), reflect.ValueOf(later))
}

func within(a, b reflect.Value) bool {
	if sameValue(a, b) {
		return true
	}
	if !b.IsValid() {
		return false
	}
	switch x := a.Interface().(type) {
	case profile.Rating:
		return !x.On.After(b.Interface().(profile.Rating).On)
	case profile.Round:
		y := b.Interface().(profile.Round)
		return (x.Closed.IsZero() || !y.Closed.IsZero()) && ratingsWithin(x, y)
	case profile.Review:
		if closedReview(a) {
			return closedReview(b)
		}
	}
	switch {
	case !parted(a):
	case a.Kind() == reflect.Struct:
		for i := range a.NumField() {
			if !within(a.Field(i), b.Field(i)) {
				return false
			}
		}
	case a.Kind() == reflect.Map:
		for _, k := range a.MapKeys() {
			if !within(a.MapIndex(k), b.MapIndex(k)) {
				return false
			}
		}
	case a.Kind() == reflect.Slice:
		earlier, keys := indexed(a)
		later, _ := indexed(b)
		for _, key := range keys {
			if !within(earlier[key], later[key]) {
				return false
			}
		}
	}
	return true
}

// ratingsWithin looks at each rater's ratings, wherever the file keeps them.
func ratingsWithin(a, b profile.Round) bool {
	for by, rows := range a.Ratings {
		for ksb, x := range rows {
			if by != profile.Mentor && !within(reflect.ValueOf(x), reflect.ValueOf(b.Ratings[by]).MapIndex(reflect.ValueOf(ksb))) {
				return false
			}
			if by == profile.Mentor && !within(reflect.ValueOf(a.Mentors(ksb)), reflect.ValueOf(b.Mentors(ksb))) {
				return false
			}
		}
	}
	return within(reflect.ValueOf(a.Differ), reflect.ValueOf(b.Differ))
}
