package profile_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

// The properties of a merge, over records and changes drawn at random. 100,000 of them:
//
//	go test ./internal/profile -run TestMergeProperties -rapid.checks=100000

// merge is file.Merge without what was settled unasked.
func merge(bases []profile.Profile, ours, theirs profile.Profile, mine func(string) bool) (profile.Profile, []file.Clash) {
	m := file.Merge(file.Pair{Bases: bases, Ours: ours, Theirs: theirs, TakeOurs: mine})
	return m.Profile, m.Clashes
}

// flat is a record as one line for each value that is not empty, whatever order its lists are in. It knows nothing of
// how merging goes about it.
func flat(p profile.Profile) map[string]string {
	out := map[string]string{}
	flatten(out, "", reflect.ValueOf(p))
	return out
}

func flatten(out map[string]string, at string, v reflect.Value) {
	below := func(step string) string { return strings.TrimPrefix(at+" "+step, " ") }
	switch x := v.Interface().(type) {
	case safetext.Text:
		if x.Raw() != "" {
			out[at] = x.Raw()
		}
		return
	case calendar.Date:
		if !x.IsZero() {
			out[at] = x.String()
		}
		return
	case level.Curve:
		if !x.IsZero() {
			out[at] = fmt.Sprint(x.Months(), x.Points())
		}
		return
	case profile.Round:
		for ksb := range x.Ratings[profile.Mentor] {
			for _, r := range x.Mentors(ksb) {
				flatten(out, below("Mentors "+ksb+" "+profile.PlainName(r.By)), reflect.ValueOf(r))
			}
		}
		x.Ratings, x.Others = maps.Clone(x.Ratings), nil
		delete(x.Ratings, profile.Mentor)
		out[at] = "a round"
		v = reflect.ValueOf(struct {
			ID             string
			Opened, Closed calendar.Date
			Ratings        map[profile.Rater]map[string]profile.Rating
			Differ         map[string]profile.Differ
		}{x.ID, x.Opened, x.Closed, x.Ratings, x.Differ})
	case profile.Rating:
		out[below("Level")] = x.Level.InWords()
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if name := v.Type().Field(i).Name; name != "Level" {
				flatten(out, below(name), v.Field(i))
			}
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			flatten(out, below(k.String()), v.MapIndex(k))
		}
	case reflect.Slice:
		for i := range v.Len() {
			item := v.Index(i)
			if key, ok := nameOf(item); ok {
				flatten(out, below(key), item)
			} else {
				out[below(fmt.Sprint(item.Interface()))] = "there"
			}
		}
	default:
		if !v.IsZero() {
			out[at] = fmt.Sprint(v.Interface())
		}
	}
}

// nameOf is what an item of a list is known by.
func nameOf(v reflect.Value) (string, bool) {
	for _, key := range []string{"ID", "Action", "Step"} {
		if v.Kind() == reflect.Struct && v.FieldByName(key).IsValid() {
			return v.FieldByName(key).String(), true
		}
	}
	if x, ok := v.Interface().(profile.Left); ok {
		return x.Key(), true
	}
	return "", false
}

// apart is a record with up to four changes made by forms, and up to two things removed or edited by hand.
func (m *maker) apart(p profile.Profile) profile.Profile {
	p = m.changed(p)
	for range m.n(2) {
		p = m.byHand(p)
	}
	return p
}

func (m *maker) byHand(p profile.Profile) profile.Profile {
	switch at := m.n(99); m.n(8) {
	case 0:
		p.Evidence = minus(p.Evidence, at)
	case 1:
		p.Goals = minus(p.Goals, at)
	case 2:
		p.Pauses = minus(p.Pauses, at)
	case 3:
		p.Reflections = minus(p.Reflections, at)
	case 4:
		if len(p.Goals) > 0 {
			p.Goals = slices.Clone(p.Goals)
			g := &p.Goals[at%len(p.Goals)]
			g.Actions = minus(g.Actions, at)
		}
	case 5:
		p.Targets = maps.Clone(p.Targets)
		delete(p.Targets, pick(m, []string{"K1", "K7", "S3"}))
	case 6:
		if len(p.Rounds) > 0 {
			p.Rounds = slices.Clone(p.Rounds)
			r := &p.Rounds[at%len(p.Rounds)]
			r.Ratings = maps.Clone(r.Ratings)
			r.Ratings[profile.Self] = maps.Clone(r.Ratings[profile.Self])
			for _, ksb := range slices.Sorted(maps.Keys(r.Ratings[profile.Self])) {
				delete(r.Ratings[profile.Self], ksb)
				break
			}
		}
	case 7:
		p.Settings.Stale = 1 + m.n(20)
	case 8:
		return m.reviews(p)
	}
	return p
}

