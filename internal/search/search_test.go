package search_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/longrecord"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/search"
	"github.com/ksbcoach/ksbcoach/seeds"
)

var (
	content = library.New()
	named   = content.NameIndex(library.Default)
	said    = content.ContentIndex(library.Default)
)

// What people type finds what they mean among the first three.
func TestFindsByWhatPeopleCallIt(t *testing.T) {
	for query, want := range map[string]string{
		"GDPR": "K18", "gdpr": "K18", "handover": "S14", "hand hygiene": "S23", "handwashing": "S23", "QA": "K25", "IQC": "S25",
		"PSIRF": "S25", "DOPS": "K8", "consent": "K12", "Datix": "S25", "duty of candour": "K3",
		"EQA": "K25", "SOP": "K9", "SOPs": "S9",
		"audit": "K26", "K07": "K7", "k 7": "K7", "S-17": "S17", "s17.": "S17", "B04": "B4", "irmer": "K23",
		"IR(ME)R": "K23", "R&D": "K30",
		"gdrp": "K18", "consnet": "K12", "comunication": "K14", "saefguarding": "K11", "accreditaton": "K25", // slips
		"millers pyramid": "K8", "Miller’s": "K8", "complaints": "K15", "complaint": "K15", "SOP review": "S9",
		"fitness to practice": "K1", "fitness to practise": "K1", "organizing rota": "S20",
		"a person's rights": "K12", "persons right": "K12", "how do I delegate": "S21", "appraisal theory": "K32",
		"working within scope": "S32",
	} {
		hits := search.Find(query, named, said).Hits
		var first []string
		for _, h := range hits[:min(len(hits), 3)] {
			first = append(first, h.Of.KSB)
		}
		if !slices.Contains(first, want) {
			t.Errorf("%q finds %v, want %s among the first three", query, first, want)
		}
	}
}

// Every code finds its own KSB first, before those whose codes start with it.
func TestACodeIsFoundFirst(t *testing.T) {
	for _, id := range content.Standard(library.Default).Walk() {
		if hits := search.Find(strings.ToLower(id), named, said).Hits; hits[0].Of.KSB != id || hits[0].Label != "its code" {
			t.Errorf("%s finds %s first", id, hits[0].Of.KSB)
		}
	}
}

// Every word that is used in the field finds the KSB that it is mostly about before any other.
func TestEveryWordOfTheFieldFindsItsKSB(t *testing.T) {
	src, err := seeds.FS.ReadFile("st0413/aliases.toml")
	if err != nil {
		t.Fatal(err)
	}
	aliases, err := coaching.DecodeAliases(string(src))
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range aliases {
		for _, name := range a.Names {
			if hits := search.Find(name, named, said).Hits; len(hits) == 0 || !slices.Contains(a.KSBs, hits[0].Of.KSB) {
				t.Errorf("%q finds %+v first, want one of %v", name, hits[:min(len(hits), 1)], a.KSBs)
			}
		}
	}
}

func TestSaysWhereItWasFound(t *testing.T) {
	for _, tt := range []struct {
		query, ksb, label, text string
	}{
		{"k7", "K7", "its code", "K7"},
		{"gdpr", "K18", "also called", "GDPR"},
		{"purchase disposal", "K7", "its title", "Equipment from purchase to disposal"},
		{"ALCOA data you can trust", "K17", "the fact card ALCOA+ for data you can trust", "ALCOA+ for data you can trust"},
		{"contact tonometer", "K7", "the example from", "tonometer"},
	} {
		h := find(t, search.Find(tt.query, named, said), search.Thing{KSB: tt.ksb})
		if !strings.HasPrefix(h.Label, tt.label) || !strings.Contains(h.Text.Text, tt.text) {
			t.Errorf("%q: %s was found in %q: %q", tt.query, tt.ksb, h.Label, h.Text.Text)
		}
	}
}

func find(t *testing.T, f search.Found, of search.Thing) search.Hit {
	t.Helper()
	i := slices.IndexFunc(f.Hits, func(h search.Hit) bool { return h.Of == of })
	if i < 0 {
		t.Fatalf("%v is not among %d hits", of, len(f.Hits))
	}
	return f.Hits[i]
}

// All the words must be in one text or in the names of its KSB: two words far apart in the coaching say nothing.
func TestAllWordsMustBeInOneText(t *testing.T) {
	texts := []search.Text{
		{Of: search.Thing{KSB: "K1"}, Where: search.InTitle, Text: "Law and code"},
		{Of: search.Thing{KSB: "K1"}, Where: search.InCoaching, Text: "Ask for the red folder."},
		{Of: search.Thing{KSB: "K1"}, Where: search.InCoaching, Text: "Draw a bicycle."},
	}
	x := search.New(texts)
	for query, want := range map[string]bool{"red folder": true, "law bicycle": true, "bicycle folder": false} {
		if f := search.Find(query, x); f.Partial == want || len(f.Hits) != 1 {
			t.Errorf("%q: %+v", query, f)
		}
	}
	if f := search.Find("zebra", x); len(f.Hits) > 0 {
		t.Errorf("zebra finds %+v", f)
	}
}

