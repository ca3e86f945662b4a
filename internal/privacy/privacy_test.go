package privacy

import (
	"slices"
	"strings"
	"testing"
)

// cases are texts in which whatever the guard must find is in braces, after its kind: {nhs 943 476 5919}.
var cases = []string{
	"Checked {nhs 943 476 5919} on the system.",
	"NHS no. {nhs 9434765919}",
	"NHS number: {nhs 943-476-5919}, seen in clinic",
	"NHS number {nhs 943 476 5918} was typed wrong", // the check digit is a slip
	"The number 943 476 5918 fails the check.",
	"A bare {nhs 9990000018} is the trap.",
	"Serial number 9434765919 on the pump.",
	"Asset 9990000018, lot 9990000026 and order no 9990000034.",
	"All of 0000000000, 1111111111 and 9876543210 pass and belong to nobody.",
	"Pi is 3.9434765919 or so, and 94347659191 is too long.",
	"CHI {chi 0101010004}",
	"CHI number {chi 311299 1234}",
	"H&C number {hc 320 000 0014}",
	"Health and care number {hc 3200000014} in Belfast",
	"MRN {hospital 1234567}", "MRN: {hospital A123456}", "Hospital no. {hospital 00123456} was on the form",
	"hospital number {hospital RXR1234567}", "{hospital RXR1234567} came for a test", "unit number {hospital 456789}",
	"Unit 4 has 12 pumps", "accession number {hospital 24B0012345}", "QC sample number 24B0012345 failed",
	"Mobile {phone 07700 900123}", "ring {phone +44 7700 900123} or {phone (0161) 496 0000}", "tel {phone 0161 496 0000}",
	"The helpline 0800 028 4282 and 0300 123 1000.", "ext 4521, bleep 1234",
	"DOB {dob 12/03/1956}", "d.o.b. {dob 3.4.48}", "born on {dob 3rd March 1951}", "date of birth: {dob 1956-03-12}",
	"DOB {dob 120356}", "{name Mrs Jones} ({dob 12/03/1956})", "calibrated on 12/03/2024 and 01/02/1999",
	"lives at {postcode LS9 7TF}", "postcode {postcode ls9 7tf}", "{postcode SW1A 1AA}", "S17, K21 and B6 4ever", "ISO 15189 and NG98",
	"Model B12 4GT, serial", "{email j.smith@example.com}", "write to info@example.com",
	"{name Mrs Jones} was dizzy", "I saw {name Mr A. Smith} and {name Ms O'Neill}.", "{name Mr van der Berg} came back",
	"{name mrs jones} wept", "{name Miss Smith-Brown}'s scan", "MR scan and MR Conditional, MRI", "5 Ms and 3 ms",
	"my mentor Mrs Lindqvist", "Mr Khan (consultant surgeon) agreed", "Mr Khan's list", "signed off by Mrs Ode", "Mr Khan showed me how",
	"Dr Patel and Prof. Adeyemi taught me. Sister Okafor helped.", "patient {name John Smith} came", "Patient: {name Smith}",
	"his wife {name Mary Hill} asked", "his wife Mary asked", "Patient Safety and patient information", "Baby {name Evans} was born",
	"{initials JS, 54}, had a fall", "{initials J.S., 72}", "{initials JS (54F)}", "a 54-year-old {initials JS}", "pt {initials AB, bed 4}", "pt AB",
	"ECG, 12 leads. QC, 24. Duty 7, K21. PTA, 30 dB", "S4, 3 and K31, 2",
	"Five patients, 12 ears, 40 dB HL at 500 Hz on 3 March 2024.",
}

// wanted divides a case into its text and what must be found.
func wanted(line string) (text string, found []string) {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(line, "{")
		b.WriteString(before)
		if !ok {
			return b.String(), found
		}
		kind, rest, _ := strings.Cut(rest, " ")
		inside, after, _ := strings.Cut(rest, "}")
		found = append(found, kind+" "+inside)
		b.WriteString(inside)
		line = after
	}
}

func TestFind(t *testing.T) {
	for _, line := range cases {
		text, want := wanted(line)
		var got []string
		for _, f := range find(text) {
			got = append(got, string(f.Kind)+" "+text[f.Start:f.End])
		}
		// A name may be found without its 's or with the word before it.
		if !slices.EqualFunc(got, want, func(a, b string) bool {
			return a == b || strings.HasPrefix(a, "name ") && strings.HasPrefix(b, "name ") &&
				(strings.Contains(a, b[5:]) || strings.Contains(b, a[5:]))
		}) {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
}

func TestNamesAreTakenOutWhole(t *testing.T) {
	for _, name := range []string{
		"Mr van der Berg", "Mr Jan van der Berg", "Mrs Ana de la Cruz", "Mrs Maria de Souza", "Mr J. St John-Smith",
		"Mr Jan Pieter Hendrik Van Der Berg", "Mrs Ana Maria Lucia De La Cruz", "Mrs Maria Del Carmen De La Cruz Garcia",
	} {
		text := "I saw " + name + " on the ward."
		if got := redact(text, find(text)); got != "I saw [name taken out] on the ward." {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func BenchmarkFind(b *testing.B) {
	var text strings.Builder
	for _, line := range cases {
		plain, _ := wanted(line)
		text.WriteString(plain + "\n")
	}
	all := text.String()
	b.SetBytes(int64(len(all)))
	for b.Loop() {
		find(all)
	}
}
