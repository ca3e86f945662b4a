package handout_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
)

var (
	update = flag.Bool("update", false, "write the golden reports anew")
	today  = calendar.Of(2026, 11, 22)
	lib    = library.New()
)

// coach gives every KSB the same coaching, so that the golden reports do not change with the real coaching.
func coach(ksb string) (coaching.Entry, bool) {
	return coaching.Entry{KSB: ksb, Support: "Ask for an hour with somebody who does it.", Actions: []coaching.Action{
		{Sort: profile.People, Text: "Watch it once, and try it under supervision.", Who: "A colleague who does it"},
	}}, true
}

func source(p profile.Profile) handout.Source {
	return handout.Source{
		Profile: p, Standard: lib.Standard(library.Default), Scale: lib.Scale(), Today: today,
		Coach:     coach,
		Title:     func(ksb string) string { return lib.Title(library.Default, ksb) },
		DutyTitle: func(duty int) string { return lib.DutyTitle(library.Default, duty) },
	}
}

// text is a report as plain text, with lines so long that no phrase is broken.
func text(p profile.Profile, o handout.Options) string {
	return string(export.Text(handout.Doc(source(p), o), 100000))
}

func TestReportsReadLikeThis(t *testing.T) {
	forms := map[string]handout.Options{"redacted": {Redacted: true}, "private": {Include: handout.Parts}}
	for _, audience := range handout.Audiences {
		forms[string(audience)] = handout.Options{For: audience}
	}
	for name, o := range forms {
		got := export.Text(handout.Doc(source(lib.Demo(today)), o), export.PlainWidth)
		path := filepath.Join("testdata", name+".txt")
		if *update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(path); err != nil || string(want) != string(got) {
			t.Errorf("%s differs from its golden file, %v; run go test ./internal/handout -update and read it:\n%s", name, err, got)
		}
	}
}

const (
	learner  handout.Audience = "learner"
	mentor   handout.Audience = "mentor"
	manager  handout.Audience = "manager"
	provider handout.Audience = "provider"
	notes                     = "notes" // of handout.Parts
)

// covered marks the mentor's notes: they are among the notes if the learner may see them, and nowhere else.
const covered = "covered"

// marked is the sample learner with a different word in every private field.
func marked() (profile.Profile, map[string][]string) {
	p := lib.Demo(today)
	words := map[string][]string{}
	mark := func(part string) safetext.Text {
		word := fmt.Sprintf("xyzzy-%s-%d.", part, len(words[part]))
		words[part] = append(words[part], word)
		return safetext.New(word)
	}
	p.Prepared = profile.Private{
		Wellbeing: mark(profile.ShareWellbeing), Workload: mark(profile.ShareWorkload),
		Support: mark(profile.ShareSupport), Adjust: mark(profile.ShareAdjust),
	}
	for i := range p.Reviews {
		r := &p.Reviews[i]
		r.Wellbeing, r.Workload, r.Support, r.Adjust = mark("never"), mark("never"), mark("never"), mark("never")
		r.Agreed = mark("never")
	}
	for i := range p.Reflections {
		for j := range p.Reflections[i].Answers {
			p.Reflections[i].Answers[j].Text = mark(profile.ShareReflections)
		}
	}
	p.Reflections = append(p.Reflections, profile.Reflection{
		ID: "r-1", On: today, Model: profile.RehearsalModel, Answers: []profile.Answer{{Step: "1", Text: mark("never")}},
	})
	last := &p.Rounds[len(p.Rounds)-1]
	for _, by := range []profile.Rater{profile.Self, profile.Mentor} {
		part := map[profile.Rater]string{profile.Self: notes, profile.Mentor: covered}[by]
		for id, x := range last.Ratings[by] {
			x.Note = mark(part)
			last.Ratings[by][id] = x
		}
	}
	for id, d := range last.Differ {
		d.Note = mark("never")
		last.Differ[id] = d
	}
	for i := range p.Goals {
		g := &p.Goals[i]
		g.Why, g.Note = mark(notes), mark(notes)
		for j := range g.Actions {
			g.Actions[j].Note, g.Actions[j].IfThen = mark(notes), mark("never")
		}
	}
	return p, words
}

// No report holds anything private that is not included by name, whoever it is for.
func TestPrivateWordsStayOutUnlessIncludedByName(t *testing.T) {
	p, marks := marked()
	for _, audience := range handout.Audiences {
		for _, include := range append([]string{""}, handout.Parts...) {
			out := text(p, handout.Options{For: audience, Include: []string{include}})
			for part, words := range marks {
				for _, word := range words {
					has, want := strings.Contains(out, word), part == include
					if part == covered {
						want = has && include == notes
					}
					if has != want {
						t.Errorf("for the %s with %q: %s is in it: %t", audience, include, word, has)
					}
				}
			}
		}
	}
}

