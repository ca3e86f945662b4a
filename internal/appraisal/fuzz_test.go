package appraisal_test

import (
	"bytes"
	"testing"

	"github.com/ksbcoach/ksbcoach/internal/appraisal"
	"github.com/ksbcoach/ksbcoach/internal/profile"
	"github.com/ksbcoach/ksbcoach/internal/profile/file"
	"github.com/ksbcoach/ksbcoach/internal/tomledit"
)

// Any file is read or refused. One that is read can be filled in, and taken in or refused.
func FuzzReadSheet(f *testing.F) {
	src := makeSheet(f, asha(), "K7", "S24")
	f.Add(src)
	f.Add(append(bytes.Clone(src), "K7 = { level = \"none\", note = '''\n# level =\n''' }\n"...))
	f.Add(append(bytes.Clone(src), "S24.level = 2\nK7.level = 3\nK7.by = \"J. Ode\"\n"...))
	f.Add(append(bytes.Clone(src), "[[round]]\n"...))
	f.Fuzz(func(t *testing.T, src []byte) {
		read, err := file.Decode(src, lib.Standard)
		if err != nil || !read.Profile.Sheet {
			return
		}
		s := read.Profile
		p := blank(s.Learner.Name.Raw())
		if taken, err := appraisal.TakeSheet(p, s, today); err == nil {
			apply(t, p, taken.Batch)
		}
		rated, err := profile.Rate{KSB: s.Asked[0], By: profile.Mentor, Level: 3, On: s.Rounds[0].Opened, Who: s.SheetMentor()}.Apply(s, std)
		if err != nil {
			return
		}
		doc, err := tomledit.Parse(src, tomledit.ProfileLimits)
		if err == nil {
			err = file.Write(doc, s, rated)
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, src)
		}
		if back := readSheet(t, doc.Bytes()); given(back)[s.Asked[0]] != given(rated)[s.Asked[0]] || back.Filled() < s.Filled() {
			t.Fatalf("%+v\n%s", back, doc.Bytes())
		}
	})
}
