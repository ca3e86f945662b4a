package standard

import (
	"slices"
	"testing"
)

func TestCode(t *testing.T) {
	for in, want := range map[string]string{
		"K7": "K7", "k7": "K7", "K07": "K7", "k 7": "K7", " s-12 ": "S12", "b6.": "B6", "K007": "K7", "K0": "K0", "K10": "K10",
		"K77": "K77", "seven": "SEVEN", "": "", "7": "7", "KK7": "KK7",
	} {
		if got := Code(in); got != want {
			t.Errorf("Code(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string][]string{
		"K7, s7 and B1": {"K7", "s7", "B1"}, "k 7, K08": {"k7", "K08"}, "K7/S7;B1": {"K7", "S7", "B1"}, " , ": nil, "": nil, "K 7 8": {"K7", "8"},
	} {
		if got := Codes(in); !slices.Equal(got, want) {
			t.Errorf("Codes(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]Kind{"K": Knowledge, "knowledge": Knowledge, "Skills": Skill, "behaviour": Behaviour, "b": Behaviour, "": 0, "x": 0, "kno": 0} {
		if got, ok := ReadKind(in); got != want || ok != (want != 0) {
			t.Errorf("ReadKind(%q) = %v, %v", in, got, ok)
		}
	}
}
