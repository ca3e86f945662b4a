package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/safetext"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

type rootOptions struct {
	*kit
	look
	version bool
}

// Commands is the tree of all commands with their help, for the manual pages. They are not wired to a world, so none of
// them can be run.
func Commands() *cobra.Command { return newRoot(&kit{}) }

// newRoot lists every command; what a command needs is loaded when it runs.
func newRoot(k *kit) *cobra.Command {
	cmd := newBareRoot(k)
	cmd.AddCommand(newDemo(k), newInit(k), newRate(k), newGaps(k), newPlan(k), newNext(k), newStatus(k), newGoal(k),
		newAction(k), newReflect(k), newTarget(k), newPause(k), newDetails(k), newRound(k), newReview(k), newCompare(k),
		newSheet(k), newImport(k), newProgress(k), newReport(k), newEvidence(k), newOpportunity(k), newFind(k),
		newStandard(k), newCheck(k), newPrivacy(k), newMerge(k), newRestore(k))
	cmd.SetHelpCommand(newHelp(k))
	tellsJSON(cmd)
	k.complete(cmd)
	checksArgs(cmd)
	ownCompletion(cmd)
	return cmd
}

// checksArgs has every command that has no check of its own take the arguments that its usage names.
func checksArgs(cmd *cobra.Command) {
	for _, sub := range cmd.Commands() {
		checksArgs(sub)
		switch names := argNames(sub.Use); {
		case sub.Args != nil:
		case strings.Contains(sub.Use, "..."):
			sub.Args = needs(names...)
		case strings.Contains(sub.Use, " ["):
			sub.Args = atMost(len(names))
		default:
			sub.Args = takes(names...)
		}
	}
}

// onlyScreen reports whether the arguments ask for the full screen and nothing else. Then no command is made: making
// them all took a twelfth of the time to the first frame.
func onlyScreen(args []string) bool {
	for i := 0; i < len(args); i++ {
		switch name, _, joined := strings.Cut(args[i], "="); name {
		case "--ascii", "--lines":
		case "--profile", "--as-of", "--theme":
			if !joined {
				i++
			}
		default:
			return false
		}
	}
	return true
}

// newBareRoot is the command that opens the full screen, without those below it.
func newBareRoot(k *kit) *cobra.Command {
	o := &rootOptions{kit: k}
	cmd := &cobra.Command{
		Use: "ksbcoach", Short: "A coach for apprentices on an occupational standard",
		Long: "ksbcoach walks you through an honest self-rating of every KSB, which is " + words.KSB + ", shows your " +
			"gaps and turns those that matter into a plan. Called without a command it opens on the full screen; " +
			"every part is there as a command too. With --lines, and on a terminal where TERM is dumb, it asks and " +
			"tells line by line and draws nothing, for screen readers and Braille displays.\n\nYour profile is one " +
			"file on this machine. Nothing is sent anywhere.",
		Example: "ksbcoach demo",
		Args:    cobra.ArbitraryArgs,
		RunE:    o.run,
		// Errors and help are ours; see errors.go and below.
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	o.look.flags(cmd)
	cmd.Flags().BoolVar(&o.version, "version", false, "say which build this is")
	cmd.PersistentFlags().StringVar(&k.file, "profile", "", "use the profile in this `FILE` (also KSBCOACH_PROFILE)")
	asOf := func(s string) (err error) { k.asOf, err = calendar.Typed(s); return err } // no day can be named from it
	cmd.PersistentFlags().Var(value{kind: "DATE", set: asOf}, "as-of",
		"use this day, YYYY-MM-DD, as today; the whole record still counts")
	cmd.SetFlagErrorFunc(flagError)
	cmd.SetHelpFunc(k.help)
	cmd.PersistentPreRunE = o.check
	setLibrary()
	return cmd
}

// setLibrary sets what the library of commands keeps for the whole process, once.
var setLibrary = sync.OnceFunc(func() {
	// Started by a double click on Windows the library would refuse to go on; our screen is meant for that.
	cobra.MousetrapHelpText = ""
	cobra.EnableCommandSorting = false // help lists them in the order in which a learner meets them
})

// ownCompletion takes the library's command and gives it our errors.
func ownCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	cmd, _, _ := root.Find([]string{"completion"})
	cmd.Short = "Write the script that completes commands in your shell"
	for _, sub := range cmd.Commands() {
		sub.Args = takes()
	}
	group(cmd, cmd.Commands()...)
}

// check looks at the flags of every command.
func (o *rootOptions) check(cmd *cobra.Command, args []string) error {
	o.running, o.args = cmd, args
	if o.file == "" && cmd.Flags().Changed("profile") {
		return misused(cmd, "--profile: the name of the file is empty")
	}
	var err error
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if v, ok := f.Value.(value); ok && v.again != nil && err == nil {
			if wrong := v.again(); wrong != nil {
				err = misused(cmd, "--%s: %v", f.Name, wrong)
			}
		}
	})
	return err
}

func (o *rootOptions) run(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return unknownCommand(cmd, args[0])
	}
	if o.version {
		o.page().Line("%s", version(debug.ReadBuildInfo()))
		return nil
	}
	return o.open(o.look)
}

// group is a command that holds others. Alone it does what it can by itself, or else says which they are.
func group(cmd *cobra.Command, subs ...*cobra.Command) *cobra.Command {
	cmd.RemoveCommand(subs...) // in case it has them already
	cmd.AddCommand(subs...)
	names := lists.Each(subs, (*cobra.Command).Name)
	cmd.Args = cobra.ArbitraryArgs
	alone := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) > 0:
			return unknownCommand(cmd, args[0])
		case alone != nil:
			return alone(cmd, args)
		}
		return misused(cmd, "%s needs one of: %s", cmd.CommandPath(), strings.Join(names, ", "))
	}
	return cmd
}

func unknownCommand(cmd *cobra.Command, word string) error {
	cmd.SuggestionsMinimumDistance = 2
	err := misused(cmd, "there is no command %s", safetext.Quote(cmd.CommandPath()+" "+word))
	if near := cmd.SuggestionsFor(word); len(near) > 0 {
		err.hint = fmt.Sprintf("did you mean %s %s? %s --help lists the commands", cmd.CommandPath(), near[0],
			cmd.CommandPath())
	}
	return err
}

// version says which build this is, from what the linker recorded.
func version(info *debug.BuildInfo, ok bool) string {
	machine := fmt.Sprintf("%s %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	if !ok {
		return fmt.Sprintf("ksbcoach, unknown build (%s)", machine)
	}
	name := info.Main.Version
	if name == "" || name == "(devel)" {
		name = "development build"
	}
	set := map[string]string{}
	for _, s := range info.Settings {
		set[s.Key] = s.Value
	}
	revision := ""
	if r := set["vcs.revision"]; r != "" {
		revision = "revision " + r[:min(len(r), 12)] + words.After(" of ", set["vcs.time"])
		if set["vcs.modified"] == "true" {
			revision += " with local changes"
		}
		revision += ", "
	}
	return fmt.Sprintf("ksbcoach %s (%s%s)", name, revision, machine)
}

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
