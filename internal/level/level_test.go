package level_test

import (
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/seeds"
)

func scale(t *testing.T) *level.Scale {
	t.Helper()
	b, err := seeds.FS.ReadFile("levels.toml")
	if err != nil {
		t.Fatal(err)
	}
	f, err := level.DecodeFile(string(b))
	if err != nil {
		t.Fatal(err)
	}
	s, err := f.Scale()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestScaleWords(t *testing.T) {
	s := scale(t)
	if s.Target != 3 {
		t.Errorf("target %d", s.Target)
	}
	if got := s.Words(2).For(standard.Skill); got != "do it under direct supervision" {
		t.Errorf("2 skill: %q", got)
	}
	if got := s.Words(3).For(standard.Behaviour); got != "show it consistently, under pressure too" {
		t.Errorf("3 behaviour: %q", got)
	}
	if got := s.Words(level.NoOpportunity).Name; got != "No opportunity" {
		t.Errorf("none: %q", got)
	}
	if got := s.Seen(level.NoOpportunity, standard.Behaviour); got != "the post gives no chance to show this" {
		t.Errorf("none, as a mentor says it: %q", got)
	}
	if got := s.Seen(2, standard.Skill); got != s.Words(2).Skill {
		t.Errorf("2, as a mentor says it: %q", got)
	}
	if !s.Others("ST0413", "S9") || s.Others("ST0413", "S6") {
		t.Error("S9 includes supporting others, S6 does not")
	}
}

func TestParse(t *testing.T) {
	for in, want := range map[string]level.Level{"0": 0, "4": 4, "none": level.NoOpportunity} {
		if got, err := level.Parse(in); err != nil || got != want || got.String() != in {
			t.Errorf("Parse(%q) = %v, %v", in, got, err)
		}
	}
	for _, in := range []string{"", "5", "7", "-1", "03", "None", "n", "2 "} {
		if _, err := level.Parse(in); err == nil {
			t.Errorf("Parse(%q) accepted", in)
		}
	}
}

func TestExpected(t *testing.T) {
	c := scale(t).Curve
	for _, x := range []struct {
		month, length int
		target, want  level.Level
	}{
		{0, 36, 3, 0},
		{5, 36, 3, 0},
		{6, 36, 3, 1},
		{11, 36, 3, 1},
		{12, 36, 3, 2},
		{14, 36, 3, 2},
		{32, 36, 3, 2},
		{33, 36, 3, 3},
		{36, 36, 3, 3},
		{99, 36, 3, 3},
		{-4, 36, 3, 0},
		{14, 36, 4, 2},
		{36, 36, 4, 4},
		{14, 36, 1, 0},
		{33, 36, 1, 1},
		{12, 72, 3, 1},
		{24, 72, 3, 2},
		{66, 72, 3, 3},
		{65, 72, 3, 2},
		{6, 18, 3, 2},
		{12, 0, 3, 2},
	} {
		if got := c.Expected(x.target, x.month, x.length); got != x.want {
			t.Errorf("month %d of %d, target %d: %d, want %d", x.month, x.length, x.target, got, x.want)
		}
	}
	if got := (level.Curve{}).Expected(3, 36, 36); got != 0 {
		t.Errorf("no curve expects %d", got)
	}
}

func TestExpectedNeverFallsAndEndsAtTheTarget(t *testing.T) {
	c := scale(t).Curve
	for length := 1; length <= 72; length++ {
		for target := level.Level(1); target <= level.Max; target++ {
			prev := level.Level(0)
			for m := 0; m <= length; m++ {
				got := c.Expected(target, m, length)
				if got < prev {
					t.Fatalf("length %d, target %d: falls to %d at month %d", length, target, got, m)
				}
				prev = got
			}
			if prev != target {
				t.Fatalf("length %d: %d at the end, want %d", length, prev, target)
			}
		}
	}
}

func TestNewCurveRefuses(t *testing.T) {
	for name, points := range map[string][][2]int{
		"one point": {{0, 0}}, "falls": {{0, 50}, {36, 40}}, "not rising": {{5, 0}, {5, 10}}, "over 100": {{0, 0}, {36, 101}}, "outside": {{0, 0}, {37, 100}}, "negative": {{-1, 0}, {36, 100}},
	} {
		if _, err := level.NewCurve(36, points); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := level.NewCurve(0, [][2]int{{0, 0}, {1, 1}}); err == nil {
		t.Error("no months: accepted")
	}
}
