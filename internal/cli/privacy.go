package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/ksbcoach/ksbcoach/internal/privacy"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/session"
	"github.com/ksbcoach/ksbcoach/internal/words"
)

func newPrivacy(k *kit) *cobra.Command {
	return group(&cobra.Command{
		Use:   "privacy",
		Short: "Take what names a patient out of your notes, or say that it does not",
		Long: "ksbcoach check --privacy lists what in your notes looks as if it named a patient, with a mark for each. These " +
			"commands take such a mark. " + privacy.Limits,
		Example: "ksbcoach privacy redact nhs-7k2m",
	}, newPrivacyRedact(k), newPrivacyClear(k))
}

func newPrivacyRedact(k *kit) *cobra.Command {
	return &cobra.Command{
		Use:   "redact MARK...",
		Short: "Take it out, wherever it is in your profile",
		Long: "Takes what has such a mark out of your profile, wherever it is, and says in its place what was taken out. A " +
			"review that is closed stays as it is.",
		Example: "ksbcoach privacy redact nhs-7k2m",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, marks []string) error {
			n := 0
			return k.edit(func(s *session.Session) error {
				found, err := marked(s.Profile(), marks)
				n = len(found)
				if err != nil {
					return err
				}
				return s.Do(privacy.Redaction(found))
			}, func(s *session.Session, p *page) {
				p.Para(0, "%s taken out", words.Count(n, "place was", "places were"))
				if s.KeepsOlder() {
					p.Para(0, "The older versions of your profile still hold it. ksbcoach restore lists them, and with --json says where each "+
						"lies: delete them if it must be gone for good.")
				}
				p.next("ksbcoach check --privacy looks again")
			})
		},
	}
}

func newPrivacyClear(k *kit) *cobra.Command {
	return &cobra.Command{
		Use:   "clear MARK...",
		Short: "Say that it is no identifier, so that it is not named again",
		Long: "Notes in your profile that what has such a mark names no patient, such as a serial number that happens to pass. " +
			"The mark is kept and not the text. To be warned again, take the mark out of the line cleared in the file.",
		Example: "ksbcoach privacy clear nhs-7k2m",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, marks []string) error {
			return k.edit(func(s *session.Session) error {
				if _, err := marked(s.Profile(), marks); err != nil {
					return err
				}
				return s.Do(profile.Clear{Marks: marks})
			}, func(_ *session.Session, p *page) {
				p.Para(0, "not named again: %s", words.List(marks))
				p.next("ksbcoach check --privacy looks again")
			})
		},
	}
}

// marked are the findings of a record with some marks.
func marked(p profile.Profile, marks []string) ([]privacy.Found, error) {
	all := privacy.OfRecord(p)
	for _, mark := range marks {
		if !slices.ContainsFunc(all, func(f privacy.Found) bool { return f.Mark == mark }) {
			return nil, &hinted{fmt.Errorf("nothing in the profile has the mark %q", mark), "ksbcoach check --privacy lists the marks"}
		}
	}
	return slices.DeleteFunc(all, func(f privacy.Found) bool { return !slices.Contains(marks, f.Mark) }), nil
}

// guard warns of what looks as if it named a patient, and goes on.
func (k *kit) guard(found []privacy.Found) {
	for _, line := range privacy.Warnings(found) {
		k.warn(line)
	}
	if len(found) > 0 {
		k.warn("nothing was stopped; ksbcoach check --privacy lists what there is, and says how to take it out")
	}
}
