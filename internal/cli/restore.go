package cli

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

type restoreOptions struct {
	*kit
	yes bool
}

func newRestore(k *kit) *cobra.Command {
	o := &restoreOptions{kit: k}
	cmd := &cobra.Command{
		Use: "restore [BACKUP|FILE]", Short: "List older versions of your profile, and bring one back",
		Long: "Lists the older versions of your profile that are kept on this computer, the newest first, each with " +
			"what differs from now. With the id of one, or with a file, it says what comes back and what goes, asks, " +
			"and brings it back. What you have now is kept as a backup first, so that it can be brought back in the " +
			"same way. Without a terminal it changes nothing unless you add --yes.\n\nIt works on a profile that " +
			"cannot be read or is gone. The ten newest versions are kept, and before them the last one of each day " +
			"for 30 days: one is added each time the program first saves a change after it was started. Each " +
			"computer keeps its own.",
		Example: "ksbcoach restore b-12",
		RunE: func(_ *cobra.Command, args []string) error {
			older, err := o.older()
			switch {
			case err != nil:
				return err
			case len(args) == 0:
				return o.list(older)
			}
			return o.bringBack(older, args[0])
		},
	}
	cmd.Flags().BoolVar(&o.yes, "yes", false, "bring it back without asking")
	return cmd
}

func (o *restoreOptions) older() (*session.Older, error) {
	where, err := o.sessionOptions()
	if err != nil {
		return nil, err
	}
	where.Wait = lockWait
	older, err := session.OlderVersions(where)
	if err == nil && older.Now.State == session.VersionGone && len(older.List) == 0 {
		err = o.noProfile(where.Path, store.ErrNotExist)
	}
	return older, err
}

func (o *restoreOptions) list(older *session.Older) error {
	return o.answer(object{
		"profile", older.Now.Path, "now", versionObject(older.Now), "backups", listOf(older.List, o.backupObject),
	}, func(p *page) {
		if says := older.NowSays(); says != "" {
			p.Para(0, "%s", says)
			p.Blank()
		}
		if len(older.List) == 0 {
			p.Para(0, "%s", older.None())
			p.next("nothing needs doing")
			return
		}
		p.Para(0, "%s:", older.Count())
		brief := false
		for _, v := range older.List {
			if !v.Brief || !brief {
				p.Blank()
			}
			brief = v.Brief
			p.Hang(v.ID+"  ", v.When(o.today())+", "+v.Says())
			if differs := v.Listed(); differs != "" {
				p.Para(2, "%s", differs)
			}
		}
		p.next("ksbcoach restore %s shows what that one would bring back, and asks first", older.List[0].ID)
	})
}

func versionObject(v session.Version) object {
	readable := v.State == session.VersionReadable
	return object{
		"state", string(v.State), "ratings", known(v.Ratings, readable), "goals", known(v.Goals, readable),
		"evidence", known(v.Evidence, readable),
	}
}

func (o *restoreOptions) backupObject(v session.Version) object {
	at := ""
	if !v.At.IsZero() {
		at = v.At.UTC().Format("2006-01-02T15:04:05Z")
	}
	out := append(object{"id", v.ID, "file", v.Path, "at", at}, versionObject(v)...)
	return append(out, "same", v.Same, "only", holdingObject(v.Apart, addedTo),
		"lacks", holdingObject(v.Apart, goneFrom),
		"unlike", holdingObject(v.Apart, unlikeIn),
		"words", strings.TrimSpace(words.Capital(v.Name(o.today()))+": "+v.Says()+". "+v.Differs()))
}

func (o *restoreOptions) bringBack(older *session.Older, word string) error {
	v, err := older.Find(word)
	if err == nil {
		err = older.MayBringBack(v)
	}
	if err != nil {
		return err
	}
	if v.Same {
		return o.restored(session.Restored{Path: older.Now.Path, Version: v}, func(p *page) {
			p.Para(0, "the profile is the same as that version already")
			p.next("nothing needs doing")
		})
	}
	if !o.asJSON() {
		o.show(older, v)
	}
	if !o.yes {
		if agreed, err := o.mayGoOn("Bring it back?", "add --yes to bring it back"); err != nil || !agreed {
			return err
		}
	}
	r, err := older.BringBack(v)
	if errors.Is(err, store.ErrChanged) {
		return withHint(err, "nothing was brought back; run the same command again to see what differs now")
	}
	if err != nil {
		return err
	}
	o.changed = true
	o.warn(r.Warning)
	return o.restored(r, func(p *page) {
		p.Blank()
		p.Para(0, "%s", r.Says(o.today()))
		if r.Kept == "" {
			p.next("ksbcoach status shows where you stand")
			return
		}
		p.next("ksbcoach status shows where you stand; ksbcoach restore %s takes this back", r.Kept)
	})
}

// show says both sides before anything is done.
func (o *restoreOptions) show(older *session.Older, v session.Version) {
	p := o.page()
	p.paras(older.Asks(v, o.today())...)
	for _, side := range v.Sides() {
		p.Pair(0, labelWidth, side.Label, "%s", side.Words)
	}
}

func (o *restoreOptions) restored(r session.Restored, say func(p *page)) error {
	return o.answer(object{"profile", r.Path, "restored", o.backupObject(r.Version), "kept", r.Kept}, say)
}

// copies names what a sync program has left beside a profile, if anything, and how to look into it.
func (k *kit) copies(p *page, copies []session.Copy) {
	if len(copies) > 0 {
		p.Para(0, "%s", session.CopiesSay(copies, k.today()))
		p.Para(0, "Keep it. To look into it without changing anything:")
		p.Line("  %s", session.CopiesNext(copies)) // in one line, to be copied
		if merge := session.CopiesMerge(copies); merge != "" {
			which := "it"
			if len(copies) > 1 {
				which = "the oldest" // so that each brings fewer questions
			}
			p.Para(0, "To take in what is in %s, and move it to the backups:", which)
			p.Line("  %s", merge)
		}
	}
}

// holdingObject counts what one of two versions holds; nil where they were not compared.
func holdingObject(c *file.Compared, part func(c *file.Compared) file.Holding) any {
	if c == nil {
		return nil
	}
	h := part(c)
	var out object
	for i, k := range file.Kinds {
		if out = append(out, k.Name, h.Of[i]); i == 0 {
			out = append(out, "ksbs", h.KSBs)
		}
	}
	return out
}

func addedTo(c *file.Compared) file.Holding  { return c.Added }
func goneFrom(c *file.Compared) file.Holding { return c.Gone }
func unlikeIn(c *file.Compared) file.Holding { return c.Unlike }

func copyObject(c session.Copy) object {
	return object{
		"file", c.Path, "on", c.On, "state", string(c.State), "only", holdingObject(c.Apart, addedTo),
		"unlike", holdingObject(c.Apart, unlikeIn), "words", c.Holds(),
	}
}
