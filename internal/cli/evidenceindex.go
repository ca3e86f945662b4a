package cli

import (
	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/handout"
)

type evidenceIndexOptions struct {
	*kit
	formatFlags
	handout.Options
}

func newEvidenceIndex(k *kit) *cobra.Command {
	o := &evidenceIndexOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "index",
		Short: "Write the index of your portfolio: which piece shows which KSB",
		Long: "Lists your evidence, newest first, then every KSB with what shows it, and says what is without evidence and what is " +
			"too old to support a claim. As a workbook (.xlsx) it is a matrix, KSBs down and pieces across, with counts, and the list. It " +
			"holds titles, places and witnesses, and no level or note; --redacted leaves codes and dates.",
		Example: "ksbcoach evidence index -o portfolio.html",
		Args:    takes(),
		RunE:    o.run,
	}
	o.flags(cmd, export.IndexFormats())
	cmd.Flags().BoolVar(&o.Redacted, "redacted", false, "codes and dates only")
	return cmd
}

func (o *evidenceIndexOptions) run(cmd *cobra.Command, _ []string) error {
	if err := o.check(cmd); err != nil {
		return err
	}
	format, err := o.chosen(cmd, export.IndexFormats(), "an index is written in", o.asJSON())
	if err != nil {
		return err
	}
	s, err := o.reading()
	if err != nil {
		return err
	}
	x := s.PortfolioIndex(o.Options)
	switch {
	case o.asJSON():
		return o.writeJSON(indexObject(x))
	case o.into == "" && format.Word == export.Formats[0].Word:
		p := o.page()
		p.document(x.Doc())
		p.next("ksbcoach evidence index -o portfolio.xlsx writes it as a matrix")
		return nil
	}
	o.guard(s.GuardDoc(o.into, x.Doc()))
	data, err := format.Index(x)
	if err != nil {
		return err
	}
	if o.into == "" {
		_, err = o.out.Write(data)
		return err
	}
	if err := o.writeOut(s, o.into, data, o.force); err != nil {
		return err
	}
	p := o.page()
	p.path("written to", o.into)
	p.Para(0, "%s", x.Says()[0])
	p.next("read it through before you hand it on")
	return nil
}

func indexObject(x handout.Index) object {
	return object{
		{"as_of", x.AsOf},
		{"stale_after", x.Limit},
		{"pieces", listOf(x.Pieces, func(p handout.Piece) object {
			return object{{"no", p.Mark}, {"id", p.ID}, {"on", p.On}, {"title", p.Title}, {"stale", p.Old}}
		})},
		{"shown", listOf(x.KSBs, func(k handout.Shown) object {
			return object{
				{"ksb", k.KSB.ID},
				{"state", string(k.State)},
				{"pieces", listOf(k.Pieces, func(i int) string { return x.Pieces[i].Mark })},
			}
		})},
		{"words", x.Says()},
	}
}
