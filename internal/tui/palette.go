package tui

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/privacy"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/tui/dialog"
	"github.com/ksbcoach/ksbcoach/internal/tui/ui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// A command is a row of the palette, with what it does.
type command struct {
	dialog.Command
	do func() tea.Cmd
}

// openPalette opens the palette of what can be done on this screen and on the others.
func (a *app) openPalette() {
	list := a.commands()
	a.front = dialog.NewPalette(lists.Each(list, func(x command) dialog.Command { return x.Command }))
	a.reply = reply{picked: func(i int) tea.Cmd { return list[i].do() }}
}

// switchPalette opens the palette from a screen or from the finder, and the finder from the palette. False means that
// the key is not for that.
func (a *app) switchPalette(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch d := a.front.(type) {
	case nil:
		if key.Matches(msg, global.palette) {
			a.openPalette()
			return nil, true
		}
	case *dialog.Find:
		if key.Matches(msg, global.palette) && (msg.String() != ":" || d.Empty()) {
			a.openPalette()
			return nil, true
		}
	case *dialog.Palette:
		if key.Matches(msg, global.find) && d.Empty() {
			return a.performAndSave(ui.Asks(ui.Find{})), true
		}
	}
	return nil, false
}

// keysElsewhere are the keys of each screen that the palette offers on the others. They must only lead somewhere, and
// change nothing by themselves. The screens say what each does.
var keysElsewhere = []struct {
	on   ui.Name
	keys []string
}{
	{ui.Home, []string{"r", "g", "p", "e", "a", "t", "b", "d"}},
	{ui.Gaps, []string{"+", "o", "x", "m"}},
	{ui.Plan, []string{"n", "b", "v"}},
	{ui.Evidence, []string{"a", "x", "w", "o", "m"}},
	{ui.Appraisal, []string{"a", "m", "f", "r", "n", "o", "w"}},
	{ui.Progress, []string{"b", "f"}},
}

// fileCommands write a file or read one. They have no key, but most of them are also rows of Appraisal.
var fileCommands = []struct {
	name, also string
	ask        ui.Ask
}{
	{
		"Write what I bring to a review into a file", "export report pack print send prepare this page",
		ui.Write{Paper: ui.PackPaper},
	},
	{
		"Write the chances to ask for into a file", "export opportunity rotation manager",
		ui.Write{Paper: ui.ChancePaper},
	},
	{
		"Write the index of my portfolio into a file", "export evidence matrix e-portfolio list html pdf send",
		ui.Write{Paper: ui.IndexPaper},
	},
	{
		"Put the dates into my calendar", "export ics outlook google apple reminder review action due",
		ui.Report{Format: "ics", Write: true},
	},
	{
		"Write a report of everything, for whom you choose",
		"export html web page pdf print send share excel csv mentor manager provider",
		ui.Report{},
	},
	{"Make a rating sheet for a mentor elsewhere", "export send file", ui.Sheet{}},
	{sheetTitle, "import mentor file", ui.Sheet{Take: true}},
	{scanTitle, "import ratings excel xlsx csv json spreadsheet provider self-assessment file", ui.Scan{}},
	{copiesTitle, "merge conflict onedrive dropbox syncthing duplicate version", ui.Copies{}},
}

// alsoCalled are other words, by which the palette also finds what a key does. The names of the commands of the command
// line are among them.
var alsoCalled = map[string]string{
	"rate": "next level start", "gaps": "status strengths target", "plan": "goal action reflect reflection",
	"details": "name role field start date settings", "my mentor rates": "compare reveal agree differ difference",
	"appraisal": "review meeting prepare round", "progress": "history pace round", "evidence": "example claim",
	"no opportunity": "rotation shadowing chance", "prepare": "bring report pack",
	"find by code or by any word: KSBs, coaching, your notes, goals and evidence": "search standard facts coaching",
	"undo": "take back revert", "leave": "quit exit close", "leave from anywhere": "quit exit close program",
	"note": "comment write", "example": "evidence", "back": "previous screen return", "help": "keys explain",
}

