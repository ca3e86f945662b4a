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

// Report works out where every KSB is today.
func (s *Session) Report() *gap.Report {
	return gap.Compute(s.std, s.o.Library.Scale(), s.now, s.Today()).WithOrder(s.Order())
}

// Order is what comes first for the learner where gaps press alike.
func (s *Session) Order() func() gap.Order {
	lib, ref, role := s.o.Library, s.std.Reference, s.now.Learner.Role.Line()
	return sync.OnceValue(func() gap.Order {
		own, _ := lib.Fields(ref).Of(role)
		return plan.OrderFor(lib.Fields(ref), own)
	})
}

// Coach gives the coaching of the session's standard, with the actions that are for the learner's field.
func (s *Session) Coach() plan.Coach {
	lib, ref := s.o.Library, s.std.Reference
	own := s.Field()
	return func(ksb string) (coaching.Entry, bool) {
		e, ok := lib.Entry(ref, ksb)
		return e.In(own), ok
	}
}

// Titles gives the short titles of the session's standard.
func (s *Session) Titles() plan.Titles {
	lib, ref := s.o.Library, s.std.Reference
	return func(ksb string) string { return lib.Title(ref, ksb) }
}

// Field is the learner's field, or the zero Field where their role names none that is known.
func (s *Session) Field() coaching.Field {
	own, _ := s.o.Library.Fields(s.std.Reference).Of(s.now.Learner.Role.Line())
	return own
}

// DutyTitle is the short title of a duty.
func (s *Session) DutyTitle(duty int) string { return s.o.Library.DutyTitle(s.std.Reference, duty) }

// Due are the KSBs that are due to be rated in the open round.
func (s *Session) Due() []appraisal.Forward { return appraisal.Due(s.Report(), s.now) }

// Next is the one sensible thing to do next.
func (s *Session) Next() plan.NextStep {
	r := s.Report()
	return plan.Next(r, s.now, s.Today(), s.Position(), appraisal.Codes(appraisal.Due(r, s.now)), s.Titles())
}

// GoalPath is how far a goal is along reflect, appraise, act.
func (s *Session) GoalPath(g profile.Goal) plan.Steps {
	return plan.Path(s.now, g, s.o.Library.Reflection(), s.o.Library.Appraisal(), s.Today())
}

// Pack is what to bring to a review.
func (s *Session) Pack() appraisal.Pack {
	return appraisal.Prepare(s.Report(), s.now, s.Coach(), s.Titles())
}

// PackDoc is what to bring to a review as a document, as appraisal.PackDoc makes it.
func (s *Session) PackDoc(own bool) doc.Doc {
	return appraisal.PackDoc(s.Report(), s.now, s.Pack(), s.Titles(), s.o.Library.Scale(), own)
}

// Requests are the chances to ask for.
func (s *Session) Requests() []appraisal.Request {
	return appraisal.Requests(s.Report(), s.now, s.Coach(), s.Titles())
}

// RequestsDoc is the letter that asks for them.
func (s *Session) RequestsDoc() doc.Doc {
	return appraisal.RequestsDoc(s.Report(), s.now, s.Requests(), s.DutyTitle)
}

// ReportDoc is the report as a document, as handout.Doc makes it.
func (s *Session) ReportDoc(o handout.Options) doc.Doc { return handout.Doc(s.source(), o) }

// ReportLeaves are the parts of the learner's own report that one with these options has not; see handout.LeftOut.
func (s *Session) ReportLeaves(o handout.Options) []string { return handout.LeftOut(s.source(), o) }

// PortfolioIndex is which piece of evidence shows which KSB, as handout.IndexOf makes it.
func (s *Session) PortfolioIndex(o handout.Options) handout.Index {
	return handout.IndexOf(s.source(), o)
}

func (s *Session) source() handout.Source {
	lib, ref := s.o.Library, s.std.Reference // and not the session, which goes on meanwhile
	return handout.Source{
		Profile: s.now, Standard: s.std, Scale: lib.Scale(), Today: s.Today(), Order: s.Order(), Coach: s.Coach(),
		Title:     s.Titles(),
		DutyTitle: func(duty int) string { return lib.DutyTitle(ref, duty) },
	}
}

// ReportMaterial is what any format of a report is made of: the record as it is now, whatever becomes of it while the
// report is written. The dates were made at the moment of the clock or, where the day is fixed, as that day began, so
// that the same day gives the same file.
func (s *Session) ReportMaterial(o handout.Options) export.Material {
	src, made := s.source(), s.o.Now()
	if d := s.o.Today; !d.IsZero() {
		made = time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC)
	}
	return export.Material{
		Doc:    func() doc.Doc { return handout.Doc(src, o) },
		Tables: func() ([]handout.Table, error) { return handout.Tables(src, o) },
		Dates:  func() handout.Dates { return handout.DatesOf(src, o, made) },
	}
}

// LastRecord is the record of the last closed review with its check code.
func (s *Session) LastRecord() (doc.Doc, error) {
	r, ok := s.now.LastReview()
	if !ok {
		return doc.Doc{}, profile.Refuse("close the one that is open first", "no review is closed yet")
	}
	return appraisal.CodedRecord(s.now, s.std, r), nil
}

// GuardChange gives what in the texts that came into the record since it was as before looks as if it named a patient.
func (s *Session) GuardChange(before profile.Profile) []privacy.Found {
	return privacy.OfChange(before, s.now)
}

// GuardRecord gives what in the whole record looks as if it named a patient: before a look through it, and before all
// of it goes into the file of somebody else.
func (s *Session) GuardRecord() []privacy.Found { return privacy.OfRecord(s.now) }

// GuardFile gives what in the name of a file looks as if it named a patient.
func (s *Session) GuardFile(file string) []privacy.Found {
	return privacy.OfFile(file, s.now.Privacy.Cleared)
}

// GuardDoc gives what looks as if it named a patient in a document that is about to leave and in the name of its file;
// "" for none.
func (s *Session) GuardDoc(file string, d doc.Doc) []privacy.Found {
	return s.guardOut(file, func() []string { return docTexts(d) })
}

// GuardReport is GuardDoc for a report in a format.
func (s *Session) GuardReport(file string, f export.Format, o handout.Options) []privacy.Found {
	return s.guardOut(file, func() (out []string) {
		switch {
		case f.Dated():
			for _, e := range s.ReportMaterial(o).Dates().Events {
				out = append(append(out, e.Title), e.Says...)
			}
		case f.Tables():
			tables, _ := s.ReportMaterial(o).Tables() // where they cannot be made, nothing leaves
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

// guardOut asks for the texts only where the record holds anything to look for in them.
func (s *Session) guardOut(file string, texts func() []string) []privacy.Found {
	out := s.GuardFile(file)
	if found := privacy.OfRecord(s.now); len(found) > 0 {
		out = append(out, privacy.Among(found, texts())...)
	}
	return out
}

func docTexts(d doc.Doc) []string { return []string{string(export.Text(d, export.PlainWidth))} }
