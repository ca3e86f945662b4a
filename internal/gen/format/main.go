// Command format writes docs/profile.md: every key that a profile may hold, from the tables that internal/profile/file
// reads and writes by. It is run by go generate.
package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/intake"
	"github.com/ksbcoach/ksbcoach/internal/level"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/sheet"
	"github.com/ksbcoach/ksbcoach/internal/standard"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
	"github.com/ksbcoach/ksbcoach/internal/xlsx"
)

//go:generate go run .

const output = "../../../docs/profile.md"

const head = `# The profile, key by key

<!-- Made by go generate ./internal/gen/format. Do not edit by hand. -->

A profile is one TOML file. [README.md](../README.md#your-profile) shows an example; this page lists every key it may have, in the order
in which the program writes them. You may change the order, add comments, and add keys of your own below ` + "`[mine]`" + `: all of it stays.
` + "`ksbcoach check`" + ` says what it cannot read, with line and column.

Keys are in lower case. Dates are written 2026-11-22, without quotes. A key marked * may not be left out.
`

func main() {
	if err := os.WriteFile(output, []byte(page(file.Keys())), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func page(keys []file.Key) string {
	var b strings.Builder
	b.WriteString(head)
	var tables []string
	rows := map[string][]string{}
	for _, k := range keys {
		parent, key := "", k.Where
		if at := strings.LastIndex(k.Where, "."); at >= 0 {
			parent, key = k.Where[:at], k.Where[at+1:]
		}
		if rows[parent] == nil {
			tables = append(tables, parent)
		}
		key = "`" + key + "`"
		if k.Need {
			key += " *"
		}
		rows[parent] = append(rows[parent], fmt.Sprintf("| %s | %s | %s |\n", key, k.Kind, k.About))
	}
	for _, table := range tables {
		title := "`" + table + "`"
		if table == "" {
			title = "The file"
		}
		fmt.Fprintf(&b, "\n## %s\n\n| key | what goes there | what it means |\n|---|---|---|\n%s", title,
			strings.Join(rows[table], ""))
	}
	b.WriteString(limits())
	return b.String()
}

// limits is the section on how large files may be, from the limits in the code that reads them.
func limits() string {
	const mega = 1 << 20
	l := tomledit.ProfileLimits
	var b strings.Builder
	b.WriteString(limitsHead)
	row := func(what, most string, args ...any) {
		fmt.Fprintf(&b, "| %s | %s |\n", what, fmt.Sprintf(most, args...))
	}
	row("a profile, a file of fact cards, a standard in our form",
		"%d KiB, %d keys, %d tables or lists one inside another", l.Size>>10, l.Keys, l.Depth)
	row("the text of a published standard", "%d KiB", standard.MaxPublished>>10)
	row("a text that you type, such as a note", "%d characters", profile.MaxText)
	row("a name or a role that you type", "%d characters", profile.MaxName)
	row("the points of your own curve", "%d", level.MaxPoints)
	row("a rating sheet that comes back", "%d MiB, %d rows filled in; its texts as in a profile",
		sheet.Largest/mega, sheet.MostRows)
	row("a skills scan to import (.xlsx, CSV, JSON)",
		"%d MiB, %d rows, %d columns, %d cells, %d objects one inside another",
		intake.LargestFile/mega, xlsx.MostRows, xlsx.MostColumns, xlsx.MostCells, xlsx.Deepest)
	row("a part of a workbook, unpacked", "%d MiB", xlsx.LargestPart/mega)
	row("your place and what you were typing (anything more is forgotten)", "%d MiB",
		store.StateLimit/mega)
	row("a backup", "%d MiB", store.BackupLimit/mega)
	return b.String()
}

const limitsHead = `
## Limits

Anything larger is refused at once with a message, and nothing is changed. No learner's record comes near these limits.
They keep a damaged or hostile file from using up the memory of your computer, and a paste by mistake from filling your
record. A text that is already in a file may be longer than one you type. The tables above have the bounds of whole
numbers.

| what | at most |
|---|---|
`
