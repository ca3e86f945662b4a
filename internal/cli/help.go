package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// newHelp is help as a command; the library's own repeats an unknown word raw.
func newHelp(k *kit) *cobra.Command {
	return &cobra.Command{
		Use: "help [COMMAND]", Short: "Say more about a command",
		Long:    "Says what a command does, with an example. --help after a command does the same.",
		Example: "ksbcoach help rate",
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return unknownCommand(about, rest[0])
			}
			k.help(about, nil)
			return nil
		},
	}
}

// help writes what a command does, one example, its commands and its flags. It is ours and not the library's template,
// to keep to 80 columns and to our words.
func (k *kit) help(cmd *cobra.Command, _ []string) {
	p := k.page()
	about := cmd.Long
	if about == "" {
		about = cmd.Short
	}
	for i, part := range strings.Split(about, "\n\n") {
		if i > 0 {
			p.Blank()
		}
		p.Para(0, "%s", part)
	}
	p.Blank()
	p.Hang("usage: ", cmd.UseLine())
	head := "for example: "
	for example := range strings.Lines(cmd.Example) {
		p.Hang(head, strings.TrimSpace(example))
		head = "         or: "
	}
	var commands [][]string
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			commands = append(commands, []string{sub.Name(), sub.Short})
		}
	}
	p.listing("commands:", commands)
	p.listing("flags:", helpFlags(cmd.LocalNonPersistentFlags()))
	p.listing("flags of every command:", helpFlags(cmd.Root().PersistentFlags()))
	if cmd.HasAvailableSubCommands() {
		p.next("%s COMMAND --help says more about one of them", cmd.CommandPath())
	}
}

// listing writes rows below a heading, or nothing where there are none.
func (p *page) listing(heading string, rows [][]string) {
	if len(rows) > 0 {
		p.Blank()
		p.Line("%s", heading)
		p.Table(2, rows)
	}
}

func helpFlags(flags *pflag.FlagSet) (rows [][]string) {
	flags.VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			rows = append(rows, helpFlag(f))
		}
	})
	return rows
}

// helpFlag puts what the library says of a flag into our words.
func helpFlag(f *pflag.Flag) []string {
	word, about := pflag.UnquoteUsage(f)
	switch {
	case f.Name == "help":
		about = "show this"
	case word == "string", word == "int":
		word = "TEXT"
	}
	name := "--" + f.Name
	if f.Shorthand != "" {
		name = "-" + f.Shorthand + ", " + name
	}
	return []string{strings.TrimSpace(name + " " + word), about}
}
