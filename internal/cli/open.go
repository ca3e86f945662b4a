package cli

import (
	"errors"
	"os"

	tea "charm.land/bubbletea/v2"

	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/lines"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/tui"
)

// open opens the full screen on the learner's profile, or on the form that makes one; or the lines, where they were
// asked for or nothing else can be shown. This file is the only place that knows either.
func (k *kit) open(ascii, byLine bool) error {
	byLine = byLine || k.dumb()
	if !byLine {
		if err := k.needScreen("ksbcoach --lines works anywhere; or use ksbcoach status, next, rate, gaps and plan"); err != nil {
			return err
		}
	}
	o, err := k.sessionOptions()
	if err != nil {
		return err
	}
	if byLine {
		if err := k.overlay(o.Places); err != nil {
			k.warn(err.Error() + "; the built-in fact cards were used")
		}
		return k.talk(o, lines.Options{Open: k.opener(o), Create: k.creator(o)})
	}
	// The screen would cover what is said now, so it is said after.
	if err := k.overlay(o.Places); err != nil {
		defer k.warn(err.Error() + "; the built-in fact cards were used")
	}
	go k.library.Ready(library.Default)
	screen := k.screen(o, ascii)
	screen.Open, screen.Create = k.opener(o), k.creator(o)
	return runScreen(screen)
}

// opener opens the profile; nil where there is none yet, and the first form makes it.
func (k *kit) opener(o session.Options) func() (*session.Session, error) {
	return func() (*session.Session, error) {
		s, err := session.Open(o)
		if errors.Is(err, store.ErrNotExist) {
			return nil, nil
		}
		return s, err
	}
}

// creator makes the profile out of the first form.
func (k *kit) creator(o session.Options) func(profile.Learner) (*session.Session, error) {
	return func(l profile.Learner) (*session.Session, error) {
		p, err := newProfile(k.library.Standard(library.Default), l, o.Day())
		if err != nil {
			return nil, err
		}
		return session.Create(o, p)
	}
}

// talk has the program line by line.
func (k *kit) talk(o session.Options, l lines.Options) error {
	l.File, l.Library, l.Day = o.Path, k.library, o.Day
	l.In, l.Out, l.Width = k.env.Stdin, k.env.Stdout, widthOf(k.env.Columns())
	l.Terminal = k.env.IsTerminal(k.env.Stdin)
	err := lines.Run(l)
	if errors.Is(err, lines.ErrInterrupted) {
		return errInterrupted
	}
	return err
}

// dumb says whether somebody is at a terminal that cannot show a screen.
func (k *kit) dumb() bool {
	return k.env.Getenv("TERM") == "dumb" && k.env.IsTerminal(k.env.Stdin) && k.env.IsTerminal(k.env.Stdout)
}

// screen is what the screens are wired with.
func (k *kit) screen(o session.Options, ascii bool) tui.Options {
	in, _ := k.env.Stdin.(*os.File)
	out, _ := k.env.Stdout.(*os.File)
	return tui.Options{
		File: o.Path, Library: k.library, Today: o.Today, Now: k.env.Now, Getenv: k.env.Getenv, In: in, Out: out,
		ASCII: ascii,
	}
}

func runScreen(o tui.Options) error {
	err := tui.Run(o)
	if errors.Is(err, tea.ErrInterrupted) {
		return errInterrupted
	}
	return err
}

// needScreen says whether there is a screen to draw on.
func (k *kit) needScreen(instead string) error {
	switch {
	case !k.env.IsTerminal(k.env.Stdin) || !k.env.IsTerminal(k.env.Stdout):
		return &hinted{errors.New("the full screen needs a terminal, and this is not one"), instead}
	case k.env.Getenv("TERM") == "dumb":
		return &hinted{errors.New("the full screen cannot be drawn on this terminal (TERM=dumb)"), instead}
	}
	return nil
}

// demoScreen opens the sample learner in a file of its own.
func (k *kit) demoScreen(o session.Options, p profile.Profile, ascii, byLine bool) error {
	s, err := session.Create(o, p)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }() // where the screen was left before it took it
	s.SetPosition(library.DemoStopped)
	if byLine || k.dumb() {
		return k.talk(o, lines.Options{Open: func() (*session.Session, error) { return s, nil }, Demo: true})
	}
	screen := k.screen(o, ascii)
	screen.Open, screen.Demo = func() (*session.Session, error) { return s, nil }, true
	return runScreen(screen)
}
