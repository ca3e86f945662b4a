// Command format writes docs/profile.md: every key that a profile may hold, made from the tables that read and write it. It
// is run by go generate.
package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

//go:generate go run .

const output = "../../../docs/profile.md"

const head = `# The profile, key by key

<!-- Made by go generate ./internal/gen/format. Do not edit by hand. -->

A profile is one TOML file. [README.md](../README.md#your-profile) shows a whole one; this page lists every key it may hold, in the order
in which the program writes them. You may order them as you like, add comments, and add keys of your own below ` + "`[mine]`" + `: all of it stays.
` + "`ksbcoach check`" + ` says what it cannot read, with line and column.

Keys are in lower case. Dates are written 2026-11-22, without quotes. A key that is marked * may not be left out.
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
	l := tomledit.ProfileLimits
	fmt.Fprintf(&b, "\nA file of more than %d KiB, or nested deeper than %d, is refused: no learner's record comes near that.\n", l.Size>>10, l.Depth)
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
		fmt.Fprintf(&b, "\n## %s\n\n| key | what goes there | what it means |\n|---|---|---|\n%s", title, strings.Join(rows[table], ""))
	}
	return b.String()
}
