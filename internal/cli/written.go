package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/standard"
)

// reading are the commands that only show something. Each gets a --json, and gives by it what it says in words.
var reading = []string{
	"gaps", "plan", "next", "status", "progress", "report", "details", "reflect", "pause", "round", "round due", "compare",
	"opportunity", "check", "restore",
	"review", "review show", "review prepare", "review rehearse", "review agenda", "review record", "review settings",
	"evidence list", "evidence index", "find",
	"sheet show", "standard", "standard show", "standard list", "standard coach", "standard facts", "standard check",
	"standard export",
}

// writing are the commands that change the record or a sheet. Each gets a --json, and tells by it what it changed.
var writing = []string{
	"init", "rate", "target", "goal add", "goal edit", "goal park", "goal close", "goal reopen",
	"action add", "action edit", "action close", "action reopen", "pause remove", "round open", "round close",
	"review start", "review note", "review check", "review edit", "review cancel", "review close",
	"compare reveal", "compare agree", "compare differ", "compare equal", "evidence add", "evidence edit",
	"evidence remove",
	"sheet take", "sheet make", "sheet fill", "import", "privacy redact", "privacy clear",
}

// tellsJSON gives commands their --json.
func tellsJSON(root *cobra.Command) {
	give := func(paths []string, says string) {
		for _, path := range paths {
			cmd, rest, err := root.Find(strings.Fields(path))
			if err != nil || len(rest) > 0 {
				panic("there is no command " + path)
			}
			cmd.Flags().Bool("json", false, says)
		}
	}
	give(reading, "write JSON")
	give(writing, "write what was changed as JSON, with its id")
	give([]string{"merge"}, "write what came of it, with the questions, as JSON")
}

// asJSON says whether the command that runs was given --json.
func (k *kit) asJSON() bool {
	if k.running == nil {
		return false
	}
	f := k.running.Flags().Lookup("json")
	return f != nil && f.Value.String() == "true"
}

// answer is how every command that reads answers: with the object as JSON where that was asked for, else in words.
func (k *kit) answer(object any, words func(p *page)) error {
	if k.asJSON() {
		return k.writeJSON(object)
	}
	words(k.page())
	return nil
}

// writeChanged writes what a command changed as JSON: the thing that it was about, with its type, what became of it,
// its id, and its keys as docs/profile.md names them; and what else changed with it under also.
func (k *kit) writeChanged(before, after profile.Profile) error {
	found, err := file.Differences(before, after)
	if err != nil {
		return err
	}
	things := listOf(found, changedObject)
	main := changedObject(file.Difference{Change: "none"})
	if at := k.mainThing(found); at >= 0 {
		main = things[at]
		things = slices.Delete(things, at, at+1)
	}
	return k.writeJSON(append(main, member{"also", things}))
}

// changedObject has first what every thing has, and then its keys.
func changedObject(d file.Difference) object {
	out := object{{"type", d.Type}, {"change", d.Change}, {"id", d.ID}}
	for _, key := range slices.Sorted(maps.Keys(d.Keys)) {
		if key != "id" {
			out = append(out, member{key, d.Keys[key]})
		}
	}
	return out
}

// mainFirst are the types of things in the order in which a command is about them, where no argument names one.
var mainFirst = []string{
	"rating", "ratings", "difference", "target", "goal", "action", "evidence", "reflection",
	"pause", "review", "round", "learner", "settings", "privacy",
}

// mainThing is the place of the thing that a command is about: the one that an argument names, else the first of the
// first type.
func (k *kit) mainThing(found []file.Difference) int {
	for _, arg := range k.args {
		if i := slices.IndexFunc(found, func(d file.Difference) bool {
			return d.ID != "" &&
				(d.ID == arg || d.ID == standard.Code(arg))
		}); i >= 0 {
			return i
		}
	}
	for _, kind := range mainFirst {
		if i := slices.IndexFunc(found, func(d file.Difference) bool { return d.Type == kind }); i >= 0 {
			return i
		}
	}
	return min(len(found), 1) - 1
}

// written is the page of a command that changed the record, or its JSON.
func (k *kit) written(before, after profile.Profile, say func(p *page)) error {
	if k.asJSON() {
		if after.Sheet {
			return k.writeSheet(after)
		}
		if err := k.writeChanged(before, after); err != nil {
			return fmt.Errorf("the change is kept, and could not be told as JSON: %w", err)
		}
		return nil
	}
	say(k.page())
	return nil
}
