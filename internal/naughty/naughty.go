// Package naughty holds input that programs like ours have tripped over: texts that people and other programs leave in
// fields, sequences that a terminal obeys, and files that are not valid TOML or not a profile. Only tests import it.
// These lists are short and our own; longer ones of the same kinds are tried before a release.
package naughty

import (
	"slices"
	"strings"
)

// Words are texts that a careless program takes for something else, breaks on, or shows wrongly.
var Words = []string{
	"", " ", "\u00a0", "undefined", "null", "NaN", "-", "--", "-1", "1e400", "0x0", "1/0", "$HOME", "%d%n%s",
	"{{7*7}}", "${jndi:x}",
	"'", `"`, `\`, `\\x`, "`id`", "; rm -rf .", "a|b", "' OR 1=1 --", "<script>alert(1)</script>",
	`"><img src=x onerror=alert(1)>`,
	"=HYPERLINK(\"http://x.test\")", "@SUM(1)", "+1-1", "]]>", "<!--", "-->", "&amp;", "[learner]", "'''", `"""`,
	"# no comment", "CON", "a:b",
	"../../up", "na\u00efve caf\u00e9 \u4e2d\u6587 \u0623\u0647\u0644\u0627",
	"\U0001f469\U0001f3fd\u200d\u2695\ufe0f\U0001f1ec\U0001f1e7", "\u01c5\ufb03\u1e9e\u0130\u0131",
	"Z\u0351\u0352\u0353\u0354\u0355\u0356a\u0357\u0358\u0359\u035ag", "\u202etxt.exe\u202c", "\u2066a\u2069",
	"\ufeff\u200b\u2060\u00ad", "\u2028\u2029\u0085", "\ufffe\uffff\ufffd",
	"\xff\xfe", "\xc0\xaf", "\xed\xa0\x80", "a\xe2\x82", "\U000e0041\U000e007f", "\ue000", "\u3164\u115f",
	"a\tb\r\nc\rd\ve\ff",
	"1\n2\nquit", strings.Repeat("a", 300), strings.Repeat("word ", 2000), strings.Repeat("\u0301", 500),
	strings.Repeat("\u4e2d", 9000),
}

// Streams are sequences that a terminal obeys: they would set the title or the clipboard, make it answer as if somebody
// had typed, clear the screen, turn the text around, or have it wait for an end that never comes.
var Streams = []string{
	"\x00", "\a", "\b\b\b", "\v\f", "\x0e\x0f", "\x11\x13", "\x18\x1a", "\x1b", "\x1b\x1b", "\x7f",
	"\u0080\u0084\u0085\u008d\u008e\u008f", "\u009b31m", "\x9b31m",
	"\x1bc", "\x1b7\x1b8", "\x1bD\x1bE\x1bM", "\x1b(0q\x1b(B", "\x1b#8", "\x1b=\x1b>", "\x1b[2J\x1b[H", "\x1b[3J",
	"\x1b[?1049h", "\x1b[?25l", "\x1b[?1000h\x1b[?1006h",
	"\x1b[?2004l", "\x1b[200~a\x1b[201~", "\x1b[6n", "\x1b[c\x1b[>c\x1b[=c", "\x1b[5n\x1b[?15n",
	"\x1b[21t\x1b[8;1;1t", "\x1b[1;1r", "\x1b[4h\x1b[20h", "\x1b[!p",
	"\x1b[38;2;0;0;0;48;2;0;0;0m", "\x1b[8mhidden", "\x1b[999999999C", "\x1b[99999999999999999999X",
	"\x1b[;;;;;;;;;;;;;;;;;;;;;;;;m", "\x1b[", "\x1b[?", "\x1b[31",
	"\x1b]0;title\a", "\x1b]2;title\x1b\\", "\x1b]52;c;aGk=\a", "\x1b]8;;file:///etc/passwd\x1b\\x\x1b]8;;\x1b\\",
	"\x1b]4;1;?\a\x1b]10;?\a\x1b]11;?\a",
	"\x1b]1337;File=inline=1:AAAA\a", "\x1b]777;notify;a;b\a", "\x1b]9;4;1;50\a", "\x1b]50;#1\a", "\x1b]133;A\a",
	"\x1b]0;no end", "\u009d0;t\u009c",
	"\x1bP$qm\x1b\\", "\x1bP+q544e\x1b\\", "\x1bPq#0;2;0;0;0~~\x1b\\", "\x1bP no end",
	"\x1b_Ga=T,f=24,s=1,v=1;AAAA\x1b\\", "\x1b^pm\x1b\\", "\x1bXsos\x1b\\", "\x1bk name\x1b\\",
	"a\x1b\u202e[31m", "\x1b\u200b[2J", "\xe2\x1b[2J\x80\x8b", "\x1b[2\x00J", "\x1b\n[2J", "\x1b]0;a\nb\a",
}

// Texts are Words and Streams.
var Texts = slices.Concat(Words, Streams)

// Files are texts that are not a profile, a rating sheet or a list of fact cards, though some would pass with a
// careless reader: TOML that is not valid, and other formats.
var Files = []string{
	"", "\n", "\x00", "\ufeff", "\xff\xfef\x00", "a", "=", "= 1", "a =", "a = 1 b = 2", "a = 1\na = 2",
	"a.b = 1\na = 2", "a = 1\n[a]", "[a]\n[a]", "[[a]]\n[a]", "[a]\n[[a]]",
	"[a", "[a]]", "[[a]", "[ ]", "[a.]", "[.a]", "[a..b]", "[a]b = 1", "\"a\nb\" = 1", "a = \"x", "a = 'x",
	`a = """x`, "a = '''x", `a = "\q"`, `a = "\u12"`, `a = "\ud800"`,
	"a = \"\x01\"", "a = \"\x7f\"", "a = \"\xff\"", "# \x00", "# \x1b[2J", "a = [1", "a = [1,,2]", "a = {b = 1",
	"a = {b = 1, b = 2}", "a = {b = 1}\na.c = 2", "a = {}\n[a.b]",
	"a = 01", "a = 1_", "a = 0x", "a = +0b1", "a = 1.", "a = .1", "a = 1e", "a = 99999999999999999999", "a = truee",
	"a = 2026-13-01", "a = 2026-02-30", "a = 25:00:00",
	"a = 2026-11-22T", "\r", "a = 1\rb = 2", strings.Repeat("[", 5000), "a = " + strings.Repeat("[", 5000),
	"a" + strings.Repeat(".a", 5000) + " = 1",
	"format = 1\nstandard = \"ST0413\"\n[learner]\nname = \"x\"\n[learner]\n",
	"format = 2\nstandard = \"ST0413\"\n[learner]\nname = \"x\"\n",
	"format = 1\nstandard = \"ST0413\"\nlearner = 1\n", "format = \"1\"\n", "{\"format\": 1}", "---\nformat: 1\n",
	"<html>", "<!doctype html>", "PK\x03\x04", "%PDF-1.7",
	"\xd0\xcf\x11\xe0", "KSB,Self\n\"K7", "KSB\tSelf\nK7\t\x1b[2J\n",
	"[[fact]]\nid = \"\\u001b[2J\"\nksbs = [\"\\u202e\"]\n",
	"reference = \"\\u001b[2J\"\n[[ksb]]\nid = \"\\u001b\"\n",
}
