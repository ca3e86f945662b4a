package seeds_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// growing is a standard of three KSBs, with links and a bundle that pass.
func growing(t *testing.T) (*standard.Standard, coaching.Fields, coaching.Growth) {
	t.Helper()
	std, err := standard.Decode(`reference = "ST0413"
title = "Tiny"
level = 6
[[duty]]
number = 1
text = "Look after it."
ksbs = ["K7", "S7", "B1"]
[[ksb]]
id = "K7"
text = "Devices."
[[ksb]]
id = "S7"
text = "Use them."
[[ksb]]
id = "B1"
text = "Be kind."
`)
	if err != nil {
		t.Fatal(err)
	}
	task := coaching.Task{Sort: profile.Practise, Minutes: 30, Text: "Note one thing.", Who: "Your mentor", Result: "A note"}
	return std, coaching.Fields{Fields: []coaching.Field{{ID: "audiology"}}}, coaching.Growth{
		Links: []coaching.Link{
			{KSBs: [2]string{"K7", "S7"}, Why: "The one is the other at work."},
			{KSBs: [2]string{"K7", "B1"}, Why: "A kind word helps."},
			{KSBs: [2]string{"B1", "S7"}, Why: "So does a clean device."},
		},
		Bundles: []coaching.Bundle{{
			ID: "device", Name: "Tell the life of a device", About: "You tell its life.", Goal: "Tell the life of one device from its own records",
			Hours: 2, OffJob: "ask", Agree: "Your mentor", Leaves: "A page of its life.",
			Serves: []coaching.Serves{
				{KSB: "K7", From: 0, To: 2, Proof: "Level 1: you say when it was bought. Level 2: you say why it was bought."},
				{KSB: "S7", From: 0, To: 1, Proof: "You saw it checked."},
				{KSB: "B1", From: 0, To: 1, Proof: "You asked first."},
			},
			Steps:   []coaching.Task{task, task, task, task},
			Differs: []coaching.Differs{{Fields: []string{"audiology"}, Text: "Take an audiometer."}},
		}},
	}
}

