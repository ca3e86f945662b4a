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
	display
	version bool
}

// Commands is the tree of all commands with their help, for the manual pages. They have no Env, so they cannot be run.
func Commands() *cobra.Command { return newRoot(&kit{}) }

// newRoot builds every command. What a command needs is loaded when it runs, not here.
func newRoot(k *kit) *cobra.Command {
	cmd := newBareRoot(k)
	cmd.AddCommand(newDemo(k), newInit(k), newRate(k), newGaps(k), newPlan(k), newNext(k), newStatus(k), newGoal(k),
		newAction(k), newReflect(k), newTarget(k), newPause(k), newDetails(k), newRound(k), newReview(k), newCompare(k),
		newSheet(k), newImport(k), newProgress(k), newReport(k), newEvidence(k), newOpportunity(k), newFind(k),
		newStandard(k), newCheck(k), newPrivacy(k), newMerge(k), newRestore(k))
	cmd.SetHelpCommand(newHelp(k))
	addJSONFlags(cmd)
	k.addCompletions(cmd)
	addArgChecks(cmd)
	addCompletionCommand(cmd)
	return cmd
}

// addArgChecks checks the number of arguments of each command against the names in its usage, unless the command has a
// check of its own.
func addArgChecks(cmd *cobra.Command) {
	for _, sub := range cmd.Commands() {
		addArgChecks(sub)
		switch names := argNames(sub.Use); {
		case sub.Args != nil:
		case strings.Contains(sub.Use, "..."):
			sub.Args = minArgs(names...)
		case strings.Contains(sub.Use, " ["):
			sub.Args = maxArgs(len(names))
		default:
			sub.Args = exactArgs(names...)
		}
	}
}

// onlyScreen reports whether the arguments just open the full screen. Main then builds no other commands, which would
// take a twelfth of the time to the first frame.
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

