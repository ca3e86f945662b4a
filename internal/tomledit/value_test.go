package tomledit

import (
	"math"
	"testing"
)

func TestWordsAgreeWithDecoder(t *testing.T) {
	for _, word := range []string{
		"0", "-0", "+0", "00", "01", "1_0", "1__0", "_1", "1_", "0x", "0xg", "0xFf_0", "0x_1", "0o8", "0o17", "0b2", "0b10", "+0x1", "0X1",
		"1.", ".1", "1.0", "1._0", "1.0_", "1e5", "1e+0_1", "1e", "1.e5", "01.0", "-01.0", "1.5e-0", "1e5.0", "1.2.3",
		"inf", "+inf", "-nan", "infinity", "+-inf", "nan1", "true", "false", "True", "tru", "yes",
		"2025-01-01", "2025-1-01", "2025-02-29", "2024-02-29", "2025-13-01", "20250101", "0000-01-01",
		"10:00", "10:00:00", "24:00", "10:60", "1:00", "10:0", "10:00:", "10:00:60", "10:00:5", "10:00:00.", "10:00:00.5", "10:00:00.x", "10:00Z", "10-00",
		"2025-01-01T10:00", "2025-01-01t10:00:00z", "2025-01-01 10:00:00.25+01:00", "2025-01-01T", "2025-01-01T10", "2025-01-01T10:00+1:00", "2025-01-01T10:00+01:99",
		"2025-01-01x10:00", "2025-01-01 x", "2025-01-01  10:00", "2025-01-01T10:00:00+01", "-", "+", "a",
	} {
		text := "v = " + word + "\n"
		_, err := Parse([]byte(text), ProfileLimits)
		_, wrong := decode(text)
		if (err == nil) != (wrong == nil) {
			t.Errorf("%s: index %v, decoder %v", word, err, wrong)
		}
	}
}

func TestEscapesAgreeWithDecoder(t *testing.T) {
	for _, text := range []string{
		`"\b\t\n\f\r\e\"\\\x7f\u00e9\U0001F600"`, `"\u1"`, `"\xg0"`, `"\U00110000"`, `"\ud800"`, `"\a"`, `"\ "`, `"\'"`, `'\a'`,
		"\"\"\"\\\n  a\"\"\"", "\"\"\"\\  \n \t\n a \\\r\n b\"\"\"", "\"\"\"\\ a\"\"\"", "\"\"\"\r\na\r\nb\"\"\"", "'''\r\n\na'''", "\"\"\"a\\\\\n b\"\"\"",
		`""""""`, `"""""""`, `""""a""""`, `"""\""""""`, "\"\"\"\\u00e9\\e\"\"\"", `"\`, `"""\`, `"a`, `'''a''`,
	} {
		text = "v = " + text + "\n"
		d, err := Parse([]byte(text), ProfileLimits)
		if _, wrong := decode(text); (err == nil) != (wrong == nil) {
			t.Errorf("%s: index %v, decoder %v", text, err, wrong)
		}
		if err == nil {
			agrees(t, d)
		}
	}
}

func TestValuesAsText(t *testing.T) {
	for _, c := range []struct {
		v    Value
		want string
	}{
		{Int(-3), "-3"},
		{float(3), "3.0"},
		{float(1e-9), "1e-09"},
		{float(math.Inf(1)), "inf"},
		{float(math.Inf(-1)), "-inf"},
		{float(math.NaN()), "nan"},
		{Bool(false), "false"},
		{Date(987, 6, 5), "0987-06-05"},
		{String("a\xffb\u0000\ufeff\u200e\u061c\u2069"), `"a` + "\ufffd" + `b\u0000\uFEFF\u200E\u061C\u2069"`},
		{Strings(nil), "[]"},
		{Ints([]int{1, 2}), "[1, 2]"},
		{Array(Ints(nil), NewTable(), (*Table)(nil), Inline(nil), Tables(one("a"))), "[[], {}, {}, {}, [{ a = 1 }]]"},
		{NewTable().Set("a", Int(1)).Set("b.c", Int(2)).Set("a", Int(3)), `{ a = 3, "b.c" = 2 }`},
	} {
		if got := inlineText(c.v); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
		mustDecode(t, "v = "+inlineText(c.v))
	}
}