// reviews has a review start, be worked on or be closed.
func (m *maker) reviews(p profile.Profile) profile.Profile {
	on := m.date()
	changes := []profile.Change{profile.StartReview{ID: m.newID("v"), On: on, With: profile.Names("J. Ode")}}
	if r, open := p.OpenReview(); open {
		changes = []profile.Change{
			profile.EditReview{ID: r.ID, Agreed: ptr(m.words()), Workload: ptr(m.text())},
			profile.CloseReview{ID: r.ID, On: r.On, Round: m.maybe()},
		}
	}
	if next, err := pick(m, changes).Apply(p, std); err == nil {
		return next
	}
	return p
}

func minus[E any](list []E, at int) []E {
	if len(list) == 0 {
		return list
	}
	return slices.Delete(slices.Clone(list), at%len(list), at%len(list)+1)
}

// settled says whether a value of a place may differ from what was merged, since somebody is asked about it or a review
// stays as it was closed.
func settled(place string, clashes []file.Clash, sides ...profile.Profile) bool {
	if place == "Learner ID" {
		return true
	}
	for _, c := range clashes {
		key := strings.TrimSuffix(strings.TrimSuffix(c.Key, " Status"), " Start Gateway")
		if place == c.Key || strings.HasPrefix(place, c.Key+" ") || key != c.Key && (place == key+" Closed" || place == key+" Note" || place == key+" Start" || place == key+" Gateway") {
			return true
		}
	}
	for _, p := range sides {
		for _, r := range p.Reviews {
			if !r.Closed.IsZero() && strings.HasPrefix(place, "Reviews "+r.ID+" ") {
				return true
			}
		}
	}
	return false
}

func checkNothingMissing(t failer, base map[string]string, a, b profile.Profile, m file.Merged) {
	t.Helper()
	got := flat(m.Profile)
	for _, side := range []profile.Profile{a, b} {
		for place, v := range flat(side) {
			if base[place] != v && got[place] != v && !settled(place, m.Clashes, a, b) && !roundClosed(place, m) {
				t.Fatalf("%s: %q is lost, it is %q\nclashes %+v", place, v, got[place], m.Clashes)
			}
		}
	}
}

// roundClosed says whether a place is that of a round which was closed since both had one open, or is open.
func roundClosed(place string, m file.Merged) bool {
	return strings.HasPrefix(place, "Rounds ") && strings.HasSuffix(place, " Closed") && len(m.Said) > 0
}

func TestMergeProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &maker{t: t}
		base := m.profile()
		a, b, c := m.apart(base), m.apart(base), m.apart(base)
		for _, how := range []file.Pair{{}, {Bases: []profile.Profile{base}}, {Bases: []profile.Profile{base}, Guessed: true}} {
			join := func(ours, theirs profile.Profile) file.Merged {
				how.Ours, how.Theirs, how.TakeOurs = ours, theirs, nil
				return file.Merge(how)
			}
			ab, ba := join(a, b), join(b, a)
			was := map[string]string{}
			if len(how.Bases) > 0 {
				was = flat(base)
			}
			checkNothingMissing(t, was, a, b, ab)
			if aa := join(a, a); !reflect.DeepEqual(aa.Profile, a) || len(aa.Clashes) > 0 {
				t.Fatalf("with itself: %+v\n%+v\n%+v", aa.Clashes, a, aa.Profile)
			}
			how.Ours, how.Theirs, how.TakeOurs = b, a, func(string) bool { return false }
			if x, y := flat(ab.Profile), flat(file.Merge(how).Profile); !maps.Equal(x, y) {
				t.Fatalf("the other way round:\n%s", unlike(x, y))
			}
			if len(ab.Clashes) != len(ba.Clashes) {
				t.Fatalf("asks %d and %d:\n%+v\n%+v", len(ab.Clashes), len(ba.Clashes), ab.Clashes, ba.Clashes)
			}
			if len(ab.Clashes) > 0 {
				continue
			}
			checkReads(t, ab.Profile)
			if again := join(ab.Profile, b); len(again.Clashes) > 0 || !maps.Equal(flat(again.Profile), flat(ab.Profile)) {
				t.Fatalf("merged again: %+v\n%s", again.Clashes, unlike(flat(ab.Profile), flat(again.Profile)))
			}
			bc := join(b, c)
			one, two := join(ab.Profile, c), join(a, bc.Profile)
			if len(bc.Clashes)+len(one.Clashes)+len(two.Clashes) == 0 && len(one.Said)+len(two.Said)+len(ab.Said)+len(bc.Said) == 0 &&
				!maps.Equal(flat(one.Profile), flat(two.Profile)) {
				t.Fatalf("in another order:\n%s", unlike(flat(one.Profile), flat(two.Profile)))
			}
		}
	})
}

// checkReads writes a record and reads it again.
func checkReads(t failer, p profile.Profile) {
	t.Helper()
	src, err := file.New(p)
	if err == nil {
		_, err = file.Decode(src, find)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
}

func unlike(a, b map[string]string) string {
	var out []string
	for k, v := range a {
		if b[k] != v {
			out = append(out, fmt.Sprintf("%s: %q, %q", k, v, b[k]))
		}
	}
	for k, v := range b {
		if a[k] == "" {
			out = append(out, fmt.Sprintf("%s: nothing, %q", k, v))
		}
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}
