// Package cli is the commands: it reads arguments, calls the packages that know, and writes plain text or JSON. What a
// screen can change, a command can change.
//
// The rules of this interface, kept by every command:
//
//   - It never asks, but for import and restore on a terminal. What is missing is an error that says what to add.
//   - Exit codes: 0 done, 1 it could not be done as things stand, 2 wrong usage or a value that can never be right,
//     130 interrupted.
//   - An error is two lines on stderr, "error:" and "hint:", in lower case, without control characters. Nothing else
//     goes there, but for "warning:" lines; when all is well stderr is silent.
//   - People read aligned plain text of at most 80 columns, without boxes or colours, so that a screen reader can too;
//     its last line says what to do next. Machines read --json, with fixed names, every control character escaped, and
//     null for what is missing; a command that writes gives what it changed.
//   - Commands that read take no lock and write nothing. Commands that write wait two seconds for the lock.
//   - --as-of makes the output the same on every day.
//
// A command has its options, if any, a function new... and what it runs, in one file with its neighbours; and one line
// in root.go. Its JSON is an object (json.go), written where it is made.
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
	Columns        func() int            // width of Stdout; 0 when it is no terminal
	Library        *library.Library      // nil: what is built in
	Build          string                // tells this build of the program from others; "" where that cannot be told
}

// Host is the world that the process runs in.
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

// build tells this build of the program from others by the file that runs.
func build() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	return buildOf(path)
}

// buildHead is how much of an executable file surely holds the build ID that Go puts near its beginning; the whole of
// it would take longer to read than the snapshot saves.
const buildHead = 32 << 10

// buildOf tells builds apart by their place, size and time and by their first bytes, since archives and images set the
// same time in every build. It is "" where the file cannot be read.
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
	root := newBareRoot(k)
	if !onlyScreen(args) {
		root = newRoot(k)
	}
	args = joinCodes(args)
	root.SetArgs(append([]string{}, args...)) // never nil, for which the library takes those of the process
	root.SetIn(env.Stdin)
	root.SetOut(k.out)
	root.SetErr(env.Stderr)
	err := longDash(root, args)
	if err == nil {
		err = root.Execute()
	}
	if flush := k.out.Flush(); flush != nil && err == nil {
		err = k.unsaid(flush)
	}
	return report(env.Stderr, k.errColumns(), k.here, err)
}

// unsaid is the error of output that could not be written. If the command had made its change by then, it must not be
// run again.
func (k *kit) unsaid(err error) error {
	if k.changed {
		return withHint(fmt.Errorf("the change is made and saved, but the output could not be written: %w", err),
			"do not run the command again; ksbcoach status shows how things stand")
	}
	return withHint(err, "the output could not be written: make room there, or write it somewhere else")
}

// A kit is what every command is handed: the world, the content, and the flags that all commands have.
type kit struct {
	env     Env
	out     *bufio.Writer
	library *library.Library
	changed bool           // the command has made its change, and that is saved
	file    string         // --profile
	asOf    calendar.Date  // --as-of
	running *cobra.Command // the command that runs, with its arguments
	args    []string
	answers *bufio.Reader // what is typed, where something was asked
}

// errColumns is the width of the terminal that errors and warnings go to, and 0 where they go somewhere else.
func (k *kit) errColumns() int {
	if !k.env.IsTerminal(k.env.Stderr) {
		return 0
	}
	return cmp.Or(k.env.Columns(), export.PlainWidth)
}

// today is the day given by --as-of, else the day on the wall.
func (k *kit) today() calendar.Date {
	if !k.asOf.IsZero() {
		return k.asOf
	}
	return calendar.FromTime(k.env.Now())
}
