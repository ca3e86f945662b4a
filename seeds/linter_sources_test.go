package seeds_test

import (
	"testing"
	"time"

	"github.com/ksbcoach/ksbcoach/internal/coaching"
)

func TestLinterSource(t *testing.T) {
	for _, tt := range []struct {
		name   string
		broken func(*card)
		want   string
	}{
		{"sound", func(*card) {}, ""},
		{"no status", func(c *card) { c.Status = "" }, `status: "" is none; say sourced, general or changing`},
		{"general and sure", func(c *card) { c.Status = coaching.General }, "confirm: general knowledge that asks for no confirmation"},
		{"general", func(c *card) { c.Status, c.Confirm, c.Locator = coaching.General, true, "" }, ""},
		{"read and unsure", func(c *card) { c.Confirm = true }, "confirm: a source that was read needs no confirmation"},
		{"read nowhere", func(c *card) { c.Locator = "" }, "locator: sourced, and neither locator nor url"},
		{"an address will do", func(c *card) { c.Locator, c.URL = "", "https://www.legislation.gov.uk/ukpga/2010/15" }, ""},
		{"plain http", func(c *card) { c.URL = "http://www.gov.uk/x" }, `url: "http://www.gov.uk/x" is no such address`},
		{"a shop", func(c *card) { c.URL = "https://example.com/gov.uk" }, "url: example.com is not on the list"},
		{"a name that only ends alike", func(c *card) { c.URL = "https://notgov.uk/x" }, "url: notgov.uk is not on the list"},
		{"new without a date", func(c *card) { c.Changed = "It is new." }, "since: one of them is missing"},
		{"new in the future", func(c *card) { c.Changed, c.Since = "It is new.", date(2027, time.January, 1) }, "since: after it was checked"},
		{"new", func(c *card) { c.Changed, c.Since = "It is new.", date(2026, time.April, 1) }, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := soundCard()
			tt.broken(&c)
			expect(t, checkSource(c), tt.want)
		})
	}
	changing := soundCard()
	changing.Status, changing.ReviewBy = coaching.Changing, date(2027, time.November, 22)
	expect(t, checkCard(tiny(t), changing), "365 days after checked, at most 200")
}

func TestLinterReadings(t *testing.T) {
	std := tiny(t)
	theories := []coaching.Theory{{ID: "sbi"}}
	for _, tt := range []struct {
		name   string
		broken func([]coaching.Reading) []coaching.Reading
		want   string
	}{
		{"sound", func(r []coaching.Reading) []coaching.Reading { return r }, ""},
		{"none for a K", func(r []coaching.Reading) []coaching.Reading { return r[1:] }, "readings.toml: K7: 0 readings; give it one or two"},
		{"none on a theory", func(r []coaching.Reading) []coaching.Reading { return r[:1] }, "readings.toml: theory sbi: 0 readings; give it one or two"},
		{"no question", func(r []coaching.Reading) []coaching.Reading { r[0].Question = "Read it."; return r }, "reading a question: not a question"},
		{"a book in a minute", func(r []coaching.Reading) []coaching.Reading { r[0].Minutes = 1; return r }, "reading a minutes: 1 minutes, 3 to 60"},
		{"a KSB of elsewhere", func(r []coaching.Reading) []coaching.Reading { r[0].KSBs = append(r[0].KSBs, "K99"); return r }, `reading a ksbs: the standard has no "K99"`},
		{"a theory of elsewhere", func(r []coaching.Reading) []coaching.Reading { r[1].Theories = append(r[1].Theories, "x"); return r }, `there is no theory "x"`},
		{"an address of no publisher", func(r []coaching.Reading) []coaching.Reading { r[0].URL = "https://example.com/"; return r }, "reading a url: example.com is not on the list"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := []coaching.Reading{
				{ID: "a", KSBs: []string{"K7"}, Cite: "Someone (2020). A paper.", Minutes: 10, Question: "What of it?"},
				{ID: "b", KSBs: []string{"K7"}, Theories: []string{"sbi"}, Cite: "Someone (2021). A paper.", Minutes: 10, Question: "What of it?"},
			}
			expect(t, checkReadings(std, theories, tt.broken(r)), tt.want)
		})
	}
}

func TestLinterCardFields(t *testing.T) {
	c := soundCard()
	c.Fields = []string{"audiology"}
	expect(t, checkCardFields([]coaching.Field{{ID: "audiology"}}, []card{c}), "")
	expect(t, checkCardFields([]coaching.Field{{ID: "vascular"}}, []card{c}), `fact "a-rule" fields: there is no field "audiology"; name the id of a field`)
}
