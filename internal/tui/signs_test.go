package tui

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/testneed"
	"github.com/ksbcoach/ksbcoach/internal/tui/theme"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// firstSign begins the private use area, of which no text has a rune.
const firstSign = '\ue000'

// marked returns a theme in which each glyph is a rune of its own, and the name of the glyph of each rune. So a glyph
// can be told from words, and from another glyph that looks the same.
func marked() (*theme.Theme, map[rune]string) {
	t, names, next := *theme.New(true, false), map[rune]string{}, firstSign
	g := reflect.ValueOf(&t.Glyphs).Elem()
	sign := func(name string) string {
		names[next] = name
		next++
		return string(next - 1)
	}
	for i := range g.NumField() {
		switch f, name := g.Field(i), g.Type().Field(i).Name; f.Kind() {
		case reflect.String:
			f.SetString(sign(name))
		default: // bars of rising height
			steps := slices.Clone(f.Interface().([]string))
			for n := range steps {
				steps[n] = sign(name)
			}
			f.Set(reflect.ValueOf(steps))
		}
	}
	return &t, names
}

// plainGlyphs need no explanation: lines that only divide a page, and the arrow keys, which are explained as keys.
var plainGlyphs = []string{"Rule", "Bar", "Up", "Across"}

// The help page of a screen explains every sign that the screen draws at any size.
func TestTheHelpExplainsEverySign(t *testing.T) {
	t.Parallel()
	fresh := profile.Profile{Standard: library.Default, Learner: profile.Learner{Name: text("Sam")}}
	undated := *demoProfile()
	undated.Learner.Start, undated.Learner.Gateway = calendar.Date{}, calendar.Date{}
	for who, p := range map[string]*profile.Profile{"demo": demoProfile(), "fresh": &fresh, "undated": &undated} {
		for name, keys := range places {
			if who != "demo" && !testneed.Tries(who+name, 12) {
				continue
			}
			t.Run(who+"/"+name, func(t *testing.T) {
				t.Parallel()
				r := newRig(t, p, 80, 24)
				r.keys(keys...)
				r.explainsItsSigns("signs/" + who + "/" + name)
			})
		}
	}
	r := newSheetRig(t, aSheet("Asha Patel", "J. Ode"), 80, 24, nil)
	for _, key := range []string{"", "enter", "enter", "3", "left"} {
		if key != "" {
			r.keys(key)
		}
		r.explainsItsSigns("signs/sheet/" + key)
	}
}

// explainsItsSigns checks that, at the sizes of a sweep with this name.
func (r *rig) explainsItsSigns(name string) {
	r.tb.Helper()
	if r.a.front != nil {
		return // its words explain it, and most take a question mark as a letter
	}
	was := r.a.theme
	defer func() { r.a.theme = was }()
	looks, names := marked()
	r.a.theme = looks
	explained := shownBy(r.a.help(), r.a.context(), ui.NewSize(92, 1000))
	missing := map[string]string{}
	sizes(name, func(cols, rows int) {
		r.a.Update(tea.WindowSizeMsg{Width: cols, Height: rows})
		if r.a.tooSmall() {
			return
		}
		c := r.a.context()
		for _, x := range shownBy(r.a.screen(), c, c.Size) {
			sign := names[x]
			switch {
			case sign != "" && !slices.Contains(plainGlyphs, sign) && !slices.Contains(explained, x):
				missing[sign] = "the help page does not name it"
			case sign == "" && x > unicode.MaxASCII && unicode.IsSymbol(x):
				missing[string(x)] = "no theme has it"
			}
		}
	})
	for sign, says := range missing {
		r.tb.Errorf("%s, %s: %s", titleOf[r.a.current()], sign, says)
	}
}

// shownBy returns the runes of a page, including the pane beside it.
func shownBy(v interface{ View(*ui.Context) ui.Page }, c *ui.Context, size ui.Size) []rune {
	was := c.Size
	c.Size = size
	p := v.View(c)
	out := []rune(ansi.Strip(p.Left + p.Right + strings.Join(p.Lines(c.Theme, size.H), "")))
	c.Size = was
	return out
}
