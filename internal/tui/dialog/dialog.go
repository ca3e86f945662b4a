// Package dialog is what comes in front of a screen for a moment: forms, menus, the finder and the help page. A dialog
// takes the whole body, so that a screen reader finds nothing behind it.
package dialog

import (
	tea "charm.land/bubbletea/v2"

	"charm.land/bubbles/v2/key"

	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// Dialog is one of them. Update says how it ended, or nil while it goes on.
type Dialog interface {
	Update(msg tea.Msg, c *ui.Context) Outcome
	View(c *ui.Context) ui.Page
	Keys() []key.Binding
	// Typing says whether keys are text, so that the root leaves them alone.
	Typing() bool
}

// Outcome is how a dialog ended.
type Outcome interface{ outcome() }

// Closed says that a dialog was left.
type Closed struct{}

// Sent is what was typed into a form that was sent.
type Sent struct{ Values ui.Values }

// Picked is the option that was chosen from a menu.
type Picked struct{ Index int }

// Typed says that text came to a list of names: it belongs into the form in which a name is typed.
type Typed struct{}

// Jump is a place that was found.
type Jump struct{ Go ui.Go }

func (Closed) outcome() {}
func (Sent) outcome()   {}
func (Picked) outcome() {}
func (Typed) outcome()  {}
func (Jump) outcome()   {}
