package cli

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/lists"
	"github.com/ksbcoach/ksbcoach/internal/privacy"
	"github.com/ksbcoach/ksbcoach/internal/profile"
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
		"profile", older.Now.Path, "now", versionObject(older.Now), "backups", lists.Each(older.List, o.backupObject),
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
	return append(
		out, "same", v.Same, "only", holdingObject(v.Compared, addedTo), "lacks", holdingObject(v.Compared, goneFrom),
		"unlike", holdingObject(v.Compared, unlikeIn),
		"words", strings.TrimSpace(words.Capital(v.Name(o.today()))+": "+v.Says()+". "+v.Differs()),
	)
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
	if !o.asJSON() { // show what comes back and what goes, before anything is done
		p := o.page()
		p.paras(older.Asks(v, o.today())...)
		for _, side := range v.Sides() {
			p.Pair(0, labelWidth, side.Label, "%s", side.Words)
		}
	}
	if !o.yes {
		if agreed, err := o.confirm("Bring it back?", "add --yes to bring it back"); err != nil || !agreed {
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

func (o *restoreOptions) restored(r session.Restored, say func(p *page)) error {
	return o.answer(object{"profile", r.Path, "restored", o.backupObject(r.Version), "kept", r.Kept}, say)
}

// showCopies names the copies that a sync program has left beside a profile, if any, and how to look into them.
func (k *kit) showCopies(p *page, copies []session.Copy) {
	if len(copies) == 0 {
		return
	}
	p.Para(0, "%s", session.CopiesSay(copies, k.today()))
	p.Para(0, "Keep it. To look into it without changing anything:")
	p.Line("  %s", session.CopiesNext(copies)) // on one line, so that it can be copied
	if merge := session.CopiesMerge(copies); merge != "" {
		which := "it"
		if len(copies) > 1 {
			which = "the oldest" // taken in this order, each raises fewer questions
		}
		p.Para(0, "To take in what is in %s, and move it to the backups:", which)
		p.Line("  %s", merge)
	}
}

// holdingObject counts one part of a comparison of two versions, kind by kind. It is nil if they were not compared.
func holdingObject(c *file.Comparison, part func(c *file.Comparison) file.Tally) any {
	if c == nil {
		return nil
	}
	holding := part(c)
	var out object
	for i, kind := range file.Kinds {
		out = append(out, kind.Name, holding.Of[i])
		if i == 0 { // the ratings
			out = append(out, "ksbs", holding.KSBs)
		}
	}
	return out
}

func addedTo(c *file.Comparison) file.Tally  { return c.Added }
func goneFrom(c *file.Comparison) file.Tally { return c.Gone }
func unlikeIn(c *file.Comparison) file.Tally { return c.Different }

func copyObject(c session.Copy) object {
	return object{
		"file", c.Path, "on", c.On, "state", string(c.State), "only", holdingObject(c.Compared, addedTo),
		"unlike", holdingObject(c.Compared, unlikeIn), "words", c.Holds(),
	}
}

// The answers to a question of a merge.
const (
	sideOurs   = "ours"
	sideTheirs = "theirs"
	sideLater  = "later" // for --prefer only
)

type mergeOptions struct {
	*kit
	base   string
	into   string
	force  bool
	prefer string
	choose []string

	intoOwn bool // THEIRS is a copy of the learner's own profile, and goes to its backups once it is merged
	ours    *session.Session
	merge   *session.Merge
	sides   map[string]string // of the questions that are answered
	merged  profile.Profile
	written string // the file that was written; "" for none
	moved   bool   // THEIRS was moved to the backups
}

func newMerge(k *kit) *cobra.Command {
	o := &mergeOptions{kit: k}
	cmd := &cobra.Command{
		Use: "merge [OURS] THEIRS", Short: "Make one profile of two copies that were changed apart",
		Long: "Puts what is in THEIRS into OURS, so that nothing in either is lost. What only one of them has is " +
			"kept. Where they differ, the value that was changed since they were last the same is taken: --base says " +
			"what they were then, or else two backups of OURS that hold nothing that either copy lacks. Where both " +
			"were changed, or nothing tells which was, there is a question, with both values and their dates. Until " +
			"every question is answered, OURS stays as it is and the exit code is 1. A closed review is never " +
			"changed.\n\nOURS is backed up first; its comments and its order stay. With -o, the result goes into " +
			"another file instead, even if questions are open; it then has the value of OURS. If you name one file " +
			"only, OURS is your own profile, and THEIRS is moved to its backups afterwards: that is for the copies " +
			"that a sync program leaves.\n\nAs a merge driver of git: git config merge.ksbcoach.driver \"ksbcoach " +
			"merge %A %B --base %O -o %A --force\", and in .gitattributes: profile.toml merge=ksbcoach",
		Example: "ksbcoach merge profile.toml profile-LAPTOP.toml --prefer later",
		Args:    cobra.ArbitraryArgs,
		RunE:    o.run,
	}
	f := cmd.Flags()
	f.StringVar(&o.base, "base", "", "the `FILE` that both copies came from")
	f.StringVarP(&o.into, "output", "o", "", "write the result into this `FILE`, and leave OURS as it is")
	f.BoolVar(&o.force, "force", false, "replace that file if it is there")
	f.Var(wordFlag(&o.prefer, []string{sideOurs, sideTheirs, sideLater}), "prefer",
		"answer every question by: ours, theirs, or the later date; one without dates stays open")
	f.Var(manyFlag(&o.choose, "KEY=SIDE"), "choose",
		"answer one question: its key as it is shown, and ours or theirs; may be given again")
	return cmd
}

func (o *mergeOptions) run(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return misused(cmd, "THEIRS is missing: name the copy to merge")
	case len(args) > 2:
		return maxArgs(2)(cmd, args)
	case cmd.Flags().Changed("output") && o.into == "":
		return misused(cmd, "-o: the name of the file is empty")
	case cmd.Flags().Changed("base") && o.base == "":
		return misused(cmd, "--base: the name of the file is empty")
	case o.force && o.into == "":
		return misused(cmd, "--force belongs to -o FILE")
	}
	where, err := o.sessionOptions()
	if err != nil {
		return err
	}
	own := where.Path
	o.intoOwn = len(args) == 1
	if !o.intoOwn {
		where.Path = args[0]
	}
	where.Reading, where.Wait = o.into != "", lockWait
	o.ours, err = session.Open(where)
	if err != nil && o.intoOwn {
		return o.noProfile(where.Path, err)
	}
	if err != nil {
		return err
	}
	defer o.ours.Close()
	if err := o.ours.ReadOnly(); err != nil {
		return err
	}
	if o.merge, err = o.ours.PrepareMerge(args[len(args)-1], o.base); err != nil {
		return err
	}
	if err := o.readAnswers(cmd); err != nil {
		return err
	}
	o.merged = o.merge.With(o.keepsOurs)
	before := o.ours.Profile()
	if err := o.writeMerged(own); err != nil {
		return err
	}
	if o.written != "" {
		o.changed = true
		o.guard(privacy.OfChange(before, o.merged))
	}
	if err := o.showResult(); err != nil {
		return err
	}
	if n := len(o.openQuestions()); n > 0 {
		return withHint(fmt.Errorf("%s open", words.Count(n, "question is", "questions are")),
			"--choose KEY=ours or KEY=theirs answers one, and --prefer ours, theirs or later all of them")
	}
	return nil
}

// readAnswers answers the questions by --prefer, and then by --choose, which wins.
func (o *mergeOptions) readAnswers(cmd *cobra.Command) error {
	o.sides = map[string]string{}
	for _, c := range o.merge.Clashes {
		ours, known := c.Later()
		switch {
		case o.prefer != sideLater:
			o.sides[c.Key] = o.prefer
		case known && ours:
			o.sides[c.Key] = sideOurs
		case known:
			o.sides[c.Key] = sideTheirs
		}
	}
	for _, answer := range o.choose {
		at := strings.LastIndexByte(answer, '=') // a key may hold one too
		if at < 0 {
			return misused(cmd, "--choose takes KEY=ours or KEY=theirs, with the key of a question")
		}
		key, side := answer[:at], asWord(answer[at+1:])
		if side != sideOurs && side != sideTheirs {
			return misused(cmd, "--choose %s: say ours or theirs after the =", answer)
		}
		if !slices.ContainsFunc(o.merge.Clashes, func(c file.Clash) bool { return c.Key == key }) {
			return withHint(fmt.Errorf("there is no question with the key %q", key),
				"without --choose they are listed with their keys")
		}
		o.sides[key] = side
	}
	return nil
}

// keepsOurs says whether the value of OURS is kept. It is, too, as long as the question is open.
func (o *mergeOptions) keepsOurs(key string) bool { return o.sides[key] != sideTheirs }

// openQuestions are the questions without an answer.
func (o *mergeOptions) openQuestions() []file.Clash {
	return slices.DeleteFunc(slices.Clone(o.merge.Clashes), func(c file.Clash) bool { return o.sides[c.Key] != "" })
}

// writeMerged writes the merged profile to the file of -o, or to OURS if no question is open. Own is the path of the
// learner's profile.
func (o *mergeOptions) writeMerged(own string) error {
	if o.into != "" {
		data, err := o.ours.Text(o.merged)
		if err != nil {
			return err
		}
		if err := o.writeFile(own, o.into, data, o.force); err != nil {
			return err
		}
		o.written = o.into
		return nil
	}
	if len(o.openQuestions()) > 0 {
		return nil
	}
	if err := o.ours.TakeIn(o.merge, o.keepsOurs); err != nil {
		return err
	}
	if err := save(o.ours); err != nil {
		return err
	}
	o.written = o.ours.Path()
	o.warn(o.ours.Warning())
	o.note(o.ours.ChangedElsewhere())
	if o.intoOwn {
		var err error
		if o.moved, err = o.ours.PutAway(o.merge); err != nil {
			o.warn("it is merged, but the copy is still where it was: " + err.Error())
		}
	}
	return nil
}

func (o *mergeOptions) showResult() error {
	brings, err := o.merge.Brings(o.merged)
	if err != nil {
		return err
	}
	lacks, err := o.merge.Lacks(o.merged)
	if err != nil {
		return err
	}
	if o.asJSON() {
		return o.writeJSON(object{
			"written", o.written, "moved", o.moved, "bases", o.merge.Bases,
			"from_theirs", lists.Each(brings, mergedThing), "only_ours", lists.Each(lacks, mergedThing),
			"said", o.merge.Said, "unread", o.merge.Unread,
			"questions", lists.Each(o.merge.Clashes, o.questionObject), "open", len(o.openQuestions()),
		})
	}
	p := o.page()
	p.Para(0, "From the other copy: %s.", cmp.Or(session.InWords(brings), "nothing"))
	p.Para(0, "What the other copy did not have, or had differently: %s.", cmp.Or(session.InWords(lacks), "nothing"))
	p.paras(append(o.merge.Said, o.merge.NotTaken()...)...)
	for i, c := range o.merge.Clashes {
		o.showQuestion(p, i+1, c)
	}
	if o.written != "" {
		p.path("written to", o.written)
	} else {
		p.Para(0, "Nothing is written yet.")
	}
	if o.moved {
		p.Para(0, "The copy is in the backups now.")
	}
	if len(o.openQuestions()) == 0 {
		p.next("ksbcoach status --profile %s looks at the result", store.Argument(o.written))
	}
	return nil
}

// mergedThing is one thing that differs, with the round or the goal that it belongs to.
func mergedThing(d file.Difference) object {
	in := d.Keys["round"]
	if d.Type == "action" {
		in = d.Keys["goal"]
	}
	return object{"type", d.Type, "change", d.Change, "id", d.ID, "in", in}
}

// showQuestion writes question n with its answer, or with the key that --choose takes if it is open.
func (o *mergeOptions) showQuestion(p *page, n int, c file.Clash) {
	p.Para(0, "%d. %s", n, c.What)
	if c.Covered {
		p.Para(3, "covered: neither value is shown")
	} else {
		p.Para(3, "ours: %s", c.Ours)
		p.Para(3, "theirs: %s", c.Theirs)
		if c.Base != "" {
			p.Para(3, "before: %s", c.Base)
		}
	}
	if side := o.sides[c.Key]; side != "" {
		p.Para(3, "taken: %s", side)
	} else {
		p.Line("   key: %s", store.Argument(c.Key))
	}
}

func (o *mergeOptions) questionObject(c file.Clash) object {
	said := func(s string) any { return known(s, !c.Covered) }
	return object{
		"key", c.Key, "words", c.What, "ours", said(c.Ours), "ours_on", c.OursOn, "theirs", said(c.Theirs),
		"theirs_on", c.TheirsOn, "before", c.Base, "answer", o.sides[c.Key],
	}
}
