package theme

import "testing"

// A Style renders what Lip Gloss would render.
func TestStyleRendersAsLipGlossDoes(t *testing.T) {
	for _, dark := range []bool{true, false} {
		x := New(dark, false)
		for i, s := range []Style{x.Plain, x.Title, x.Accent, x.Behind, x.Below, x.Met, x.Faint, x.Danger, x.Key} {
			for _, text := range []string{"", "x", "two words", "K8 ▪▪▫", "one\ntwo", "a\tb", "\x1b[1mbold\x1b[m and not"} {
				if got, want := s.Render(text), s.whole.Render(text); got != want {
					t.Errorf("style %d, %q: %q, the library gives %q", i, text, got, want)
				}
			}
			if got, want := s.Render("a", "b"), s.whole.Render("a", "b"); got != want {
				t.Errorf("style %d, two texts: %q, the library gives %q", i, got, want)
			}
		}
	}
}