func TestLinterGrowth(t *testing.T) {
	for _, tt := range []struct {
		name   string
		broken func(*coaching.Growth)
		want   string
	}{
		{"sound", func(*coaching.Growth) {}, ""},
		{"a link twice", func(g *coaching.Growth) {
			g.Links = append(g.Links, coaching.Link{KSBs: [2]string{"S7", "K7"}, Why: "Again."})
		}, "link S7 K7: it stands twice, or is one KSB"},
		{"a link of one", func(g *coaching.Growth) {
			g.Links = append(g.Links, coaching.Link{KSBs: [2]string{"S7", "S7"}, Why: "Alone."})
		}, "link S7 S7: it stands twice, or is one KSB"},
		{"a link to nowhere", func(g *coaching.Growth) {
			g.Links = append(g.Links, coaching.Link{KSBs: [2]string{"S7", "S9"}, Why: "Why not."})
		}, `link S7 S9: the standard has no "S9"`},
		{"no reason", func(g *coaching.Growth) { g.Links[0].Why = "" }, "link K7 S7: nothing there; write it"},
		{"few KSBs", func(g *coaching.Growth) { g.Bundles[0].Serves = g.Bundles[0].Serves[:2] }, "device: serves: 2 of them; serve three to six KSBs"},
		{"few steps", func(g *coaching.Growth) { g.Bundles[0].Steps, g.Bundles[0].Hours = g.Bundles[0].Steps[:3], 2 }, "device: step: 3 of them; give four to seven steps"},
		{"hours", func(g *coaching.Growth) { g.Bundles[0].Hours = 3 }, "device: hours: 3 hours, and the steps take 120 minutes; write 2"},
		{"off the job", func(g *coaching.Growth) { g.Bundles[0].OffJob = "maybe" }, `device: offjob: "maybe"; say yes, no or ask`},
		{"a vague goal", func(g *coaching.Growth) { g.Bundles[0].Goal = "Learn about one device and all of its life" }, "device: goal: not specific"},
		{"a goal for you", func(g *coaching.Growth) { g.Bundles[0].Goal = "Tell the life of your one device" }, "device: goal: speaks to the learner"},
		{"a KSB of elsewhere", func(g *coaching.Growth) { g.Bundles[0].Serves[0].KSB = "K99" }, `device: serves K99: "K99" is none, or stands twice`},
		{"a KSB twice", func(g *coaching.Growth) { g.Bundles[0].Serves[0].KSB = "S7" }, "device: serves S7: \"S7\" is none, or stands twice"},
		{"no way up", func(g *coaching.Growth) { g.Bundles[0].Serves[1].To = 0 }, "device: serves S7: from 0 to 0; give the lowest level"},
		{"no line for a level", func(g *coaching.Growth) { g.Bundles[0].Serves[0].Proof = "Level 2: you say why it was bought." }, "device: serves K7: no line for level 1; say 'Level N: you ...'"},
		{"a line that leans on another", func(g *coaching.Growth) {
			g.Bundles[0].Serves[0].Proof = "Level 1: you say when it was bought. Level 2: also why."
		}, `device: serves K7: level 2 begins with "Also"; let the line stand alone`},
		{"weeks that nothing says", func(g *coaching.Growth) { g.Bundles[0].Steps[2].Weeks = 2 }, "device: step 3 weeks: 2 weeks, and the words name none"},
		{"weeks that are not given", func(g *coaching.Growth) { g.Bundles[0].Steps[2].Text = "For two weeks note one thing." }, "device: step 3 weeks: \"For two weeks\" and no weeks"},
		{"beyond 4", func(g *coaching.Growth) { g.Bundles[0].Serves[1].To = 5 }, "device: serves S7: from 0 to 5"},
		{"no sort", func(g *coaching.Growth) { g.Bundles[0].Steps[1].Sort = "" }, `device: step 2 sort: unknown sort ""`},
		{"no time", func(g *coaching.Growth) { g.Bundles[0].Steps[1].Minutes, g.Bundles[0].Steps[0].Minutes = 5, 55 }, "device: step 2 minutes: 5 minutes"},
		{"too much from 0", func(g *coaching.Growth) { g.Bundles[0].Steps[2].Text = "Lead the round." }, `device: step 3 text: "Lead" from level 0`},
		{"an unknown field", func(g *coaching.Growth) { g.Bundles[0].Differs[0].Fields = []string{"audiolgy"} }, `device: differs 1 fields: there is no field "audiolgy"`},
		{"a vague word", func(g *coaching.Growth) { g.Bundles[0].About = "You explore it." }, `device: about: vague word "explore"`},
		{"the wrong word", func(g *coaching.Growth) { g.Bundles[0].Agree = "The maker" }, `"maker" is not the word used here`},
		{"an open end", func(g *coaching.Growth) { g.Bundles[0].Leaves = "A page" }, "device: leaves: no end to the last sentence"},
		{"an id twice", func(g *coaching.Growth) { g.Bundles = append(g.Bundles, g.Bundles[0]) }, `bundle id: the id "device"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			std, fields, g := growing(t)
			tt.broken(&g)
			expect(t, checkGrowth(std, fields, g), tt.want)
		})
	}
}

func TestLinterLinks(t *testing.T) {
	std, _, g := growing(t)
	g.Links = g.Links[1:]
	ps := checkLinks(std, g)
	if len(ps) != 3 {
		t.Fatalf("found %v", ps)
	}
	expect(t, ps[:1], "link K7: not linked with S7, its partner")
	expect(t, ps[1:2], "link K7: 1 links; link it with 2 or more")
	expect(t, ps[2:], "link S7: 1 links; link it with 2 or more")
}

func TestLinterGrowthCounts(t *testing.T) {
	_, _, g := growing(t)
	ps := checkGrowthCounts(g)
	if len(ps) != 2 {
		t.Fatalf("found %v", ps)
	}
	expect(t, ps[:1], "bundle: 1 of them; write 14 or more")
	expect(t, ps[1:], "bundle serves: 3 KSBs; serve 60 or more between them")
}

func TestLinterGrowthRepeats(t *testing.T) {
	_, _, g := growing(t)
	expect(t, checkGrowthRepeats(g, []entry{sound()}), "")
	g.Links = nil
	g.Bundles[0].About = "You tell its life from the very first day to the last. So it goes on."
	e := sound()
	e.Good = "Say it all from the very first day to the last of them."
	expect(t, checkGrowthRepeats(g, []entry{e}), `"from the very first day to the last" stands in`)
}
