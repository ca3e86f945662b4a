package coaching_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
)

const fieldList = `
[[division]]
id = "physical"
name = "physical sciences"
[[division]]
id = "life"
name = "life sciences"
[[family]]
id = "radiation"
name = "radiation science"
[[family]]
id = "equipment"
name = "equipment"
[[family]]
id = "genome"
name = "genomics"
[[field]]
id = "radiotherapy"
name = "radiotherapy physics"
family = "radiation"
division = "physical"
aliases = ["linac", "treatment planning"]
[[field]]
id = "nuclear"
name = "nuclear medicine"
family = "radiation"
division = "physical"
aliases = ["PET"]
[[field]]
id = "engineering"
name = "clinical engineering"
family = "equipment"
division = "physical"
aliases = ["EBME", "engineering"]
[[field]]
id = "genomics"
name = "genomics"
family = "genome"
division = "life"
`

func fields(t *testing.T) *coaching.Fields {
	t.Helper()
	f, err := coaching.DecodeFields(fieldList)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFieldsFind(t *testing.T) {
	f := fields(t)
	for typed, want := range map[string]string{
		"lin": "radiotherapy", "pet": "nuclear", "Nuclear  medicine": "nuclear", "medi": "nuclear", "engineering": "engineering",
		"plan": "radiotherapy", "edicine": "", "equip": "engineering", "radiation sc": "radiotherapy nuclear", "": "radiotherapy nuclear engineering genomics",
	} {
		var got []string
		for _, x := range f.Find(typed) {
			got = append(got, x.ID)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q finds %v, want %q", typed, got, want)
		}
	}
	for text, want := range map[string]string{
		"Trainee in nuclear medicine, PET": "nuclear", "EBME technician": "engineering", "petrol": "", "": "",
		"Petrol, then PET": "nuclear", "Genomics apprentice": "genomics",
	} {
		if got, ok := f.Of(text); got.ID != want || ok != (want != "") {
			t.Errorf("%q names %q, want %q", text, got.ID, want)
		}
	}
	for text, want := range map[string]string{
		"medicine unit": "nuclear", "treatment": "radiotherapy", "Clinical treatment planning lead": "radiotherapy",
		"Planning lead": "", "science": "", "Medical physics": "radiotherapy",
	} {
		if got, _ := f.Of(text); got.ID != want {
			t.Errorf("%q names %q, want %q", text, got.ID, want)
		}
	}
	for text, want := range map[string]string{"Planning lead": "Radiotherapy physics, Nuclear medicine", "lawyer": "", "scientist": ""} {
		if got := f.NearNames(text); strings.Join(got, ", ") != want {
			t.Errorf("%q is near %v, want %q", text, got, want)
		}
	}
	if _, err := coaching.DecodeFields("[[field]]\nfamly = \"x\""); err == nil || !strings.Contains(err.Error(), "field.famly") {
		t.Error(err)
	}
}

// Pasting a whole document into the role field costs no more work than a short role, and a role named in it is still found.
func TestLongTextCostsNoMoreWork(t *testing.T) {
	f := fields(t)
	for _, n := range []int{300, 20000} { // if the work grows with the square, 300 words fail quickly
		text := strings.Repeat("planning lead ", n/2)
		if got := testing.AllocsPerRun(1, func() { f.Offer(text) }); got > 1000 {
			t.Fatalf("%d words: %.0f allocations", n, got)
		}
		if meant, _ := f.Offer(text + "in nuclear medicine"); meant != "nuclear medicine" {
			t.Errorf("%d words and then nuclear medicine: %q", n, meant)
		}
	}
}

// The example is from the learner's field, else its family, else its division, and its heading says which.
func TestExampleFor(t *testing.T) {
	f := fields(t)
	of := func(ids ...string) coaching.Entry {
		var e coaching.Entry
		for _, id := range ids {
			if family, ok := strings.CutPrefix(id, "family "); ok {
				e.Examples = append(e.Examples, coaching.Example{Family: family})
			} else {
				e.Examples = append(e.Examples, coaching.Example{Field: id})
			}
		}
		return e
	}
	for _, c := range []struct {
		name, field string
		e           coaching.Entry
		says        string
		ok          bool
	}{
		{"own", "nuclear", of("genomics", "radiotherapy", "nuclear"), "In your field, nuclear medicine", true},
		{"a field of the family", "nuclear", of("engineering", "radiotherapy"), "Close to your field, from radiotherapy physics", true},
		{"the family itself", "nuclear", of("engineering", "family radiation"), "Close to your field, from radiation science", true},
		{"the division", "nuclear", of("genomics", "engineering"), "The nearest we have in physical sciences, from clinical engineering", true},
		{"a family of the division", "nuclear", of("genomics", "family equipment"), "The nearest we have in physical sciences, from equipment", true},
		{"none of the division", "nuclear", of("genomics"), "From genomics", false},
		{"a field of their own", "", of("genomics"), "From genomics", false},
		{"no examples", "nuclear", of(), "", false},
	} {
		x, ok := f.ExampleFor(c.e, c.field)
		if ok != c.ok {
			t.Errorf("%s: %v", c.name, ok)
		}
		if len(c.e.Examples) > 0 && f.Says(x, c.field) != c.says {
			t.Errorf("%s: says %q, want %q", c.name, f.Says(x, c.field), c.says)
		}
	}
	var order []string
	for _, x := range f.Nearest(of("genomics", "engineering", "radiotherapy", "nuclear").Examples, "nuclear") {
		order = append(order, x.Field)
	}
	if want := []string{"nuclear", "radiotherapy", "engineering", "genomics"}; !slices.Equal(order, want) {
		t.Errorf("nearest first: %v, want %v", order, want)
	}
}