func TestFindsTheLearnersOwn(t *testing.T) {
	day := calendar.Date{Year: 2026, Month: 11, Day: 5}
	rating := func(note string) profile.Rating { return profile.Rating{On: day, Level: 1, Note: safetext.New(note)} }
	p := profile.Profile{
		Goals: []profile.Goal{{
			ID: "g-1", KSBs: []string{"K18"}, Text: safetext.New("Run the refresher"), Status: profile.GoalActive,
			Actions: []profile.Action{{ID: "a-1", Text: safetext.New("Book the seminar room")}},
		}},
		Evidence: []profile.Evidence{{
			ID: "e-1", KSBs: []string{"K7"}, Kind: "work-product", Title: safetext.New("Probe fault log"),
			Witness: safetext.New("Ms Okafor"),
		}},
		Rounds: []profile.Round{{ID: "baseline", Opened: day, Ratings: map[profile.Rater]map[string]profile.Rating{
			profile.Self: {"K7": rating("The quarantine shelf was full")}, profile.Mentor: {"K8": rating("Hesitates over the zygote")},
		}}},
		Prepared: profile.Private{Wellbeing: safetext.New("Sleepless over the move")},
		Reflections: []profile.Reflection{
			{ID: "r-1", On: day, KSBs: []string{"K33"}, Model: profile.RehearsalModel, Answers: []profile.Answer{
				{Step: "What went well?", Text: safetext.New("Nothing but the quokka")},
			}},
			{ID: "r-2", On: day, KSBs: []string{"K31"}, Model: "driscoll", Answers: []profile.Answer{
				{Step: "What?", Text: safetext.New("A trace with a kiwi in it")},
			}},
		},
	}
	own := search.New(search.Record(p))
	for _, tt := range []struct {
		query, label string
		of           search.Thing
	}{
		{"refresher", "the goal", search.Thing{Goal: "g-1"}},
		{"k18 seminar", "its action", search.Thing{Goal: "g-1"}},
		{"okafor", "who saw it", search.Thing{Piece: "e-1"}},
		{"probe log", "your evidence", search.Thing{Piece: "e-1"}},
		{"quarantine shelf", "your note, 5 Nov 2026", search.Thing{KSB: "K7"}},
		{"kiwi", "your reflection of 5 Nov 2026", search.Thing{KSB: "K31"}},
	} {
		if h := find(t, search.Find(tt.query, named, said, own), tt.of); h.Label != tt.label {
			t.Errorf("%q was found in %q, want %q", tt.query, h.Label, tt.label)
		}
	}
	for _, query := range []string{"zygote", "sleepless", "quokka"} { // covered until both look, private, and of a rehearsal
		if f := search.Find(query, own); len(f.Hits) > 0 {
			t.Errorf("%q finds %+v", query, f.Hits)
		}
	}
}

func TestExcerptShowsTheWords(t *testing.T) {
	long := "Before use an ECG cart has a test label in date, whole cables, the right filters and clock, and sealed electrodes."
	x := search.New([]search.Text{{Of: search.Thing{KSB: "K7"}, Where: search.InCoaching, Label: "an action", Text: long}})
	for room := 1; room < len(long)+5; room++ {
		got := search.Find("filters", x).Hits[0].Says(room, "…")
		if len([]rune(got)) > max(room, 45) || !strings.Contains(got, "filter") || strings.Contains(got, " … ") {
			t.Fatalf("in %d: %q", room, got)
		}
	}
}

// No query, however odd, breaks it, and nothing typed finds every KSB in the order of the duties.
func FuzzFind(f *testing.F) {
	for _, s := range []string{"", "a", "K", "k7 k8", "'", "()", "&&", "李 é", "don't", strings.Repeat("word ", 40), "\x00\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		for _, h := range search.Find(query, named, said).Hits {
			h.Says(20, "…")
		}
	})
}

func TestNothingTypedFindsAll(t *testing.T) {
	walk := content.Standard(library.Default).Walk()
	hits := search.Find(" ", named, said).Hits
	if len(hits) != len(walk) || hits[0].Of.KSB != walk[0] || hits[len(hits)-1].Of.KSB != walk[len(walk)-1] {
		t.Errorf("%d hits", len(hits))
	}
}

// BenchmarkFind is one key press in the finder after three years of notes.
func BenchmarkFind(b *testing.B) {
	std := content.Standard(library.Default)
	own := search.New(search.Record(longrecord.Make(std, calendar.Date{Year: 2026, Month: 11, Day: 22})))
	for _, query := range []string{"p", "pat", "patient", "consent", "hand hygiene", "saefguarding adlts", "what I saw and did"} {
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				search.Find(query, named, said, own)
			}
		})
	}
}

// BenchmarkRecord is what opening the finder costs at the end of three years.
func BenchmarkRecord(b *testing.B) {
	p := longrecord.Make(content.Standard(library.Default), calendar.Date{Year: 2026, Month: 11, Day: 22})
	for b.Loop() {
		search.New(search.Record(p))
	}
}

// BenchmarkContent is what reading all that the coach says costs, once.
func BenchmarkContent(b *testing.B) {
	for b.Loop() {
		library.New().ContentIndex(library.Default)
	}
}

// BenchmarkNames is what the first opening of the finder waits for.
func BenchmarkNames(b *testing.B) {
	for b.Loop() {
		library.New().NameIndex(library.Default)
	}
}
