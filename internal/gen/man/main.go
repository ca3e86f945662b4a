// Command man writes the manual pages of ksbcoach, one for each command, into a folder:
//
//	go run ./internal/gen/man DIR
//
// They are made from the same texts as --help, for the released archives. SOURCE_DATE_EPOCH sets their date, so that
// two builds of the same commit are identical.
package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra/doc"

	"github.com/ksbcoach/ksbcoach/internal/cli"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("name one folder to write to, not %d", len(args))
	}
	if err := os.MkdirAll(args[0], 0o755); err != nil {
		return err
	}
	root := cli.Commands()
	root.DisableAutoGenTag = true
	return doc.GenManTree(root, &doc.GenManHeader{Section: "1", Source: "ksbcoach", Manual: "ksbcoach"}, args[0])
}
