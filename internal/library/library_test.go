package library

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/search"
)

// All built-in content can be read. Otherwise a broken file would be noticed only on the screen that needs it.
func TestEverythingLoads(t *testing.T) {
	l := New()
	if got := l.References(); !slices.Equal(got, []string{"ST0413"}) {
		t.Errorf("references %v", got)
	}
	std := l.Standard(Default)
	if len(std.Walk()) != 72 || len(std.Duties) != 10 {
		t.Errorf("%d KSBs in %d duties", len(std.Walk()), len(std.Duties))
	}
	if l.Scale().Target != 3 || l.Scale().Curve.IsZero() {
		t.Errorf("scale %+v", l.Scale())
	}
	if m, ok := l.Reflection().Model(l.Reflection().Default); !ok || m.ID != "driscoll" || len(l.Reflection().Models) < 5 {
		t.Errorf("%d models, default %q", len(l.Reflection().Models), l.Reflection().Default)
	}
	for _, m := range l.Reflection().Models {
		if m.Steps[len(m.Steps)-1].ID != coaching.PatientsStep {
			t.Errorf("%s does not end with what it means for patients", m.ID)
		}
	}
	if len(l.Appraisal().Theories) == 0 || len(l.Appraisal().Practices) == 0 || len(l.Appraisal().Marks) == 0 {
		t.Error("the theory of appraisal is empty")
	}
	files, err := fs.Glob(seedsFolder, "st0413/coaching/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	written := 0
	for _, id := range std.Walk() {
		e, ok := l.Entry(Default, id)
		if ok {
			written++
		}
		if ok && (e.KSB != id || e.Good == "" || len(e.Actions) == 0) {
			t.Errorf("%s: %+v", id, e)
		}
		if title := l.Title(Default, id); title == "" || utf8.RuneCountInString(title) > titleRunes {
			t.Errorf("the title of %s is %q", id, title)
		}
	}
	if written != len(files) {
		t.Errorf("%d entries are handed out, %d files are there", written, len(files))
	}
	for _, d := range std.Duties {
		if title := l.DutyTitle(Default, d.Number); title == "" || utf8.RuneCountInString(title) > titleRunes {
			t.Errorf("the title of duty %d is %q", d.Number, title)
		}
		for _, id := range d.KSBs {
			if _, ok := l.Entry(Default, id); !ok && (d.Number == 1 || d.Number == 9) {
				t.Errorf("%s of duty %d has no coaching", id, d.Number)
			}
		}
	}
}

// Every example is for a field or family that has a name, and the list of fields is read only for examples.
func TestFields(t *testing.T) {
	l := New()
	fields := l.Fields(Default)
	if len(fields.Fields) < 20 || len(l.Fields("ST9999").Fields) != 0 {
		t.Errorf("%d fields, and %d for a standard that is not there", len(fields.Fields), len(l.Fields("ST9999").Fields))
	}
	for _, id := range l.Standard(Default).Walk() {
		e, _ := l.Entry(Default, id)
		for _, x := range e.Examples {
			if _, known := fields.Field(x.Field); !known && fields.Where(x) == x.Family {
				t.Errorf("%s: the example of %q has no name", id, x.Field+x.Family)
			}
		}
	}
	bad := seedsWith(t, map[string]string{"st0413/specialisms.toml": "not toml"})
	bad.Preload(Default)
	if _, ok := bad.Entry(Default, "K7"); !ok {
		t.Error("an entry waits for the list of fields")
	}
}

// Preload may run while others ask for content, and an unknown standard does no harm.
func TestPreloadInParallel(t *testing.T) {
	l := New()
	var done sync.WaitGroup
	for _, ref := range []string{Default, Default, "ST9999"} {
		done.Go(func() { l.Preload(ref) })
	}
	if l.Title(Default, "K7") == "K7" || len(l.Standard(Default).Walk()) != 72 || l.Scale().Target != 3 {
		t.Error("something is missing")
	}
	done.Wait()
}

func TestUnknownStandardsAndKSBs(t *testing.T) {
	l := New()
	if l.Standard("ST9999") != nil || l.Standard("st0413") != nil {
		t.Error("a standard was made up")
	}
	for _, x := range []struct{ ref, ksb string }{{"ST9999", "K7"}, {Default, "K99"}, {Default, ""}, {Default, "../standard"}, {Default, "k7"}} {
		if _, ok := l.Entry(x.ref, x.ksb); ok {
			t.Errorf("%v has an entry", x)
		}
		if got := l.Title(x.ref, x.ksb); got != x.ksb {
			t.Errorf("the title of %v is %q", x, got)
		}
	}
	if l.DutyTitle("ST9999", 1) != "" || l.DutyTitle(Default, 11) != "" || l.Cards("ST9999") != nil || l.CardsFor("ST9999", "K7") != nil {
		t.Error("something was made up")
	}
}

// seedsFolder holds the content as it is written.
var seedsFolder = os.DirFS("../../seeds")

// seedsWith are the seeds with some files replaced; "" takes a file away.
func seedsWith(t *testing.T, files map[string]string) *Library {
	t.Helper()
	m := fstest.MapFS{}
	err := fs.WalkDir(seedsFolder, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			b, err := fs.ReadFile(seedsFolder, name)
			m[name] = &fstest.MapFile{Data: b}
			return err
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		delete(m, name)
		if text != "" {
			m[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return From(m)
}

func TestTitlesFallBack(t *testing.T) {
	l := seedsWith(t, map[string]string{"st0413/titles.toml": "[ksb]\nK1 = \"Mine\"\n", "st0413/coaching/K7.toml": ""})
	std := l.Standard(Default)
	if got := l.Title(Default, "K1"); got != "Mine" {
		t.Error(got)
	}
	for _, id := range std.Walk()[1:] {
		k, _ := std.KSB(id)
		got := l.Title(Default, id)
		start, cut := strings.CutSuffix(got, "…")
		if utf8.RuneCountInString(got) > titleRunes || !strings.HasPrefix(k.Text, start) || start == "" || !cut && got != strings.TrimSuffix(k.Text, ".") {
			t.Errorf("%s: %q of %q", id, got, k.Text)
		}
	}
	if got := l.DutyTitle(Default, 1); !strings.HasSuffix(got, "…") {
		t.Error(got)
	}
	if _, ok := l.Entry(Default, "K7"); ok {
		t.Error("K7 has an entry without a file")
	}
	if _, ok := l.Entry(Default, "K8"); !ok {
		t.Error("K8 has none")
	}
}

// A broken seed is a broken build, and the panic says which file.
func TestABrokenSeedIsNamed(t *testing.T) {
	for name, ask := range map[string]func(l *Library){
		"st0413/coaching/K7.toml":   func(l *Library) { l.Entry(Default, "K7") },
		"st0413/facts/duty-02.toml": func(l *Library) { l.Cards(Default) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if got, _ := recover().(string); !strings.Contains(got, name) {
					t.Errorf("%q does not name the file", got)
				}
			}()
			ask(seedsWith(t, map[string]string{name: "nonsense = 1\n"}))
		})
	}
}

func TestCards(t *testing.T) {
	l := New()
	cards := l.Cards(Default)
	if !slices.IsSortedFunc(cards, func(a, b coaching.Card) int { return a.Duties[0] - b.Duties[0] }) || len(cards) == 0 {
		t.Error("the cards do not stand in duty order")
	}
	seen := map[string]bool{}
	for _, c := range cards {
		if seen[c.ID] || c.Checked.IsZero() || c.ReviewBy.IsZero() || c.Authority == "" {
			t.Errorf("%+v", c)
		}
		seen[c.ID] = true
		for _, id := range c.KSBs {
			if !slices.ContainsFunc(l.CardsFor(Default, id), func(x coaching.Card) bool { return x.ID == c.ID }) {
				t.Errorf("%s is not among the cards for %s", c.ID, id)
			}
		}
	}
	cards[0].Title = "scribbled on"
	if l.Cards(Default)[0].Title == "scribbled on" {
		t.Error("a caller can change the library's own list")
	}
}

func TestOverlay(t *testing.T) {
	l := New()
	before := l.Cards(Default)
	l.Overlay([]coaching.Card{{ID: before[1].ID, Title: "Ours", KSBs: []string{"K7"}}, {ID: "new", Title: "New", Duties: []int{9}, KSBs: []string{"K7"}}, {ID: before[2].ID, Duties: []int{4}}})
	after := l.Cards(Default)
	if len(after) != len(before)+1 || after[1].Title != "Ours" || after[len(before)].Title != "New" {
		t.Fatalf("%d cards: %+v", len(after), after[1])
	}
	if !slices.Equal(after[1].Duties, before[1].Duties) || !slices.Equal(after[2].Duties, []int{4}) {
		t.Errorf("duties %v and %v", after[1].Duties, after[2].Duties)
	}
	var titles []string
	for _, c := range l.CardsFor(Default, "K7") {
		titles = append(titles, c.Title)
	}
	if !slices.Contains(titles, "Ours") || !slices.Contains(titles, "New") {
		t.Errorf("cards for K7: %v", titles)
	}
	l = New()
	l.Overlay([]coaching.Card{{ID: "new", Title: "Zorblatt pumps", Duties: []int{4}, KSBs: []string{"K7"}}})
	if found := search.Find("zorblatt", l.ContentIndex(Default)); found.Partial || len(found.Hits) == 0 {
		t.Error("a card of one's own is not found by its words")
	}
	if got := New().Cards(Default); got[1].Title == "Ours" {
		t.Error("the overlay reached another library")
	}
}

// The screens and the saver ask at the same time; run with -race.
func TestManyAskAtOnce(t *testing.T) {
	l := New()
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for _, id := range l.Standard(Default).Walk() {
				l.Entry(Default, id)
				l.Title(Default, id)
				l.CardsFor(Default, id)
			}
			l.Scale()
			l.Reflection()
			l.Appraisal()
			l.DutyTitle(Default, 1)
		})
	}
	wait.Wait()
}

// Opening the program must not pay for content that nobody looks at.
func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		New()
	}
}

func BenchmarkStandard(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		New().Standard(Default)
	}
}

func BenchmarkEntry(b *testing.B) {
	l := New()
	l.Standard(Default)
	for _, c := range []struct {
		name  string
		again bool
	}{{"first", false}, {"again", true}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if !c.again {
					delete(l.shelves[Default].entries, "K7")
				}
				l.Entry(Default, "K7")
			}
		})
	}
}

func BenchmarkCards(b *testing.B) {
	l := New()
	b.Run("first", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			l.readCards(Default)
		}
	})
	b.Run("again", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			l.CardsFor(Default, "K7")
		}
	})
}
