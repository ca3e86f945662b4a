package profile_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

var (
	lib   = library.New()
	std   = lib.Standard(library.Default)
	today = calendar.Of(2026, 11, 22)
)

func find(ref string) *standard.Standard { return lib.Standard(ref) }

// small is the smallest profile with something in it.
const small = `format = 1
standard = "ST0413"

[learner]
name = "Asha"

[[round]]
id = "baseline"
opened = 2025-09-20
[round.self]
K7 = { level = 1, on = 2025-09-20 }
`

// full has everything that a profile can have, comments and keys that the learner added, and unusual but valid TOML.
const full = `# Asha's profile. Edit freely.
format = 1
standard = "ST0413"
colour = "blue" # hers

[learner]
name = "Asha Patel"
role = "Cardiac physiology"
start = 2025-09-15
gateway = 2028-09-14
review = 2026-12-11

[[pause]]
from = 2026-02-01
to = 2026-03-31

[target]
S17 = 4

[expected]
months = 36
curve = [[0, 0], [12, 50], [36, 100]]

[[round]]
id = "baseline"
opened = 2025-09-20
closed = 2025-09-28      # closing a round adds this line only
[round.self]
K7 = { level = 1, on = 2025-09-20 }
"B1" = { level = 2, on = 2025-09-21, note = "Told a carer we ran late" }

[[round]]
id = "review-1"
opened = 2026-09-01
[round.self]
K7 = { level = 3, on = 2026-09-02, note = "Probe fault.\nFound by me." }
S24 = { level = "none", on = 2026-09-02 } # not in my post
K8.level = 2
K8.on = 2026-09-02
[round.self.K10]
level = 0x2
on = 2026-09-02
[round.mentor]
K7 = { level = 2, on = 2026-09-09, by = "J. Ode", mood = "fair" }
[round.agreed]
K7 = { level = 2, on = 2026-09-09, by = "J. Ode", reason = "limits still prompted" }
[round.others]
K7 = [{ level = 3, on = 2026-09-08, by = "R. Lindqvist", note = "in clinic 2" }] # by sheet

[[evidence]]
id = "e-7f3k"            # random, so that two copies merge
ksbs = ["K7", "S7"]
on = 2026-08-14
kind = "work-product"
title = "Probe fault log, anonymised"
where = "Equipment folder"
witness = "J. Ode"

[[evidence]]
id = "e-1aaa"
ksbs = ["B1"]
on = 2026-08-15
title = "Offered a chair"
duty = 3

[[reflection]]
id = "r-2fvh"
on = 2026-09-03
model = "driscoll"
goal = "g-2mq9"
ksbs = ["K7"]
[reflection.answer]
what = "I named the check and not its limits."
patients = '''
A faulty probe
looks like a faulty heart.'''

[[goal]]
id = "g-2mq9"
ksbs = ["K7"]
text = "Say what each probe check cannot catch"
status = "active"
set = 2026-09-04
due = 2026-12-31
theory = "goal-setting"
why = "1 below target"
[[goal.action]]
id = "a-91xd"
sort = "people"
text = "Shadow a service visit"
who = "Medical engineering"
due = 2026-10-31
shows = "note of what the visit checks"
status = "open"

[[goal.action]]
id = "a-91xe"
text = "Read the manual"
status = "not-done"
note = "The manual was out on loan"
closed = 2026-10-01

[[review]]
id = "r-5k0z"
on = 2026-09-09
with = ["J. Ode"]

[mine]                   # unknown to us, kept
colour = "blue"
`

func decode(t testing.TB, src string) *file.File {
	t.Helper()
	f, err := file.Decode([]byte(src), find)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	return f
}

func faultsOf(t testing.TB, src string) file.Faults {
	t.Helper()
	f, err := file.Decode([]byte(src), find)
	var faults file.Faults
	switch {
	case err == nil:
		return nil
	case f != nil:
		t.Fatalf("a file and an error: %v", err)
	case !errors.As(err, &faults) || len(faults) == 0:
		t.Fatalf("no faults but %T: %v", err, err)
	}
	return faults
}

// written is a problem as the tests write it down.
func written(p file.Problem) string {
	return fmt.Sprintf("%d:%d %s: %s | %s", p.Pos.Line, p.Pos.Col, p.Key, p.Msg, p.Hint)
}

// swap replaces pairs of text, each of which must be there.
func swap(t testing.TB, src string, pairs ...string) string {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(src, pairs[i]) {
			t.Fatalf("%q is not in the text", pairs[i])
		}
		src = strings.Replace(src, pairs[i], pairs[i+1], 1)
	}
	return src
}

func text(s string) safetext.Text { return safetext.New(s) }

func ptr[T any](v T) *T { return &v }

// deep copies a value with everything below it, so that any later change to the original shows.
func deep[T any](v T) T {
	to := reflect.New(reflect.TypeOf(v)).Elem()
	deepCopy(to, reflect.ValueOf(v))
	return to.Interface().(T)
}

func deepCopy(to, from reflect.Value) {
	switch from.Kind() {
	case reflect.Slice:
		if from.IsNil() {
			return
		}
		to.Set(reflect.MakeSlice(from.Type(), from.Len(), from.Len()))
		for i := range from.Len() {
			deepCopy(to.Index(i), from.Index(i))
		}
	case reflect.Map:
		if from.IsNil() {
			return
		}
		to.Set(reflect.MakeMap(from.Type()))
		for it := from.MapRange(); it.Next(); {
			v := reflect.New(from.Type().Elem()).Elem()
			deepCopy(v, it.Value())
			to.SetMapIndex(it.Key(), v)
		}
	case reflect.Struct:
		to.Set(from) // types with unexported fields are never modified
		for i := range from.NumField() {
			if to.Field(i).CanSet() {
				deepCopy(to.Field(i), from.Field(i))
			}
		}
	default:
		to.Set(from)
	}
}
