package file

import (
	"reflect"
	"slices"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// localZone is how the TOML library marks a value that was written as a plain date; a date with a time has another.
const localZone = "date-local"

func isLocalDate(v any) bool {
	t, ok := v.(time.Time)
	return ok && t.Location().String() == localZone
}

func localDate(v any) (calendar.Date, bool) {
	if !isLocalDate(v) {
		return calendar.Date{}, false
	}
	return calendar.FromTime(v.(time.Time)), true
}

func (r *reader) profile(t *table) profile.Profile {
	var p profile.Profile
	if !r.format(t) {
		return p
	}
	p.Standard = r.standard(t)
	if r.std == nil {
		return p
	}
	profileObject.Get().read(t, reflect.ValueOf(&p).Elem())
	p.Standard = r.std.Reference
	return p
}

func (r *reader) format(t *table) bool {
	const hint = "the first key of a profile is format = 1; if it is gone the file may have been cut off or be " +
		"no profile at all"
	if _, old := t.m["sheet"].(int64); old {
		t.fault("sheet", "have the learner make a new sheet, and copy what you filled in",
			"this rating sheet is in a form of before the first version")
		return false
	}
	t.required("format", hint)
	n, ok := value[int64](t, "format", "a whole number", hint)
	if !ok {
		return false
	}
	if n > profile.Format && !r.glimpse {
		t.fault("format", "update ksbcoach; nothing in the file was changed",
			"the file has format %d, this program reads up to %d", n, profile.Format)
		r.faults[len(r.faults)-1].Later = true
		return false
	}
	if n < 1 {
		t.fault("format", hint, "there is no format %d", n)
		return false
	}
	return true
}

func (r *reader) standard(t *table) string {
	t.required("standard", `add standard = "ST0413" below format`)
	ref, ok := value[string](t, "standard", "text", `write standard = "ST0413"`)
	if !ok {
		return ""
	}
	if r.std = r.find(ref); r.std == nil {
		t.fault("standard", "ksbcoach standard list shows those it has", "the standard %q is not known here",
			safetext.Brief(ref, 20))
	}
	return ref
}

// identifiers are those in use, each with the line of its first use.
type identifiers map[string]int

// id reads an identifier, which must be unique in the file.
func (t *table) id(key string) string {
	const hint = "an id is letters, digits and hyphens, once in the file, such as g-2mq9"
	t.required(key, hint)
	s, ok := value[string](t, key, "text", hint)
	ids := t.r.ids
	switch {
	case !ok:
		return ""
	case !profile.ValidID(s):
		t.fault(key, hint, "%q is not an id", safetext.Brief(s, 20))
	case ids[s] > 0:
		t.fault(key, hint, "the id %s is used twice, first in line %d", s, ids[s])
	default:
		pos, _ := t.r.doc.Pos(t.at(key)...)
		ids[s] = pos.Line
	}
	return s
}

func words[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = string(x)
	}
	return out
}

// naturalOrder puts K2 before K10, for lines keyed by KSB.
func naturalOrder(a, b string) bool { return standard.Compare(a, b) < 0 }

// orderOf gives the order of a fixed list of keys; keys that are not in it come last.
func orderOf(keys []string) func(a, b string) bool {
	rank := func(k string) int {
		if i := slices.Index(keys, k); i >= 0 {
			return i
		}
		return len(keys)
	}
	return func(a, b string) bool { return rank(a) < rank(b) }
}
