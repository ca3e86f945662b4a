// Package cli holds the commands: it reads arguments, calls the packages that do the work, and writes plain text or
// JSON. Whatever a screen can change, a command can change too.
//
// Every command keeps these rules:
//
//   - Only import and restore ask questions, and only on a terminal. Anywhere else a missing argument is an error that
//     says what to add.
//   - Exit codes: 0 done, 1 it could not be done as things stand, 2 wrong usage or a value that can never be right,
//     130 interrupted.
//   - An error is two lines on stderr, "error:" and "hint:", in lower case, without control characters. The only other
//     lines there begin with "warning:" or "note:"; when all is well stderr is silent.
//   - People read aligned plain text of at most 80 columns, without boxes or colours, so that a screen reader can too;
//     its last line says what to do next. Programs read --json, with fixed names, every control character escaped, and
//     null for what is missing; a command that writes gives what it changed.
//   - Commands that read take no lock and write nothing. Commands that write wait up to two seconds for the lock.
//   - --as-of makes the output the same on every day.
//
// Related commands share a file. Each has a function new... that describes it, the function it runs and, if it has
// several flags, an options type; newRoot lists it. Its JSON is an object (json.go).
package cli

import (
	"bufio"
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/calendar"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

// Env is the world outside the program.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	Now            func() time.Time
	Random         io.Reader
	Places         store.Env
	IsTerminal     func(stream any) bool // whether Stdin or Stdout is a terminal
	Columns        func() int            // width of Stdout; 0 if it is not a terminal
	Library        *library.Library      // nil for the built-in content
	Build          string                // differs from build to build; "" if unknown. It keeps snapshots apart
}

// Host is the Env of the process: its streams, its environment and the clock.
func Host() Env {
	return Env{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Getenv: os.Getenv, Now: time.Now, Random: rand.Reader, Places: store.HostEnv(),
		IsTerminal: func(stream any) bool {
			f, ok := stream.(*os.File)
			return ok && term.IsTerminal(f.Fd())
		},
		Columns: func() int {
			width, _, err := term.GetSize(os.Stdout.Fd())
			if err != nil {
				return 0
			}
			return width
		},
		Build: build(),
	}
}

// build is buildOf the executable that is running.
func build() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	return buildOf(path)
}

// buildHead is how many bytes of the executable are hashed. The build ID, which Go puts near the start, is among them;
// reading the whole file would take longer than a snapshot saves.
const buildHead = 32 << 10

// buildOf identifies a build by its path, size, time and first bytes. The bytes are needed because archives and images
// give every build the same time. It is "" if the file cannot be read.
func buildOf(path string) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return ""
	}
	head := sha256.New()
	if _, err := io.CopyBuffer(head, io.LimitReader(f, buildHead), make([]byte, 4<<10)); err != nil {
		return ""
	}
	return fmt.Sprintf("%s %d %d %x", path, info.Size(), info.ModTime().UnixNano(), head.Sum(nil))
}

// Exit codes.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitInterrupted = 130
)

// Main runs one command and gives the exit code.
func Main(args []string, env Env) int {
	k := &kit{env: env, out: bufio.NewWriter(env.Stdout), library: cmp.Or(env.Library, library.New())}
	newCommand := newRoot
	if onlyScreen(args) {
		newCommand = newBareRoot
	}
	root := newCommand(k)
	args = joinCodes(args)
	root.SetArgs(append([]string{}, args...)) // never nil: cobra would then read os.Args
	root.SetIn(env.Stdin)
	root.SetOut(k.out)
	root.SetErr(env.Stderr)
	err := longDash(root, args)
	if err == nil {
		err = root.Execute()
	}
	if flush := k.out.Flush(); flush != nil && err == nil {
		err = k.outputError(flush)
	}
	return report(env.Stderr, k.errColumns(), k.withProfile, err)
}

// outputError explains that stdout could not be written. If the command had already saved its change, the hint says not
// to run it again.
func (k *kit) outputError(err error) error {
	if k.changed {
		return withHint(fmt.Errorf("the change is made and saved, but the output could not be written: %w", err),
			"do not run the command again; ksbcoach status shows how things stand")
	}
	return withHint(err, "the output could not be written: make room there, or write it somewhere else")
}

// A kit is what every command works with: the world, the content, and the flags that all commands have.
type kit struct {
	env         Env
	out         *bufio.Writer
	library     *library.Library
	changed     bool           // the command has made its change and saved it
	profilePath string         // --profile
	asOf        calendar.Date  // --as-of
	running     *cobra.Command // nil while the shell completes a command
	args        []string       // the arguments of the running command
	input       *bufio.Reader  // buffers Stdin from the first question on
}

// errColumns is the width of the terminal that errors and warnings go to, or 0 if they do not go to one.
func (k *kit) errColumns() int {
	if !k.env.IsTerminal(k.env.Stderr) {
		return 0
	}
	return cmp.Or(k.env.Columns(), export.PlainWidth)
}

// today is the day given by --as-of, or else the current day.
func (k *kit) today() calendar.Date {
	if !k.asOf.IsZero() {
		return k.asOf
	}
	return calendar.FromTime(k.env.Now())
}