// commands lists what can be done: on this screen, everywhere, and on the other screens. While a mentor rates blind,
// and on a rating sheet, the other screens are left out.
func (a *app) commands() []command {
	c := a.context()
	list := a.onScreen(c)
	everywhere := []key.Binding{
		global.find, global.back, global.help, global.mouse, global.colours, global.save,
		global.suspend, global.leave,
	}
	if !a.isSheet() {
		everywhere = slices.Insert(everywhere, 1, global.evidence)
	}
	for _, b := range everywhere {
		list = append(list, a.commandFor(b, b.Keys()[0], ""))
	}
	if a.blind() || a.isSheet() {
		return list
	}
	for _, x := range keysElsewhere {
		if x.on == a.current() {
			continue
		}
		for _, b := range a.screens[x.on].Keys(c).All() {
			if slices.Contains(x.keys, b.Keys()[0]) {
				list = append(list, a.commandFor(b, b.Keys()[0], x.on))
			}
		}
	}
	for _, x := range fileCommands {
		list = append(list, command{
			dialog.Command{Name: x.name, Also: x.also},
			func() tea.Cmd { return a.performAndSave(ui.Asks(x.ask)) },
		})
	}
	list = append(list, command{dialog.Command{
		Name: session.RestoreTitle, Also: "undo mistake backups history earlier recover lost damaged revert before",
	}, a.restore})
	return append(list, command{dialog.Command{
		Name: privacy.Comeback, Also: "privacy guard check NHS number name identifier confidential redact anonymise " +
			"GDPR",
	}, a.guardAll})
}

// onScreen lists the keys of the screen that is shown, without those that only move the cursor.
func (a *app) onScreen(c *ui.Context) (list []command) {
	seen := map[string]bool{}
	for _, b := range a.screen().Keys(c).All() {
		first := b.Keys()[0]
		if onlyMoves(first) || seen[first] {
			continue
		}
		seen[first] = true
		rates := slices.Contains(b.Keys(), "0") && !slices.Contains(b.Keys(), "5") // ui.Digits
		switch {
		case rates:
			for l := range level.Max + 1 {
				one := a.commandFor(b, l.Key(), "")
				one.Key = l.Key()
				one.Name += ": " + l.Key() + " " + a.o.Library.Scale().Words(l).Name
				list = append(list, one)
			}
		case len(b.Keys()) > 1 && strings.Trim(first, "0123456789") == "":
			x := a.commandFor(b, first, "") // for several digits: the learner must say which
			x.do = func() tea.Cmd { return a.showMessage("Press " + b.Help().Key + " for it.") }
			list = append(list, x)
		default:
			list = append(list, a.commandFor(b, first, ""))
		}
	}
	return list
}

// onlyMoves says whether a key only moves the cursor.
func onlyMoves(name string) bool {
	return movement[name] || slices.Contains([]string{"left", "right"}, name)
}

// commandFor makes the command that presses a key of a binding: on the screen named on or, for "", on the one that is
// shown.
func (a *app) commandFor(b key.Binding, press string, on ui.Name) command {
	x := command{Command: dialog.Command{
		Name: words.Capital(b.Help().Desc), Key: b.Help().Key, Also: alsoCalled[b.Help().Desc],
	}}
	if on != "" {
		x.In = titleOf[on]
	}
	x.do = func() tea.Cmd {
		if on != "" {
			a.perform(ui.Asks(ui.Go{To: on}))
		}
		return a.press(keyNamed(press))
	}
	return x
}

// codes are the keys that have a name instead of a character.
var codes = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "space": tea.KeySpace, "delete": tea.KeyDelete,
}

// keyNamed returns the key press that a binding or Page.Keys names.
func keyNamed(name string) tea.KeyPressMsg {
	var k tea.KeyPressMsg
	for prefix, mod := range map[string]tea.KeyMod{"ctrl+": tea.ModCtrl, "shift+": tea.ModShift} {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			name, k.Mod = rest, mod
		}
	}
	if code, ok := codes[name]; ok {
		k.Code = code
		return k
	}
	k.Code = []rune(name)[0]
	if k.Mod == 0 {
		k.Text = name
	}
	return k
}
