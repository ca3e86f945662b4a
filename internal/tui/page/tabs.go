package page

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/tui/widget"
)

// Tab is one list or part of a screen, with its key and its names from long to short. All tabs of a screen have equally
// many names.
type Tab struct {
	Key   key.Binding
	Names []string
}

// TabKeys are the keys of tabs.
func TabKeys(tabs []Tab) []key.Binding {
	keys := make([]key.Binding, len(tabs))
	for i, x := range tabs {
		keys[i] = x.Key
	}
	return keys
}

// Right is the key for the tab to the right; screens may name it in their own words.
func Right() key.Binding { return ui.Bind("→", "list to the right", "right", "l", "tab") }

// Left is the key for the tab to the left.
func Left() key.Binding { return ui.Bind("←", "list to the left", "left", "h", "shift+tab") }

// Turn is the tab that a key goes to, and false if it is no such key.
func Turn(msg tea.KeyPressMsg, tabs []Tab, at int) (to int, ok bool) {
	for i, x := range tabs {
		if key.Matches(msg, x.Key) {
			return i, true
		}
	}
	switch {
	case key.Matches(msg, Right()):
		return (at + 1) % len(tabs), true
	case key.Matches(msg, Left()):
		return (at + len(tabs) - 1) % len(tabs), true
	}
	return at, false
}

// DrawTabs adds the line of tabs to a page, the current one in brackets. If even the shortest names are too long, only
// the current tab is named. A click on the line goes to the next tab.
func DrawTabs(p *ui.Page, tabs []Tab, at int, c *ui.Context) {
	if p.Keys == nil {
		p.Keys = map[int]string{}
	}
	p.Keys[len(p.Body)] = "tab"
	last := len(tabs[at].Names)
	for n := range last + 1 {
		var line []string
		for i, x := range tabs {
			name := ""
			if n < last {
				name = " " + x.Names[n]
			} else if i == at {
				name = " " + x.Names[last-1]
			}
			k := x.Key.Help().Key
			if i == at {
				line = append(line, c.Theme.Accent.Render("["+k+name+"]"))
			} else {
				line = append(line, c.Theme.Key.Render(k)+name)
			}
		}
		if s := strings.Join(line, "  "); widget.Width(s) <= c.Size.W {
			p.Body = append(p.Body, s)
			return
		}
	}
	p.Body = append(p.Body, widget.Cut(tabs[at].Names[last-1], c.Size.W, c.Theme.Glyphs.Cut))
}
