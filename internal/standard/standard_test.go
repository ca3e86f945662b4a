package standard_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/seeds"
)

func published(t *testing.T) string {
	t.Helper()
	b, err := seeds.FS.ReadFile("ST0413.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func parse(t *testing.T) *standard.Standard {
	t.Helper()
	s, err := standard.ParsePublished(published(t))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPublishedST0413(t *testing.T) {
	s := parse(t)
	if s.Reference != "ST0413" || s.Level != 6 || s.Title != "Healthcare science practitioner (integrated degree)" || s.Status != "Standard in development" {
		t.Errorf("head: %q %d %q %q", s.Reference, s.Level, s.Title, s.Status)
	}
	if len(s.Duties) != 10 || s.Count(standard.Knowledge) != 33 || s.Count(standard.Skill) != 33 || s.Count(standard.Behaviour) != 6 || s.Links() != 111 {
		t.Errorf("%d duties, %d K, %d S, %d B, %d links", len(s.Duties), s.Count(standard.Knowledge), s.Count(standard.Skill), s.Count(standard.Behaviour), s.Links())
	}
	d, _ := s.Duty(10)
	if want := []string{"K17", "K18", "S17", "S18", "B1", "B2", "B3", "B6"}; !slices.Equal(d.KSBs, want) {
		t.Errorf("duty 10: %v", d.KSBs)
	}
	for _, k := range s.KSBs {
		if k.Kind != standard.Behaviour && len(k.Duties) != 1 {
			t.Errorf("%s stands in duties %v", k.ID, k.Duties)
		}
		if !strings.Contains(published(t), k.ID+": "+k.Text+"\n") {
			t.Errorf("%s: the wording is not the published one", k.ID)
		}
	}
	for _, d := range s.Duties {
		if !strings.Contains(published(t), d.Text+"\t"+strings.Join(d.KSBs, " ")+"\n") {
			t.Errorf("duty %d: not as published", d.Number)
		}
	}
}

func TestOnly(t *testing.T) {
	s := parse(t)
	some := s.Only([]string{"S6", "B1", "K17", "K99"})
	if !slices.Equal(some.Walk(), []string{"B1", "S6", "K17"}) || len(some.Duties) != 3 || some.Links() != 3 || some.Duties[2].Number != 10 {
		t.Errorf("%v in %+v", some.Walk(), some.Duties)
	}
	if k, _ := s.KSB("B1"); len(k.Duties) < 2 || s.Links() != 111 {
		t.Error("the whole standard was changed")
	}
	if all := s.Only(s.Walk()); !slices.Equal(all.Walk(), s.Walk()) {
		t.Error("all of them are not the whole walk")
	}
	if s.Only(nil) != nil || s.Only([]string{"K99"}) != nil {
		t.Error("a standard without KSBs")
	}
}

func TestWalkIsDutyOrder(t *testing.T) {
	s := parse(t)
	w := s.Walk()
	if len(w) != 72 || w[0] != "K1" || w[10] != "B1" || s.Place("K17") < s.Place("S33") || s.Home("K17") != 10 || s.Home("B5") != 9 {
		t.Errorf("walk of %d: %v", len(w), w)
	}
	if s.Place("K99") != -1 || s.Home("K99") != 0 {
		t.Error("an unknown code has no place")
	}
}

// The embedded TOML must be exactly what the importer makes of the published text.
func TestEmbeddedStandardAgreesWithPublished(t *testing.T) {
	have, err := seeds.FS.ReadFile("st0413/standard.toml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := standard.Decode(string(have))
	if err != nil {
		t.Fatal(err)
	}
	note := strings.Builder{}
	for line := range strings.SplitSeq(string(have), "\n") {
		if !strings.HasPrefix(line, "# ") {
			break
		}
		note.WriteString(strings.TrimPrefix(line, "# ") + "\n")
	}
	if want := parse(t).Encode(note.String()); want != string(have) {
		t.Error("seeds/st0413/standard.toml is stale: run go generate ./seeds")
	}
	if s.Encode(note.String()) != string(have) {
		t.Error("decoding and encoding does not give the same file")
	}
}

func TestOtherLayoutIsRefusedWithItsLine(t *testing.T) {
	good := published(t)
	for name, c := range map[string]struct{ old, new, want string }{
		"empty":             {good, "", "line 1: "},
		"no tab":            {"Healthcare Scientists.\tK1", "Healthcare Scientists. K1", "line 88: this line is not a duty"},
		"spaces for header": {"DUTY\tKSBS", "DUTY  KSBS", "line 87: "},
		"unknown code":      {"K19 K20 K21", "K19 K99 K21", `names "K99"`},
		"twice in duty":     {"K19 K20 K21", "K19 K19 K21", "names K19 twice"},
		"gap in numbers":    {"K2: Equality", "K3: Equality", "line 105: found K3 where K2 is expected"},
		"unlinked":          {"K31 K32 K33 S31", "K31 K33 S31", "K32 is in no duty"},
		"duty twice":        {"Duty 2 Provide", "Duty 1 Provide", "duty 1"},
		"no level":          {"Level 6\n", "Six\n", `"Six" is not a level`},
		"no behaviours":     {"\nBehaviours\n", "\nAttitudes\n", `"Behaviours" is missing`},
		"bad reference":     {"\nST0413\n", "\nST413\n", "not a reference"},
	} {
		s, err := standard.ParsePublished(strings.Replace(good, c.old, c.new, 1))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, %v; want an error with %q", name, s, err, c.want)
		}
	}
}

func TestPublishedWithWindowsLineEndings(t *testing.T) {
	s, err := standard.ParsePublished("\ufeff" + strings.ReplaceAll(published(t), "\n", "\r\n"))
	if err != nil || len(s.KSBs) != 72 {
		t.Errorf("got %v", err)
	}
}

func TestCompare(t *testing.T) {
	ids := []string{"B1", "K10", "S2", "K2", "zz", "S10", "K1"}
	slices.SortFunc(ids, standard.Compare)
	if want := []string{"K1", "K2", "K10", "S2", "S10", "B1", "zz"}; !slices.Equal(ids, want) {
		t.Errorf("got %v", ids)
	}
	for _, bad := range []string{"", "K", "K0", "K01", "k7", "X1", "K1000", "K-1", "K+1", "K1 "} {
		if _, _, ok := standard.SplitCode(bad); ok {
			t.Errorf("SplitCode(%q) accepted", bad)
		}
	}
}

func FuzzParsePublished(f *testing.F) {
	b, _ := seeds.FS.ReadFile("ST0413.txt")
	f.Add(string(b))
	f.Add("Title of occupation\nx\nUOS reference number\nST0001\nLevel of occupation\nLevel 3\nOccupation duties\nDUTY\tKSBS\nDuty 1 a\tK1 S1 B1\nKSBs\nKnowledge\nK1: a\nSkills\nS1: b\nBehaviours\nB1: c")
	f.Fuzz(func(t *testing.T, text string) {
		s, err := standard.ParsePublished(text)
		if err == nil && (len(s.Walk()) != len(s.KSBs) || len(s.Duties) == 0) {
			t.Fatal("accepted a standard that does not hang together")
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	src, _ := seeds.FS.ReadFile("st0413/standard.toml")
	for b.Loop() {
		if _, err := standard.Decode(string(src)); err != nil {
			b.Fatal(err)
		}
	}
}
