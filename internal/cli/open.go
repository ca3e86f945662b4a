package cli

import (
	"errors"
	"os"
	"path/filepath"

	tea "charm.land/bubbletea/v2"
	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/lines"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tui"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

// open opens the full screen, or the line-by-line mode if it was asked for or the terminal can show nothing else.
// Either starts with the first form if there is no profile yet. Only this file imports tui and lines.
func (k *kit) open(l display) error {
	l.lines = l.lines || k.onDumbTerminal()
	err := k.needScreen(l, "ksbcoach --lines works anywhere; or use ksbcoach status, next, rate, gaps and plan")
	if err != nil {
		return err
	}
	o, err := k.sessionOptions()
	if err != nil {
		return err
	}
	if err := k.overlay(o.Places); err != nil {
		warning := err.Error() + "; the built-in fact cards were used"
		if l.lines {
			k.warn(warning)
		} else {
			defer k.warn(warning) // after the screen is closed, which would cover it
		}
	}
	if !l.lines {
		go k.library.Preload(library.Default)
	}
	return k.show(o, l, func() (*session.Session, error) {
		s, err := session.Open(o)
		// If older versions are kept, the profile has been lost: offering the first form would hide that.
		if errors.Is(err, store.ErrNotExist) && !k.keepsOlder() {
			return nil, nil
		}
		return s, k.noProfile(o.Path, err)
	}, func(l profile.Learner) (*session.Session, error) {
		p, err := newProfile(k.library.Standard(library.Default), l, o.Day())
		if err != nil {
			return nil, err
		}
		return session.Create(o, p)
	})
}

// show runs the full screen, or the line-by-line mode. Open gives a nil session if there is no profile yet; create then
// makes one from the first form. A nil create means the sample learner.
func (k *kit) show(o session.Options, l display, open func() (*session.Session, error),
	create func(profile.Learner) (*session.Session, error),
) error {
	if l.lines {
		return lines.Run(lines.Options{
			File: o.Path, Open: open, Create: create, Library: k.library, Day: o.Day, Now: k.env.Now, In: k.env.Stdin,
			Out: k.env.Stdout, Width: widthOf(k.env.Columns()), Terminal: k.env.IsTerminal(k.env.Stdin),
			Demo: create == nil,
		})
	}
	in, _ := k.env.Stdin.(*os.File)
	out, _ := k.env.Stdout.(*os.File)
	return tui.Run(tui.Options{
		File: o.Path, Open: open, Create: create, Library: k.library, Today: o.Today, Now: k.env.Now,
		Getenv: k.env.Getenv, In: in, Out: out, ASCII: l.ascii, Theme: l.theme, Demo: create == nil,
	})
}

// interrupted says whether the learner left by Ctrl-C; nothing more is said about it.
func interrupted(err error) bool {
	return errors.Is(err, tea.ErrInterrupted) || errors.Is(err, lines.ErrInterrupted)
}

// onDumbTerminal says whether somebody is at a terminal that can only print lines.
func (k *kit) onDumbTerminal() bool {
	return k.env.Getenv("TERM") == "dumb" && k.env.IsTerminal(k.env.Stdin) && k.env.IsTerminal(k.env.Stdout)
}

// A display is how the program is to be shown, as the flags of a command say.
type display struct {
	ascii bool
	theme profile.Theme // "" for the one in the profile
	lines bool          // line by line instead of on the full screen
}

func (l *display) flags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&l.lines, "lines", false, "work line by line and draw nothing, for screen readers and Braille")
	cmd.Flags().BoolVar(&l.ascii, "ascii", false, "draw with plain ASCII characters only")
	cmd.Flags().Var(wordFlag(&l.theme, profile.Themes), "theme",
		"the colours of the full screen: "+words.Either(profile.Themes)+"; T changes them there")
}

// needScreen refuses the full screen if Stdin and Stdout are not a terminal; instead is the hint.
func (k *kit) needScreen(l display, instead string) error {
	if l.lines || k.env.IsTerminal(k.env.Stdin) && k.env.IsTerminal(k.env.Stdout) {
		return nil
	}
	return withHint(errors.New("the full screen needs a terminal, and this is not one"), instead)
}

// demoScreen opens the sample learner from a temporary file.
func (k *kit) demoScreen(o session.Options, p profile.Profile, l display) error {
	s, err := session.Create(o, p)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }() // in case the screen ended before it took over the session
	s.SetPosition(library.DemoPosition)
	l.lines = l.lines || k.onDumbTerminal()
	return k.show(o, l, func() (*session.Session, error) { return s, nil }, nil)
}

type demoOptions struct {
	*kit
	print string
	display
}

func newDemo(k *kit) *cobra.Command {
	o := &demoOptions{kit: k}
	cmd := &cobra.Command{
		Use: "demo", Short: "Look around with a sample learner",
		Long: "Opens a filled-in sample learner, Asha, fourteen months into her programme. It is a temporary copy: " +
			"change what you like, none of it is kept, and your own profile is not touched.\n\nWith --print her " +
			"profile is written into a folder instead, for trying out the commands.",
		Example: "ksbcoach demo --print /tmp/asha", RunE: func(*cobra.Command, []string) error { return o.run() },
	}
	cmd.Flags().StringVar(&o.print, "print", "", "write her profile into this `FOLDER` and open nothing")
	o.display.flags(cmd)
	return cmd
}

const demoFile = "profile.toml"

func (o *demoOptions) run() error {
	p := o.library.Demo(o.today())
	if o.print != "" {
		return o.write(p)
	}
	const instead = "ksbcoach demo --lines works anywhere; ksbcoach demo --print FOLDER writes the sample profile there"
	if err := o.needScreen(o.display, instead); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "ksbcoach-demo-")
	if err != nil {
		return withHint(err, "make room in the folder for temporary files, or set TMPDIR to another")
	}
	defer func() { _ = os.RemoveAll(dir) }() // if this fails, the system clears the folder later
	return o.demoScreen(session.Options{
		Path:   filepath.Join(dir, demoFile),
		Places: store.Places{State: filepath.Join(dir, "state"), Config: filepath.Join(dir, "config")},
		Ops:    store.OS(), Library: o.library, Now: o.env.Now, Today: o.asOf, Random: o.env.Random,
		Home: o.env.Places.Home,
	}, p, o.display)
}

func (o *demoOptions) write(p profile.Profile) error {
	src, err := file.New(p)
	if err != nil {
		return err
	}
	path := filepath.Join(o.print, demoFile)
	if _, err := store.Create(store.OS(), path, src); err != nil {
		return err
	}
	o.changed = true
	page := o.page()
	page.Line("%s", path)
	page.next("ksbcoach gaps --profile %s", store.Argument(path))
	return nil
}
