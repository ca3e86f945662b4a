package profile_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

func TestDecodeReadsEverything(t *testing.T) {
	curve, err := level.NewCurve(36, [][2]int{{0, 0}, {12, 50}, {36, 100}})
	if err != nil {
		t.Fatal(err)
	}
	want := profile.Profile{
		Standard: "ST0413",
		Learner: profile.Learner{
			Name: text("Asha Patel"), Role: text("Cardiac physiology"), Start: calendar.Of(2025, 9, 15), Gateway: calendar.Of(2028, 9, 14), Review: calendar.Of(2026, 12, 11),
		},
		Pauses:  []profile.Pause{{From: calendar.Of(2026, 2, 1), To: calendar.Of(2026, 3, 31)}},
		Targets: map[string]level.Level{"S17": 4},
		Curve:   curve,
		Rounds: []profile.Round{
			{ID: "baseline", Opened: calendar.Of(2025, 9, 20), Closed: calendar.Of(2025, 9, 28), Ratings: map[profile.Rater]map[string]profile.Rating{
				profile.Self: {
					"K7": {Level: 1, On: calendar.Of(2025, 9, 20)},
					"B1": {Level: 2, On: calendar.Of(2025, 9, 21), Note: text("Told a carer we ran late")},
				},
			}},
			{ID: "review-1", Opened: calendar.Of(2026, 9, 1), Ratings: map[profile.Rater]map[string]profile.Rating{
				profile.Self: {
					"K7":  {Level: 3, On: calendar.Of(2026, 9, 2), Note: text("Probe fault.\nFound by me.")},
					"S24": {Level: level.NoOpportunity, On: calendar.Of(2026, 9, 2)},
					"K8":  {Level: 2, On: calendar.Of(2026, 9, 2)},
					"K10": {Level: 2, On: calendar.Of(2026, 9, 2)},
				},
				profile.Mentor: {"K7": {Level: 2, On: calendar.Of(2026, 9, 9), By: text("J. Ode")}},
				profile.Agreed: {"K7": {Level: 2, On: calendar.Of(2026, 9, 9), By: text("J. Ode"), Reason: text("limits still prompted")}},
			}, Others: map[string][]profile.Rating{"K7": {{Level: 3, On: calendar.Of(2026, 9, 8), By: text("R. Lindqvist"), Note: text("in clinic 2")}}}},
		},
		Evidence: []profile.Evidence{
			{ID: "e-7f3k", KSBs: []string{"K7", "S7"}, On: calendar.Of(2026, 8, 14), Kind: "work-product", Title: text("Probe fault log, anonymised"), Where: text("Equipment folder"), Witness: text("J. Ode")},
			{ID: "e-1aaa", KSBs: []string{"B1"}, On: calendar.Of(2026, 8, 15), Kind: profile.KindExample, Title: text("Offered a chair"), Duty: 3},
		},
		Reflections: []profile.Reflection{{
			ID: "r-2fvh", On: calendar.Of(2026, 9, 3), Model: "driscoll", Goal: "g-2mq9", KSBs: []string{"K7"},
			Answers: []profile.Answer{{Step: "what", Text: text("I named the check and not its limits.")}, {Step: "patients", Text: text("A faulty probe\nlooks like a faulty heart.")}},
		}},
		Goals: []profile.Goal{{
			ID: "g-2mq9", KSBs: []string{"K7"}, Text: text("Say what each probe check cannot catch"), Status: profile.GoalActive, Set: calendar.Of(2026, 9, 4), Due: calendar.Of(2026, 12, 31),
			Theory: "goal-setting", Why: text("1 below target"),
			Actions: []profile.Action{
				{ID: "a-91xd", Sort: profile.People, Text: text("Shadow a service visit"), Who: text("Medical engineering"), Due: calendar.Of(2026, 10, 31), Shows: text("note of what the visit checks"), Status: profile.ActionOpen},
				{ID: "a-91xe", Sort: profile.Practise, Text: text("Read the manual"), Status: profile.ActionNotDone, Note: text("The manual was out on loan"), Closed: calendar.Of(2026, 10, 1)},
			},
		}},
	}
	got := decode(t, full).Profile
	if len(got.Reviews) != 1 || got.Reviews[0].ID != "r-5k0z" {
		t.Errorf("reviews: %+v", got.Reviews)
	}
	got.Reviews = nil
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
}

// Unknown keys are kept and noted, so that a misspelt key is noticed. The table [mine] is the learner's own and not
// noted.
func TestDecodeNamesUnknownKeys(t *testing.T) {
	var got []string
	for _, n := range decode(t, full).Notes {
		got = append(got, written(n))
	}
	const says = ": not a key of ksbcoach; it is kept as it is | nothing needs doing if it is yours; check the spelling otherwise"
	if want := []string{"4:1 colour" + says, "44:51 round.mentor.K7.mood" + says}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDecodeReadsOtherFormsOfTOML(t *testing.T) {
	want := decode(t, small).Profile
	for name, src := range map[string]string{
		"CRLF":             "format = 1\r\nstandard = \"ST0413\"\r\n[learner]\r\nname = \"Asha\"\r\n[[round]]\r\nid = \"baseline\"\r\nopened = 2025-09-20\r\n[round.self]\r\nK7 = { level = 1, on = 2025-09-20 }\r\n",
		"byte order mark":  "\ufeff" + small,
		"no last line end": small[:len(small)-1],
		"all inline":       "format = 1\nstandard = 'ST0413'\nlearner = { name = \"Asha\" }\nround = [ { id = \"baseline\", opened = 2025-09-20, self = { K7 = { level = 1, on = 2025-09-20 } } } ]\n",
		"dotted":           "format = 1\nstandard = \"ST0413\"\nlearner.name = \"\"\"Asha\"\"\"\n[[round]]\nid = \"baseline\"\nopened = 2025-09-20\nself.K7.level = 1\nself.K7.on = 2025-09-20\n",
		"quoted keys":      "\"format\" = 1\n'standard' = \"ST0413\"\n[\"learner\"]\n\"na\\u006de\" = \"Asha\"\n[['round']]\nid = \"baseline\"\n'opened' = 2025-09-20\n[round.\"self\"]\n\"K7\" = { \"level\" = 0x1, on = 2025-09-20 }\n",
		"a table a row":    "format = +1\nstandard = \"ST0413\"\n[[round]]\nid = \"baseline\"\nopened = 2025-09-20\n[round.self.K7]\nlevel = 1\non = 2025-09-20\n[learner]\nname = \"Asha\"\n",
	} {
		t.Run(name, func(t *testing.T) {
			if got := decode(t, src).Profile; !reflect.DeepEqual(got, want) {
				t.Errorf("\n got %+v\nwant %+v", got, want)
			}
		})
	}
}

func TestDecodeFillsInDefaults(t *testing.T) {
	p := decode(t, small+"[[goal]]\nid = \"g\"\nksbs = [\"K7\", \"S7\", \"K7\"]\ntext = \"x\"\n[[goal.action]]\nid = \"a\"\ntext = \"y\"\n[[evidence]]\nid = \"e\"\nksbs = [\"K7\"]\non = 2026-01-01\ntitle = \"z\"\n").Profile
	g := p.Goals[0]
	if g.Status != profile.GoalActive || g.Actions[0].Status != profile.ActionOpen || g.Actions[0].Sort != profile.Practise || p.Evidence[0].Kind != profile.KindExample {
		t.Errorf("%+v, %+v", g, p.Evidence)
	}
	if !slices.Equal(g.KSBs, []string{"K7", "S7"}) {
		t.Errorf("codes %v", g.KSBs)
	}
}
