package cli

import (
	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
)

type reviewRecordOptions struct {
	*kit
	outputFlags
}

func newReviewRecord(k *kit) *cobra.Command {
	o := &reviewRecordOptions{kit: k}
	cmd := &cobra.Command{
		Use:   "record [REVIEW]",
		Short: "Write the record of a review to share",
		Long: "Writes the record of a review, the newest if none is named: who met, agreed levels with their " +
			"reasons, actions and the closing questions. Wellbeing, workload, support, adjustments, reflections and " +
			"your answers to the closing questions are left out unless you included them.\n\n" + appraisal.HashWords,
		Example: "ksbcoach review record -o review.txt",
		Args:    atMost(1),
		RunE:    o.run,
	}
	o.flags(cmd)
	return cmd
}

func (o *reviewRecordOptions) run(cmd *cobra.Command, args []string) error {
	if err := o.check(cmd); err != nil {
		return err
	}
	s, err := o.reading()
	if err != nil {
		return err
	}
	r, err := pickReview(s.Profile(), args)
	if err != nil {
		return err
	}
	record := appraisal.Record(s.Profile(), s.Standard(), r)
	hash := appraisal.Hash(record)
	if words := appraisal.Changed(s.Profile(), s.Standard(), r); words != "" {
		o.warn(words + " Its check code was " + appraisal.Code(r.Hash))
	}
	if o.asJSON() {
		return o.writeJSON(object{
			{"id", r.ID},
			{"record", record},
			{"hash", hash},
			{"closed", !r.Closed.IsZero()},
			{"unchanged", known(r.Hash == hash, r.Hash != "")},
			{"words", appraisal.HashWords},
		})
	}
	if o.into == "" {
		o.print(s, r, hash)
		return nil
	}
	p, err := o.writeDoc(s, o.outputFlags, appraisal.CodedRecord(s.Profile(), s.Standard(), r))
	if err != nil {
		return err
	}
	p.Para(0, "%s", sharedWords(r))
	p.next("%s", recordNext(s, r))
	return nil
}

// print writes the record with its long lines wrapped; the file that -o writes has them whole, as the check code needs
// them.
func (o *reviewRecordOptions) print(s *session.Session, r profile.Review, hash string) {
	p := o.page()
	if r.Closed.IsZero() {
		p.document(appraisal.CodedRecord(s.Profile(), s.Standard(), r))
	} else {
		p.document(appraisal.RecordDoc(s.Profile(), s.Standard(), r))
		p.Blank()
		p.Para(0, "%s -o FILE writes the text that the code belongs to.", appraisal.HashWords)
		p.path("check code", appraisal.Code(hash))
	}
	p.next("%s", recordNext(s, r))
}

func recordNext(s *session.Session, r profile.Review) string {
	if r.Closed.IsZero() {
		return reviewNext(s)
	}
	return "the next review " + plan.DueBy(r.Next, s.Today())
}
