package session

import (
	"sync"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/coaching"
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/gap"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/plan"
	"github.com/ksbcoach/ksbcoach/internal/privacy"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// Report works out the gap of every KSB today.
func (s *Session) Report() *gap.Report {
	return gap.Compute(s.std, s.opts.Library.Scale(), s.current, s.Today()).WithOrder(s.Order())
}

// Order says which of two equally urgent gaps comes first for the learner's field. The result is worked out on first
// use.
func (s *Session) Order() func() gap.Order {
	lib, ref, role := s.opts.Library, s.std.Reference, s.current.Learner.Role.Line()
	return sync.OnceValue(func() gap.Order {
		own, _ := lib.Fields(ref).Of(role)
		return plan.OrderFor(lib.Fields(ref), own)
	})
}

// Coach gives the coaching of a KSB, with the actions for the learner's field.
func (s *Session) Coach() plan.Coach {
	lib, ref := s.opts.Library, s.std.Reference
	own := s.Field()
	return func(ksb string) (coaching.Entry, bool) {
		e, ok := lib.Entry(ref, ksb)
		return e.In(own), ok
	}
}

// Titles gives the short title of a KSB.
func (s *Session) Titles() plan.Titles {
	lib, ref := s.opts.Library, s.std.Reference
	return func(ksb string) string { return lib.Title(ref, ksb) }
}

// Field is the learner's field, or the zero Field if their role names none that we know.
func (s *Session) Field() coaching.Field {
	own, _ := s.opts.Library.Fields(s.std.Reference).Of(s.current.Learner.Role.Line())
	return own
}

// DutyTitle is the short title of a duty.
func (s *Session) DutyTitle(duty int) string { return s.opts.Library.DutyTitle(s.std.Reference, duty) }

// Due are the KSBs that are due to be rated in the open round.
func (s *Session) Due() []appraisal.Forward { return appraisal.Due(s.Report(), s.current) }

// Next is the one sensible thing to do next.
func (s *Session) Next() plan.NextStep {
	r := s.Report()
	return plan.Next(r, s.current, s.Today(), s.Position(), appraisal.Codes(appraisal.Due(r, s.current)), s.Titles())
}

// GoalPath says how far a goal has come along Reflect, Appraise, Act.
func (s *Session) GoalPath(g profile.Goal) plan.Steps {
	return plan.Path(s.current, g, s.opts.Library.Reflection(), s.opts.Library.Appraisal(), s.Today())
}

// Pack is what to bring to a review.
func (s *Session) Pack() appraisal.Pack {
	return appraisal.Prepare(s.Report(), s.current, s.Coach(), s.Titles())
}

// PackDoc is Pack as a document. With own it has the learner's private notes; see appraisal.PackDoc.
func (s *Session) PackDoc(own bool) doc.Doc {
	return appraisal.PackDoc(s.Report(), s.current, s.Pack(), s.Titles(), s.opts.Library.Scale(), own)
}

// Requests are the chances to ask for.
func (s *Session) Requests() []appraisal.Request {
	return appraisal.Requests(s.Report(), s.current, s.Coach(), s.Titles())
}

// RequestsDoc is the letter that asks for the chances.
func (s *Session) RequestsDoc() doc.Doc {
	return appraisal.RequestsDoc(s.Report(), s.current, s.Requests(), s.DutyTitle)
}

// ReportDoc is the report as a document, as handout.Doc makes it.
func (s *Session) ReportDoc(o handout.Options) doc.Doc { return handout.Doc(s.source(), o) }

// ReportLeaves are the parts of the learner's own report that one with these options leaves out; see handout.LeftOut.
func (s *Session) ReportLeaves(o handout.Options) []string { return handout.LeftOut(s.source(), o) }

// PortfolioIndex says which piece of evidence shows which KSB; see handout.IndexOf.
func (s *Session) PortfolioIndex(o handout.Options) handout.Index {
	return handout.IndexOf(s.source(), o)
}

func (s *Session) source() handout.Source {
	lib, ref := s.opts.Library, s.std.Reference // do not capture s, which may change while the report is written
	return handout.Source{
		Profile: s.current, Standard: s.std, Scale: lib.Scale(), Today: s.Today(), Order: s.Order(), Coach: s.Coach(),
		Title:     s.Titles(),
		DutyTitle: func(duty int) string { return lib.DutyTitle(ref, duty) },
	}
}

// ReportMaterial is what a report in any format is made from. It uses the record as it is now, even if that changes
// while the report is written. Its calendar dates carry the time when they were made, which is now, or the start of the
// day if Options.Today fixes it, so that the same day gives the same file.
func (s *Session) ReportMaterial(o handout.Options) export.Material {
	src, made := s.source(), s.opts.Now()
	if d := s.opts.Today; !d.IsZero() {
		made = time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
	}
	return export.Material{
		Doc:    func() doc.Doc { return handout.Doc(src, o) },
		Tables: func() ([]handout.Table, error) { return handout.Tables(src, o) },
		Dates:  func() handout.Dates { return handout.DatesOf(src, o, made) },
	}
}

// LastRecord is the record of the last closed review, with its check code.
func (s *Session) LastRecord() (doc.Doc, error) {
	r, ok := s.current.LastReview()
	if !ok {
		return doc.Doc{}, profile.Refuse("close the one that is open first", "no review is closed yet")
	}
	return appraisal.CodedRecord(s.current, s.std, r), nil
}

// GuardChange finds what may name a patient in the texts that are new since before.
func (s *Session) GuardChange(before profile.Profile) []privacy.Found {
	return privacy.OfChange(before, s.current)
}

// GuardRecord finds what may name a patient in the whole record.
func (s *Session) GuardRecord() []privacy.Found { return privacy.OfRecord(s.current) }

// GuardFile finds what may name a patient in the name of a file.
func (s *Session) GuardFile(file string) []privacy.Found {
	return privacy.OfFile(file, s.current.Privacy.Cleared)
}

// GuardDoc finds what may name a patient in a document that is to be handed on, and in the name of its file.
func (s *Session) GuardDoc(file string, d doc.Doc) []privacy.Found {
	return s.guardOut(file, func() []string { return docTexts(d) })
}

// GuardReport is GuardDoc for a report in any format.
func (s *Session) GuardReport(file string, f export.Format, o handout.Options) []privacy.Found {
	return s.guardOut(file, func() (out []string) {
		switch {
		case f.Dated():
			for _, e := range s.ReportMaterial(o).Dates().Events {
				out = append(append(out, e.Title), e.Says...)
			}
		case f.Tables():
			tables, _ := s.ReportMaterial(o).Tables() // on an error no report is written either
			for _, t := range tables {
				for _, row := range t.Rows {
					for _, cell := range row {
						if text, ok := cell.(string); ok {
							out = append(out, text)
						}
					}
				}
			}
		default:
			out = docTexts(s.ReportDoc(o))
		}
		return out
	})
}

// guardOut looks in the name of a file, and in texts that are to be handed on for what is found in the record. It makes
// the texts only if something is.
func (s *Session) guardOut(file string, texts func() []string) []privacy.Found {
	out := s.GuardFile(file)
	if found := privacy.OfRecord(s.current); len(found) > 0 {
		out = append(out, privacy.Among(found, texts())...)
	}
	return out
}

func docTexts(d doc.Doc) []string { return []string{string(export.Text(d, export.PlainWidth))} }
