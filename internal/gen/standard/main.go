// Command standard makes st0413/standard.toml from the published text. It is run by go generate in the folder seeds.
package main

import (
	"fmt"
	"os"

	"github.com/ksbcoach/ksbcoach/internal/standard"
)

const note = `Made from ST0413.txt by go generate ./seeds. Edit neither by hand.
The text of the standard is Crown copyright, used under the Open Government Licence v3.0.`

func main() {
	if err := run("ST0413.txt", "st0413/standard.toml"); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	s, err := standard.ParsePublished(string(text))
	if err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	return os.WriteFile(to, []byte(s.Encode(note)), 0o644)
}