// newBareRoot is the command that opens the full screen, without its subcommands.
func newBareRoot(k *kit) *cobra.Command {
	o := &rootOptions{kit: k}
	cmd := &cobra.Command{
		Use: "ksbcoach", Short: "A coach for apprentices on an occupational standard",
		Long: "ksbcoach walks you through an honest self-rating of every KSB, which is " + words.KSB + ", shows your " +
			"gaps and turns those that matter into a plan. Without a command it opens on the full screen; whatever " +
			"you can do there, a command can do too. With --lines, or where TERM is dumb, it works line by line and " +
			"draws nothing, for screen readers and Braille displays.\n\nYour profile is one file on this machine. " +
			"Nothing is sent anywhere.",
		Example: "ksbcoach demo",
		Args:    cobra.ArbitraryArgs,
		RunE:    o.run,
		// Errors and help are ours; see errors.go and below.
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	o.display.flags(cmd)
	cmd.Flags().BoolVar(&o.version, "version", false, "say which build this is")
	cmd.PersistentFlags().StringVar(&k.profilePath, "profile", "",
		"use the profile in this `FILE` (also KSBCOACH_PROFILE)")
	// Words such as "tomorrow" are not accepted here: they would depend on today, which this flag sets.
	asOf := func(s string) (err error) { k.asOf, err = calendar.Typed(s); return err }
	cmd.PersistentFlags().Var(flagValue{kind: "DATE", set: asOf}, "as-of",
		"use this day, YYYY-MM-DD, as today; the whole record still counts")
	cmd.SetFlagErrorFunc(flagError)
	cmd.SetHelpFunc(k.help)
	cmd.PersistentPreRunE = o.checkFlags
	configureCobra()
	return cmd
}

// configureCobra sets cobra's process-wide options, once: tests run many commands side by side.
var configureCobra = sync.OnceFunc(func() {
	// With this text cobra refuses to run when started by a double click on Windows, which should open our screen.
	cobra.MousetrapHelpText = ""
	cobra.EnableCommandSorting = false // help lists commands in the order in which a learner meets them
})

// addCompletionCommand adds cobra's own command, with our errors and in our words.
func addCompletionCommand(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	cmd, _, _ := root.Find([]string{"completion"})
	cmd.Short = "Write the script that completes commands in your shell"
	cmd.Long = "Writes a script with which Tab completes the commands, their flags and codes such as K7."
	for _, sub := range cmd.Commands() {
		load, file := completionUse(sub.Name())
		sub.Long = "Writes the script for " + sub.Name() + ". The line below loads it into your shell; in " + file +
			" it loads it into every new one.\n\n" + load
		sub.Short, sub.Args = "Write the script for "+sub.Name(), exactArgs()
		if plain := sub.Flags().Lookup("no-descriptions"); plain != nil {
			plain.Usage = "offer the words without what they mean"
		}
	}
	group(cmd, cmd.Commands()...)
}

// completionUse is the line that loads the script into a shell, and where that line belongs for every new one.
func completionUse(shell string) (load, file string) {
	script := "ksbcoach completion " + shell
	switch shell {
	case "bash":
		return "source <(" + script + ")", "~/.bashrc, after bash-completion, which it needs,"
	case "zsh":
		return "source <(" + script + ")", "~/.zshrc, after \"autoload -U compinit; compinit\", which it needs,"
	case "fish":
		return script + " | source", "~/.config/fish/config.fish"
	}
	return script + " | Out-String | Invoke-Expression", "the file that $PROFILE names"
}

// checkFlags runs before every command, once all flags are read.
func (o *rootOptions) checkFlags(cmd *cobra.Command, args []string) error {
	if cmd.Name() == cobra.ShellCompRequestCmd {
		return nil // it only offers words, so nothing may warn
	}
	o.running, o.args = cmd, args
	if o.profilePath == "" && cmd.Flags().Changed("profile") {
		return misused(cmd, "--profile: the name of the file is empty")
	}
	var err error
	cmd.Flags().Visit(func(f *pflag.Flag) {
		v, ok := f.Value.(flagValue)
		if !ok || v.reread == nil || err != nil {
			return
		}
		if wrong := v.reread(); wrong != nil {
			err = misused(cmd, "--%s: %v", f.Name, wrong)
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
	return o.open(o.display)
}

// group adds subcommands to a command. Called without one of them, the command does what it does by itself, if
// anything; otherwise it is an error that names them.
func group(cmd *cobra.Command, subs ...*cobra.Command) *cobra.Command {
	cmd.RemoveCommand(subs...) // in case it has them already
	cmd.AddCommand(subs...)
	names := lists.Each(subs, (*cobra.Command).Name)
	cmd.Args = cobra.ArbitraryArgs
	run := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) > 0:
			return unknownCommand(cmd, args[0])
		case run != nil:
			return run(cmd, args)
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

// version says which build this is, from what Go recorded in it.
func version(info *debug.BuildInfo, ok bool) string {
	machine := fmt.Sprintf("%s %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	if !ok {
		return fmt.Sprintf("ksbcoach, unknown build (%s)", machine)
	}
	name := info.Main.Version
	if name == "" || name == "(devel)" {
		name = "development build"
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	revision := ""
	if r := settings["vcs.revision"]; r != "" {
		revision = "revision " + r[:min(len(r), 12)] + words.After(" of ", settings["vcs.time"])
		if settings["vcs.modified"] == "true" {
			revision += " with local changes"
		}
		revision += ", "
	}
	return fmt.Sprintf("ksbcoach %s (%s%s)", name, revision, machine)
}

// newHelp replaces cobra's help command, which would print an unknown word as it was typed, control characters and all.
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

// help writes what a command does, its examples, subcommands and flags. It replaces cobra's template, to keep to 80
// columns and to our words.
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

// listing writes rows below a heading, or nothing if there are no rows.
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

// helpFlag is the row of one flag in our own words: its name, with the kind of value it takes, and what it is for.
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
