package cli

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/library"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/search"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

type findOptions struct {
	*kit
	all bool
}

func newFind(k *kit) *cobra.Command {
	o := &findOptions{kit: k}
	cmd := &cobra.Command{
		Use: "find WORDS...", Short: "Find a KSB, a goal or evidence by what people call it",
		Long: "Finds KSBs by code, title, wording, the words of the field such as GDPR or handover, coaching and " +
			"fact cards, and your own notes, goals and evidence. A slip, a plural or an apostrophe does not matter. " +
			"It says where each was found; the best comes first. Private notes are left out.",
		Example: "ksbcoach find hand hygiene",
		Args: func(cmd *cobra.Command, args []string) error {
			if strings.TrimSpace(strings.Join(args, "")) == "" {
				return misused(cmd, "WORDS are missing: say what to look for, such as GDPR or K7")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return o.run(strings.Join(args, " ")) },
	}
	cmd.Flags().BoolVar(&o.all, "all", false, "all that is found, not only the first ten")
	return cmd
}

// firstFound is how many are shown without --all, and kindWidth the column of codes.
const firstFound, kindWidth = 10, 10

func (o *findOptions) run(query string) error {
	o.overlayOrWarn()
	in := []*search.Index{o.library.Named(library.Default), o.library.Said(library.Default)}
	p, err := o.record()
	if err != nil {
		return err
	}
	in = append(in, search.New(search.Record(p)))
	found := search.Find(query, in...)
	if len(found.Hits) == 0 {
		return withHint(errors.New("nothing has these words"), "try fewer words, or others for the same thing")
	}
	return o.answer(object{
		"some", found.Some,
		"found", listOf(found.Hits, func(h search.Hit) object {
			return object{
				"ksb", h.Of.KSB, "goal", h.Of.Goal, "evidence", h.Of.Piece, "title", o.title(h, p),
				"found_in", h.Label, "text", h.Text.Text,
			}
		}),
	}, func(page *page) { o.show(page, found, p) })
}

// record is the learner's own record; an empty one where there is none yet, since the standard can be searched without.
func (o *findOptions) record() (profile.Profile, error) {
	options, err := o.sessionOptions()
	if err != nil {
		return profile.Profile{}, err
	}
	options.Reading = true
	s, err := session.Open(options)
	switch {
	case errors.Is(err, store.ErrNotExist) && o.file == "":
		return profile.Profile{}, nil
	case err != nil:
		return profile.Profile{}, o.noProfile(options.Path, err)
	}
	o.warnOfLater(s)
	return s.Profile(), nil
}

func (o *findOptions) title(h search.Hit, p profile.Profile) string {
	return h.Of.Title(p, func(ksb string) string { return o.library.Title(library.Default, ksb) })
}

func (o *findOptions) show(p *page, found search.Found, own profile.Profile) {
	if found.Some {
		p.Para(0, "Nothing has all of these words; these have the most of them.")
	}
	hits := found.Hits
	if !o.all {
		hits = hits[:min(len(hits), firstFound)]
	}
	for _, h := range hits {
		p.Hang(export.Pad(h.Of.Kind(), kindWidth), o.title(h, own))
		if h.Tells() {
			p.Para(kindWidth, "%s", h.Says(p.Width-kindWidth, "..."))
		}
	}
	if left := len(found.Hits) - len(hits); left > 0 {
		p.Line("%s; --all shows them", words.Count(left, "more is found", "more are found"))
	}
	if first := hits[0].Of; first.KSB != "" {
		p.next("ksbcoach standard coach %s says what good looks like", first.KSB)
		return
	}
	p.next("ksbcoach plan and ksbcoach evidence list show your own")
}