// filled sets every text and name in a record to a word that must not be in a redacted report.
func filled(v reflect.Value) {
	const word = "freetext"
	switch {
	case v.Type() == reflect.TypeFor[safetext.Text]():
		if v.CanSet() {
			v.Set(reflect.ValueOf(safetext.New(word)))
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if !v.Type().Field(i).IsExported() {
				continue
			}
			switch f := v.Field(i); v.Type().Field(i).Name {
			case "ID", "Model", "Step", "Theory", "Hash", "Kind":
				if f.Kind() == reflect.String && f.Type() == reflect.TypeFor[string]() {
					f.SetString(word + f.String())
				}
			default:
				filled(f)
			}
		}
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			filled(v.Index(i))
		}
	case v.Kind() == reflect.Map && v.Type().Elem().Kind() != reflect.Int8:
		for _, key := range v.MapKeys() {
			x := reflect.New(v.Type().Elem()).Elem()
			x.Set(v.MapIndex(key))
			filled(x)
			v.SetMapIndex(key, x)
		}
	}
}

func TestARedactedReportHoldsNoWordThatAnybodyTyped(t *testing.T) {
	p := lib.Demo(today)
	filled(reflect.ValueOf(&p).Elem())
	if plain := text(p, handout.Options{For: mentor}); strings.Count(plain, "freetext") < 20 {
		t.Fatalf("the record was not filled:\n%s", plain)
	}
	out := text(p, handout.Options{Redacted: true, Include: handout.Parts})
	if strings.Contains(out, "freetext") {
		t.Errorf("a word is in it:\n%s", out)
	}
	for _, want := range []string{"K8", "19 Nov 2026", "month 14 of 36"} {
		if !strings.Contains(out, want) {
			t.Errorf("%s is not in it:\n%s", want, out)
		}
	}
	for range 20 { // people keep their letters
		if again := text(p, handout.Options{Redacted: true}); again != out {
			t.Fatal("it differs from run to run")
		}
	}
}

// A report that names the learner does not say "you", and the manager's shows no single level.
func TestEachAudienceReadsWhatIsForThem(t *testing.T) {
	p := lib.Demo(today)
	parts := func(a handout.Audience) []string {
		d := handout.Doc(source(p), handout.Options{For: a})
		return d.Parts()
	}
	for audience, want := range map[handout.Audience]struct{ has, not []string }{
		learner:  {[]string{"Questions to ask", "Before the meeting"}, nil},
		mentor:   {[]string{"Questions to ask", "Evidence"}, []string{"Before the meeting"}},
		manager:  {[]string{"Chances to ask for", "Proud of"}, []string{"Evidence", "Questions to ask", "Agreed levels"}},
		provider: {[]string{"Evidence", "Agreed levels"}, []string{"Questions to ask"}},
	} {
		got := parts(audience)
		for _, x := range want.has {
			if !slices.Contains(got, x) {
				t.Errorf("the %s does not read %q: %q", audience, x, got)
			}
		}
		for _, x := range want.not {
			if slices.Contains(got, x) {
				t.Errorf("the %s reads %q", audience, x)
			}
		}
		if got[0] != "In short" || got[len(got)-1] != "What the figures mean" {
			t.Errorf("%s: %q", audience, got)
		}
		if out := text(p, handout.Options{For: audience}); audience != learner && strings.Contains(out, "You have") {
			t.Errorf("the %s is told %q", audience, "You have")
		}
	}
}

// The report of a learner who has just begun, or whose dates are not known, has no empty parts.
func TestAReportOfABeginner(t *testing.T) {
	p := profile.Profile{Standard: library.Default, Learner: profile.Learner{Name: safetext.New("Sam")}}
	for _, o := range []handout.Options{{}, {For: manager}, {Redacted: true}} {
		d := handout.Doc(source(p), o)
		for i, b := range d.Blocks {
			if h, ok := b.(doc.Heading); ok {
				if i == len(d.Blocks)-1 {
					t.Errorf("there is nothing below %q", h.Text)
				} else if next, ok := d.Blocks[i+1].(doc.Heading); ok && next.Depth <= h.Depth {
					t.Errorf("there is nothing below %q", h.Text)
				}
			}
		}
		want := []string{"In short", "To sign", "What the figures mean"}
		if o.Redacted {
			want = []string{"In short", "What the figures mean"}
		}
		if got := d.Parts(); !slices.Equal(got, want) {
			t.Errorf("%+v: the parts are %q", o, got)
		}
	}
	for want, l := range map[string]profile.Learner{
		"Progress report": {}, "Progress report: Sam": {Name: safetext.New("Sam")}, "Progress report: audiology": {Role: safetext.New("audiology")},
	} {
		if got := handout.Doc(source(profile.Profile{Standard: library.Default, Learner: l}), handout.Options{}).Title; got != want {
			t.Errorf("the title is %q, want %q", got, want)
		}
	}
}
