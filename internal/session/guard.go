package session

import (
	"github.com/ksbcoach/ksbcoach/internal/doc"
	"github.com/ksbcoach/ksbcoach/internal/export"
	"github.com/ksbcoach/ksbcoach/internal/handout"
	"github.com/ksbcoach/ksbcoach/internal/privacy"
	"github.com/ksbcoach/ksbcoach/internal/profile"
)

// GuardChange gives what in the texts that came into the record since it was as before looks as if it named a patient.
func (s *Session) GuardChange(before profile.Profile) []privacy.Found {
	return privacy.OfChange(before, s.now)
}

// GuardRecord gives what in the whole record looks as if it named a patient: before a look through it, and before all of
// it goes into the file of somebody else.
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
			for _, e := range s.ReportDates(o).Events {
				out = append(append(out, e.Title), e.Says...)
			}
		case f.Tables():
			tables, _ := s.ReportTables(o) // where they cannot be made, nothing leaves
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
