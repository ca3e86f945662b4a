package cli

import (
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/store"
)

type demoOptions struct {
	*kit
	print string
	look
}

func newDemo(k *kit) *cobra.Command {
	o := &demoOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Look around with a sample learner",
		Long: "Opens a filled-in sample learner, Asha, fourteen months into her programme. It is a temporary copy: " +
			"change what you like, none of it is kept, and your own profile is not touched.\n\n" +
			"With --print her profile is written into a folder instead, for trying out the commands.",
		Example: "ksbcoach demo --print /tmp/asha",
		Args:    takes(),
		RunE:    func(*cobra.Command, []string) error { return o.run() },
	}
	cmd.Flags().StringVar(&o.print, "print", "", "write her profile into this `FOLDER` and open nothing")
	o.look.flags(cmd)
	return cmd
}

const demoFile = "profile.toml"

func (o *demoOptions) run() error {
	p := o.library.Demo(o.today())
	if o.print != "" {
		return o.write(p)
	}
	if !o.lines && !o.dumb() {
		err := o.needScreen("ksbcoach demo --lines works anywhere; ksbcoach demo --print FOLDER writes the sample " +
			"profile there")
		if err != nil {
			return err
		}
	}
	dir, err := os.MkdirTemp("", "ksbcoach-demo-")
	if err != nil {
		return &hinted{err, "make room in the folder for temporary files, or set TMPDIR to another"}
	}
	defer func() { _ = os.RemoveAll(dir) }() // the system clears that folder too
	return o.demoScreen(session.Options{
		Path:   filepath.Join(dir, demoFile),
		Places: store.Places{State: filepath.Join(dir, "state"), Config: filepath.Join(dir, "config")},
		Ops:    store.OS(), Library: o.library, Now: o.env.Now, Today: o.asOf, Random: o.env.Random,
		Home: o.env.Places.Home,
	}, p, o.look)
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
