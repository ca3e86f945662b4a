package seeds_test

import (
	"strings"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/library"
)

// What apprentices call their work is understood, or what they may mean is offered.
func TestRolesAreUnderstood(t *testing.T) {
	fields := library.New().Fields(library.Default)
	for role, want := range map[string]string{
		"Radiation physics": "radiation-physics", "Decontamination": "decontamination", "Endoscopy decontamination": "decontamination",
		"Radiology physics": "radiation-physics", "Diagnostic radiology and radiation physics": "radiation-physics",
		"Apprentice, critical care": "critical-care", "Trainee clinical photographer": "medical-illustration",
		"Medical physics": "", "Medical physics, radiotherapy": "radiotherapy-physics", "Laboratory": "", "": "",
	} {
		if got, _ := fields.Of(role); got.ID != want {
			t.Errorf("%q is understood as %q, want %q", role, got.ID, want)
		}
	}
	near := strings.Join(fields.NearNames("Medical physics"), ", ")
	if near != "Radiotherapy physics, Radiation physics and protection, Nuclear medicine" {
		t.Errorf("medical physics is near %s", near)
	}
}
