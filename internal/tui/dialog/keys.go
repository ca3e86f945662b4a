package dialog

import (
	"charm.land/bubbles/v2/key"

	"github.com/ksbcoach/ksbcoach/internal/lazy"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
)

// keySet is the keys of what stands in front of a screen.
type keySet struct {
	keyUp, keyDown, keyPgUp, keyPgDn, keyClose, findOpen, findRead, findRate, findDo, boxChoose, menuPick, formNext, formPrev, formDone, formSend, formTake, formPick, formLine, doIt, findKeys key.Binding
}

var keyring = lazy.Value[*keySet]{Make: func() *keySet {
	return &keySet{
		keyUp:     ui.Bind("↑", "up", "up", "k"),
		keyDown:   ui.Bind("↓", "down", "down", "j"),
		keyPgUp:   ui.Bind("pgup", "page up", "pgup"),
		keyPgDn:   ui.Bind("pgdn", "page down", "pgdown"),
		keyClose:  ui.Bind("esc", "back", "esc"),
		findOpen:  ui.Bind("enter", "open it", "enter"),
		findRead:  ui.Bind("enter", "read about it", "enter", "tab"),
		findRate:  ui.Bind("ctrl+r", "rate it", "ctrl+r"),
		findDo:    ui.Bind("ctrl+p", "commands", "ctrl+p"),
		boxChoose: ui.Bind("↑↓", "choose", "up", "down"),
		menuPick:  ui.Bind("enter", "choose", "enter", "space"),
		formNext:  ui.Bind("tab", "next field", "tab"),
		formPrev:  ui.Bind("shift+tab", "back", "shift+tab"),
		formDone:  ui.Bind("enter", "on", "enter"),
		formSend:  ui.Bind("ctrl+s", "send now", "ctrl+s"),
		formTake:  ui.Bind("→", "take it", "right", "ctrl+e", "end"),
		formPick:  ui.Bind("enter", "take it", "enter"),
		formLine:  ui.Bind("ctrl+j", "new line", "ctrl+j", "alt+enter", "shift+enter"),
		doIt:      ui.Bind("enter", "do it", "enter"),
		findKeys:  ui.Bind("/", "find instead", "/"),
	}
}}

func keys() *keySet { return keyring.Get() }
